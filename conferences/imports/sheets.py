"""A file as rows of words: CSV in the encodings offices use, or a workbook; nothing in it is worked out."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl

from conferences.imports import layout, merged
from conferences.imports.cells import LONGEST, tidy
from conferences.imports.safety import OLD_OFFICE, PDF, ZIP, Unreadable, check_size, open_package

MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 100
MOST_SHEETS: Final = 10
DELIMITERS: Final = ",;\t|"
_ROW = re.compile(rb"<(?:\w+:)?row[ >/]")
_OTHER_TEXT = re.compile(rb"<[a-z!?]|\{\\rtf|\[?\s*\{\s*\"", re.I)
_INSIDE = {
    "formulas": re.compile(rb"<(?:\w+:)?f[ >/]"),
    "hidden": re.compile(rb"""<(?:\w+:)?(?:row|col)\s[^<>]*hidden=["'](?:1|true)["']"""),
}
_BESIDE = {
    "comments": re.compile(r"xl/(?:threaded)?comments"),
    "pictures": re.compile(r"xl/(?:media/|drawings/d)"),
}
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
TOO_MANY_ROWS: Final = (
    "The list has more than 10,000 rows. Split it, for example by year, and bring one part at a time."
)
TOO_WIDE: Final = "The list has more than 100 columns. Leave out those that are not about cases."


@dataclass(frozen=True)
class Line:
    """One row as it stands in the file: its number there, counted from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One list: its name in the workbook, its headings, its rows, and what the reader should know of it.

    Notes are codes for what was guessed (`cp1252` its letters), understood otherwise, or not read.
    """

    name: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)
    notes: tuple[str, ...] = ()


def read(body: bytes) -> list[Sheet]:
    """Returns the lists in a file; raises Unreadable, with a sentence, for whatever is not a list."""
    check_size(body)
    if body.startswith(OLD_OFFICE):
        raise Unreadable("The file has a password, or is an old .xls. Save it as .xlsx without a password.")
    if body.startswith(PDF):
        raise Unreadable("The file is a PDF. Save the list itself as .xlsx or .csv.")
    if _OTHER_TEXT.match(body[:400].lstrip(b"\xef\xbb\xbf \r\n\t")):
        raise Unreadable("Whatever its name says, the file is no list. Open it and save the list as .xlsx.")
    sheets = _workbook(body) if body.startswith(ZIP) else [_text(body)]
    found = [sheet for sheet in sheets if sheet.lines]
    if not found:
        raise Unreadable("There is no row below the headings.")
    return found


# --- text


def _text(body: bytes) -> Sheet:
    words, notes = _decoded(body)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(words, newline=""), delimiter=_delimiter(words)):
            rows.append(row)
            _check_shape(len(rows), len(row))
    except csv.Error as problem:
        raise Unreadable("A row cannot be read: look for a quotation mark that is never closed.") from problem
    return _sheet("", rows, notes)


def _decoded(body: bytes) -> tuple[str, tuple[str, ...]]:
    encodings: tuple[str, ...] = ("utf-8-sig", "cp1252")
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    elif b"\0" in body[:200]:
        encodings = ("utf-16-le" if body[1:2] == b"\0" else "utf-16-be",)
    for encoding in encodings:
        try:
            words = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in words:
            return words, (encoding,) if encoding == "cp1252" else ()
    raise Unreadable("The letters of the file cannot be read. Save it as CSV UTF-8, or as .xlsx.")


def _delimiter(words: str) -> str:
    """The sign that cuts the first rows into most columns, and as many in each."""
    first = words[:20_000].splitlines()[:20]
    best, most = ",", (0, 0)
    for sign in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(first, delimiter=sign) if row]
        except csv.Error:
            continue
        widest = max(widths, default=0)
        if widest > 1 and (widths.count(widest), widest) > most:
            best, most = sign, (widths.count(widest), widest)
    return best


# --- workbooks


