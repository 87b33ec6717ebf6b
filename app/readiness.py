"""What must be there before the service can serve, and what a machine may lack."""

import ctypes
import platform
import shutil
from ctypes.util import find_library
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from app.db import current_revision, head_revision
from conferences import sealing
from conferences.sealing import Keyring

# What WeasyPrint opens, as Debian and macOS name it, and the package that brings it.
PANGO = (
    ("libpango-1.0.so.0", "pango-1.0", "libpango-1.0-0"),
    ("libpangoft2-1.0.so.0", "pangoft2-1.0", "libpangoft2-1.0-0"),
    ("libharfbuzz-subset.so.0", "harfbuzz-subset", "libharfbuzz-subset0"),
)
HEARTBEAT = timedelta(minutes=2)


def _opens(file: str, name: str) -> bool:
    for candidate in (file, find_library(name)):
        try:
            if candidate:
                ctypes.CDLL(candidate)
                return True
        except OSError:
            continue
    return False


@cache
def missing_libraries() -> tuple[str, ...]:
    """Returns the packages whose libraries documents need and this machine lacks."""
    return tuple(package for file, name, package in PANGO if not _opens(file, name))


def install_command(packages: tuple[str, ...]) -> str:
    """Returns the one line that installs packages on this machine."""
    if platform.system() == "Darwin":
        return "brew install pango"
    if shutil.which("apt-get"):
        return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    return f"install {', '.join(packages)} with this system's package manager"


def checks(sessions: sessionmaker[Session], keyring: Keyring) -> dict[str, bool]:
    """Returns what serving needs, each true or false."""
    found = {"database": False, "revision": False, "key": False, "documents": not missing_libraries()}
    try:
        with sessions() as session:
            session.info["keyring"] = keyring
            found["database"] = session.scalar(text("SELECT 1")) == 1
            found["revision"] = current_revision(session.connection()) == head_revision()
            found["key"] = sealing.fits(session)
    except SQLAlchemyError:
        pass
    return found


def worker_seen(sessions: sessionmaker[Session], *, now: datetime) -> bool:
    """Says whether a worker has shown a sign of life within two minutes; without one, copies wait."""
    latest = text("SELECT max(last_heartbeat) FROM procrastinate_workers")
    try:
        with sessions() as session:
            beat: datetime | None = session.scalar(latest)
    except SQLAlchemyError:
        return False
    return beat is not None and now - beat < HEARTBEAT
