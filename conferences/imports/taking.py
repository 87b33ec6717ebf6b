"""Taking a list: row by row in small steps, and all of it becomes visible in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.errors import Refused
from conferences.imports import bringing, doubting, making
from conferences.imports.checking import Reader, reader_for, standing_rows
from conferences.imports.lightly import lightly
from conferences.imports.reading import Record
from conferences.imports.words import OF_OTHER_ROWS
from conferences.models import (
    Action,
    BatchStatus,
    Case,
    Conference,
    ImportBatch,
    ImportRow,
    Listing,
    Referral,
    RowDecision,
    User,
    Verdict,
)
from conferences.visibility import visible_to
from conferences.wall import conflicts

BROUGHT = (Case, Referral, Listing, Action)
TO_TAKE = (Verdict.NEW, Verdict.MATCHES)


class _Wrong(Exception):
    """The row cannot be taken after all: `problem` is what the page says of it."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Step:
    """How far the taking of a list has come."""

    done: int
    total: int
    over: bool


def begin(
    session: Session, actor: User, batch: ImportBatch, *, joins_matches: bool, now: datetime
) -> ImportBatch:
    """Starts taking a checked list; `joins_matches` adds matching rows to the cases they match.

    Trying again after a fault goes on where it stopped; a list that is being taken stays as it is.
    """
    locked = bringing.lock(session, actor, batch)
    if locked.status is BatchStatus.TAKING:
        return locked
    wanted = select(func.count()).select_from(_to_take(locked).subquery())
    if locked.status is BatchStatus.CHECKED and not session.scalar(wanted):
        raise Refused("There is no row to take.")
    if locked.status is BatchStatus.CHECKED and doubting.undecided(session, locked):
        raise Refused("Say of each doubtful row whether it is taken or left out.", field="rest")
    if not locked.done:
        locked.joins_matches = joins_matches
    states.move(locked, BatchStatus.TAKING)
    locked.moved_at, locked.failed_at = now, None
    audit.record(session, actor, "import.taking", locked, at=now)
    session.flush()
    return locked


def _to_take(batch: ImportBatch) -> Select[ImportRow]:
    return select(ImportRow).where(
        ImportRow.batch_id == batch.id,
        ImportRow.verdict.in_(TO_TAKE),
        ImportRow.taken_at.is_(None),
        ImportRow.decided.is_distinct_from(RowDecision.LEAVE),
    )


def take_some(session: Session, actor: User, batch_id: UUID, *, most: int, now: datetime) -> Step:
    """Takes the next rows; with the last of them the whole list becomes visible."""
    batch = session.get_one(ImportBatch, batch_id, with_for_update=True, populate_existing=True)
    bringing.lock(session, actor, batch)
    if batch.status is not BatchStatus.TAKING:
        return Step(batch.done, batch.rows, over=True)
    reader = reader_for(session, batch, now=now)
    with lightly(session):
        rows = session.scalars(_to_take(batch).order_by(ImportRow.number).limit(most)).all()
        for row in rows:
            _take(session, actor, batch, row, reader, now)
    _keep_out_namesakes(session, batch, rows, now)
    batch.done, batch.moved_at = batch.done + len(rows), now
    over = len(rows) < most
    if over:
        _finish(session, actor, batch, now)
    session.flush()
    return Step(batch.done, batch.rows, over=over)


def _take(
    session: Session, actor: User, batch: ImportBatch, row: ImportRow, reader: Reader, now: datetime
) -> None:
    record = reader.read(bringing.cells_of(session, row)).record
    # Once rows are cases, one row says nothing of another: its case may be hidden from who brought the list.
    row.notes = _of_itself(row)
    try:
        with session.begin_nested():
            if record is None:
                raise _Wrong("row:changed")
            case_id = _make(session, actor, batch, row, record, now)
    except _Wrong as problem:
        row.verdict, row.problems = Verdict.WRONG, [problem.problem]
        return
    row.case_id, row.taken_at, row.raw_sealed = case_id, now, None


def _of_itself(row: ImportRow) -> list[str]:
    return [note for note in row.notes if not note.startswith(OF_OTHER_ROWS)]


def _keep_out_namesakes(
    session: Session, batch: ImportBatch, rows: Sequence[ImportRow], now: datetime
) -> None:
    """Whoever bears the name of somebody in a new case is shut out before anybody can know of the case."""
    taken = [row for row in rows if row.taken_at is not None]
    if not taken:
        return
    before = select(ImportRow.case_id).where(
        ImportRow.batch_id == batch.id, ImportRow.taken_at.is_not(None), ImportRow.number < taken[0].number
    )
    ours = Case.id.in_({row.case_id for row in taken})
    made = select(Case).where(Case.import_id == batch.id, ours, Case.id.not_in(before))
    everyone = conflicts.everyone(session, batch.area_id)
    for case in session.scalars(made):
        conflicts.look_at_case(session, case, now=now, among=everyone)


