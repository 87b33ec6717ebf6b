"""Lists brought, checked and taken in a test, by the verbs themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from conferences.imports import bringing, checking, doubting, taking
from conferences.models import Agency, ImportBatch, ImportRow, RowDecision, User
from tests.imports import files
from tests.make import World

HEADINGS = (
    *("Ref", "Date referred", "Meeting date", "Referring agency", "Decision", "Victim name", "Victim DOB"),
    *("Perpetrator name", "Children", "Reason", "Summary", "Action", "Action agency", "Due date"),
    *("Action status", "Date completed", "DASH score"),
)
TESTA: dict[str, str] = {
    "Ref": "12",
    "Date referred": "24/11/2025",
    "Meeting date": "10/12/2025",
    "Referring agency": "Police",
    "Victim name": "Testa Marrowby",
    "Victim DOB": "04/05/1992",
    "Perpetrator name": "Derrin Quillfeather",
}
LOCK: dict[str, str] = {
    "Action": "Change the front door lock",
    "Action agency": "Housing",
    "Due date": "17/12/2025",
    "Action status": "Done",
    "Date completed": "16/12/2025",
}
KEZIA: dict[str, str] = TESTA | {
    "Ref": "13",
    "Victim name": "Kezia Lumley",
    "Victim DOB": "11/1999",
    "Perpetrator name": "Anders Vole",
}


def a_list(*rows: dict[str, str], headings: Sequence[str] = HEADINGS) -> bytes:
    """Writes rows as a CSV under the usual headings."""
    quoted = [[f'"{row.get(heading, "")}"' for heading in headings] for row in rows]
    return files.csv_of(headings, *quoted)


def brought(
    world: World, *rows: dict[str, str], by: User | None = None, source: str = "Old tracker", **more: Any
) -> ImportBatch:
    """Brings a list; `body` and `now` may be given."""
    (batch,) = bringing.bring(
        world.session,
        by or world.ben,
        more.get("body") or a_list(*rows),
        file_name="tracker.csv",
        source=source,
        now=more.get("now") or world.now,
    )
    return batch


def checked(
    world: World,
    *rows: dict[str, str],
    by: User | None = None,
    columns: list[str] | None = None,
    unnamed: Agency | None = None,
    meant: dict[str, str] | None = None,
    **more: Any,
) -> ImportBatch:
    """Brings a list and explains its columns as they were guessed."""
    batch = brought(world, *rows, by=by, **more)
    checking.explain_columns(
        world.session,
        by or world.ben,
        batch,
        columns=columns or batch.columns,
        unnamed_agency=unnamed,
        meant=meant or {},
        now=more.get("now") or world.now,
    )
    return batch


def take(
    world: World,
    batch: ImportBatch,
    *,
    by: User | None = None,
    joins: bool = False,
    now: datetime | None = None,
    most: int = 2,
) -> ImportBatch:
    """Takes a checked list to its end, two rows at a time."""
    who, at = by or world.ben, now or world.now
    if doubting.undecided(world.session, batch):
        doubting.decide(world.session, who, batch, {}, rest=RowDecision.TAKE, now=at)
    taking.begin(world.session, who, batch, joins_matches=joins, now=at)
    while not taking.take_some(world.session, who, batch.id, most=most, now=at).over:
        pass
    return batch


def taken(world: World, *rows: dict[str, str], **more: Any) -> ImportBatch:
    """Brings, checks and takes a list."""
    joins = more.pop("joins", False)
    batch = checked(world, *rows, **more)
    return take(world, batch, by=more.get("by"), joins=joins, now=more.get("now"))


def rows_of(world: World, batch: ImportBatch) -> list[ImportRow]:
    """The rows of a list in its order."""
    world.session.flush()
    wanted = select(ImportRow).where(ImportRow.batch_id == batch.id).order_by(ImportRow.number)
    return list(world.session.scalars(wanted))


def verdicts(world: World, batch: ImportBatch) -> list[str]:
    """What is said of each row."""
    return [row.verdict.value if row.verdict else "" for row in rows_of(world, batch)]
