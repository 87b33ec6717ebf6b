"""Which cases of the area are about the same two people as the rows of a list, as the matcher judges.

Only people who share a date of birth, or a birthday and a surname, are compared; where a list knows only the
year, those who share it and a part of the name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Integer, LargeBinary, bindparam, func, select
from sqlalchemy.orm import Session

from conferences import matching
from conferences.finding import indexing, register
from conferences.matching import Facts
from conferences.models import Case, Involvement, Part, PersonKey, User
from conferences.person import pairs
from conferences.visibility import visible_to

AT_ONCE = 500
OF_A_BIRTH, OF_A_YEAR = ("d", "b"), "y"
Pair = tuple[Facts, Facts]


def cases_with(session: Session, actor: User, wanted: Mapping[str, Pair]) -> dict[str, UUID]:
    """Returns for each pair the newest case about it that the person may know of; other cases do not exist.

    A pair is a victim whose birth is known, and a perpetrator.
    """
    found: dict[str, UUID] = {}
    names = list(wanted)
    for first in range(0, len(names), AT_ONCE):
        some = {name: wanted[name] for name in names[first : first + AT_ONCE]}
        found |= _some(session, actor, some)
    return found


def _some(session: Session, actor: User, wanted: Mapping[str, Pair]) -> dict[str, UUID]:
    rows = _candidates(session, actor, wanted)
    cases = {row.case_id for _, row in rows}
    harming = _perpetrators(session, cases)
    persons = {row.person_id for _, row in rows} | {one for some in harming.values() for one in some}
    held = register.held(session, list(persons))
    found: dict[str, UUID] = {}
    for pair, row in rows:  # oldest first, so that the newest stays
        victim, perpetrator = wanted[pair]
        known = held.get(row.person_id)
        alike = pairs.strength(victim, known) if known else None
        others = (
            pairs.strength(perpetrator, held[one]) for one in harming.get(row.case_id, ()) if one in held
        )
        if pairs.are_one_pair(alike, others):
            found[pair] = row.case_id
    return found


def _candidates(session: Session, actor: User, wanted: Mapping[str, Pair]) -> list[tuple[str, Any]]:
    """The victims who share a key of a birth with a pair, by pair, and their cases, oldest first."""
    names = list(wanted)
    asked = [
        (number, key) for number, pair in enumerate(names) for key in birth_keys(wanted[pair][0], asking=True)
    ]
    blind = indexing.blind_keys(session, actor.area_id, [key for _, key in asked])
    keys = (
        func.unnest(
            bindparam(None, [number for number, _ in asked], ARRAY(Integer)),
            bindparam(None, blind, ARRAY(LargeBinary)),
        )
        .table_valued("number", "key")
        .render_derived()
    )
    rows = session.execute(
        visible_to(actor, Case)
        .join(Involvement, Involvement.case_id == Case.id)
        .join(PersonKey, PersonKey.person_id == Involvement.person_id)
        .join(keys, keys.c.key == PersonKey.key)
        .where(PersonKey.area_id == actor.area_id)
        .where(Involvement.part == Part.VICTIM, Involvement.removed_at.is_(None))
        .with_only_columns(keys.c.number, Case.id.label("case_id"), Involvement.person_id, Case.opened_at)
        .distinct()
        .order_by(Case.opened_at, Case.id)
    ).all()
    return [(names[row.number], row) for row in rows]


def birth_keys(victim: Facts, *, asking: bool) -> list[str]:
    """Returns the keys of a birth: all that somebody is held under, or the most telling to ask for."""
    keys = sorted(matching.keys(victim, asking=asking))
    if not asking:
        return [key for key in keys if key[0] in (*OF_A_BIRTH, OF_A_YEAR)]
    return [key for key in keys if key.startswith(OF_A_BIRTH)] or [key for key in keys if key[0] == OF_A_YEAR]


def _perpetrators(session: Session, cases: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    wanted = select(Involvement.case_id, Involvement.person_id).where(
        Involvement.case_id.in_(set(cases)),
        Involvement.part == Part.PERPETRATOR,
        Involvement.removed_at.is_(None),
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in session.execute(wanted):
        found[row.case_id].append(row.person_id)
    return found
