"""Files and functions small enough to read in one sitting."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "conferences", "risk", "migrations", "tests")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
# The first migration lists every table once and is never edited again.
LONG_BY_NATURE = {"migrations/versions/0001_the_first_tables.py"}


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> list[tuple[str, int]]:
    found = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in found]


def test_there_is_something_to_measure() -> None:
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_passes_four_hundred_lines_and_no_function_forty(path: Path) -> None:
    if name(path) in LONG_BY_NATURE:
        return
    assert length(path) <= 400
    assert [found for found in functions(path) if found[1] > 40] == []


PAGES = [
    path
    for path in FILES
    if name(path).startswith("app/pages/") and path.parent.name not in ("views", "common", "words")
]


def test_pages_are_found_in_their_rooms() -> None:
    assert len(PAGES) > 45


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_page_function_passes_twenty_lines(path: Path) -> None:
    assert [found for found in functions(path) if found[1] > 20] == []


def test_half_of_the_files_are_shorter_than_a_hundred_lines() -> None:
    assert statistics.median(length(path) for path in FILES if "tests" not in path.parts) < 100


def test_templates_and_scripts_are_held_to_the_same_size() -> None:
    written = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "app" / "static").glob("*.js")]
    assert [name(path) for path in written if length(path) > 400] == []
