"""People of other cases at the same telephone or the same address: for those cleared, and never at a hostel.

Found by blind keys among the people of cases that the reader may know of, and counted among those alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import matching, records
from conferences.finding import indexing, word_keys
from conferences.finding.indexing import facts_of
from conferences.matching import Facts
from conferences.matching import contact as reached
from conferences.models import Case, Involvement, Person, PersonKey, User
from conferences.visibility import visible_to

# More cases than this at one number or house are a hostel's, a refuge's or a helpline's, and say nothing.
MANY = 5
LOOKED_AT = 30
PHONE, HOME = "same_phone", "same_home"


@dataclass(frozen=True)
class Shared:
    """A case that shares a telephone (`same_phone`) or an address (`same_home`) with somebody in another."""

    kind: str
    case_id: UUID
    reference: str


def of(session: Session, actor: User, case: Case, *, leaving_out: Iterable[UUID] = ()) -> list[Shared]:
    """Returns the other cases with somebody at a telephone or an address of this case, newest first.

    The same person elsewhere is not their own neighbour; `leaving_out` names further cases.
    """
    persons = [row.person_id for row in case.involvements]
    groups = records.records_of(session, persons)
    own = {one for group in groups.values() for one in group}
    skipped = {case.id, *leaving_out}
    found: dict[tuple[str, UUID], Shared] = {}
    for mine in _places(session, case):
        rows = _rows(session, actor, case, mine.keys, own)
        if len({row.id for row in rows}) > LOOKED_AT:
            continue
        same = _same(session, mine, rows)
        if len({row.id for row in same}) <= MANY:
            for row in same:
                if row.id not in skipped:
                    found[mine.kind, row.id] = Shared(mine.kind, row.id, row.reference)
    return list(found.values())


@dataclass(frozen=True)
class _Place:
    """One telephone or one home of somebody in the case, and the keys all who share it have."""

    kind: str
    keys: tuple[str, ...]
    facts: Facts


def _places(session: Session, case: Case) -> list[_Place]:
    found: dict[tuple[str, ...], _Place] = {}
    for row in case.involvements:
        known = facts_of(session, row.person)
        for phone in known.phones:
            one = Facts(phones=(phone,))
            keys = tuple(sorted(matching.keys(one)))
            found.setdefault(keys, _Place(PHONE, keys, one))
        for line in known.address_lines:
            one = Facts(address_lines=(line,), postcodes=known.postcodes)
            codes = [key for code in known.postcodes for key in word_keys.of_postcode(code)]
            keys = (*sorted(matching.keys(Facts(address_lines=(line,)))), *codes[:1])
            found.setdefault(keys, _Place(HOME, keys, one))
    return [place for keys, place in found.items() if keys]


def _rows(session: Session, actor: User, case: Case, keys: Sequence[str], own: set[UUID]) -> list[Any]:
    """The people with all of some keys, in other cases that the actor may know of."""
    wanted = (
        visible_to(actor, Case)
        .join(Involvement, Involvement.case_id == Case.id)
        .where(Involvement.removed_at.is_(None), Involvement.person_id.not_in(own))
        .where(Case.id != case.id, Case.shared_at.is_not(None))
    )
    for key in indexing.blind_keys(session, case.area_id, keys):
        held = select(PersonKey.person_id).where(PersonKey.area_id == case.area_id, PersonKey.key == key)
        wanted = wanted.where(Involvement.person_id.in_(held))
    columns = wanted.with_only_columns(Case.id, Case.reference, Involvement.person_id)
    return list(session.execute(columns.order_by(Case.opened_at.desc(), Case.id)).all())


def _same(session: Session, mine: _Place, rows: Sequence[Any]) -> list[Any]:
    """Those of the rows whose telephone or address really is the same: a key may be of a whole house."""
    if mine.kind == PHONE or not rows:
        return list(rows)
    people = session.scalars(select(Person).where(Person.id.in_({row.person_id for row in rows})))
    alike: dict[UUID, bool] = defaultdict(bool)
    for person in people:
        shared = reached.compare(mine.facts.contact, facts_of(session, person).contact)
        alike[person.id] = "Same address" in shared.words
    return [row for row in rows if alike[row.person_id]]
