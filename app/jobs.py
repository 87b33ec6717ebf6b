"""Work that need not happen while somebody waits: asked for in the caller's transaction, done by a worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.tasks import Task
from sqlalchemy.orm import Session, sessionmaker

from app import db, keys
from app.settings import Settings

# The queue has no connection of its own in the web server: jobs travel in the caller's transaction.
PATHS = ["app.comparing", "app.copies", "app.importing", "app.tidying"]
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
    connector = PsycopgConnector(conninfo=url, min_size=1, max_size=3)
    with working_on(db.session_factory(engine, keyring)), queue.replace_connector(connector) as opened:
        opened.run_worker(concurrency=1, name="worker")
    engine.dispose()
