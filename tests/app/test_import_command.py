"""`marac import`: a dry run writes nothing, a real one says of every row what came of it, by number only."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

from app import db, keys
from app.cli import main
from app.embedded import Embedded
from app.settings import settings
from conferences.imports import examples
from conferences.models import Case, ImportBatch
from tests import make, server
from tests.imports import files, lists

Say = Callable[..., tuple[int, str, str]]
BEN = "ben@cnl.example"


@pytest.fixture
def installation(
    embedded: Embedded, worker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Session]]:
    """A database of its own with the cast in it; gives sessions on it."""
    name = server.copy_of_template(embedded, f"import_{worker}")
    url, key = embedded.url("marac_app", name), tmp_path / "keys" / "sealing.key"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("MARAC_KEY_FILE", str(key))
    settings.cache_clear()
    keys.make_key_once(key)
    engine = db.engine_for(url, pool_size=2)
    sessions = db.session_factory(engine, keys.read_keyring(key))
    with sessions.begin() as session:
        make.world(session, datetime.now(UTC))
    yield sessions
    engine.dispose()
    settings.cache_clear()
    maintenance = create_engine(
        db.dialect_url(embedded.url("postgres", "postgres")), isolation_level="AUTOCOMMIT"
    )
    with maintenance.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}"'))
    maintenance.dispose()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Types a command and returns its exit code, what it said and what it complained of."""

    def typed(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return typed


def held(installation: Callable[[], Session], kind: type) -> int:
    """How many rows of one kind there are."""
    with installation() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_dry_run_then_the_list_then_nothing_new(
    installation: Callable[[], Session], say: Say, tmp_path: Path
) -> None:
    file = tmp_path / "Testa Marrowby.csv"
    file.write_bytes(examples.as_csv())
    before = held(installation, Case)
    words = ("import", str(file), "--source", "Old tracker", "--by", BEN)
    code, out, err = say(*words, "--dry-run")
    assert (code, err) == (0, "")
    assert "row 2: New" in out
    assert "4 new, 0 matches a case on record, 0 already here, 0 to put right" in out
    assert (held(installation, Case), held(installation, ImportBatch)) == (before, 0)
    code, out, err = say(*words)
    assert code == 0
    assert held(installation, Case) == before + 3
    assert "Marrowby" not in out + err
    code, out, _ = say(*words)
    assert code == 0
    assert "4 already here" in out
    assert held(installation, Case) == before + 3


def test_a_refused_row_is_told_by_number_and_column_and_the_code_is_one(
    installation: Callable[[], Session], say: Say, tmp_path: Path
) -> None:
    before, file = held(installation, Case), tmp_path / "list.xlsx"
    wrong = lists.KEZIA | {"Meeting date": "31/02/2026"}
    cells = [[row.get(heading, "") for heading in lists.HEADINGS] for row in (lists.TESTA, wrong)]
    file.write_bytes(files.workbook(lists.HEADINGS, *cells))
    code, out, _ = say("import", str(file), "--source", "Old", "--by", BEN)
    assert code == 1
    assert "row 3: To put right (Day heard: this is not a day; write it as 27/3/2026)" in out
    assert held(installation, Case) == before + 1


@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_mapping_file_says_what_headings_and_agencies_mean(
    installation: Callable[[], Session], say: Say, tmp_path: Path, suffix: str
) -> None:
    file, mapping = tmp_path / "list.csv", tmp_path / f"mapping.{suffix}"
    file.write_bytes(b"Wer,Wann,Woher\r\nTesta Marrowby,10/12/2025,Constables\r\n")
    columns = {"Wer": "victim_name", "Wann": "heard_on", "Woher": "agency"}
    if suffix == "json":
        mapping.write_text(json.dumps({"columns": columns, "agencies": {"Constables": "POL"}}))
    else:
        lines = [f'{heading} = "{key}"' for heading, key in columns.items()]
        mapping.write_text("\n".join(["[columns]", *lines, "[agencies]", 'Constables = "POL"']))
    words = ("import", str(file), "--source", "Old", "--by", BEN, "--mapping", str(mapping))
    assert say(*words)[0] == 0


@pytest.mark.parametrize(
    ("body", "more", "sentence"),
    [
        (b"", ("--by", BEN), "There is no file, or it is empty. Choose the file again."),
        (b"Ref,Victim\r\n1,A", (), "Say with --by for which coordinator the list is taken."),
        (b"Ref,Victim\r\n1,A", ("--by", "nobody@cnl.example"), "Say with --by"),
        (b"Ref,Victim\r\n1,A", ("--by", "dana@hsg.example"), "Your role does not include this."),
        (b"One,Two\r\n1,A", ("--by", BEN), "Choose the column with the name of the person at risk"),
        (
            b"Ref,Victim\r\n1,A",
            ("--by", BEN, "--mapping", "nowhere.toml"),
            "The mapping file cannot be read.",
        ),
    ],
)
def test_what_goes_wrong_is_one_line(
    installation: Callable[[], Session],
    say: Say,
    tmp_path: Path,
    body: bytes,
    more: tuple[str, ...],
    sentence: str,
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(body)
    code, out, err = say("import", str(file), "--source", "Old", *more)
    assert (code, out) == (1, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_a_file_that_is_not_there_is_one_line(installation: Callable[[], Session], say: Say) -> None:
    assert say("import", "nowhere.csv", "--source", "Old")[::2] == (1, "The file cannot be read.\n")
