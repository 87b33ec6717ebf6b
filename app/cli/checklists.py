"""Commands about the checklists: which there are, whether a file is one, and what answers come to."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from app.main import utc_now
from conferences.calendars import local_day
from risk import doors

instruments = typer.Typer(help="The checklists that are shipped.")
LONGEST = 4 * doors.LONGEST_LINE  # in bytes: the most that the longest request can take in UTF-8
COLUMNS = ("slug", "version", "status", "owner", "items", "sources", "definition_hash")
PROFILE_COLUMNS = ("profile", "version", "status", "of", "hash")


@instruments.callback(invoke_without_command=True)
def list_instruments(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything, as JSON.")] = False,
) -> None:
    """List every checklist with its status, owner, sources and hash."""
    if context.invoked_subcommand:
        return
    listed = doors.list_instruments()
    if as_json:
        _say(listed, indent=2)
        return
    _table(COLUMNS, [one | {"sources": len(one["sources"])} for one in listed])
    _write("")
    _table(PROFILE_COLUMNS, [local | {"of": one["slug"]} for one in listed for local in _local(one)])


def _local(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for local in one["profiles"]:
        yield local | {"profile": local["slug"]}


def _table(columns: Sequence[str], rows: list[dict[str, Any]]) -> None:
    cells = [[name.removeprefix("definition_") for name in columns]]
    cells += [[str(row[name]) for name in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        words = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        _write("  ".join(words).rstrip())


@instruments.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="A checklist, profile, norm table or wording file.")],
) -> None:
    """Say what an author must put right: file, line, key and what is wrong with it."""
    wrong = doors.check_file(file)
    for sentence in wrong:
        _write(sentence)
    if wrong:
        raise typer.Exit(1)
    _write(f"{file}: nothing to put right")


def score(
    lines: Annotated[
        bool, typer.Option("--lines", help="One request on each line; a bad one is passed over.")
    ] = False,
) -> None:
    """Read answers as JSON from the standard input and write what they come to; nothing is stored."""
    given, today = sys.stdin.buffer, local_day(utc_now())
    if lines:
        for result in doors.score_lines(_lines(given), today=today):
            _say(result)
        return
    result = doors.score_line(given.read(LONGEST + 1), today=today)
    _say(result, indent=2)
    if "error" in result:
        raise typer.Exit(1)


def _lines(given: BinaryIO) -> Iterator[bytes]:
    """Each line, of which no more is kept than can be a request; the rest of a longer one is passed over."""
    while line := given.readline(LONGEST + 1):
        rest = line
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = given.readline(LONGEST + 1)
        yield line


def _say(result: object, indent: int | None = None) -> None:
    _write(json.dumps(result, ensure_ascii=False, indent=indent))


def _write(words: str) -> None:
    """Writes UTF-8 whatever the terminal says of itself; half a character goes out as JSON spells it."""
    typer.echo(words.encode("utf-8", "backslashreplace"))


COMMANDS = {"score": score}
