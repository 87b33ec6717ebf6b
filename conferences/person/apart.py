"""Keeps how somebody who may cause harm is reached apart from how everybody else in a case is.

What reaches the one never counts as safe for the other: one telephone in the hall, one letter box, one mail
account that both can open.
"""

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.errors import Refused, refuse_any
from conferences.finding.indexing import WHEREABOUTS, houses_in, lines_of, postcodes_in, several
from conferences.matching import Facts
from conferences.matching import contact as reached
from conferences.models import Case, ContactPoint, Involvement, Part, Person
from conferences.reaching import Care, Contact, Point, Safe, Way, unpacked
from conferences.sealing import unseal_json

C = TypeVar("C", bound=Care)
THEIRS_TOO = "Somebody who may cause harm is reached by this too. Say that it is not safe, or correct theirs."
SAFE_FOR_ANOTHER = "This is held as safe for somebody else in this case. Correct that first."


def part_of(case: Case, person: Person) -> Part | None:
    """Returns who a person is in a case; somebody with two parts counts as the one who may cause harm."""
    parts = [row.part for row in case.involvements if row.person_id == person.id]
    return Part.PERPETRATOR if Part.PERPETRATOR in parts else next(iter(parts), None)


def causes_harm(session: Session, person: Person) -> bool:
    """Returns whether somebody is named in any case as one who may cause harm."""
    wanted = select(Involvement.id).where(
        Involvement.person_id == person.id,
        Involvement.part == Part.PERPETRATOR,
        Involvement.removed_at.is_(None),
    )
    return session.scalars(wanted.limit(1)).first() is not None


def same_way(one: Point, other: Point) -> bool:
    """Returns whether two ways lead to the same telephone, the same mail account or the same letter box."""
    if one.way is not other.way or not one.value or not other.value:
        return False
    shared = reached.compare(_facts(one).contact, _facts(other).contact)
    return shared.phone or "Same address" in shared.words


def _facts(point: Point) -> Facts:
    if point.way is Way.PHONE:
        return Facts(phones=several(point.value))
    if point.way is Way.MAIL:
        return Facts(mails=several(point.value))
    return Facts(postcodes=postcodes_in(point.value), address_lines=lines_of(point.value))


def check_ways(session: Session, case: Case, person: Person, contact: Contact) -> None:
    """Raises Refused where a way is said to be safe for one, and reaches somebody who may cause harm.

    Each way that does is named by its place among them, from 0, such as `points-1-value`.
    """
    harms = part_of(case, person) is Part.PERPETRATOR
    others = _points(session, case, harming=not harms, besides=person)
    said = SAFE_FOR_ANOTHER if harms else THEIRS_TOO
    refuse_any(
        (f"points-{n}-value", said)
        for n, point in contact.numbered()
        if any((other if harms else point).safety is Safe.SAFE and same_way(point, other) for other in others)
    )


def check_address(session: Session, case: Case, person: Person, words: str, care: Care) -> None:
    """Raises Refused where an address is said to be safe, and somebody who may cause harm has it."""
    if care.safety is Safe.SAFE and part_of(case, person) is not Part.PERPETRATOR:
        place = Point(way=Way.ADDRESS, value=words)
        if any(same_way(place, one) for one in _points(session, case, harming=True, besides=person)):
            raise Refused(THEIRS_TOO, field="safety")


def reaches_harm(session: Session, person: Person, way: Point) -> bool:
    """Returns whether a way leads to somebody who may cause harm in a case of this person."""
    mine = select(Involvement.case_id).where(
        Involvement.person_id == person.id, Involvement.removed_at.is_(None)
    )
    cases = session.scalars(select(Case).where(Case.id.in_(mine)))
    return any(
        same_way(way, one)
        for case in cases
        if part_of(case, person) is not Part.PERPETRATOR
        for one in _points(session, case, harming=True, besides=person)
    )


def as_shown(session: Session, person: Person, care: C, way: Point) -> C:
    """Returns what is said of a way as it may be shown: unsafe where it reaches one who may cause harm."""
    if care.safety is not Safe.SAFE or not reaches_harm(session, person, way):
        return care
    return replace(care, safety=Safe.UNSAFE)


def _points(session: Session, case: Case, *, harming: bool, besides: Person) -> list[Point]:
    rows = [
        row
        for row in case.involvements
        if (row.part is Part.PERPETRATOR) is harming and row.person_id != besides.id
    ]
    wanted = select(ContactPoint).where(
        ContactPoint.person_id.in_([row.person_id for row in rows]), ContactPoint.ended_at.is_(None)
    )
    held = [unpacked(Point, unseal_json(session, one, "said")) for one in session.scalars(wanted)]
    return held + [place for row in rows if harming for place in _last_known(session, row)]


def _last_known(session: Session, row: Involvement) -> list[Point]:
    """Where the form says they were last known to be, and each house it names: letters there reach them."""
    words = (unseal_json(session, row, "told_personal") or {}).get(WHEREABOUTS)
    code = ", ".join(postcodes_in(words))
    houses = [f"{house}, {code}" if code else house for house in houses_in(words)]
    return [Point(way=Way.ADDRESS, value=place) for place in (words, *houses)]
