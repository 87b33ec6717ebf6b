"""Files as people, and attackers, might bring them."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence

import openpyxl

from conferences.imports import examples

HEADINGS = ("Ref", "Meeting date", "Referring agency", "Victim name", "Victim DOB", "Perpetrator name")
ROW = ("7", "10/12/2025", "Police", "Testa Marrowby", "04/05/1992", "Derrin Quillfeather")


def csv_of(*rows: Sequence[str], sign: str = ",", encoding: str = "utf-8") -> bytes:
    """Returns rows as CSV."""
    return "\r\n".join(sign.join(row) for row in rows).encode(encoding)


def workbook(*rows: Sequence[object], sheets: tuple[str, ...] = ("Cases",)) -> bytes:
    """Returns a workbook with the same rows on every sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_parts(package: bytes, **changed: bytes | None) -> bytes:
    """Returns an Office file with parts added or replaced; `__` stands for `/` in a name, None drops one."""
    parts = {name.replace("__", "/"): body for name, body in changed.items()}
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            if body is not None:
                new.writestr(name, body)
    return written.getvalue()


def bomb(size: int = 64 * 1024 * 1024) -> bytes:
    """Returns a small workbook whose one sheet unpacks to nothing but zeros."""
    return with_parts(workbook(HEADINGS, ROW), xl__worksheets__sheet1=b"", **{"xl/media/a.bin": b"\0" * size})


SPECIAL = (
    *('"', '""', ",", ";", "\t", "\n", "\r\n", "\0", "=1+1", "@SUM(A1)", "-", "+44", "#REF!", "31/02/2025"),
    *(
        "2025-13-01",
        "99/99/9999",
        "45000",
        "٣/٤/٢٠٢٥",
        "\u202e",
        "\u200d",
        "\ufeff",
        "é",
        "😀",
        "Ⅳ",
        "²",
        "١",
    ),
    *("n/a", "unknown", "yes", "no", "9" * 40, "a" * 12_000, "Victim name", "'"),
)


def mutated_lists(generator: random.Random, base: bytes) -> Iterator[bytes]:
    """Yields a list with bytes changed, cut, doubled, swapped, and odd things put between them, for ever."""
    odd = [word.encode("utf-8", "replace") for word in SPECIAL] + [b"\xff", b"\xfe\xff", b"\x81", b"\x00\x00"]
    lines = base.split(b"\r\n")
    while True:
        body = bytearray(b"\r\n".join(generator.sample(lines, generator.randint(1, len(lines)))))
        if generator.random() < 0.8:
            body = bytearray(lines[0] + b"\r\n") + body
        for _ in range(generator.randint(1, 6)):
            _CHANGES[generator.randrange(len(_CHANGES))](generator, body, odd)
        yield bytes(body)


def _put(generator: random.Random, body: bytearray, odd: list[bytes]) -> None:
    at = generator.randint(0, len(body))
    body[at:at] = generator.choice(odd)


def _swap(generator: random.Random, body: bytearray, odd: list[bytes]) -> None:
    if body:
        body[generator.randrange(len(body))] = generator.randrange(256)


def _cut(generator: random.Random, body: bytearray, odd: list[bytes]) -> None:
    at = generator.randint(0, len(body))
    del body[at : at + generator.randint(1, 60)]


def _double(generator: random.Random, body: bytearray, odd: list[bytes]) -> None:
    at = generator.randint(0, len(body))
    body[at:at] = body[at : at + generator.randint(1, 60)]


def _replace_cell(generator: random.Random, body: bytearray, odd: list[bytes]) -> None:
    cells = bytes(body).split(b",")
    cells[generator.randrange(len(cells))] = generator.choice(odd)
    body[:] = b",".join(cells)


_CHANGES: tuple[Callable[[random.Random, bytearray, list[bytes]], None], ...] = (
    _put,
    _swap,
    _cut,
    _double,
    _replace_cell,
)


def mutated_workbooks(generator: random.Random, base: bytes | None = None) -> Iterator[bytes]:
    """Yields workbooks changed in their bytes, in their parts, or in their cells, for ever."""
    body = base or examples.as_workbook()
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    while True:
        kind = generator.random()
        if kind < 0.2:
            changed = bytearray(body)
            for _ in range(generator.randint(1, 5)):
                _CHANGES[generator.randrange(4)](generator, changed, [b"PK\x03\x04", b"\0", b"\xff"])
            yield bytes(changed)
        elif kind < 0.6:
            name = generator.choice(list(parts))
            part = bytearray(parts[name])
            for _ in range(generator.randint(1, 4)):
                _CHANGES[generator.randrange(4)](generator, part, _XML)
            yield with_parts(body, **{name: bytes(part)})
        else:
            rows = [list(row) for row in (examples.HEADINGS, *examples.ROWS)]
            for _ in range(generator.randint(1, 8)):
                row = generator.choice(rows)
                row[generator.randrange(len(row))] = generator.choice(_CELLS)
            yield workbook(*rows)


_XML = [
    b"<!DOCTYPE x>",
    b"<c/>",
    b"</row>",
    b"&amp;",
    b"&#0;",
    b'r="XFD1048576"',
    b'r="A1048576"',
    b"\xff\xfe",
]
_CELLS = [word for word in SPECIAL if "\0" not in word and len(word) < 1000]
