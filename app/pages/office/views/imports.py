"""Lists on the screen: what columns mean, what rows would do, how far the taking is, what came of it."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Filled, Typed, tidy
from app.templating import short_day, t
from conferences.errors import Refused
from conferences.imports import bringing, checking, doubting, looking, taking, undoing, words
from conferences.imports.fields import FIELDS, LEFT_OUT
from conferences.models import BatchStatus, ImportBatch, RowDecision, User, Verdict

TAGS = {
    BatchStatus.READ: ("soon", "Columns to confirm", "clock"),
    BatchStatus.CHECKED: ("soon", "Checked, not taken", "clock"),
    BatchStatus.TAKING: ("info", "Being taken", "clock"),
    BatchStatus.TAKEN: ("good", "Taken", "tick"),
    BatchStatus.UNDONE: ("", "Undone", "dash"),
    BatchStatus.DISCARDED: ("", "Put aside", "dash"),
}
ROW_TAGS = {
    Verdict.NEW: ("good", "tick"),
    Verdict.MATCHES: ("info", "people"),
    Verdict.HERE: ("", "dash"),
    Verdict.WRONG: ("bad", "warning"),
}


class Bringing(BaseModel):
    """Which file is brought, by its name, and where the list comes from."""

    messages: ClassVar = {
        ("file", "missing"): "Choose the file that holds the list",
        ("source", "missing"): "Say where the list comes from",
    }
    file: Annotated[str, Field(title="the list")]
    source: Annotated[str, Field(max_length=100, title="where the list comes from")]


class Explaining(BaseModel):
    """What columns and names mean."""

    columns: list[str]
    unnamed_agency: str
    meant: dict[str, str]


class Taking(BaseModel):
    """What becomes of rows that match a case."""

    matches: Literal["join", "apart"] | None = None


def joins(session: Session, batch: ImportBatch, given: Taking) -> bool:
    """Returns whether matching rows join their cases; Refused while nobody has said so."""
    if given.matches is None and not batch.done and looking.counts(session, batch)[Verdict.MATCHES]:
        raise Refused("Say what becomes of the rows that match a case.", field="matches")
    return given.matches == "join"


class Doubts(BaseModel):
    """What becomes of doubtful rows, by number, and of those left undecided."""

    rows: dict[int, RowDecision]
    rest: RowDecision | None = None


def deciding(typed: Typed) -> Filled[Doubts]:
    """Reads the form about doubtful rows; what is neither taken nor left out is not decided."""
    known = {one.value: one for one in RowDecision}
    said = {name: known.get(next(iter(given), "")) for name, given in typed.items()}
    rows = {
        int(number): decision
        for name, decision in said.items()
        if decision and name.startswith("row-") and (number := name[4:12]).isascii() and number.isdecimal()
    }
    model = Doubts(rows=rows, rest=said.get("rest"))
    return Filled(model=model, typed={name: tuple(given) for name, given in typed.items()})


class Nothing(BaseModel):
    """A form that only has its button."""


def batch_rows(session: Session, user: User) -> list[dict[str, Any]]:
    """Describes the lists a person brought, newest first."""
    found = looking.batches(session, user)
    sizes = looking.sizes(session, user, found)
    return [batch_row(session, one) | {"rows": sizes[one.id]} for one in found]


def batch_row(session: Session, batch: ImportBatch) -> dict[str, Any]:
    """Describes a list to the person who brought it."""
    source, file_name, sheet = bringing.named(session, batch)
    return {
        "href": f"/imports/{batch.id.hex}",
        "source": source,
        "about": " · ".join(part for part in (file_name, sheet) if part),
        "when": short_day(batch.read_at),
        "rows": batch.rows,
        "tag": _tag(batch),
    }


def _tag(batch: ImportBatch) -> tuple[str, str, str]:
    kind, said, icon = TAGS[batch.status]
    return (kind, t(said), icon)


def explaining(typed: Typed, batch: ImportBatch) -> Filled[Explaining]:
    """Reads the form about columns: one choice for each, and whom unknown names mean."""

    def first(name: str) -> str:
        return tidy(next(iter(typed.get(name, [])), ""))

    names = [name for name in typed if name.startswith("name-")]
    given = Explaining(
        columns=[first(f"column-{at}") or LEFT_OUT for at in range(len(batch.columns))],
        unnamed_agency=first("unnamed_agency"),
        meant={first(name): first(name.replace("name-", "means-", 1)) for name in names},
    )
    return Filled(model=given, typed={name: tuple(said) for name, said in typed.items()})


def explain(session: Session, user: User, batch: ImportBatch, given: Explaining, now: datetime) -> None:
    """Keeps what the person chose; an agency that is not of the area counts as not chosen."""
    agencies = {row.id.hex: row for row in looking.agencies_of(session, user)}
    checking.explain_columns(
        session,
        user,
        batch,
        columns=given.columns,
        unnamed_agency=agencies.get(given.unnamed_agency),
        meant={name: means for name, means in given.meant.items() if means in agencies},
        now=now,
    )


def columns_page(session: Session, user: User, batch: ImportBatch, now: datetime) -> dict[str, Any]:
    """Gathers what the page about a list's columns shows."""
    meant = bringing.meant_by(session, bringing.remembered_for(session, batch))
    agencies = [(row.id.hex, row.name) for row in looking.agencies_of(session, user)]
    return {
        "batch": batch_row(session, batch),
        "columns": looking.columns(session, user, batch, now=now),
        "meanings": [(LEFT_OUT, t("Leave out")), *((field.key, t(field.label)) for field in FIELDS)],
        "agencies": agencies,
        "unknown": [*meant, *looking.unknown_agencies(session, batch, now=now)],
        "notes": [t(words.of_note(code)) for code in batch.notes],
    }


