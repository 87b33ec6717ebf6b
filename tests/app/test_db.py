"""The database is refused when it is not fit to serve from."""

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from app import db
from app.embedded import Embedded


def test_the_service_connects_as_a_plain_role(session: Session) -> None:
    assert session.scalar(text("SELECT current_user")) == "marac_app"


def test_a_migrated_database_is_fit(connection: Connection) -> None:
    db.check_database(connection)


def test_the_tables_owner_is_refused(owner_engine: Engine) -> None:
    with owner_engine.connect() as connection, pytest.raises(db.NotFit, match="must connect as marac_app"):
        db.check_database(connection)


def test_a_superuser_is_refused(embedded: Embedded, database: str) -> None:
    engine = db.engine_for(embedded.url("postgres", database))
    with engine.connect() as connection, pytest.raises(db.NotFit, match="must connect as marac_app"):
        db.check_database(connection)
    engine.dispose()


def test_commits_that_could_be_lost_are_refused(connection: Connection) -> None:
    connection.execute(text("SET LOCAL synchronous_commit = off"))
    with pytest.raises(db.NotFit, match="synchronous_commit must be on"):
        db.check_database(connection)


def test_a_database_behind_the_code_is_refused(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "head_revision", lambda: "a later one")
    with pytest.raises(db.NotFit, match="Run: marac migrate"):
        db.check_database(connection)


def test_the_service_cannot_make_tables(session: Session) -> None:
    with pytest.raises(Exception, match="permission denied for schema public"):
        session.execute(text("CREATE TABLE mine (id int)"))


@pytest.mark.parametrize("role", ["marac_owner", "marac_app", "marac_auditor", "marac_keeper"])
def test_no_role_is_above_row_level_security(session: Session, role: str) -> None:
    mighty = session.execute(
        text("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = :role"),
        {"role": role},
    ).one()
    assert tuple(mighty) == (False, False, False, False)
