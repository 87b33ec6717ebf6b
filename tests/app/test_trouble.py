"""What goes wrong with a command is one line, whatever it is, and no word of it is a person's."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, ProgrammingError

from app import serve
from app.cli import trouble
from app.db import NotFit
from app.keys import make_key_once
from app.settings import Settings, settings
from conferences.errors import CannotOpen
from tests.app.test_cli import INIT, Say, inside, installation, say

__all__ = ["inside", "installation", "say"]
AWAY = "postgresql://marac_app@127.0.0.1:1/none"
REACHED = (
    "The database cannot be reached. Is it running, and is its address in DATABASE_URL and "
    "MARAC_OWNER_URL right?"
)
NO_ADDRESS = "DATABASE_URL or MARAC_OWNER_URL is not the address of a PostgreSQL database."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotFit("Run: marac migrate"), "Run: marac migrate"),
        (CannotOpen(), "This record cannot be opened. Tell the person who runs the service."),
        (FileNotFoundError(errno.ENOENT, "No such file", "list.csv"), "list.csv: No such file"),
        (FileExistsError(errno.EEXIST, "File exists", b"/srv/data"), "/srv/data: File exists"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (OSError(), "This cannot be done."),
        (OperationalError("SELECT", {}, Exception("Testa")), REACHED),
        (ProgrammingError("SELECT", {}, ValueError("Testa")), "The database refused: ValueError."),
        (KeyError("Testa"), "The service itself is at fault: KeyError at unknown."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_trouble_has_its_line(error: Exception, said: str) -> None:
    assert trouble.sentence(error) == said


def test_a_setting_is_named_without_what_it_was_set_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARAC_PORT", "canary")
    monkeypatch.setenv("MARAC_LOG_LEVEL", "canary")
    with pytest.raises(ValidationError) as refusal:
        Settings()
    said = "Not acceptable: MARAC_LOG_LEVEL, MARAC_PORT. See docs/reference/settings.md."
    assert trouble.sentence(refusal.value) == said


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (AWAY, REACHED),
        ("canary", "DATABASE_URL or MARAC_OWNER_URL is not the address of a PostgreSQL database."),
    ],
)
@pytest.mark.parametrize("words", [("reindex",), ("migrate",), ("serve", "--port", "1999")], ids=" ".join)
def test_without_a_database_a_command_says_so_in_one_line(
    say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...], address: str, said: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("MARAC_OWNER_URL", address)
    monkeypatch.setenv("MARAC_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("app.logs.start", lambda level: None)
    make_key_once(tmp_path / "data-keys" / "sealing.key")
    settings.cache_clear()
    try:
        assert say(*words) == (1, "", f"{said}\n")
    finally:
        settings.cache_clear()


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path, say: Say) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        with pytest.raises(NotFit, match=f"Port {port} at 127.0.0.1 cannot be used"):
            serve.refuse_taken_port(Settings(port=port))
        code, out, complaint = say("demo", "--port", str(port), "--data", str(tmp_path / "data"))
    assert (code, out, complaint.count("\n")) == (1, "", 1)
    assert not (tmp_path / "data").exists()
    serve.refuse_taken_port(Settings(port=port))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device here")
@pytest.mark.parametrize(
    "words", [["form"], ["match", "--register", "{register}"]], ids=lambda words: words[0]
)
def test_a_full_disk_is_one_line(tmp_path: Path, words: list[str]) -> None:
    register = tmp_path / "people.jsonl"
    register.write_text('{"id": 1, "name": "Testa Marrowby"}\n')
    with open("/dev/full", "wb") as full:
        told = subprocess.run(
            [sys.executable, "-m", "app.cli", *(word.format(register=register) for word in words)],
            input=b'{"query_id": 1, "name": "Testa Marrowby"}\n',
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert (told.returncode, told.stderr) == (1, b"No space left on device\n")


def test_the_wrong_key_is_told_from_an_unknown_account(
    say: Say, installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say(*INIT)[0] == 0
    make_key_once(tmp_path / "other" / "sealing.key")
    monkeypatch.setenv("MARAC_KEY_FILE", str(tmp_path / "other" / "sealing.key"))
    settings.cache_clear()
    said = (
        "The key file is not the one this database was sealed with. Put that one back, or name it in "
        "MARAC_KEY_FILE.\n"
    )
    assert say("user", "link", "ada@ashmere.example") == (1, "", said)
    assert say(*INIT) == (1, "", said)