def _make(
    session: Session, actor: User, batch: ImportBatch, row: ImportRow, record: Record, now: datetime
) -> UUID:
    case = _case_for(session, actor, batch, row, record)
    if record.victim_name is None:
        turn = _turn_for(session, batch, case, record)
        if turn is None or case is None:
            raise _Wrong("reference:no_such_hearing")
    else:
        case = case or making.case(session, actor, batch, record, now=now)
        referral = making.referral(session, actor, batch, case, record, now=now)
        heard = record.heard_on is not None and record.decision != "declined"
        turn = making.hearing(session, actor, batch, referral, record, now=now) if heard else None
        if turn is not None and turn.import_id is None:
            raise _Wrong("heard_on:on_record")
    if turn is not None and record.promised is not None:
        making.action(session, actor, batch, turn, record.promised, now=now)
    elif record.promised is not None or (turn is None and record.kept_as_words):
        raise _Wrong("action:never_heard")
    return case.id


def _case_for(
    session: Session, actor: User, batch: ImportBatch, row: ImportRow, record: Record
) -> Case | None:
    """The case an earlier row made, by its own reference or the same two people; or the one it joins."""
    for column in ("reference_index", "pair_index"):
        index = getattr(row, column)
        if index is None:
            continue
        alike = getattr(ImportRow, column) == index
        mine = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.taken_at.is_not(None), alike)
        found = session.scalars(mine.order_by(ImportRow.number)).first()
        if found is None and column == "reference_index":
            before = standing_rows(actor, batch).where(alike).order_by(ImportRow.taken_at.desc())
            found = session.scalars(before).first()
        if found is not None:
            _check_same_person(session, found, row, record)
            return session.get_one(Case, found.case_id)
    if row.verdict is Verdict.MATCHES and batch.joins_matches:
        return session.scalars(visible_to(actor, Case).where(Case.id == row.case_id)).one_or_none()
    return None


def _check_same_person(session: Session, earlier: ImportRow, row: ImportRow, record: Record) -> None:
    """One reference for two different pairs of people is a slip in the list, and nobody's to guess."""
    if earlier.pair_index and row.pair_index and earlier.pair_index != row.pair_index:
        raise _Wrong("reference:other_people")


def _turn_for(session: Session, batch: ImportBatch, case: Case | None, record: Record) -> Listing | None:
    """The hearing an action was agreed at: on the day given, or else the last before it is due."""
    if case is None:
        return None
    turns: Sequence[tuple[Listing, datetime]] = [
        (turn, starts)
        for turn, starts in session.execute(
            select(Listing, Conference.starts_at)
            .join(Conference, Conference.id == Listing.conference_id)
            .where(
                Listing.case_id == case.id,
                Listing.import_id.is_not(None),
                (Listing.import_id == batch.id) | ~Listing.withheld,
            )
            .order_by(Conference.starts_at)
        ).all()
    ]
    if record.heard_on is not None:
        return next((turn for turn, starts in turns if starts.date() == record.heard_on), None)
    due = record.promised.due_on if record.promised else date.max
    before = [turn for turn, starts in turns if starts.date() <= due]
    return before[-1] if before else None


def _finish(session: Session, actor: User, batch: ImportBatch, now: datetime) -> None:
    session.flush()
    for kind in BROUGHT:
        session.execute(
            update(kind)
            .where(kind.import_id == batch.id)
            .values(withheld=False)
            .execution_options(synchronize_session="fetch")
        )
    bringing.forget_words(session, [batch])
    left_out = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.decided == RowDecision.LEAVE)
    for row in session.scalars(left_out):
        row.notes = _of_itself(row)
    states.move(batch, BatchStatus.TAKEN)
    batch.taken_at = now
    audit.record(session, actor, "import.taken", batch, at=now)


def give_up(session: Session, batch_id: UUID, *, now: datetime) -> None:
    """Marks a list whose taking broke off: nothing of it is visible, and it can be tried again."""
    batch = session.get_one(ImportBatch, batch_id, with_for_update=True, populate_existing=True)
    if batch.status is BatchStatus.TAKING:
        states.move(batch, BatchStatus.CHECKED)
        batch.failed_at = now
