"""A Word document as what stands beside what: labels with their values, and rows of ticked boxes."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import docx

from conferences.imports import inside_word
from conferences.imports.cells import same
from conferences.imports.safety import OLD_OFFICE, PDF, ZIP, Unreadable, check_size, open_package

MOST_LINES: Final = 4000
LONGEST_LABEL: Final = 80
Block = str | tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Pair:
    """A label and what stands beside it; `under` is the heading it stands under.

    `row`: the row of a table it was read from. A row of several columns is not `plain`: its cells stand with
    bars between them, and only a person can place it.
    """

    label: str
    value: str
    under: str
    row: tuple[str, ...] = ()
    plain: bool = True


@dataclass(frozen=True)
class Document:
    """What a form says: its labels with their values, and its tables as rows of cells."""

    pairs: tuple[Pair, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def read(body: bytes) -> Document:
    """Reads a Word document; raises Unreadable, with a sentence, for whatever is not one."""
    check_size(body)
    if body.startswith(OLD_OFFICE):
        raise Unreadable("The file has a password, or is an old .doc. Save it as .docx without a password.")
    if body.startswith(PDF) or not body.startswith(ZIP):
        raise Unreadable("The file is not a Word document. Save the form as .docx.")
    with open_package(body, harmless=("hyperlink", "attachedTemplate")) as package:
        if "word/document.xml" not in package.namelist():
            raise Unreadable("The file is not a Word document. Save the form as .docx.")
    try:
        opened = docx.Document(io.BytesIO(body))
        blocks, around = list(_blocks(opened.element.body)), list(_around(opened))
        beside = tuple(_beside(opened))
    except Exception as problem:  # a damaged document fails anywhere inside the reader, with any error
        raise Unreadable("The document is damaged. Open it where it was made and save it again.") from problem
    tables = tuple(block for block in blocks if isinstance(block, tuple))
    return Document((*_pairs(blocks), *_pairs(around), *beside), tables)


def _blocks(parent: Any) -> Iterator[Block]:
    """Paragraphs as words and tables as rows, in their order, also inside content controls and text boxes."""
    for count, child in enumerate(inside_word.children(parent, "p", "tbl")):
        if count > MOST_LINES:
            return
        if child.tag == f"{inside_word.W}tbl":
            yield from _table(child)
        else:
            yield inside_word.words(child)
            for box in inside_word.boxes(child):
                yield from _blocks(box)


def _table(table: Any) -> Iterator[Block]:
    """A table, and then the tables inside its cells under what stands beside them."""
    rows = [list(inside_word.children(row, "tc")) for row in inside_word.children(table, "tr")][:MOST_LINES]
    told = tuple(tuple(_cell(cell) for cell in row) for row in rows)
    yield told
    for row, said in zip(rows, told, strict=True):
        inner = [one for cell in row for one in inside_word.children(cell, "tbl")]
        if inner:
            yield next((cell for cell in said if cell), "")
        for one in inner:
            yield from _table(one)
        for cell in row:
            for line in inside_word.children(cell, "p"):
                for box in inside_word.boxes(line):
                    yield from _blocks(box)


def _cell(cell: Any) -> str:
    return "\n".join(inside_word.words(line) for line in inside_word.children(cell, "p")).strip()


def _around(document: Any) -> Iterator[Block]:
    """What the head and foot of a page say, each once."""
    seen: set[Block] = set()
    for story in inside_word.stories(document, "header", "footer"):
        for block in _blocks(story):
            if block not in seen:
                seen.add(block)
                yield block


def _beside(document: Any) -> Iterator[Pair]:
    """Comments and footnotes, which only a person can place."""
    for story in inside_word.stories(document, *inside_word.BESIDE):
        for note in story.iterchildren():
            said = "\n".join(filter(None, (inside_word.words(one) for one in note.iter(f"{inside_word.W}p"))))
            if said:
                yield Pair("Beside the text", said, "", plain=False)


@dataclass
class _Reading:
    """What was read so far: under which heading one is, and whether its text is still going on."""

    under: str = ""
    heading: str = ""
    pairs: list[Pair] = field(default_factory=list)
    going_on: bool = False

    def line(self, words: str, row: tuple[str, ...] = ()) -> None:
        """A line by itself: a label with its value, a heading, or text under the last heading."""
        label, colon, value = words.partition(":")
        if colon and value.strip() and len(label) <= LONGEST_LABEL:
            self.beside(label, value, row)
        elif words and len(words) <= LONGEST_LABEL and not words.endswith("."):
            self.under, self.heading, self.going_on = same(words), words.rstrip(" :*?"), False
        elif words:
            self.text(words, row)

    def text(self, words: str, row: tuple[str, ...]) -> None:
        """Text that goes on under one heading is one piece."""
        if self.going_on:
            words = f"{self.pairs.pop().value}\n{words}"
        self.pairs.append(Pair(self.heading, words, self.under, row))
        self.going_on = True

    def beside(self, label: str, value: str, row: tuple[str, ...]) -> None:
        """A label and what stands beside it; a label that is too long to be one is kept with its value."""
        if len(label) > LONGEST_LABEL:
            self.pairs.append(Pair(f"{label[:LONGEST_LABEL]}…", f"{label}\n{value}", self.under, row))
        else:
            self.pairs.append(Pair(label.rstrip(" :*?").strip(), value.strip(), self.under, row))
        self.going_on = False

    def row(self, row: tuple[str, ...]) -> None:
        """A row of a table: by its shape a line, labels with values, or something for a person to read."""
        filled = list(dict.fromkeys(cell for cell in row if cell))
        if len(row) == 1 or (len(filled) == 1 and len(row) != 2):
            self.line(filled[0] if filled else "", row)
        elif len(row) in (2, 4):
            for at in range(0, len(row), 2):
                if row[at] and row[at + 1]:
                    self.beside(row[at], row[at + 1], row)
                elif row[at + 1]:
                    self.text(row[at + 1], row)
        elif filled:
            self.pairs.append(Pair(self.heading, " | ".join(row), self.under, row, plain=False))
            self.going_on = False


def _pairs(blocks: list[Block]) -> list[Pair]:
    read = _Reading()
    for block in blocks:
        if isinstance(block, str):
            read.line(block)
        else:
            for row in block:
                read.row(row)
    return read.pairs
