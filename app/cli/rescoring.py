"""What the stored checklists would have come to under another profile, counted with a progress bar."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Annotated

import typer
from sqlalchemy.orm import Session, sessionmaker

from app import db, keys, serve
from app.cli import at
from app.cli.at import Data, unit_of_work
from app.main import utc_now
from app.settings import Settings
from conferences import audit
from conferences.checklist import rescoring
from conferences.checklist.rescoring import SLICES, Tally

MARKS = 50
_sessions: list[sessionmaker[Session]] = []


def rescore(
    what_if: Annotated[str, typer.Option(help="The profile, such as local-threshold-10.")],
    jobs: Annotated[int, typer.Option(min=1, max=64, help="How many processes read at once.")] = 2,
    data: Data = None,
) -> None:
    """Count what stored checklists would have come to under another profile; nothing stored is changed."""
    edition, profile = rescoring.chosen(what_if)
    given = at.chosen(data)
    chosen = given.model_copy(update={"database_url": serve.database_url(given)})
    with unit_of_work(chosen) as session:
        # Written before anything is read: what cannot be audited is not read.
        audit.record(session, None, "assessment.rescored", at=utc_now(), fields=profile.slug)
    with unit_of_work(chosen) as session:
        whole = rescoring.how_many(session, edition)
    found = _counted(chosen, what_if, jobs, whole)
    for line in sentences(found, profile.title):
        typer.echo(line)


def sentences(found: Tally, profile: str) -> list[str]:
    """The figures in words; no case is named."""
    lines = [
        f"Stored checklists read: {found.read:,}",
        f"Referred by a ground when sent: {found.referred:,}",
        f"Would be under “{profile}”: {found.would_refer:,}",
        f"Newly: {found.newly:,}. No longer: {found.no_longer:,}.",
    ]
    if found.unreadable:
        lines.append(f"Could not be read, so not counted: {found.unreadable:,}")
    return lines


def bar(done: int, whole: int) -> str:
    """A progress bar of fifty marks."""
    marks = MARKS if not whole else MARKS * done // whole
    return f"\r[{'#' * marks}{' ' * (MARKS - marks)}] {done:,} of {whole:,}"


def _counted(chosen: Settings, what_if: str, jobs: int, whole: int) -> Tally:
    found = Tally()
    # Started afresh, because a connection must not be shared between processes.
    afresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, afresh, initializer=_connect, initargs=(chosen,)) as pool:
        for part in pool.map(_part, [what_if] * SLICES, range(SLICES)):
            found = found.plus(part)
            sys.stderr.write(bar(found.read + found.unreadable, whole))
    sys.stderr.write("\n")
    return found


def _connect(chosen: Settings) -> None:
    engine = db.engine_for(chosen.database_url or "", pool_size=1)
    _sessions[:] = [db.session_factory(engine, keys.read_keyring(chosen.sealing_key))]


def _part(what_if: str, place: int) -> Tally:
    edition, profile = rescoring.chosen(what_if)
    with _sessions[0]() as session:
        return rescoring.tally(session, edition, profile, place)


COMMANDS = {"rescore": rescore}
