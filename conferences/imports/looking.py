"""What the person who brought a list sees of it: counts, rows by verdict, what their columns could mean."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.imports import bringing, checking, doubting, words
from conferences.imports.cells import harmless, same, says_nothing
from conferences.imports.fields import BY_KEY, LEFT_OUT, Kind
from conferences.models import (
    Agency,
    BatchStatus,
    Case,
    ImportBatch,
    ImportRow,
    Referral,
    RowDecision,
    User,
    Verdict,
)
from conferences.permissions import Permission, require
from conferences.triage.queue_views import WAITING
from conferences.visibility import not_shut_out, visible_to

PAGE = 50
EXAMPLES = 3
MOST_NAMES = 40


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it was taken to mean, and its first cells."""

    heading: str
    field: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class RowSeen:
    """One row: its number in the file, what would come of it, and what to put right."""

    number: int
    verdict: Verdict
    who: str
    when: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    case_id: UUID | None
    case_reference: str
    undone: bool
    kept: bool
    doubtful: bool
    decided: RowDecision | None


def batches(session: Session, actor: User) -> Sequence[ImportBatch]:
    """Returns the lists a person brought, newest first."""
    require(actor, Permission.BRING_LIST)
    wanted = visible_to(actor, ImportBatch).order_by(ImportBatch.read_at.desc(), ImportBatch.id)
    return session.scalars(wanted.limit(PAGE)).all()


def columns(session: Session, actor: User, batch: ImportBatch, *, now: datetime) -> list[Column]:
    """Returns a list's columns with their first cells, and records who looked."""
    require(actor, Permission.VIEW_LIST, batch)
    audit.record(session, actor, "import.looked", batch, at=now)
    first = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.raw_sealed.is_not(None))
    rows = session.scalars(first.order_by(ImportRow.number).limit(20)).all()
    cells = [bringing.cells_of(session, row) for row in rows]
    shown = []
    for at, (heading, field) in enumerate(
        zip(bringing.headings_of(session, batch), batch.columns, strict=True)
    ):
        filled = dict.fromkeys(row[at] for row in cells if at < len(row) and row[at])
        shown.append(Column(heading, field, tuple(one[:60] for one in list(filled)[:EXAMPLES])))
    return shown


def unknown_agencies(session: Session, batch: ImportBatch, *, now: datetime) -> list[str]:
    """Returns the names in a list's agency columns that mean no agency of the area yet."""
    reader = checking.reader_for(session, batch, now=now)
    places = [
        at
        for at, key in enumerate(batch.columns)
        if key != LEFT_OUT and key in BY_KEY and BY_KEY[key].kind is Kind.AGENCY
    ]
    found: dict[str, str] = {}
    for row in checking.rows_of(session, batch) if places else ():
        cells = bringing.cells_of(session, row)
        for cell in (cells[at] for at in places if at < len(cells)):
            name = " ".join(cell.split())[:100]
            if not says_nothing(name) and reader.called(name) is None:
                found.setdefault(same(name), name)
    return sorted(found.values())[:MOST_NAMES]


def agencies_of(session: Session, actor: User) -> Sequence[Agency]:
    """Returns the agencies of a person's area, by name."""
    return session.scalars(select(Agency).where(Agency.area_id == actor.area_id).order_by(Agency.name)).all()


def _may_be_seen(actor: User) -> ColumnElement[bool]:
    """A row that became a case is hidden from whoever was shut out of the case since, bringer or not."""
    return or_(ImportRow.taken_at.is_(None), not_shut_out(actor, ImportRow.case_id))


def sizes(session: Session, actor: User, some: Sequence[ImportBatch]) -> dict[UUID, int]:
    """Returns how many rows each list has, for whoever brought it."""
    wanted = select(ImportRow.batch_id, func.count()).where(ImportRow.batch_id.in_([one.id for one in some]))
    found = session.execute(wanted.where(_may_be_seen(actor)).group_by(ImportRow.batch_id)).all()
    return {one.id: next((count for id, count in found if id == one.id), 0) for one in some}


def counts(session: Session, batch: ImportBatch, actor: User | None = None) -> dict[Verdict, int]:
    """Counts a list's rows by what would come of them: all, or those a person may see."""
    wanted = select(ImportRow.verdict, func.count()).where(ImportRow.batch_id == batch.id)
    if actor is not None:
        wanted = wanted.where(_may_be_seen(actor))
    found = session.execute(wanted.group_by(ImportRow.verdict)).all()
    return {verdict: sum(count for one, count in found if one is verdict) for verdict in Verdict}


