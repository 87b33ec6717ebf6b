"""The people in a case: who they are, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.finding import indexing
from conferences.models import (
    Case,
    Involvement,
    Part,
    Person,
    SafeAddress,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.person import apart
from conferences.reaching import NOT_SAID, Address, Care, Point, Way, check, packed, unpacked
from conferences.sealing import new_data_key, seal, seal_json, unseal, unseal_json
from conferences.wall.walls import exclude, is_shut_out

__all__ = ["exclude", "is_shut_out"]


@dataclass(frozen=True)
class PersonDetails:
    """What is known of a person; every field may be missing.

    `known_as` and `former_names` may each hold several names, one per line or with commas between them.
    """

    name: str | None = None
    known_as: str | None = None
    former_names: str | None = None
    born: str | None = None
    gender: str | None = None
    language: str | None = None
    relationship: str | None = None
    lives_with: str | None = None
    detail: str | None = None


UNNAMED = "Name not given yet"
_OF_PERSON = ("name", "known_as", "former_names", "born", "gender", "language")
_OF_INVOLVEMENT = ("relationship", "lives_with", "detail")


def involve(
    session: Session, case: Case, part: Part, details: PersonDetails, *, position: int, now: datetime
) -> Involvement:
    """Adds a new person to a case in one part."""
    person = Person(id=new_id(), area_id=case.area_id, data_key=new_data_key(session), created_at=now)
    row = Involvement(
        id=new_id(), case_id=case.id, person=person, part=part, position=position, data_key=case.data_key
    )
    session.add_all([person, row])
    describe(session, row, details)
    return row


def describe(session: Session, row: Involvement, details: PersonDetails) -> None:
    """Writes what is known of a person in a case."""
    for column in _OF_PERSON:
        seal(session, row.person, column, getattr(details, column))
    for column in _OF_INVOLVEMENT:
        seal(session, row, column, getattr(details, column))
    indexing.index(session, row.person)


def details_of(session: Session, row: Involvement) -> PersonDetails:
    """Reads what is known of a person in a case."""
    person = {column: unseal(session, row.person, column) for column in _OF_PERSON}
    return PersonDetails(**person, **{column: unseal(session, row, column) for column in _OF_INVOLVEMENT})


def in_part(case: Case, part: Part) -> list[Involvement]:
    """Returns the people who have one part in a case, in order."""
    return [row for row in case.involvements if row.part is part]


def name_of(session: Session, row: Involvement | None) -> str:
    """Returns a person's name as given, or words saying that none was given yet."""
    name = unseal(session, row.person, "name") if row else None
    return name or UNNAMED


def victim_of(case: Case) -> Involvement | None:
    """Returns the victim of a case, once named."""
    found = in_part(case, Part.VICTIM)
    return found[0] if found else None


def initials(name: str) -> str:
    """Returns initials such as `T.M.` for paper; of somebody not named yet, words that say so."""
    if name == UNNAMED:
        return "no name yet"
    return "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def set_address(
    session: Session,
    actor: User,
    case: Case,
    person: Person,
    words: str,
    *,
    care: Care = NOT_SAID,
    now: datetime,
) -> None:
    """Records where a person is under a key of its own; the earlier address is kept as superseded.

    Raises Refused where it is said to be safe and somebody who may cause harm has it too.
    """
    check(care)
    apart.check_address(session, case, person, words, care)
    for earlier in _current_addresses(session, [person]):
        earlier.superseded_at = now
    session.flush()
    row = SafeAddress(
        id=new_id(), person_id=person.id, data_key=new_data_key(session), given_at=now, given_by_id=actor.id
    )
    seal(session, row, "address", words)
    seal_json(session, row, "care", packed(care))
    session.add(row)
    indexing.index(session, person)
    audit.record(session, actor, "address.given", case, at=now)


def has_address(session: Session, person: Person) -> bool:
    """Returns whether an address is held, without opening it."""
    return bool(_current_addresses(session, [person]))


def look_at_address(
    session: Session, actor: User, thing: Any, *, reason: str, now: datetime
) -> Address | None:
    """Shows where the victim is to someone who gave a reason; recorded as an event of its own.

    `thing` is the case, or an action that cannot be done without the address.
    """
    require(actor, Permission.VIEW_ADDRESS, thing)
    case: Case = thing if isinstance(thing, Case) else thing.case
    audit.record(session, actor, "address.viewed", case, at=now, reason=reason)
    victim = victim_of(case)
    held = _current_addresses(session, [victim.person] if victim else [])
    if not held:
        return None
    words = unseal(session, held[0], "address") or ""
    known = unpacked(Address, unseal_json(session, held[0], "care"), words=words)
    person = session.get_one(Person, held[0].person_id)
    return apart.as_shown(session, person, known, Point(way=Way.ADDRESS, value=words))


def _current_addresses(session: Session, persons: Iterable[Person]) -> list[SafeAddress]:
    wanted = [person.id for person in persons]
    return list(
        session.scalars(
            select(SafeAddress).where(SafeAddress.person_id.in_(wanted), SafeAddress.superseded_at.is_(None))
        )
    )
