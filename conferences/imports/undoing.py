"""Undoing a list: what it made is withheld again, except where somebody has worked on it since.

The service deletes nothing. What is withheld exists for nobody, as in any other case they may not know of.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.errors import WrongState
from conferences.imports import bringing
from conferences.models import (
    Action,
    AuditEntry,
    AuditOutcome,
    BatchStatus,
    Case,
    IdentityDecision,
    ImportBatch,
    ImportRow,
    Involvement,
    Listing,
    Referral,
    RepeatDecision,
    User,
)
from conferences.permissions import Permission, require
from conferences.visibility import visible_to

UNDO_WITHIN = timedelta(days=30)
_OF_A_CASE = (Referral, Listing, Action)
# What leaves a line without changing anything, and what the import itself wrote.
_NO_WORK = (
    *("%.viewed", "%.looked", "import.%", "case.imported", "access.refused"),
    *("person.suspected", "person.left_to_decide"),  # what comparing names wrote, and no person
)


def may_be_undone(batch: ImportBatch, now: datetime) -> bool:
    """Returns whether a list is in the record and was taken within thirty days."""
    return (
        batch.status is BatchStatus.TAKEN
        and batch.taken_at is not None
        and now - batch.taken_at <= UNDO_WITHIN
    )


@dataclass(frozen=True)
class Foreseen:
    """What undoing a list would do: how many cases and rows go, and the cases that stay, by reference."""

    cases: int
    rows: int
    stay: tuple[tuple[UUID, str], ...]


def foresee(session: Session, actor: User, batch: ImportBatch) -> Foreseen:
    """Returns what undoing would do now, of what the person may know of."""
    require(actor, Permission.VIEW_LIST, batch)
    rows = _rows_by_case(session, batch)
    seen = visible_to(actor, Case).where(Case.id.in_(rows)).with_only_columns(Case.id, Case.reference)
    known = {row.id: row.reference for row in session.execute(seen.order_by(Case.reference))}
    stay = _worked_on(session, batch, set(rows)) & known.keys()
    going = known.keys() - stay
    return Foreseen(
        cases=len(going),
        rows=sum(len(rows[case_id]) for case_id in going),
        stay=tuple((case_id, reference) for case_id, reference in known.items() if case_id in stay),
    )


def _rows_by_case(session: Session, batch: ImportBatch) -> dict[UUID, list[ImportRow]]:
    rows: dict[UUID, list[ImportRow]] = defaultdict(list)
    taken = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.taken_at.is_not(None))
    for row in session.scalars(taken):
        if row.case_id is not None:
            rows[row.case_id].append(row)
    return rows


def undo(session: Session, actor: User, batch: ImportBatch, *, now: datetime) -> tuple[int, int]:
    """Undoes a whole list; returns how many rows were undone and how many were kept. Twice changes nothing.

    All rows of a case are kept when anybody has worked on the case, its referrals, hearings or actions since.
    """
    locked = bringing.lock(session, actor, batch)
    if locked.status is not BatchStatus.UNDONE:
        if not may_be_undone(locked, now):
            raise WrongState("A list can be undone within 30 days after it was taken.")
        _undo(session, actor, locked, now)
    rows = session.scalars(
        select(ImportRow).where(ImportRow.batch_id == locked.id, ImportRow.taken_at.is_not(None))
    ).all()
    return sum(row.undone_at is not None for row in rows), sum(row.kept_at is not None for row in rows)


def _undo(session: Session, actor: User, batch: ImportBatch, now: datetime) -> None:
    rows = _rows_by_case(session, batch)
    seen = visible_to(actor, Case).where(Case.id.in_(rows)).with_only_columns(Case.id)
    known = set(session.scalars(seen))
    _hold_still(session, set(rows))
    worked_on = _worked_on(session, batch, set(rows))
    undone = [case_id for case_id in rows if case_id in known and case_id not in worked_on]
    for case_id, theirs in rows.items():
        # Whoever is shut out of a case cannot remove it; to them it is gone already, and that is the answer.
        kept = case_id in known and case_id in worked_on
        for row in theirs:
            row.undone_at, row.kept_at = (None, now) if kept else (now, None)
    _withhold(session, batch, undone)
    states.move(batch, BatchStatus.UNDONE)
    batch.undone_at = now
    audit.record(session, actor, "import.undone", batch, at=now)
    session.flush()


def _hold_still(session: Session, case_ids: set[UUID]) -> None:
    """Waits for whoever is working on the cases at this moment, so that their work counts as well."""
    for kind, key in ((Case, Case.id), *((kind, kind.case_id) for kind in _OF_A_CASE)):
        session.execute(select(kind.id).where(key.in_(case_ids)).order_by(kind.id).with_for_update())


def _withhold(session: Session, batch: ImportBatch, case_ids: list[UUID]) -> None:
    session.flush()
    for kind, key in ((Case, Case.id), *((kind, kind.case_id) for kind in _OF_A_CASE)):
        session.execute(
            update(kind)
            .where(kind.import_id == batch.id, key.in_(case_ids))
            .values(withheld=True)
            .execution_options(synchronize_session="fetch")
        )


def _worked_on(session: Session, batch: ImportBatch, case_ids: set[UUID]) -> set[UUID]:
    """The cases on which anybody did something since the list was taken."""
    belongs: dict[UUID, UUID] = {
        case_id: case_id
        for case_id in session.scalars(select(Case.id).where(Case.import_id == batch.id))
        if case_id in case_ids
    }
    found: set[UUID] = set()
    for kind in _OF_A_CASE:
        here = select(kind.id, kind.case_id, kind.import_id).where(kind.case_id.in_(case_ids), ~kind.withheld)
        for thing_id, case_id, import_id in session.execute(here):
            if import_id == batch.id:
                belongs[thing_id] = case_id
            elif case_id in belongs:
                found.add(case_id)
    found |= _decided_about(session, case_ids)
    return found | {belongs[subject] for subject in _subjects_worked_on(session, batch, list(belongs))}


def _decided_about(session: Session, case_ids: set[UUID]) -> set[UUID]:
    """The cases a person's decision rests on: who is the same person, and what is a repeat."""
    decided = select(Involvement.case_id).join(
        IdentityDecision,
        or_(
            IdentityDecision.one_id == Involvement.person_id,
            IdentityDecision.other_id == Involvement.person_id,
        ),
    )
    rested_on = select(Referral.case_id).join(
        RepeatDecision, RepeatDecision.earlier_referral_id == Referral.id
    )
    asked = (
        decided.where(Involvement.case_id.in_(case_ids), IdentityDecision.undone_at.is_(None)),
        rested_on.where(Referral.case_id.in_(case_ids), RepeatDecision.undone_at.is_(None)),
    )
    return {case_id for wanted in asked for case_id in session.scalars(wanted.distinct())}


def _subjects_worked_on(session: Session, batch: ImportBatch, subjects: list[UUID]) -> set[UUID]:
    lines = select(AuditEntry.subject_id).where(
        AuditEntry.subject_id.in_(subjects),
        AuditEntry.at >= batch.taken_at,
        AuditEntry.outcome != AuditOutcome.REFUSED,
        ~_any_like(AuditEntry.kind, _NO_WORK),
    )
    return {subject for subject in session.scalars(lines.distinct()) if subject is not None}


def _any_like(column: Any, patterns: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(column.like(pattern) for pattern in patterns))
