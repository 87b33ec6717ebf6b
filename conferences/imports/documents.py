"""A Word document as what stands beside what: labels with their values, and rows of ticked boxes."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import docx

from conferences.imports.cells import LONGEST, same, tidy
from conferences.imports.safety import OLD_OFFICE, PDF, ZIP, Unreadable, check_size, open_package

MOST_LINES: Final = 4000
LONGEST_LABEL: Final = 80
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Pair:
    """A label and what stands beside it; `under` is the heading it stands under."""

    label: str
    value: str
    under: str


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
        blocks = list(_blocks(docx.Document(io.BytesIO(body)).element.body))
    except Exception as problem:  # a damaged document fails anywhere inside the reader, with any error
        raise Unreadable("The document is damaged. Open it where it was made and save it again.") from problem
    return Document(tuple(_pairs(blocks)), tuple(block for block in blocks if isinstance(block, tuple)))


def _blocks(parent: Any) -> Iterator[str | tuple[tuple[str, ...], ...]]:
    """Paragraphs as words and tables as rows, in their order, also inside content controls."""
    for count, child in enumerate(parent.iterchildren()):
        if count > MOST_LINES:
            return
        if child.tag == f"{_W}p":
            yield _words(child)
        elif child.tag == f"{_W}tbl":
            yield tuple(_row(row) for row in list(child.iter(f"{_W}tr"))[:MOST_LINES])
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _blocks(child)


def _row(row: Any) -> tuple[str, ...]:
    return tuple(
        "\n".join(_words(line) for line in cell.iter(f"{_W}p")).strip() for cell in row.iter(f"{_W}tc")
    )


def _words(paragraph: Any) -> str:
    said: list[str] = []
    for part in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        said.append((part.text or "") if part.tag == f"{_W}t" else " ")
    return tidy("".join(said)[:LONGEST])


def _pairs(blocks: list[str | tuple[tuple[str, ...], ...]]) -> Iterator[Pair]:
    under = ""
    for block in blocks:
        if isinstance(block, str):
            label, colon, value = block.partition(":")
            if colon and value.strip() and len(label) <= LONGEST_LABEL:
                yield Pair(label.strip(), value.strip(), under)
            elif block and len(block) <= LONGEST_LABEL:
                under = same(block)
            continue
        for row in block:
            filled = list(dict.fromkeys(cell for cell in row if cell))
            if len(row) == 1 or (len(filled) == 1 and len(row) != 2):
                lone = filled[0] if filled else ""
                label, colon, value = lone.partition(":")
                if colon and value.strip() and len(label) <= LONGEST_LABEL:
                    yield Pair(label.strip(), value.strip(), under)
                elif lone and len(lone) <= LONGEST_LABEL:
                    under = same(lone)
            elif len(row) in (2, 4):
                for at in range(0, len(row), 2):
                    if row[at] and len(row[at]) <= LONGEST_LABEL and row[at + 1]:
                        yield Pair(row[at].rstrip(" :*?"), row[at + 1], under)
