"""Layers hold: app on conferences on risk; and the checker would notice if they did not."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("app", "conferences", "risk")


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--config", folder / "pyproject.toml"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds() -> None:
    answer = contracts(ROOT)
    assert answer.returncode == 0, answer.stdout
    assert " kept, 0 broken." in answer.stdout


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("risk/answers.py", "import conferences.errors", "Three layers"),
        ("conferences/errors.py", "import app.settings", "Three layers"),
        ("conferences/errors.py", "import fastapi", "The domain never meets the web"),
        ("conferences/person/people.py", "import conferences.triage.triage", "The life of a case"),
        ("app/pages/person/walls.py", "import app.pages.queue.views.queue", "Pages: each room"),
        ("risk/answers.py", "import sqlalchemy", "Checklists are pure"),
    ],
)
def test_a_forbidden_import_is_noticed(tmp_path: Path, file: str, line: str, broken: str) -> None:
    for layer in LAYERS:
        shutil.copytree(ROOT / layer, tmp_path / layer, ignore=shutil.ignore_patterns("static", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / file
    target.write_text(target.read_text() + f"\n{line}\n")
    answer = contracts(tmp_path)
    assert answer.returncode == 1
    assert f"{broken}" in answer.stdout.split("Broken contracts")[1]


ROOMS = ROOT / "app" / "pages"
SHARED = ("app.pages.common", "app.pages.words")
PAGES = sorted(
    path
    for path in ROOMS.rglob("*.py")
    if not {"views", "common", "words"} & set(path.relative_to(ROOMS).parts)
)


def test_pages_are_found_in_every_room() -> None:
    assert {path.parent.name for path in PAGES if path.name != "__init__.py"} == {
        "case", "checklist", "door", "meeting", "office", "outside", "person", "queue", "referral",
    }  # fmt: skip


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_pages_never_import_each_other_nor_the_database(path: Path) -> None:
    imported = re.findall(r"^\s*(?:from|import) (\S+)", path.read_text(), re.MULTILINE)
    assert [name for name in imported if name.startswith("sqlalchemy")] == []
    pages = [name for name in imported if name.startswith("app.pages") and not name.startswith(SHARED)]
    assert [name for name in pages if not re.match(r"app\.pages\.[a-z]+\.views\b", name)] == []
