"""The service as processes: it starts, serves, stops when told, and leaves nothing running."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

PATIENCE = 90


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder everybody may pass through."""
    made = Path(tempfile.mkdtemp(prefix="openmarac-running-"))
    made.chmod(0o755)
    yield made / "data"
    shutil.rmtree(made, ignore_errors=True)


class Demo:
    """`marac demo` on a port and a folder."""

    def __init__(self, data: Path) -> None:
        self.port, self.data, self.said = free_port(), data, ""
        said = {key: value for key, value in os.environ.items() if not key.startswith("MARAC_")}
        said.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "demo", "--port", str(self.port), "--data", str(data)],
            env=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A run started in the background ignores Ctrl-C, and would hand that on to the demo.
            preexec_fn=_heed_ctrl_c,
        )

    def ready(self) -> dict[str, bool]:
        """Waits until it has said where it is, and the service and its worker say that they are up."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "Stop with Ctrl-C" in line:
                break
        until, found = time.monotonic() + PATIENCE, {}
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz/ready") as answer:
                    found = json.load(answer)
                if found["worker"]:
                    break
            except urllib.error.HTTPError as not_ready:
                not_ready.close()
            except urllib.error.URLError:
                pass
            time.sleep(0.2)
        return found

    def family(self) -> list[psutil.Process]:
        """Everything it started, and the database."""
        kin = psutil.Process(self.process.pid).children(recursive=True)
        pid_file = self.data / "postgres" / "postmaster.pid"
        return [*kin, psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))]

    def abandon(self) -> None:
        """Ends what a failed test left behind."""
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        elif self.process.stdout is not None:
            self.process.stdout.close()

    def end(self, with_signal: int) -> str:
        """Tells it to stop and returns what it had said."""
        self.process.send_signal(with_signal)
        return self.said + self.process.communicate(timeout=PATIENCE)[0]


@pytest.fixture
def start() -> Iterator[Callable[[Path], Demo]]:
    """Starts demonstrations and makes sure that they end."""
    started: list[Demo] = []

    def one(data: Path) -> Demo:
        started.append(Demo(data))
        return started[-1]

    yield one
    for demo in started:
        demo.abandon()


READY = {"ready": True, "database": True, "revision": True, "key": True, "documents": True, "worker": True}


@pytest.mark.slow
@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_demo_serves_and_leaves_nothing_running(
    data: Path, start: Callable[[Path], Demo], with_signal: int
) -> None:
    demo = start(data)
    assert demo.ready() == READY
    family = demo.family()
    assert len(family) >= 3
    said = demo.end(with_signal)
    assert f"http://localhost:{demo.port}" in said
    assert "marac code EMAIL" in said
    assert "Traceback" not in said
    assert psutil.wait_procs(family, timeout=PATIENCE)[1] == []


@pytest.mark.slow
def test_two_demos_run_side_by_side_and_a_second_start_finds_everything(
    data: Path, start: Callable[[Path], Demo]
) -> None:
    one, two = start(data), start(data.with_name("other"))
    assert (one.ready(), two.ready()) == (READY, READY)
    assert "Making up an area" in one.end(signal.SIGTERM)
    two.end(signal.SIGTERM)
    again = start(data)
    assert again.ready() == READY
    assert "Making up an area" not in again.end(signal.SIGTERM)
