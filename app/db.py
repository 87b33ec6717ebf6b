"""The way to the database: engine, one session per request, migrations, checks before serving."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi import Request
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from conferences import sealing

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class NotFit(Exception):
    """The database is not fit to serve from; the sentence says why and what to do."""


def dialect_url(url: str) -> str:
    """Returns a PostgreSQL address with the driver this service uses."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def engine_for(url: str, *, pool_size: int = 10) -> Engine:
    """Returns an engine whose connections are tried before use, so a restarted server is not noticed."""
    return create_engine(
        dialect_url(url), pool_size=pool_size, max_overflow=0, pool_pre_ping=True, hide_parameters=True
    )


def session_factory(engine: Engine | Connection, keyring: Any, **options: Any) -> sessionmaker[Session]:
    """Returns what makes sessions that can open sealed columns with the keyring."""
    return sessionmaker(engine, info={"keyring": keyring}, **options)


def open_session(request: Request) -> Iterator[Session]:
    """The request's unit of work: committed before the answer leaves, rolled back on any error.

    Use it as `Depends(open_session, scope="function")`; with the default scope the answer leaves first.
    """
    factory: sessionmaker[Session] = request.app.state.sessions
    with factory.begin() as session:
        yield session


def acting_for(session: Session, user_id: object, area_id: object) -> None:
    """Tells row-level security who asks, until the end of this transaction."""
    session.execute(
        text("SELECT set_config('marac.user_id', :user, true), set_config('marac.area_id', :area, true)"),
        {"user": str(user_id), "area": str(area_id)},
    )


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def head_revision() -> str | None:
    """Returns the newest revision this code knows."""
    return ScriptDirectory.from_config(_alembic()).get_current_head()


def current_revision(connection: Connection) -> str | None:
    """Returns the revision the database is at, or None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(owner_url: str, revision: str = "head") -> None:
    """Brings the database forward to a revision, as its owner, in one transaction."""
    _step(command.upgrade, owner_url, revision)


def migrate_back(owner_url: str, revision: str) -> None:
    """Takes the database back to an earlier revision, or to nothing with "base"."""
    _step(command.downgrade, owner_url, revision)


def _step(step: Callable[[Config, str], None], owner_url: str, revision: str) -> None:
    engine = create_engine(dialect_url(owner_url))
    try:
        with engine.begin() as connection:
            config = _alembic()
            config.attributes["connection"] = connection
            step(config, revision)
    finally:
        engine.dispose()


_ROLE = text(
    "SELECT r.rolsuper OR r.rolbypassrls AS mighty, pg_has_role(d.datdba, 'MEMBER') AS owner "
    "FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()"
)
_OWNS_TABLES = text(
    "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
)


def check_database(connection: Connection) -> None:
    """Raises NotFit unless the role is a plain one, commits are durable and migrations are at the head."""
    mighty, owner = connection.execute(_ROLE).one()
    if mighty or owner or connection.scalar(_OWNS_TABLES):
        raise NotFit("The service must connect as marac_app: not a superuser, not the tables' owner.")
    if connection.scalar(text("SHOW synchronous_commit")) != "on":
        raise NotFit(
            "synchronous_commit must be on: with it off, a crash loses what people were told is saved."
        )
    if current_revision(connection) != head_revision():
        raise NotFit("The database is not at the newest revision. Run: marac migrate")


def check_key(session: Session) -> None:
    """Raises NotFit when the database was sealed with other keys; new records would be lost among the old."""
    if not sealing.fits(session):
        raise NotFit(
            "The key file is not the one this database was sealed with. Put that one back, or name it in "
            "MARAC_KEY_FILE."
        )
