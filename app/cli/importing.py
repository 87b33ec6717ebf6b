"""Bringing a list from the command line: checked row by row, taken whole, said as it goes."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth import accounts
from app.cli.at import Data, chosen, unit_of_work
from app.db import acting_for
from app.main import utc_now
from app.settings import Settings
from conferences.errors import Refused
from conferences.imports import bringing, checking, doubting, taking, words
from conferences.imports.fields import LEFT_OUT
from conferences.imports.safety import LARGEST_FILE
from conferences.models import Agency, ImportBatch, ImportRow, Membership, Role, RowDecision, User, Verdict

AT_ONCE = 50


class _NothingKept(Exception):
    """A dry run is over: everything it wrote goes."""


def bring_list(
    file: Annotated[Path, typer.Argument(help="A list as .csv or .xlsx.")],
    source: Annotated[str, typer.Option(help="Where such lists come from, for example: the old tracker.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(help="What headings and agencies mean, as .toml or .json.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="The coordinator's address; needed when there are several.")
    ] = None,
    join: Annotated[bool, typer.Option("--join", help="Add rows that match a case to that case.")] = False,
    leave_doubtful: Annotated[
        bool, typer.Option("--leave-doubtful", help="Leave out rows that are doubtful.")
    ] = False,
    data: Data = None,
) -> None:
    """Take a list of past cases into the record; exit code 1 when any row is refused."""
    body, explained = _read(file), _explained(mapping)
    refused = 0
    doubtful = RowDecision.LEAVE if leave_doubtful else RowDecision.TAKE
    with _one_transaction(chosen(data), dry_run) as session:
        actor, now = _coordinator(session, by), utc_now()
        for batch in bringing.bring(session, actor, body, file_name=file.name, source=source, now=now):
            refused += _one_list(
                session, actor, batch, explained, dry_run=dry_run, join=join, doubtful=doubtful, now=now
            )
    if refused:
        raise typer.Exit(1)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise Refused("The file cannot be read.") from problem


def _explained(mapping: Path | None) -> dict[str, Any]:
    """Reads `columns = {heading = field}`, `agencies = {name = code}` and `unnamed_agency = code`."""
    if mapping is None:
        return {}
    try:
        text = mapping.read_text(encoding="utf-8")
        known = json.loads(text) if mapping.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as problem:
        raise Refused("The mapping file cannot be read.") from problem
    tables = [known.get(name, {}) for name in ("columns", "agencies")] if isinstance(known, dict) else [None]
    if not all(isinstance(table, dict) for table in tables):
        raise Refused("The mapping file needs tables named columns and agencies.")
    return known


@contextmanager
def _one_transaction(at: Settings, dry_run: bool) -> Iterator[Session]:
    try:
        with unit_of_work(at) as session:
            yield session
            if dry_run:
                raise _NothingKept
    except _NothingKept:
        return


def _coordinator(session: Session, email: str | None) -> User:
    if email:
        found = [user for user in [accounts.find(session, email)] if user is not None]
    else:
        wanted = (
            select(User)
            .join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
            .where(User.is_active, Membership.role == Role.COORDINATOR)
        )
        found = list(session.scalars(wanted))
    if len(found) != 1:
        raise Refused("Say with --by for which coordinator the list is taken.")
    acting_for(session, found[0].id, found[0].area_id)
    return found[0]


def _one_list(
    session: Session,
    actor: User,
    batch: ImportBatch,
    explained: dict[str, Any],
    *,
    dry_run: bool,
    join: bool,
    doubtful: RowDecision,
    now: datetime,
) -> int:
    codes = {row.code: row for row in session.scalars(select(Agency).where(Agency.area_id == actor.area_id))}
    unnamed = _agency(codes, explained.get("unnamed_agency"))
    meant = {name: _agency(codes, code) for name, code in explained.get("agencies", {}).items()}
    checking.explain_columns(
        session,
        actor,
        batch,
        columns=_columns(session, batch, explained.get("columns", {})),
        unnamed_agency=unnamed,
        meant={name: agency.id.hex for name, agency in meant.items() if agency},
        now=now,
    )
    if doubting.undecided(session, batch):
        doubting.decide(session, actor, batch, {}, rest=doubtful, now=now)
    to_take = sum(_is_taken(row) for row in checking.rows_of(session, batch))
    if to_take and not dry_run:
        _take(session, actor, batch, to_take, join=join, now=now)
    return _say(session, batch)


def _is_taken(row: ImportRow) -> bool:
    return row.verdict in taking.TO_TAKE and row.decided is not RowDecision.LEAVE


def _columns(session: Session, batch: ImportBatch, meanings: dict[str, str]) -> list[str]:
    if not meanings:
        return list(batch.columns)
    return [str(meanings.get(heading, LEFT_OUT)) for heading in bringing.headings_of(session, batch)]


def _agency(codes: dict[str, Agency], code: object) -> Agency | None:
    if code is not None and code not in codes:
        raise Refused("The mapping file names an agency by a code that this area does not have.")
    return codes[str(code)] if code is not None else None


def _take(
    session: Session, actor: User, batch: ImportBatch, total: int, *, join: bool, now: datetime
) -> None:
    taking.begin(session, actor, batch, joins_matches=join, now=now)
    with typer.progressbar(length=total, label="Taking") as bar:
        done = batch.done
        while True:
            step = taking.take_some(session, actor, batch.id, most=AT_ONCE, now=now)
            bar.update(step.done - done)
            done = step.done
            if step.over:
                break


def _say(session: Session, batch: ImportBatch) -> int:
    """Says row by row what came of it, by number and never by name; returns how many rows are refused."""
    rows = checking.rows_of(session, batch)
    for row in rows:
        told = "; ".join([*map(words.of_problem, row.problems), *map(words.of_note, row.notes)])
        verdict = words.VERDICTS[row.verdict] if row.verdict else ""
        verdict = words.LEFT_OUT if row.decided is RowDecision.LEAVE else verdict
        typer.echo(f"row {row.number}: {verdict}{f' ({told})' if told else ''}")
    counted = Counter(row.verdict for row in rows)
    typer.echo(", ".join(f"{counted[verdict]} {words.VERDICTS[verdict].lower()}" for verdict in Verdict))
    return counted[Verdict.WRONG]


COMMANDS = {"import": bring_list}
