"""Which records are one person, as far as somebody has decided."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from conferences.models import IdentityDecision, Sameness


def decided(session: Session, ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], IdentityDecision]:
    """Returns every decision in force that touches these records, by the pair in order."""
    rows = session.scalars(select(IdentityDecision).where(_touching(set(ids))))
    return {(row.one_id, row.other_id): row for row in rows}


def records_of(session: Session, ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Returns, for each record, all records of the same person: one query a step, whatever their number."""
    asked = set(ids)
    known, edge = set(asked), set(asked)
    pairs: set[tuple[UUID, UUID]] = set()
    while edge:
        wanted = select(IdentityDecision.one_id, IdentityDecision.other_id).where(
            _touching(edge), IdentityDecision.answer == Sameness.SAME
        )
        found = {(row.one_id, row.other_id) for row in session.execute(wanted)}
        pairs |= found
        edge = {person for pair in found for person in pair} - known
        known |= edge
    return _joined(asked, known, pairs)


def _joined(asked: set[UUID], known: set[UUID], pairs: set[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    groups = {person: {person} for person in known}
    for one, other in sorted(pairs):
        if groups[one] is not groups[other]:
            groups[one] |= groups[other]
            for person in groups[other]:
                groups[person] = groups[one]
    return {person: frozenset(groups[person]) for person in asked}


def _touching(ids: set[UUID]) -> ColumnElement[bool]:
    return and_(
        or_(IdentityDecision.one_id.in_(ids), IdentityDecision.other_id.in_(ids)),
        IdentityDecision.undone_at.is_(None),
    )
