"""Doubtful rows: before a list is taken a person says of each whether it is taken or left out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.errors import Refused, WrongState
from conferences.imports import bringing
from conferences.imports.cells import month_first
from conferences.imports.fields import BY_KEY, Kind
from conferences.imports.reading import Reading
from conferences.imports.words import MONTH_FIRST, PERHAPS
from conferences.models import BatchStatus, ImportBatch, ImportRow, RowDecision, User

AT_ONCE: Final = 50
_DAYS: Final = (Kind.DAY, Kind.BIRTH)


def is_doubtful(row: ImportRow) -> bool:
    """Returns whether a note on a row asks for a person's decision."""
    return any(note.partition(":")[0] in (PERHAPS, MONTH_FIRST) for note in row.notes)


def days_in_doubt(readings: Sequence[Reading]) -> list[bool]:
    """Says of each row whether a day in it may stand month first, as another of its column surely does."""
    told = [
        {
            key: found
            for key, cell in one.values.items()
            if _is_day(key) and (found := month_first(cell)) is not False
        }
        for one in readings
    ]
    american = {key for one in told for key, found in one.items() if found}
    return [any(found is None and key in american for key, found in one.items()) for one in told]


def _is_day(key: str) -> bool:
    return key in BY_KEY and BY_KEY[key].kind in _DAYS


def undecided(session: Session, batch: ImportBatch) -> int:
    """Counts the doubtful rows nobody has decided on."""
    asked = select(func.count()).where(
        ImportRow.batch_id == batch.id, ImportRow.doubtful, ImportRow.decided.is_(None)
    )
    return session.scalar(asked) or 0


def some(session: Session, batch: ImportBatch) -> Sequence[ImportRow]:
    """Returns doubtful rows to decide on, those nobody has decided first, up to fifty."""
    wanted = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.doubtful)
    return session.scalars(
        wanted.order_by(ImportRow.decided.isnot(None), ImportRow.number).limit(AT_ONCE)
    ).all()


def decide(
    session: Session,
    actor: User,
    batch: ImportBatch,
    given: Mapping[int, RowDecision],
    *,
    rest: RowDecision | None = None,
    now: datetime,
) -> None:
    """Keeps what becomes of doubtful rows, by their numbers; `rest` is for all that nobody decided on."""
    locked = bringing.lock(session, actor, batch)
    if locked.status is not BatchStatus.CHECKED or locked.done:
        raise WrongState("This list is not waiting for a decision on its rows.")
    rows = session.scalars(select(ImportRow).where(ImportRow.batch_id == locked.id, ImportRow.doubtful)).all()
    if rest is None and not any(row.number in given for row in rows):
        raise Refused("Say of a row whether it is taken or left out.", field="rest")
    for row in rows:
        row.decided = given.get(row.number) or row.decided or rest
    audit.record(session, actor, "import.doubts_decided", locked, at=now)
    session.flush()