def columns_form(session: Session, batch: ImportBatch) -> Filled[Any]:
    """Returns the form as it opens: what was guessed or remembered."""
    meant = bringing.meant_by(session, bringing.remembered_for(session, batch))
    shown = {f"column-{at}": key for at, key in enumerate(batch.columns)}
    shown |= {f"means-{at}": agency for at, agency in enumerate(meant.values())}
    unnamed = batch.unnamed_agency_id.hex if batch.unnamed_agency_id else ""
    return Filled[Any].showing(**shown, unnamed_agency=unnamed)


def page(
    session: Session, user: User, batch: ImportBatch, show: str, number: int, now: datetime
) -> dict[str, Any]:
    """Gathers what the page of a checked or taken list shows: counts, and rows of one verdict or of all."""
    chosen = next((verdict for verdict in Verdict if verdict.value == show), None)
    rows, more = looking.page(session, user, batch, chosen, number, now=now)
    counted = looking.counts(session, batch, user)
    left_out = looking.left_out(session, batch)
    all_to_take = sum(looking.counts(session, batch)[verdict] for verdict in taking.TO_TAKE) - left_out
    here = f"/imports/{batch.id.hex}"
    to_take = sum(counted[verdict] for verdict in taking.TO_TAKE)
    tabs = [(here, t("All"), chosen is None)]
    tabs += [(f"{here}?show={one.value}", t(words.VERDICTS[one]), chosen is one) for one in Verdict]
    return {
        "batch": batch_row(session, batch) | {"rows": looking.sizes(session, user, [batch])[batch.id]},
        "status": batch.status.value,
        "figures": [(t(words.VERDICTS[verdict]), counted[verdict]) for verdict in Verdict],
        "doubts": looking.doubts(session, user, batch),
        "undecided": doubting.undecided(session, batch),
        "left_out": left_out,
        "wrong": counted[Verdict.WRONG],
        "matching": counted[Verdict.MATCHES],
        "to_take": to_take,
        "left": all_to_take - batch.done,
        "rows": [{"tag": _row_tag(row), "seen": row} for row in rows],
        "tabs": tabs,
        "older": f"{here}?show={show}&page={number + 1}" if more else "",
        "newer": f"{here}?show={show}&page={number - 1}" if number > 1 else "",
        "failed": batch.failed_at is not None,
        "may_undo": undoing.may_be_undone(batch, now),
        "undo_by": batch.taken_at + undoing.UNDO_WITHIN if batch.taken_at else None,
        "again": looking.to_look_at_again(session, user, batch) if batch.status is BatchStatus.TAKEN else [],
        "notes": [t(words.of_note(code)) for code in batch.notes],
    }


def _row_tag(row: looking.RowSeen) -> tuple[str, str, str]:
    if row.undone:
        return ("", t("Undone"), "dash")
    if row.decided is RowDecision.LEAVE:
        return ("", t(words.LEFT_OUT), "dash")
    kind, icon = ROW_TAGS[row.verdict]
    return (kind, t(words.VERDICTS[row.verdict]), icon)


def undo_page(session: Session, user: User, batch: ImportBatch) -> dict[str, Any]:
    """Gathers what the page says before a list is undone: what goes, and which cases stay."""
    found = undoing.foresee(session, user, batch)
    return {"batch": batch_row(session, batch), "cases": found.cases, "rows": found.rows, "stay": found.stay}


def progress(session: Session, batch: ImportBatch, now: datetime) -> dict[str, Any]:
    """Says how far the taking of a list is, and whether it has stood still for three minutes."""
    counted = looking.counts(session, batch)
    still = now - (batch.moved_at or batch.read_at)
    return {
        "batch": batch_row(session, batch),
        "done": batch.done,
        "total": max(
            sum(counted[verdict] for verdict in taking.TO_TAKE) - looking.left_out(session, batch), batch.done
        ),
        "late": still.total_seconds() > 180,
    }
