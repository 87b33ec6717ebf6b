"""The service as people meet it: a database with the fictional area, web server and worker as processes."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session, sessionmaker

from app import db, keys
from app.auth import accounts, codes, sessions
from app.cli.installation import mark
from app.demo import load
from app.embedded import Embedded
from app.shell import SESSION_COOKIE
from conferences.models import User
from tests import server

PATIENCE = 90


@dataclass
class Served:
    """A running service and the way into its database."""

    address: str
    sessions: sessionmaker[Session]
    children: "list[subprocess.Popen[bytes]]"
    log: Path

    def user(self, session: Session, email: str) -> User:
        """Returns somebody's account."""
        found = accounts.find(session, email)
        assert found is not None, email
        return found

    def code(self, email: str) -> str:
        """Returns a one-time code that was not used yet, waiting for the next one when it must."""
        while True:
            now = datetime.now(UTC)
            with self.sessions() as session:
                user = self.user(session, email)
                secret, used = accounts.code_secret(session, user), user.totp_last_step
            assert secret is not None
            if used is None or used <= codes.step_at(now):
                ahead = 1 if used == codes.step_at(now) else 0
                return codes.code_at(secret, now + timedelta(seconds=codes.SECONDS * ahead))
            time.sleep(0.5)

    def cookie(self, email: str, *, half: bool = False) -> dict[str, Any]:
        """Returns the cookie of a browser whose owner has just signed in; `half`: still without the code."""
        now = datetime.now(UTC)
        with self.sessions.begin() as session:
            user = self.user(session, email)
            token = sessions.begin(session, user, now=now, factor_at=None if half else now)
        return {
            "name": SESSION_COOKIE,
            "value": token,
            "domain": urlsplit(self.address).hostname,
            "path": "/",
            "secure": True,
            "httpOnly": True,
            "sameSite": "Lax",
        }

    def stop(self) -> None:
        """Ends web server and worker."""
        for child in self.children:
            child.terminate()
        for child in self.children:
            child.wait(PATIENCE)
        engine: Any = self.sessions.kw["bind"]
        engine.dispose()


def serve_demo(
    embedded: Embedded, name: str, folder: Path, also: Callable[[Session], None] | None = None
) -> Served:
    """Starts the service on a fresh database that holds the fictional area as it is today."""
    database = server.copy_of_template(embedded, name)
    owner, app_url = embedded.url("marac_owner", database), embedded.url("marac_app", database)
    mark(owner, demo=True, now=datetime.now(UTC))
    ring = keys.make_key_once(folder / "keys" / "sealing.key")
    factory = db.session_factory(db.engine_for(app_url, pool_size=2), ring)
    with factory.begin() as session:
        load(session, now=datetime.now(UTC))
        if also:
            also(session)
    port, log = _free_port(), folder / "service.log"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("MARAC_", "COV_"))},
        "DATABASE_URL": app_url,
        "MARAC_OWNER_URL": owner,
        "MARAC_KEY_FILE": str(folder / "keys" / "sealing.key"),
        "MARAC_PORT": str(port),
    }
    with log.open("ab") as lines:
        children = [
            subprocess.Popen(
                [sys.executable, "-m", "app.cli", part], env=environment, stdout=lines, stderr=lines
            )
            for part in ("serve", "worker")
        ]
    served = Served(f"http://localhost:{port}", factory, children, log)
    _wait(served)
    return served


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait(served: Served) -> None:
    until, found = time.monotonic() + PATIENCE, {}
    while time.monotonic() < until and all(child.poll() is None for child in served.children):
        try:
            with urllib.request.urlopen(f"{served.address}/healthz/ready") as answer:  # noqa: S310 - our own
                found = json.load(answer)
            if found["worker"]:
                return
        except urllib.error.HTTPError as not_ready:
            not_ready.close()
        except urllib.error.URLError:
            pass
        time.sleep(0.2)
    served.stop()
    raise AssertionError(f"The service did not get ready: {found}\n{served.log.read_text()}")
