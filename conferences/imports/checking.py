"""The dry run: what each row would do to the record, said before anything is done."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.calendars import local_day
from conferences.errors import Refused
from conferences.imports import agencies, bringing, doubting, mapping, pairs, together
from conferences.imports.cells import same
from conferences.imports.reading import Reading, Record, read_row
from conferences.imports.together import Together
from conferences.imports.words import MONTH_FIRST, PERHAPS, TOGETHER
from conferences.models import (
    Agency,
    BatchStatus,
    Case,
    ImportBatch,
    ImportRow,
    User,
    Verdict,
)
from conferences.sealing import blind_index
from conferences.visibility import visible_to

AT_ONCE = 2000


@dataclass
class Reader:
    """Reads the rows of one list as its columns and agencies were explained."""

    columns: Sequence[str]
    called: Callable[[str], str | None]
    unnamed: str | None
    today: date

    def read(self, cells: Sequence[str]) -> Reading:
        """Reads one row."""
        return read_row(cells, self.columns, self.called, today=self.today, unnamed_agency=self.unnamed)


@dataclass
class _Known:
    """What is already here, by keyed hash; only what the person may know of."""

    fingerprints: set[bytes] = field(default_factory=set)
    references: set[bytes] = field(default_factory=set)
    named_here: set[bytes] = field(default_factory=set)
    pairs: dict[str, UUID] = field(default_factory=dict)


def reader_for(session: Session, batch: ImportBatch, *, now: datetime) -> Reader:
    """Returns what reads this list's rows."""
    area = session.scalars(select(Agency).where(Agency.area_id == batch.area_id)).all()
    meant = bringing.meant_by(session, bringing.remembered_for(session, batch))
    unnamed = batch.unnamed_agency_id.hex if batch.unnamed_agency_id else None
    return Reader(batch.columns, agencies.called(area, meant), unnamed, local_day(now))


def explain_columns(
    session: Session,
    actor: User,
    batch: ImportBatch,
    *,
    columns: Sequence[str],
    unnamed_agency: Agency | None,
    meant: dict[str, str],
    now: datetime,
) -> None:
    """Says what the columns mean, remembers it for the source, and checks every row again."""
    locked = bringing.lock(session, actor, batch)
    if len(columns) != len(locked.columns):
        raise Refused("The columns have changed. Bring the list again.")
    wrong = mapping.wrong_with(columns)
    if wrong:
        raise Refused(_SENTENCES[wrong[0].code], field="columns")
    if unnamed_agency is not None and unnamed_agency.area_id != locked.area_id:
        raise Refused("Choose an agency of this area.", field="unnamed_agency")
    if locked.done:
        raise Refused("Part of this list is waiting to be taken. Try again to take it first.")
    states.move(locked, BatchStatus.CHECKED)
    locked.columns, locked.checked_at = list(columns), now
    locked.unnamed_agency_id = unnamed_agency.id if unnamed_agency else None
    bringing.remember(session, locked, columns, meant, now)
    _check(session, actor, locked, now)
    audit.record(session, actor, "import.checked", locked, at=now)
    session.flush()


_SENTENCES = {
    "twice": "Two columns cannot mean the same. Leave one of them out.",
    "unknown": "Choose one of the meanings shown.",
    "nobody_named": "Choose the column with the name of the person at risk, or with the reference.",
    "no_day": "Choose the column with the day referred or the day heard.",
}


def _check(session: Session, actor: User, batch: ImportBatch, now: datetime) -> None:
    reader = reader_for(session, batch, now=now)
    rows = rows_of(session, batch)
    readings = [reader.read(bringing.cells_of(session, row)) for row in rows]
    asked = {pair: one.record.two for one in readings if one.record and (pair := one.record.pair)}
    grouped = together.group(asked)
    for row, reading in zip(rows, readings, strict=True):
        _index(session, batch, row, reading, grouped)
    known = _known(session, actor, batch, rows, readings)
    known.pairs = _cases_of_groups(grouped, pairs.cases_with(session, actor, asked))
    seen: set[bytes] = set()
    for row, reading in zip(rows, readings, strict=True):
        _judge(row, reading, known, seen)
        if row.fingerprint:
            seen.add(row.fingerprint)
    _say_who_is_with_whom(rows, readings, grouped)
    for row, in_doubt in zip(rows, doubting.days_in_doubt(readings), strict=True):
        if in_doubt and row.verdict in (Verdict.NEW, Verdict.MATCHES):
            row.notes = [*row.notes, MONTH_FIRST]
        row.doubtful, row.decided = doubting.is_doubtful(row), None


def _cases_of_groups(grouped: Together, found: dict[str, UUID]) -> dict[str, UUID]:
    """A whole group belongs to the case that the first of its words belongs to."""
    of_group: dict[str, UUID] = {}
    for pair in sorted(found):
        of_group.setdefault(grouped.first(pair), found[pair])
    return {pair: of_group[first] for pair in grouped.of if (first := grouped.first(pair)) in of_group}


