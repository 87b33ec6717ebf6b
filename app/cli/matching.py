"""marac match: who in a register may be the person asked for, line by line; nothing is stored."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from app.cli import quiet
from conferences.matching.lines import NotALine, person, question, read_back, stored
from conferences.matching.register import Register

LONGEST = 64 * 1024  # bytes of one line; no person fills more
OFTEN = 20_000  # people between two words of progress


class NoRegister(Exception):
    """The register cannot be read; the sentence says which line and why."""


def match(
    register: Annotated[Path, typer.Option("--register", help="People as JSON lines.")],
) -> None:
    """Read questions as JSON lines from the standard input and write the candidates a worker would see."""
    try:
        held = _read(register)
    except (NoRegister, OSError) as refusal:
        typer.echo(_one_line(refusal), err=True)
        raise typer.Exit(1) from None
    try:
        for number, line in enumerate(_lines(sys.stdin.buffer), 1):
            if line.strip():
                _say(_answer(held, line, number))
    except BrokenPipeError:
        raise
    except OSError as refusal:
        typer.echo(quiet.sentence(refusal), err=True)
        quiet.say_no_more()
        raise typer.Exit(1) from None


def _one_line(refusal: Exception) -> str:
    return quiet.sentence(refusal) if isinstance(refusal, OSError) else str(refusal)


def _lines(given: BinaryIO) -> Iterator[bytes]:
    """Yields each line; of a longer one than any person fills only the beginning is kept."""
    while line := given.readline(LONGEST + 1):
        rest = line
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = given.readline(LONGEST + 1)
        yield line


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise NotALine(f"is longer than {LONGEST} bytes")
    try:
        read = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise NotALine("is not JSON") from None
    if not isinstance(read, dict):
        raise NotALine("is not a JSON object")
    return read


def _read(path: Path) -> Register[str | int]:
    held: Register[str | int] = Register(read_back)
    seen: set[str | int] = set()
    watched = sys.stderr.isatty()
    with path.open("rb") as given:
        for number, line in enumerate(_lines(given), 1):
            if not line.strip():
                continue
            try:
                id_, facts = person(_object(line))
            except NotALine as wrong:
                raise NoRegister(f"{path}: line {number} {wrong}") from None
            if id_ in seen:
                raise NoRegister(f"{path}: line {number} has the id of an earlier line")
            seen.add(id_)
            held.add(id_, stored(facts), facts)
            if watched and not number % OFTEN:
                typer.echo(f"\r{number} people read", err=True, nl=False)
    if not seen:
        raise NoRegister(f"{path}: holds nobody")
    if watched and len(held) >= OFTEN:
        typer.echo(f"\r{len(held)} people read", err=True)
    return held


def _answer(held: Register[str | int], line: bytes, number: int) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    try:
        asked = _object(line)
        facts = question(asked)
    except NotALine as wrong:
        named = asked.get("query_id")
        return {
            "query_id": named if isinstance(named, str | int) else None,
            "error": f"line {number} {wrong}",
        }
    found = [{"id": one.id, "score": one.score, "reasons": list(one.reasons)} for one in held.find(facts)]
    return {"query_id": asked["query_id"], "candidates": found}


def _say(answer: dict[str, Any]) -> None:
    """Writes one answer at once; half a character goes out as JSON spells it."""
    words = json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace")
    sys.stdout.buffer.write(words + b"\n")
    sys.stdout.buffer.flush()


def main(words: list[str]) -> None:
    """Runs the command by itself, without the rest of the command line."""
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command("match")(match)
    alone(words, prog_name="marac match")


COMMANDS = {"match": match}
