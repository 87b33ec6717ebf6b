"""Work that need not happen while somebody waits: asked for in the caller's transaction, done by a worker."""

import asyncio
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.tasks import Task
from sqlalchemy.orm import Session, sessionmaker

from app import db, keys
from app.settings import Settings

# The queue has no connection of its own in the web server: jobs travel in the caller's transaction.
PATHS = ["app.comparing", "app.copies", "app.importing", "app.tidying"]
PAUSE = 2.0  # seconds before the worker looks again whether the database is back
STOPS = (signal.SIGINT, signal.SIGTERM)
log = logging.getLogger(__name__)
queue = App(connector=PsycopgConnector(), import_paths=PATHS)
_sessions: list[sessionmaker[Session]] = []


def ask(session: Session, task: "Task[Any, Any, Any]", **arguments: Any) -> None:
    """Asks for a job; it exists only if the caller's transaction commits."""
    raw = session.connection().connection.driver_connection
    task.configure(connection=raw).defer(**arguments)


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """A job's own session: committed when the job ends well, rolled back on any error."""
    with _sessions[-1].begin() as session:
        yield session


@contextmanager
def working_on(sessions: sessionmaker[Session]) -> Iterator[None]:
    """Says which database the jobs of this process work on."""
    _sessions.append(sessions)
    try:
        yield
    finally:
        _sessions.pop()


def work(settings: Settings, url: str) -> None:
    """Does jobs until told to stop; raises NotFit when the key or the database is not fit."""
    keyring = keys.read_keyring(settings.sealing_key)
    engine = db.engine_for(url, pool_size=4)
    with engine.connect() as connection:
        db.check_database(connection)
    with working_on(db.session_factory(engine, keyring)):
        while not _worked(url):
            time.sleep(PAUSE)
    engine.dispose()


def _worked(url: str) -> bool:
    """Says whether the worker was told to stop; False when the database went away, which it outlives."""
    connector = PsycopgConnector(conninfo=url, min_size=1, max_size=3)
    before = {one: signal.getsignal(one) for one in STOPS}
    try:
        with queue.replace_connector(connector) as opened:
            told = asyncio.run(_until_told(opened))
    except (ConnectorException, psycopg.OperationalError):
        told = False
    finally:
        for one, what in before.items():
            signal.signal(one, what)
    if not told:
        log.error("database away: the worker waits")
    return told


async def _until_told(opened: App) -> bool:
    """Works; says whether it ended because it was told to. It also ends, quietly, without a database."""
    loop, told = asyncio.get_running_loop(), False

    async def work_on() -> None:
        async with opened.open_async():
            await opened.run_worker_async(concurrency=1, name="worker", install_signal_handlers=False)

    working = asyncio.create_task(work_on())

    def leave() -> None:
        nonlocal told
        told = True
        working.cancel()  # what is being done is finished first

    for one in STOPS:
        with suppress(NotImplementedError):
            loop.add_signal_handler(one, leave)
    with suppress(asyncio.CancelledError):
        await working
    return told
