"""What the pages about who may know of a case show, and what is typed there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session

from app.forms import Lines
from app.templating import t
from conferences.case import case_views, other_sides
from conferences.errors import NotFound, Refused
from conferences.meeting import action_views, actions
from conferences.models import Case, User
from conferences.wall import walls

Words = Annotated[Lines, Field(max_length=4000)]
Chosen = Annotated[str, Field(max_length=64, title="a person or an agency")]


@dataclass(frozen=True)
class Place:
    """A case, and the page from which somebody came to say who may know of it."""

    case: Case
    home: str
    draft: bool = False

    @property
    def list(self) -> str:
        """The address of the list of those who may not know."""
        return f"{self.home}/exclusions"

    @property
    def layout(self) -> str:
        """A draft may be open in somebody's home, so its pages are quiet."""
        return "base_quiet.html" if self.draft else "base.html"


class ShuttingOut(BaseModel):
    """Who must not know of the case, and why."""

    messages: ClassVar = {("why", "missing"): "Say why they must not know of this case"}
    named: Annotated[str | None, Field(max_length=200, title="the name")] = None
    # After the name, and looked at even when it is empty: what is missing is said all at once.
    who: Annotated[Chosen | None, Field(validate_default=True)] = None
    why: Annotated[Words, Field(title="the reason")]

    @field_validator("who")
    @classmethod
    def _is_somebody(cls, who: str | None, info: ValidationInfo) -> str | None:
        if "named" in info.data and bool(who) == bool(info.data["named"]):
            sentence = "Choose a person or an agency. Or write a name, but not both."
            raise PydanticCustomError("nobody", sentence)
        return who


class KeepingToAFew(BaseModel):
    """One of the few who alone may know, and why only they."""

    messages: ClassVar = {
        ("among", "missing"): "Choose a person or an agency",
        ("because", "missing"): "Say why only a few may know of this case",
    }
    among: Chosen
    because: Annotated[Words, Field(title="the reason")]


class Lifting(BaseModel):
    """Why somebody may know of the case again."""

    messages: ClassVar = {("why", "missing"): "Say why they may know of it now"}
    why: Annotated[Words, Field(title="the reason")]


class Confirming(BaseModel):
    """A form with only a button."""


def page(session: Session, user: User, place: Place) -> dict[str, Any]:
    """Gathers who is shut out, who alone may know, and whom one could choose."""
    shut_out, few = walls.shown(session, place.case)
    others = [] if place.draft else other_sides.open_to_more(session, user, place.case)
    alone = [] if place.draft else action_views.left_alone(session, user, place.case)
    return {
        "place": place,
        "shut_out": shut_out,
        "few": few,
        "options": _options(session, user, place.case),
        "open_to_more": [(f"/cases/{case_id.hex}/exclusions", reference) for case_id, reference in others],
        "left_alone": [(f"/actions/{row.id.hex}", row.reference, row.agency.name) for row in alone],
    }


def _options(session: Session, user: User, case: Case) -> list[tuple[str, str]]:
    meant = {row.user_id or row.agency_id for row in case.exclusions}
    agencies = actions.agencies_of(session, user)
    rows = [
        (f"agency-{row.id.hex}", t("Everyone at %(name)s", name=row.name))
        for row in agencies
        if row.id not in meant
    ]
    for person in case_views.colleagues(session, user):
        if person.id not in meant:
            agency = person.agency.name if person.agency else ""
            rows.append((f"person-{person.id.hex}", f"{case_views.name_of_user(session, person)}, {agency}"))
    return rows


def one_wall(session: Session, case: Case, wall: str) -> walls.WallShown:
    """Returns the exclusion in force that the address names, or raises NotFound."""
    shut_out, _ = walls.shown(session, case)
    for row in shut_out:
        if row.id.hex == wall:
            return row
    raise NotFound


def shut_out(session: Session, user: User, place: Place, given: ShuttingOut, now: datetime) -> None:
    """Shuts out whoever was chosen or named."""
    user_id, agency_id = (
        (None, None) if given.named else _meant(session, user, place.case, given.who or "", "who")
    )
    walls.exclude(
        session,
        user,
        place.case,
        user_id=user_id,
        agency_id=agency_id,
        named=given.named,
        reason=given.why,
        now=now,
    )


def keep_to(session: Session, user: User, place: Place, given: KeepingToAFew, now: datetime) -> None:
    """Adds whoever was chosen to the few who alone may know."""
    user_id, agency_id = _meant(session, user, place.case, given.among, "among")
    walls.restrict(
        session, user, place.case, user_id=user_id, agency_id=agency_id, reason=given.because, now=now
    )


def _meant(
    session: Session, user: User, case: Case, chosen: str, field: str
) -> tuple[UUID | None, UUID | None]:
    """Reads who was chosen: a person's id or an agency's, among those one could choose."""
    if chosen not in dict(_options(session, user, case)):
        raise Refused("Choose a person or an agency", field=field)
    kind, _, ref = chosen.partition("-")
    return (UUID(ref), None) if kind == "person" else (None, UUID(ref))


def reference(wall: str) -> UUID:
    """Reads the reference of an exclusion from the address, or raises NotFound."""
    try:
        return UUID(wall)
    except ValueError as problem:
        raise NotFound from problem