def left_out(session: Session, batch: ImportBatch) -> int:
    """Counts the doubtful rows a person said are left out."""
    wanted = select(func.count()).where(
        ImportRow.batch_id == batch.id, ImportRow.decided == RowDecision.LEAVE
    )
    return session.scalar(wanted) or 0


def doubts(session: Session, actor: User, batch: ImportBatch) -> list[RowSeen]:
    """Returns doubtful rows to decide on, as they are seen; nothing once the list is decided."""
    require(actor, Permission.VIEW_LIST, batch)
    waiting = batch.status is BatchStatus.CHECKED and not batch.done
    return [_seen(session, batch, row, {}) for row in doubting.some(session, batch)] if waiting else []


def page(
    session: Session, actor: User, batch: ImportBatch, verdict: Verdict | None, number: int, *, now: datetime
) -> tuple[list[RowSeen], bool]:
    """Returns a page of a list's rows and whether there are more; records who looked."""
    require(actor, Permission.VIEW_LIST, batch)
    audit.record(session, actor, "import.looked", batch, at=now)
    wanted = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.verdict.is_not(None))
    wanted = wanted.where(_may_be_seen(actor))
    if verdict is not None:
        wanted = wanted.where(ImportRow.verdict == verdict)
    found = session.scalars(
        wanted.order_by(ImportRow.number).offset((number - 1) * PAGE).limit(PAGE + 1)
    ).all()
    ids = {row.case_id for row in found if row.case_id and not row.undone_at}
    known = visible_to(actor, Case).where(Case.id.in_(ids)).with_only_columns(Case.id, Case.reference)
    references = {row.id: row.reference for row in session.execute(known)}
    return [_seen(session, batch, row, references) for row in found[:PAGE]], len(found) > PAGE


def _seen(session: Session, batch: ImportBatch, row: ImportRow, references: dict[UUID, str]) -> RowSeen:
    cells = dict(zip(batch.columns, bringing.cells_of(session, row), strict=False))
    name = [cells.get(key, "") for key in ("victim_name", "victim_first", "victim_last")]
    case_id = row.case_id if row.case_id in references else None
    return RowSeen(
        number=row.number,
        verdict=row.verdict or Verdict.WRONG,
        who=" ".join(part for part in name if part) or cells.get("reference", ""),
        when=cells.get("heard_on") or cells.get("referred_on") or "",
        problems=tuple(words.of_problem(one) for one in row.problems),
        notes=tuple(words.of_note(one) for one in row.notes),
        case_id=case_id,
        case_reference=references.get(case_id, "") if case_id else "",
        undone=row.undone_at is not None,
        kept=row.kept_at is not None,
        doubtful=row.doubtful,
        decided=row.decided,
    )


def problems_as_csv(session: Session, actor: User, batch: ImportBatch, *, now: datetime) -> bytes:
    """Returns the rows to put right with their reasons and, until the list is decided, their cells.

    No cell can do anything in a spreadsheet: what would be a formula is made words.
    """
    require(actor, Permission.VIEW_LIST, batch)
    audit.record(session, actor, "import.looked", batch, at=now)
    wrong = [row for row in checking.rows_of(session, batch) if row.verdict is Verdict.WRONG]
    written = io.StringIO(newline="")
    out = csv.writer(written)
    out.writerow(["Row", "What to put right", *map(harmless, bringing.headings_of(session, batch))])
    for row in wrong:
        told = "; ".join(words.of_problem(one) for one in row.problems)
        out.writerow([row.number, told, *map(harmless, bringing.cells_of(session, row))])
    return written.getvalue().encode("utf-8-sig")


def to_look_at_again(session: Session, actor: User, batch: ImportBatch) -> list[tuple[UUID, str]]:
    """Returns the waiting referrals of cases this list gave a history, which may make them repeats."""
    joined = select(ImportRow.case_id).where(
        ImportRow.batch_id == batch.id, ImportRow.taken_at.is_not(None), ImportRow.undone_at.is_(None)
    )
    waiting = (
        visible_to(actor, Referral)
        .join(Case, Case.id == Referral.case_id)
        .where(Referral.case_id.in_(joined), Referral.status.in_(WAITING))
        .order_by(Referral.submitted_at)
        .limit(PAGE)
        .with_only_columns(Referral.id, Case.reference)
    )
    return [(row.id, row.reference) for row in session.execute(waiting)]