def _say_who_is_with_whom(rows: Sequence[ImportRow], readings: Sequence[Reading], grouped: Together) -> None:
    """Names the first other row that is about the same people in other words, and the first that may be."""
    told = [one.record.pair if one.record else None for one in readings]
    first: dict[str, int] = {}
    for row, pair in zip(rows, told, strict=True):
        if pair:
            first.setdefault(pair, row.number)
    for row, pair in zip(rows, told, strict=True):
        if pair is None or row.verdict not in (Verdict.NEW, Verdict.MATCHES):
            continue
        others = [first[one] for one in grouped.perhaps.get(pair, ())]
        leads = min(first[one] for one in grouped.of[pair])
        row.notes = [
            *row.notes,
            *([f"{TOGETHER}:{leads}"] if leads != first[pair] else []),
            *([f"{PERHAPS}:{min(others)}"] if others else []),
        ]


def _index(session: Session, batch: ImportBatch, row: ImportRow, reading: Reading, grouped: Together) -> None:
    """Hashes by which the row, its reference and its two people are found again."""
    source = f"{batch.area_id.hex}|{batch.source_index.hex()}"
    record = reading.record or Record()
    said = json.dumps([same(str(value or "")) for value in _tells_apart(record)])
    row.fingerprint = blind_index(session, "import row", f"{source}|{said}") if reading.record else None
    row.reference_index = (
        blind_index(session, "import reference", f"{source}|{same(record.reference)}")
        if record.reference
        else None
    )
    group = grouped.first(record.pair) if record.pair else None
    row.pair_index = blind_index(session, "import pair", f"{batch.area_id.hex}|{group}") if group else None


def _tells_apart(record: Record) -> tuple[object, ...]:
    """A row is the same when it tells of the same people, days and action; other words are not news."""
    promised = record.promised
    return (
        *(record.reference, record.victim_name, record.victim_born, record.perpetrator_name),
        *(record.referred_on, record.heard_on),
        *((promised.what, promised.due_on) if promised else (record.kept_as_words,)),
    )


def _known(
    session: Session, actor: User, batch: ImportBatch, rows: Sequence[ImportRow], readings: Sequence[Reading]
) -> _Known:
    known = _Known()
    named = {row.reference_index for row, one in zip(rows, readings, strict=True) if _names_somebody(one)}
    known.named_here = {one for one in named if one}
    for column, found in (("fingerprint", known.fingerprints), ("reference_index", known.references)):
        wanted = {getattr(row, column) for row in rows} - {None}
        found |= _taken_before(session, actor, batch, column, wanted)
    return known


def _names_somebody(reading: Reading) -> bool:
    return reading.record is not None and reading.record.victim_name is not None


def _taken_before(
    session: Session, actor: User, batch: ImportBatch, column: str, wanted: Iterable[Any]
) -> set[bytes]:
    """Those of these hashes that a row has which was taken from the same source and still stands."""
    attribute, found, asked = getattr(ImportRow, column), set(), list(wanted)
    for start in range(0, len(asked), AT_ONCE):
        found |= set(
            session.scalars(
                standing_rows(actor, batch)
                .where(attribute.in_(asked[start : start + AT_ONCE]))
                .distinct()
                .with_only_columns(attribute)
            )
        )
    return found


def standing_rows(actor: User, batch: ImportBatch) -> Any:
    """The rows taken from the same source and not undone, whose cases the person may know of."""
    seen = visible_to(actor, Case).with_only_columns(Case.id)
    return (
        select(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportBatch.area_id == batch.area_id,
            ImportBatch.source_index == batch.source_index,
            ImportBatch.status.in_((BatchStatus.TAKEN, BatchStatus.UNDONE)),
            ImportRow.taken_at.is_not(None),
            ImportRow.undone_at.is_(None),
            ImportRow.case_id.in_(seen),
        )
    )


def _judge(row: ImportRow, reading: Reading, known: _Known, seen: set[bytes]) -> None:
    row.problems = [f"{problem.key}:{problem.code}" for problem in reading.problems]
    row.notes, row.case_id = list(reading.notes), None
    record = reading.record
    if record is None:
        row.verdict = Verdict.WRONG
    elif row.fingerprint in seen:
        row.verdict, row.notes = Verdict.HERE, [*row.notes, "twice_in_list"]
    elif row.fingerprint in known.fingerprints:
        row.verdict = Verdict.HERE
    elif record.victim_name is None and row.reference_index not in known.references | known.named_here:
        row.verdict, row.problems = Verdict.WRONG, ["reference:no_such_case"]
    elif row.reference_index not in known.references and record.pair in known.pairs:
        row.verdict, row.case_id = Verdict.MATCHES, known.pairs[record.pair]
    else:
        row.verdict = Verdict.NEW


def rows_of(session: Session, batch: ImportBatch) -> Sequence[ImportRow]:
    """Returns the rows of a list in its order."""
    return session.scalars(
        select(ImportRow).where(ImportRow.batch_id == batch.id).order_by(ImportRow.number)
    ).all()
