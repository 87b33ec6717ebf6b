"""The database as a command meets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from app import db, keys, serve
from app.settings import Settings, settings

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port, instead of MARAC_PORT.")]
Data = Annotated[Path | None, typer.Option(help="The data folder, instead of MARAC_DATA.")]


def chosen(data: Path | None, port: int | None = None) -> Settings:
    """Returns the settings with what was typed instead of what the environment says."""
    given = {"port": port, "data": data}
    return settings().model_copy(update={name: value for name, value in given.items() if value is not None})


@contextmanager
def unit_of_work(at: Settings) -> Iterator[Session]:
    """One session as marac_app: committed when the command ends well."""
    engine = db.engine_for(serve.database_url(at), pool_size=1)
    try:
        with engine.connect() as connection:
            db.check_database(connection)
        keyring = keys.read_keyring(at.sealing_key)
        with db.session_factory(engine, keyring).begin() as session:
            db.check_key(session)
            yield session
    finally:
        engine.dispose()
