"""Bringing a list: its rows are kept sealed until somebody decides, the file itself is never kept."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.errors import Refused, WrongState
from conferences.imports import mapping, sheets
from conferences.imports.cells import same, tidy
from conferences.imports.sheets import Sheet
from conferences.models import BatchStatus, ImportBatch, ImportMapping, ImportRow, User, new_id
from conferences.permissions import Permission, require
from conferences.sealing import blind_index, new_data_key, seal, seal_json, unseal, unseal_json

KEPT_UNDECIDED = timedelta(days=7)
UNDECIDED = (BatchStatus.READ, BatchStatus.CHECKED)


def bring(
    session: Session, actor: User, body: bytes, *, file_name: str | None, source: str, now: datetime
) -> list[ImportBatch]:
    """Reads a file into one list for each sheet; nothing of it is in the record yet.

    `source` is what the person calls where such lists come from: what a column means is remembered for it.
    """
    require(actor, Permission.BRING_LIST)
    if not same(source):
        raise Refused("Say where the list comes from, for example: the old tracker.", field="source")
    found = sheets.read(body)
    _forget_undecided(session, actor, now)
    return [_batch(session, actor, sheet, file_name, tidy(source)[:100], now) for sheet in found]


def _batch(
    session: Session, actor: User, sheet: Sheet, file_name: str | None, source: str, now: datetime
) -> ImportBatch:
    row = ImportBatch(
        id=new_id(),
        area_id=actor.area_id,
        by_id=actor.id,
        data_key=new_data_key(session),
        source_index=source_index(session, actor, source),
        headings_index=_headings_index(session, actor, sheet.headings),
        notes=list(sheet.notes),
        columns=mapping.guess(sheet.headings),
        rows=len(sheet.lines),
        read_at=now,
    )
    for column, words in (
        ("source", source),
        ("file_name", tidy(file_name or "")[:200]),
        ("sheet", sheet.name),
    ):
        seal(session, row, column, words)
    seal_json(session, row, "headings", list(sheet.headings))
    session.add(row)
    remembered = remembered_for(session, row)
    if remembered is not None:
        row.columns, row.unnamed_agency_id = list(remembered.columns), remembered.unnamed_agency_id
    for line in sheet.lines:
        kept = ImportRow(id=new_id(), batch_id=row.id, data_key=row.data_key, number=line.number)
        seal_json(session, kept, "raw", list(line.cells))
        session.add(kept)
    audit.record(session, actor, "import.read", row, at=now)
    session.flush()
    return row


def source_index(session: Session, actor: User, source: str) -> bytes:
    """Returns the keyed hash under which an area's source is known again."""
    return blind_index(session, "import source", f"{actor.area_id}|{same(source)}")


def _headings_index(session: Session, actor: User, headings: Sequence[str]) -> bytes:
    words = json.dumps([actor.area_id.hex, *map(same, headings)])
    return blind_index(session, "import headings", words)


def remembered_for(session: Session, batch: ImportBatch) -> ImportMapping | None:
    """Returns what was confirmed for the last list with these headings from this source."""
    return session.scalars(
        select(ImportMapping).where(
            ImportMapping.area_id == batch.area_id,
            ImportMapping.source_index == batch.source_index,
            ImportMapping.headings_index == batch.headings_index,
        )
    ).one_or_none()


def meant_by(session: Session, remembered: ImportMapping | None) -> dict[str, str]:
    """Reads which agency each of a source's own names means: {name in the list: agency's identifier}."""
    known: dict[str, str] | None = unseal_json(session, remembered, "meant") if remembered else None
    return known or {}


def remember(
    session: Session, batch: ImportBatch, columns: Sequence[str], meant: dict[str, str], now: datetime
) -> None:
    """Keeps what the person confirmed, for this list and for the next one like it."""
    row = remembered_for(session, batch)
    if row is None:
        row = ImportMapping(
            id=new_id(),
            area_id=batch.area_id,
            data_key=new_data_key(session),
            source_index=batch.source_index,
            headings_index=batch.headings_index,
        )
        session.add(row)
    row.columns, row.unnamed_agency_id, row.saved_at = list(columns), batch.unnamed_agency_id, now
    seal_json(session, row, "meant", meant or None)
    session.flush()


def headings_of(session: Session, batch: ImportBatch) -> list[str]:
    """Reads the headings of a list."""
    known: list[str] = unseal_json(session, batch, "headings") or []
    return known


def cells_of(session: Session, row: ImportRow) -> list[str]:
    """Reads the cells of a row; nothing once the list is decided."""
    known: list[str] = unseal_json(session, row, "raw") or []
    return known


def named(session: Session, batch: ImportBatch) -> tuple[str, str, str]:
    """Reads a list's source, file name and sheet, for the person who brought it."""
    opened: list[Any] = [unseal(session, batch, column) for column in ("source", "file_name", "sheet")]
    return opened[0] or "", opened[1] or "", opened[2] or ""


def lock(session: Session, actor: User, batch: ImportBatch) -> ImportBatch:
    """Returns the list as nobody else can change it until the end of the transaction."""
    require(actor, Permission.VIEW_LIST, batch)
    return session.get_one(ImportBatch, batch.id, with_for_update=True, populate_existing=True)


def discard(session: Session, actor: User, batch: ImportBatch, *, now: datetime) -> None:
    """Puts a list aside: its rows forget their words. Twice changes nothing."""
    locked = lock(session, actor, batch)
    if locked.status is BatchStatus.DISCARDED:
        return
    if locked.failed_at is not None and locked.done:
        raise WrongState(
            "Part of this list is waiting to be taken. Try again to take it first, then undo it."
        )
    states.move(locked, BatchStatus.DISCARDED)
    forget_words(session, [locked])
    audit.record(session, actor, "import.discarded", locked, at=now)
    session.flush()


def forget_words(session: Session, batches: Sequence[ImportBatch]) -> None:
    """Empties the sealed words of every row of these lists, and what their files were called."""
    chosen = [batch.id for batch in batches]
    for batch in batches:
        batch.file_name_sealed = batch.sheet_sealed = None
    session.flush()
    session.execute(
        update(ImportRow)
        .where(ImportRow.batch_id.in_(chosen), ImportRow.raw_sealed.is_not(None))
        .values(raw_sealed=None)
        .execution_options(synchronize_session=False)
    )
    for row in session.identity_map.values():
        if isinstance(row, ImportRow) and row.batch_id in chosen:
            session.expire(row, ["raw_sealed"])


def _forget_undecided(session: Session, actor: User, now: datetime) -> None:
    """A list nobody decided on within a week is put aside when its area's next one comes."""
    old = session.scalars(
        select(ImportBatch).where(
            ImportBatch.area_id == actor.area_id,
            ImportBatch.status.in_(UNDECIDED),
            ImportBatch.done == 0,
            ImportBatch.read_at < now - KEPT_UNDECIDED,
        )
    ).all()
    for batch in old:
        batch.status = BatchStatus.DISCARDED
    if old:
        forget_words(session, old)
