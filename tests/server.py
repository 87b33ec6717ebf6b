"""The run's database server: the first to need it starts it, the last to leave stops it."""

import os
import shutil
import tempfile
from pathlib import Path

import fasteners  # type: ignore[import-untyped]
import psutil
import psycopg

from app import db, embedded
from app.embedded import Embedded

_PREFIX = "openmarac-test-"
_TEMPLATE = "test_template"
_joined: list[Embedded] = []


def new_folder() -> Path:
    """Names this run's folder, and clears away those of runs that were killed."""
    above = Path(tempfile.gettempdir())
    for left in above.glob(f"{_PREFIX}*"):
        if not psutil.pid_exists(int(left.name.removeprefix(_PREFIX).split("-")[0])):
            _end_server_in(left)
            remove_folder(left)
    return above / f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"


def _end_server_in(folder: Path) -> None:
    pid_file = folder / "postgres" / "postmaster.pid"
    embedded.forget_the_dead(folder / "postgres")
    if pid_file.exists():
        process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        process.terminate()
        psutil.wait_procs([process], timeout=10)


def remove_folder(folder: Path) -> None:
    """Removes a run's folder."""
    shutil.rmtree(folder, ignore_errors=True)


def join(folder: Path) -> Embedded:
    """Starts or joins the run's server, and makes the migrated template once."""
    if not _joined:
        joined = embedded.start(folder)
        _joined.append(joined)
        with fasteners.InterProcessLock(folder / ".template"):
            _make_template(joined)
    return _joined[0]


def leave() -> None:
    """Lets go of the server; it stops with the last to leave."""
    while _joined:
        _joined.pop().stop()


def _make_template(joined: Embedded) -> None:
    with psycopg.connect(joined.url("postgres", "postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            return
        # Tests outlive no power cut: waiting for the disk buys nothing here.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    embedded.make_database(joined, "test_template_being_made")
    db.migrate(joined.url("marac_owner", "test_template_being_made"))
    with psycopg.connect(joined.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE test_template_being_made RENAME TO {_TEMPLATE}".encode())


def copy_of_template(joined: Embedded, name: str) -> str:
    """Makes a database with the newest revision and nothing in it."""
    embedded.make_database(joined, name, like=_TEMPLATE)
    return name
