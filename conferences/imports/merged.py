"""Cells merged over several rows: what the first says, the others say too."""

import re
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from openpyxl.utils import column_index_from_string

Span = tuple[int, int, int]
MOST: Final = 20_000
MOST_CELLS: Final = 100_000
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']""")


def spans(package: zipfile.ZipFile) -> dict[str, tuple[Span, ...]]:
    """Returns for each sheet's part what is merged downwards, as (column, first row, last row) from 0."""
    found = {}
    for name in package.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            cells = _MERGED.findall(package.read(name))[:MOST]
            down = (
                (column_index_from_string(column.decode()) - 1, int(first) - 1, int(last) - 1)
                for column, first, last in cells
            )
            found[name] = tuple(one for one in down if one[1] < one[2])
    return found


def part_of(sheet: Any) -> str:
    """Returns the name of the part an opened sheet is read from."""
    return str(getattr(sheet, "_worksheet_path", "")).lstrip("/")


def fill(rows: list[list[str]], spans: Iterable[Span]) -> bool:
    """Writes what a merged cell says into the rows it covers; returns whether there was any."""
    left = MOST_CELLS
    for column, first, last in spans:
        if first >= len(rows) or column >= len(rows[first]) or not rows[first][column]:
            continue
        for row in rows[first + 1 : min(last + 1, first + 1 + left)]:
            row += [""] * (column + 1 - len(row))
            row[column] = row[column] or rows[first][column]
            left -= 1
    return left < MOST_CELLS
