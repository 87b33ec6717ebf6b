"""Commands about the register: making people findable who are not yet."""

import sys
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from app import comparing
from app.cli.at import Data, chosen, unit_of_work
from app.db import NotFit
from app.settings import Settings
from conferences.finding import indexing

BATCH = 200


def reindex(
    every: Annotated[bool, typer.Option("--all", help="Everybody, not only those who need it.")] = False,
    data: Data = None,
) -> None:
    """Make everybody findable by search and matching; safe to stop and to run again."""
    at = chosen(data)
    with unit_of_work(at) as session:
        if every:
            indexing.begin_again(session)
        waiting = indexing.outdated(session)
    shown = sys.stderr if sys.stderr.isatty() else None
    done = 0
    with typer.progressbar(length=waiting, label="People", file=shown, hidden=shown is None) as bar:
        while True:
            with unit_of_work(at) as session:
                made = indexing.reindex(session, most=BATCH)
            if not made:
                break
            done += made
            bar.update(made)
    if done:
        with unit_of_work(at) as session:
            comparing.ask_about_everybody(session)  # whoever is like somebody by what was not known before
    typer.echo(f"{done} people indexed." if done else "Everybody can be found already.")


def waiting_people(at: Settings) -> int | None:
    """Counts the people who cannot be found yet; None where there is no database to ask."""
    if not at.database_url and not at.data.exists():
        return None
    try:
        with unit_of_work(at) as session:
            return indexing.outdated(session)
    except (NotFit, SQLAlchemyError):
        return None


COMMANDS = {"reindex": reindex}
