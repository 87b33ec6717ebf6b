"""Runs migrations on the connection it is given, or as the owner named by MARAC_OWNER_URL."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, create_engine, text

from app.db import dialect_url
from app.settings import settings
from conferences.models import Base
from migrations.roles import APP, AUDITOR, KEEPER

# Two servers that start at once must not both migrate.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('marac migrations'))")


def _is_ours(
    _thing: Any,
    name: str | None,
    kind: Literal["schema", "table", "column", "index", "unique_constraint", "foreign_key_constraint"],
    _reflected: bool,
    _compared: Any,
) -> bool:
    """Leaves the job queue's own tables out of comparisons."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def _run_on(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=_is_ours,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        connection.execute(_LOCK)
        context.run_migrations()
        # The service refuses to start when the database is behind the code, so it must be able to look.
        connection.execute(text(f"GRANT SELECT ON alembic_version TO {APP}, {AUDITOR}, {KEEPER}"))


def _owner_connection() -> Connection:
    url = settings().owner_url
    if url is None:
        raise SystemExit("Set MARAC_OWNER_URL to the database as the role marac_owner.")
    return create_engine(dialect_url(url)).connect()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    _run_on(given)
else:
    with _owner_connection() as own:
        _run_on(own)
        own.commit()
