"""One database server per run, one database per worker, one rolled-back transaction per test."""

import gc
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from app import db
from app.auth import passwords
from app.embedded import Embedded
from app.settings import Settings
from conferences.sealing import Keyring, new_keyring
from tests import server
from tests.browse import Browse
from tests.make import World
from tests.settled import Settled, meet, settle

MOMENT = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)
FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Names the run's folder; the first test that needs the server starts it there."""
    given = getattr(config, "workerinput", {}).get("server_folder")
    config.stash[FOLDER] = Path(given) if given else server.new_folder()


def pytest_collection_finish() -> None:
    """Sets aside what was imported, so that the collector does not go through it again in every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tells a worker where the run's folder is."""
    node.workerinput["server_folder"] = str(node.config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops the server, and removes the folder when the whole run is over."""
    server.leave()
    if not hasattr(config, "workerinput"):
        server.remove_folder(config.stash[FOLDER])


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """This worker's name: gw0, gw1…, or alone."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "alone"))


@pytest.fixture(scope="session")
def embedded(request: pytest.FixtureRequest) -> Embedded:
    """The run's database server, with a migrated template database."""
    return server.join(request.config.stash[FOLDER])


@pytest.fixture(scope="session")
def database(embedded: Embedded, worker: str) -> str:
    """The name of this worker's own database."""
    return server.copy_of_template(embedded, f"test_{worker}")


@pytest.fixture(scope="session")
def engine(embedded: Embedded, database: str) -> Iterator[Engine]:
    """Connections as the service makes them: marac_app, neither owner nor superuser."""
    made = db.engine_for(embedded.url("marac_app", database))
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def owner_engine(embedded: Embedded, database: str) -> Iterator[Engine]:
    """Connections as the tables' owner, for what no request may do."""
    made = create_engine(db.dialect_url(embedded.url("marac_owner", database)))
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    """Fresh keys for this run."""
    return new_keyring()


@pytest.fixture(scope="session")
def settled_engine(embedded: Embedded, worker: str) -> Iterator[Engine]:
    """Connections to this worker's other database, in which the cast lives."""
    made = db.engine_for(embedded.url("marac_app", server.copy_of_template(embedded, f"settled_{worker}")))
    yield made
    made.dispose()


@pytest.fixture
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """One transaction for the whole test, undone at its end; with the cast where a test wants them."""
    where = "settled_engine" if "world" in request.fixturenames else "engine"
    with request.getfixturevalue(where).connect() as opened:
        outer = opened.begin()
        yield opened
        if outer.is_active:
            outer.rollback()


@pytest.fixture
def sessions(connection: Connection, keyring: Keyring) -> sessionmaker[Session]:
    """Makes sessions whose commits end a savepoint, so that pages and tests see the same rows."""
    return db.session_factory(connection, keyring, join_transaction_mode="create_savepoint")


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """The test's own session."""
    with sessions() as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, 2:20pm: the moment every test happens at unless it says otherwise."""
    return MOMENT


@pytest.fixture
def client(
    session: Session,
    sessions: sessionmaker[Session],
    keyring: Keyring,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Browse]:
    """A browser over https that sees what the test's session wrote; `client.moment` is the server's clock."""
    from app import errors
    from app.main import create_app

    # The service logs no words of an unexpected error; whoever reads a failed test needs them.
    monkeypatch.setattr(errors, "note", lambda error: traceback.print_exception(error))
    app = create_app(Settings(), sessions=sessions, keyring=keyring, clock=lambda: browser.moment)
    browser = Browse(app, session, now)
    with browser:
        yield browser


@pytest.fixture(scope="session")
def password() -> str:
    """The password of everybody in the cast."""
    return "tall green kettle nine"


@pytest.fixture(scope="session")
def password_hash(password: str) -> str:
    """Its hash, made once a run at the full cost."""
    return passwords.hash_password(password)


@pytest.fixture(scope="session")
def settled(settled_engine: Engine, keyring: Keyring, password_hash: str) -> Settled:
    """Where the cast is: settled before any test that wants them."""
    with db.session_factory(settled_engine, keyring).begin() as session:
        return settle(session, MOMENT, password_hash)


@pytest.fixture
def world(session: Session, now: datetime, settled: Settled) -> World:
    """The cast, two areas, and another area's case."""
    return meet(session, now, settled)