def _workbook(body: bytes) -> list[Sheet]:
    with open_package(body) as package:
        names = package.namelist()
        if "word/document.xml" in names:
            raise Unreadable(
                "This is a Word document. A referral form is read under Referrals; a list is not."
            )
        if "xl/workbook.xml" not in names:
            raise Unreadable("The file is not a workbook. Save the list as .xlsx or .csv.")
        _check_length(package)
        notes, spans = _noticed(package), merged.spans(package)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a workbook says beside its values concerns nobody here
            opened = openpyxl.load_workbook(
                io.BytesIO(body), read_only=True, data_only=True, keep_links=False, keep_vba=False
            )
            shown = _visible(opened)
            if len(shown) < len(opened.worksheets):
                notes = (*notes, "hidden_sheets")
            return [_opened(one, spans.get(merged.part_of(one), ()), notes) for one in shown]
    except Unreadable:
        raise
    except Exception as problem:  # a damaged workbook fails anywhere inside openpyxl, with any error
        raise Unreadable("The workbook is damaged. Open it where it was made and save it again.") from problem


def _check_length(package: zipfile.ZipFile) -> None:
    """A list that is far too long is refused before its every cell is read, twice, to find that out."""
    sheets = [name for name in package.namelist() if _SHEET.match(name)]
    if len(sheets) == 1 and sum(1 for _ in _ROW.finditer(package.read(sheets[0]))) > MOST_ROWS:
        raise Unreadable(TOO_MANY_ROWS)


def _noticed(package: zipfile.ZipFile) -> tuple[str, ...]:
    """What a reader of the whole workbook should know: what stands beside the cells, and is not taken."""
    sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/")]
    found = [note for note, sign in _INSIDE.items() if any(map(sign.search, sheets))]
    found += [note for note, sign in _BESIDE.items() if any(map(sign.match, package.namelist()))]
    return tuple(found)


def _opened(sheet: Any, spans: Iterable[merged.Span], notes: tuple[str, ...]) -> Sheet:
    rows = list(_rows(sheet))
    filled = merged.fill(rows, spans)
    return _sheet(str(sheet.title), rows, (*notes, "merged") if filled else notes)


def _visible(opened: Any) -> list[Any]:
    opened = [one for one in opened.worksheets if hasattr(one, "iter_rows")]  # a chart has no rows
    found = [one for one in opened if getattr(one, "sheet_state", "visible") == "visible"]
    if len(found) > MOST_SHEETS:
        raise Unreadable("The workbook has more than 10 sheets. Copy what lists cases into fewer.")
    return found


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a sheet claims to measure is not believed
    found = sheet.iter_rows(max_row=MOST_ROWS + 20, max_col=MOST_COLUMNS + 1, values_only=True)
    for number, row in enumerate(found, 1):
        cells = [_said(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        _check_shape(number, len(cells))
        yield cells


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- both


def _check_shape(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    if columns > MOST_COLUMNS:
        raise Unreadable(TOO_WIDE)


def _sheet(name: str, rows: list[list[str]], notes: tuple[str, ...]) -> Sheet:
    tidied = [tuple(tidy(cell[: LONGEST + 1]) for cell in row) for row in rows]
    at, headings, found = layout.headings_in(tidied)
    headings, below, told_day = layout.with_days(tidy(name), tidied, at, headings)
    width = max((len(row) for row in (headings, *(row for _, row in below))), default=0)
    above = tidied[: at - 1 if "two_headings" in found else at]
    if any(sum(map(bool, row)) > 2 for row in above):
        found = (*found, "lines_above")
    return Sheet(
        name=tidy(name)[:100],
        headings=_padded(headings, width),
        lines=tuple(Line(number, _padded(row, width)) for number, row in below),
        notes=(*notes, *found, *(("sheet_day",) if told_day else ())),
    )


def _padded(row: Iterable[str], width: int) -> tuple[str, ...]:
    cells = tuple(row)
    return cells + ("",) * (width - len(cells))
