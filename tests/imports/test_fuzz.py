"""Damaged lists through the reader, damaged workbooks through the whole import: read, or refused in words.

The seed is drawn when the tests run and printed when one fails; the slowest input is reported, not asserted.
"""

import os
import random
import time
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from conferences.errors import Refused
from conferences.imports import bringing, checking, doubting, examples, mapping, sheets, taking
from conferences.imports.reading import Reading, read_row
from conferences.imports.safety import Unreadable
from conferences.models import (
    Action,
    Case,
    Conference,
    ImportBatch,
    ImportRow,
    Listing,
    Person,
    Referral,
    RowDecision,
)
from tests.imports import files
from tests.make import World

LISTS = int(os.environ.get("IMPORT_LISTS", "100000"))
WORKBOOKS = int(os.environ.get("IMPORT_WORKBOOKS", "200"))
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


@pytest.mark.slow
def test_no_damaged_workbook_breaks_an_import_or_is_taken_in_part(world: World, record_property: Any) -> None:
    seed = int(os.environ.get("IMPORT_SEED", random.SystemRandom().randrange(2**32)))
    made = files.mutated_workbooks(random.Random(seed))
    slowest, refused, cases = 0.0, 0, 0
    started = time.perf_counter()
    for at in range(WORKBOOKS):
        body, before = next(made), counts(world)
        begun, savepoint = time.perf_counter(), world.session.begin_nested()
        try:
            new = import_all(world, body)
        except Unreadable:
            refused += 1
            assert counts(world) == before, (seed, at)
        except Exception as problem:
            raise AssertionError((seed, at, body)) from problem
        else:
            after = counts(world)
            assert after["case_file"] - before["case_file"] <= new, (seed, at)
            assert after["import_batch"] > before["import_batch"], (seed, at)
            assert withheld(world) == 0, (seed, at)
            cases += after["case_file"] - before["case_file"]
        slowest = max(slowest, time.perf_counter() - begun)
        savepoint.rollback()
        world.session.expunge_all()
    seconds = time.perf_counter() - started
    said = f"{WORKBOOKS} workbooks in {seconds:.0f} s, {refused} refused, {cases} cases taken"
    record_property("fuzz", f"{said}, slowest {slowest:.3f} s, seed {seed}")
    print(f"{said}, slowest {slowest:.3f} s, seed {seed}")  # noqa: T201 - the figures are the point
    assert 0 < refused < WORKBOOKS
    assert cases > 0


def import_all(world: World, body: bytes) -> int:
    """Brings, checks and takes whatever is in a file; returns how many rows were taken."""
    s, ben, now = world.session, world.session.merge(world.ben), world.now
    found = 0
    for batch in bringing.bring(s, ben, body, file_name="x.xlsx", source="Fuzz", now=now):
        explain = {"unnamed_agency": None, "meant": {}, "now": now}
        try:
            checking.explain_columns(s, ben, batch, columns=batch.columns, **explain)
            if doubting.undecided(s, batch):
                doubting.decide(s, ben, batch, {}, rest=RowDecision.TAKE, now=now)
            taking.begin(s, ben, batch, joins_matches=False, now=now)
        except Refused:
            continue  # its columns mean nothing, or there is no row to take: said, and nothing done
        while not taking.take_some(s, ben, batch.id, most=50, now=now).over:
            pass
        found += batch.done
    return found


def counts(world: World) -> dict[str, int]:
    """How many rows each table holds that an import writes to."""
    world.session.flush()
    kinds = (Case, Person, Referral, Listing, Action, Conference, ImportBatch, ImportRow)
    return {
        kind.__tablename__: world.session.scalar(select(func.count()).select_from(kind)) or 0
        for kind in kinds
    }


def withheld(world: World) -> int:
    """How many rows are made and visible to nobody."""
    found = 0
    for kind in (Case, Referral, Listing, Action):
        found += world.session.scalar(select(func.count()).where(kind.withheld)) or 0
    return found
