"""The database as a command meets it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app import db, keys, serve
from app.settings import Settings


@contextmanager
def unit_of_work(chosen: Settings) -> Iterator[Session]:
    """One session as marac_app: committed when the command ends well."""
    engine = db.engine_for(serve.database_url(chosen), pool_size=1)
    try:
        with engine.connect() as connection:
            db.check_database(connection)
        keyring = keys.read_keyring(chosen.sealing_key)
        with db.session_factory(engine, keyring).begin() as session:
            yield session
    finally:
        engine.dispose()
