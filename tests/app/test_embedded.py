"""The database that comes with the service: private, side by side, and back after a crash."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from app import embedded

HOLD = """
import sys, time
from pathlib import Path
from app import embedded
held = embedded.start(Path(sys.argv[1]))
print("up", flush=True)
sys.stdin.read()
held.stop()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder everybody may pass through, as the bundled server needs when root runs it."""
    made = Path(tempfile.mkdtemp(prefix="openmarac-embedded-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def holder(data: Path) -> "subprocess.Popen[str]":
    started = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", HOLD, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "up\n"
    return started


def let_go(started: "subprocess.Popen[str]") -> None:
    started.communicate(timeout=30)


def postmaster(data: Path) -> int | None:
    file = data / "postgres" / "postmaster.pid"
    return int(file.read_text().split("\n", 1)[0]) if file.exists() else None


def write(server: embedded.Embedded) -> None:
    with psycopg.connect(server.url("marac_owner")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('kept')")


def read(server: embedded.Embedded) -> str:
    with psycopg.connect(server.url("marac_owner")) as connection:
        found = connection.execute("SELECT word FROM kept").fetchone()
    assert found is not None
    return str(found[0])


def test_a_folder_below_a_private_one_is_refused_and_left_private(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(embedded, "homes", lambda: {home})
    with pytest.raises(embedded.CannotEmbed, match=f"The folder {home} is private"):
        embedded.start(home / "marac" / "data")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert list(home.iterdir()) == []


def test_a_private_folder_that_is_nobodys_home_is_used(folder: Path) -> None:
    (folder / "scratch").mkdir(mode=0o700)
    embedded.start(folder / "scratch" / "data").stop()
    assert folder / "scratch" not in embedded.homes()
    assert Path.home().resolve() in embedded.homes()


def test_programs_below_a_private_folder_are_refused_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder / "home"
    (home / "bin").mkdir(parents=True)
    home.chmod(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(embedded, "homes", lambda: {home})
    monkeypatch.setattr(embedded, "POSTGRES_VERSIONS", {18: home / "bin"})
    with pytest.raises(embedded.CannotEmbed, match=f"The folder {home} is private"):
        embedded.start(folder / "data")


def test_two_run_side_by_side_and_each_keeps_its_own(folder: Path) -> None:
    one, two = embedded.start(folder / "one"), embedded.start(folder / "two")
    write(one)
    with psycopg.connect(two.url("marac_owner")) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)
    one.stop()
    two.stop()
    again = embedded.start(folder / "one")
    assert read(again) == "kept"
    again.stop()


def test_it_stops_with_the_last_process_that_uses_it(folder: Path) -> None:
    first, second = holder(folder / "data"), holder(folder / "data")
    let_go(first)
    assert postmaster(folder / "data") is not None
    let_go(second)
    assert postmaster(folder / "data") is None


@pytest.mark.slow
def test_a_killed_user_does_not_keep_it_running(folder: Path) -> None:
    killed = holder(folder / "data")
    killed.kill()
    killed.communicate()
    assert postmaster(folder / "data") is not None
    let_go(holder(folder / "data"))
    assert postmaster(folder / "data") is None


@pytest.mark.slow
def test_it_comes_back_with_everything_after_kill_minus_nine(folder: Path) -> None:
    server = embedded.start(folder / "data")
    write(server)
    pid = postmaster(folder / "data")
    assert pid is not None
    process = psutil.Process(pid)
    os.kill(pid, signal.SIGKILL)
    process.wait(10)
    server.stop()
    again = embedded.start(folder / "data")
    assert read(again) == "kept"
    again.stop()


def test_a_stale_pid_file_that_names_somebody_else_is_ignored(folder: Path) -> None:
    let_go(holder(folder / "data"))
    (folder / "data" / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n")
    server = embedded.start(folder / "data")
    assert postmaster(folder / "data") != os.getpid()
    server.stop()


def test_the_data_is_closed_to_other_users(folder: Path) -> None:
    server = embedded.start(folder / "data")
    assert stat.S_IMODE((folder / "data" / "postgres").stat().st_mode) == 0o700
    server.stop()


@pytest.mark.parametrize(("free", "said"), [(12, " Only 12 MB are free there, and it needs 200"), (900, "")])
def test_a_disk_that_is_nearly_full_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    def nothing_starts(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(embedded, "get_server", nothing_starts)
    monkeypatch.setattr(embedded, "_TRIES", 1)
    there = type(shutil.disk_usage(tmp_path))(1, 1, free * embedded.MEGABYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: there)
    with pytest.raises(embedded.CannotEmbed) as refusal:
        embedded._start_patiently(tmp_path / "postgres")
    assert str(refusal.value).partition("log.")[2].startswith(said)
    assert ("Only" in str(refusal.value)) is bool(said)
