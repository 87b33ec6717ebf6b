"""The reference pages that are drawn from the code, so that they cannot disagree with it."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from conferences import audit, forbidding, permissions, states
from conferences.models import Base, DataClass

DOCS = Path(__file__).resolve().parent.parent / "docs" / "reference"
GENERATED = "<!-- Drawn from the code by `marac reference`. Change the code, not this page. -->"


def states_page() -> str:
    """Draws every noun's moves as a diagram and a table."""
    return "\n".join([GENERATED, "# Where things stand", "", *_states()])


def _states() -> Iterator[str]:
    yield "Each noun has one table of allowed moves; a state with no exit is final."
    for noun, moves in states.MOVES.items():
        yield from ("", f"## {noun.capitalize()}", "", "```mermaid", "stateDiagram-v2")
        for state, exits in moves.items():
            yield from (f"    {state.value} --> {to.value}" for to in _in_order(moves, exits))
        yield from ("```", "", "| From | To |", "| --- | --- |")
        for state, exits in moves.items():
            words = ", ".join(to.value for to in _in_order(moves, exits)) or "(final)"
            yield f"| {state.value} | {words} |"
    yield ""


def _in_order(moves: dict[StrEnum, set[StrEnum]], exits: set[StrEnum]) -> list[StrEnum]:
    return [state for state in moves if state in exits]


def permissions_page() -> str:
    """Draws the permission table with what each condition means."""
    return "\n".join([GENERATED, "# Who may do what", "", *_permissions()])


def _permissions() -> Iterator[str]:
    yield "What NEVER forbids no role allows. Otherwise any line is enough, and a line needs all of it."
    yield from ("", "## Never", "", "| If | then nothing is allowed |", "| --- | --- |")
    yield from (_condition(one) for one in forbidding.NEVER)
    yield from ("", "## The table", "", "| Permission | Any of these |", "| --- | --- |")
    for permission, lines in permissions.MAP.items():
        words = "<br>".join(" and ".join(_name(one) for one in line) for line in lines)
        yield f"| `{permission.value}` | {words} |"
    yield from (
        "",
        "## What the conditions mean",
        "",
        "| Condition | True when the person |",
        "| --- | --- |",
    )
    met = {one: None for lines in permissions.MAP.values() for line in lines for one in line}
    yield from (_condition(one) for one in met)
    yield ""


def _name(one: Callable[..., bool]) -> str:
    return one.__name__.replace("_", " ")


def _condition(one: Callable[..., bool]) -> str:
    return f"| {_name(one)} | {(one.__doc__ or '').strip()} |"


def columns_page() -> str:
    """Draws every column with its data class and how it is kept."""
    return "\n".join([GENERATED, "# Every column, and how it is kept", "", *_columns()])


CLASSES = {
    DataClass.NONE: "not about a person",
    DataClass.SECRET: "would let somebody in",
    DataClass.PERSONAL: "personal",
    DataClass.SPECIAL: "special category",
    DataClass.CRIMINAL: "criminal offence",
    DataClass.CHILD: "about a child",
    DataClass.SAFE: "disclosure could get someone hurt",
}


def _columns() -> Iterator[str]:
    yield "Sealed columns hold AES-256-GCM ciphertext bound to their table, row and column."
    yield from ("", "| Class | Meaning |", "| --- | --- |")
    yield from (f"| {kind.value} | {words} |" for kind, words in CLASSES.items())
    for table in sorted(Base.metadata.tables.values(), key=lambda one: one.name):
        yield from ("", f"## {table.name}", "", "| Column | Class | Kept |", "| --- | --- | --- |")
        for column in table.columns:
            kept = column.info.get("open_because") or ("sealed" if column.info.get("sealed") else "readable")
            yield f"| {column.name} | {column.info['data_class'].value} | {kept} |"
    yield ""


def trail_page() -> str:
    """Lists every kind of line in the trail with its sentence."""
    lines = [GENERATED, "# What the trail records", "", "| Kind | Sentence |", "| --- | --- |"]
    lines += [f"| `{kind}` | {sentence} |" for kind, sentence in sorted(audit.SENTENCES.items())]
    return "\n".join([*lines, ""])


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states_page,
    "permissions.md": permissions_page,
    "columns.md": columns_page,
    "trail.md": trail_page,
}


def write() -> list[Path]:
    """Writes every generated page and returns where they are."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page())
    return [DOCS / name for name in PAGES]
