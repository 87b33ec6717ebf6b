"""Running the service: the web server, the worker, and both together for a demonstration."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

import uvicorn

from app import embedded, logs
from app.db import NotFit, check_database, check_key
from app.embedded import Embedded
from app.main import connect
from app.settings import Settings

_PARENT = "MARAC_STARTED_BY"


def database_url(settings: Settings) -> str:
    """Returns where the service's database is, starting the embedded server when no other is named."""
    return settings.database_url or embedded.start(settings.data).url("marac_app")


def owner_url(settings: Settings) -> str:
    """Returns the database as its owner; raises NotFit when a server is named but its owner is not."""
    if settings.database_url and not settings.owner_url:
        raise NotFit("Set MARAC_OWNER_URL to the same database as the role marac_owner.")
    return settings.owner_url or embedded.start(settings.data).url("marac_owner")


def serve(settings: Settings) -> None:
    """Runs the web server until told to stop."""
    end_with_parent()
    logs.start(settings.log_level)
    refuse_taken_port(settings)
    app = connect(settings, database_url(settings))
    with app.state.sessions() as session:
        check_database(session.connection())
        check_key(session)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run()


def refuse_taken_port(settings: Settings) -> None:
    """Raises NotFit when the service could not listen where it is told to; said before anything is made."""
    try:
        family, kind, proto, _, place = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, proto) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except OSError as refusal:
        raise NotFit(
            f"Port {settings.port} at {settings.host} cannot be used ({refusal.strerror}). Choose another: "
            "marac … --port, make run PORT=…, or MARAC_PORT."
        ) from refusal


def end_with_parent() -> None:
    """Lets a process of `marac demo` end when the demo itself was killed and could not tell it to."""
    parent = os.environ.get(_PARENT)
    if parent:
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def leave_on_sigterm() -> None:
    """Turns SIGTERM into an ordinary exit, so that the embedded server is let go of."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)


def run_both(settings: Settings, held: Embedded | None, when_up: Callable[[], None]) -> int:
    """Runs web server and worker side by side until one ends or this process is told to stop."""
    environment = {
        **os.environ,
        _PARENT: str(os.getpid()),
        "MARAC_DATA": str(settings.data),
        "MARAC_PORT": str(settings.port),
    }
    environment.setdefault(
        "MARAC_LOG_LEVEL", "warning"
    )  # who tries it out wants the address, not every request
    children = [
        subprocess.Popen([sys.executable, "-m", "app.cli", name], env=environment)  # noqa: S603 - our own words
        for name in ("serve", "worker")
    ]
    try:
        if wait_until_up(settings, children[0]):
            when_up()
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return next(child.returncode for child in children if child.returncode is not None)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)
        if held:
            held.stop()


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()


def wait_until_up(settings: Settings, server: "subprocess.Popen[bytes]", seconds: float = 60) -> bool:
    """Waits until the web server answers, and says whether it did."""
    address = f"http://127.0.0.1:{settings.port}/healthz/live"
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False
