"""The groups of people in a draft, and what their lists show."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.pages.common.draft import Draft, home
from app.pages.common.forms import Adult, AnyPerson, Child, Perpetrator
from app.pages.referral.views.rows import person_rows
from app.pages.referral.views.tasks import Stored, person_stored
from conferences.models import Involvement, Part, Referral
from conferences.person import people
from conferences.referral import referral_views, told


@dataclass(frozen=True)
class Group:
    """People who have the same part in a case, and the words of their pages; one `child` has fewer fields."""

    name: str
    part: Part
    form: type[AnyPerson]
    title: str
    one: str
    none: str
    add: str
    sheet: str
    child: bool = False
    optional: bool = True


@dataclass(frozen=True)
class Place:
    """A draft and one group of its people, as the address names them."""

    referral: Referral
    group: Group

    @property
    def list(self) -> str:
        """The address of the group's list."""
        return f"{home(self.referral)}/{self.group.name}"


@dataclass(frozen=True)
class PersonLine:
    """One person in a list: the name, what is known, and where to change, reach or remove them."""

    name: str
    known: list[str]
    href: str
    more: str
    has_more: bool
    reach: str
    has_ways: bool


GROUPS = {
    group.name: group
    for group in (
        Group(
            "perpetrators",
            Part.PERPETRATOR,
            Perpetrator,
            "Who causes harm",
            "A person who causes harm",
            "Nobody is named yet. Name one person or more.",
            "Add a person",
            "perpetrator",
            optional=False,
        ),
        Group(
            "children",
            Part.CHILD,
            Child,
            "Children",
            "A child",
            "No children are named. If there are none, go on.",
            "Add a child",
            "child",
            child=True,
        ),
        Group(
            "adults",
            Part.OTHER_ADULT,
            Adult,
            "Other adults",
            "Another adult",
            "No other adults are named. If there are none, go on.",
            "Add an adult",
            "adult",
        ),
    )
}


def place(request: Request, referral: Draft) -> Place:
    """Returns the draft and the group that the address names."""
    return Place(referral, GROUPS[request.url.path.split("/")[3]])


def named(here: Annotated[Place, Depends(place)], person: str) -> Involvement:
    """Returns the person that the address names."""
    return referral_views.person_in(here.referral, here.group.part, person)


Here = Annotated[Place, Depends(place)]
Named = Annotated[Involvement, Depends(named)]


def person_pairs(stored: Stored) -> list[tuple[str, str]]:
    """Gives what is stored of a person as label and words, without what was left blank."""
    return [(label, value) for label, value in person_rows(stored) if value]


def people_lines(session: Session, referral: Referral, group: Group) -> list[PersonLine]:
    """Gives the people of one group in order."""
    return [
        PersonLine(
            people.name_of(session, row),
            _known(person_stored(session, row)),
            f"{home(referral)}/{group.name}/{row.id.hex}",
            f"{home(referral)}/form/{group.sheet}/{row.id.hex}",
            any(one.key in told.read(session, row) for one in told.sheet(group.sheet).fields),
            f"{home(referral)}/{group.name}/{row.id.hex}/contact",
            row.person.safe_contact is not None,
        )
        for row in people.in_part(referral.case, group.part)
    ]


def _known(stored: Stored) -> list[str]:
    return [f"{label}: {value}" for label, value in person_pairs(stored | {"name": None})]
