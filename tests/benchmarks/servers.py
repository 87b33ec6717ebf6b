"""The servers that are measured, each a process of its own: the product, and a bare ping."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PING = """
import uvicorn
from fastapi import FastAPI
app = FastAPI()
@app.get("/ping")
def ping() -> dict[str, str]:
    return {"pong": "ok"}
uvicorn.run(app, port=%d, log_level="critical", access_log=False)
"""


@contextmanager
def ping(port: int) -> Iterator[int]:
    """Runs a FastAPI service that does nothing."""
    with _running([sys.executable, "-c", PING % port], {}, f"http://localhost:{port}/ping"):
        yield port


@contextmanager
def product(port: int, url: str, key_file: Path) -> Iterator[int]:
    """Runs the web server as `marac serve` does, on a database that is ready."""
    choices = {"DATABASE_URL": url, "MARAC_KEY_FILE": str(key_file), "MARAC_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with _running(command, choices, f"http://localhost:{port}/healthz/live"):
        yield port


@contextmanager
def _running(command: list[str], choices: dict[str, str], answers_at: str) -> Iterator[None]:
    process = subprocess.Popen(command, env=os.environ | choices, stdout=subprocess.DEVNULL)
    try:
        _wait_for(answers_at)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")
