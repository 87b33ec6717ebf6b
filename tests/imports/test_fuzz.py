"""A hundred thousand damaged lists, and a million in `make trust`: each is read, or refused with a sentence.

The seed is drawn when the tests run and printed when one fails; the slowest input is reported, not asserted.
"""

import os
import random
import time
from datetime import date
from typing import Any

import pytest

from conferences.imports import examples, mapping, sheets
from conferences.imports.reading import Reading, read_row
from conferences.imports.safety import Unreadable
from tests.imports import files

LISTS = int(os.environ.get("IMPORT_LISTS", "100000"))
TODAY = date(2026, 11, 23)


def read_all(body: bytes) -> list[Reading]:
    """Reads a file all the way to its rows."""
    readings = []
    for sheet in sheets.read(body):
        columns = mapping.guess(sheet.headings)
        mapping.wrong_with(columns)
        readings += [read_row(line.cells, columns, _called, today=TODAY) for line in sheet.lines]
    return readings


def _called(words: str) -> str | None:
    return {"police": "p1", "housing": "h1"}.get(words.lower())


@pytest.mark.slow
def test_no_damaged_list_breaks_the_reader(record_property: Any) -> None:
    seed = int(os.environ.get("IMPORT_SEED", random.SystemRandom().randrange(2**32)))
    made = files.mutated_lists(random.Random(seed), examples.as_csv())
    slowest, refused, rows, wrong = 0.0, 0, 0, 0
    started = time.perf_counter()
    for at in range(LISTS):
        body = next(made)
        before = time.perf_counter()
        try:
            readings = read_all(body)
        except Unreadable:
            refused += 1
            continue
        except Exception as problem:
            raise AssertionError((seed, at, body)) from problem
        slowest = max(slowest, time.perf_counter() - before)
        for reading in readings:
            assert (reading.record is None) == bool(reading.problems), (seed, at, body)
            wrong += reading.record is None
        rows += len(readings)
    seconds = time.perf_counter() - started
    said = f"{LISTS} lists in {seconds:.0f} s, {refused} refused, {rows} rows, {wrong} with problems"
    record_property("fuzz", f"{said}, slowest {slowest:.3f} s, seed {seed}")
    print(f"{said}, slowest {slowest:.3f} s, seed {seed}")  # noqa: T201 - the figures are the point
    assert 0 < refused < LISTS / 2
    assert 0 < wrong < rows
