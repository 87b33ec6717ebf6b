"""A row that may be wrongly understood waits for a person, who takes it or leaves it out."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from conferences.errors import DomainError, Refused, WrongState
from conferences.imports import cells, doubting, taking
from conferences.models import BatchStatus, ImportBatch, RowDecision
from tests.imports import lists
from tests.imports.lists import KEZIA, TESTA
from tests.make import World

SARAH = TESTA | {
    "Ref": "1",
    "Victim name": "Sarah Jones",
    "Victim DOB": "1990",
    "Perpetrator name": "David Smith",
}
SARA = SARAH | {"Ref": "2", "Victim name": "Sara Jones", "Perpetrator name": "Dave Smith"}
TAKE, LEAVE = RowDecision.TAKE, RowDecision.LEAVE


def decide(
    world: World, batch: ImportBatch, given: dict[int, RowDecision], rest: RowDecision | None = None
) -> None:
    doubting.decide(world.session, world.ben, batch, given, rest=rest, now=world.now)


def begin(world: World, batch: ImportBatch) -> None:
    taking.begin(world.session, world.ben, batch, joins_matches=False, now=world.now)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("12/25/2024", True),
        ("3/4/2025", None),
        ("25/12/2024", False),
        ("4/4/2025", False),
        ("4 May 2025", False),
    ],
)
def test_a_day_in_numbers_may_stand_month_first(cell: str, told: bool | None) -> None:
    assert cells.month_first(cell) is told


def test_one_day_that_can_only_be_month_first_casts_doubt_on_the_others_of_its_column(world: World) -> None:
    american = KEZIA | {"Meeting date": "12/25/2025"}
    either = TESTA | {"Date referred": "", "Meeting date": "03/04/2025", "Victim DOB": "04/05/1992"}
    plain = TESTA | {
        "Ref": "9",
        "Date referred": "",
        "Meeting date": "25/12/2025",
        "Victim name": "Ada Quill",
    }
    batch = lists.checked(world, american, either, plain)
    rows = lists.rows_of(world, batch)
    assert [row.doubtful for row in rows] == [False, True, False]
    assert rows[0].problems == ["heard_on:not_a_day"]
    assert rows[1].notes == ["month_first"]


def test_a_list_waits_until_every_doubtful_row_is_decided_and_what_is_left_out_is_not_taken(
    world: World,
) -> None:
    batch = lists.checked(world, SARAH, SARA)
    with pytest.raises(Refused, match="each doubtful row"):
        begin(world, batch)
    decide(world, batch, {2: TAKE})
    with pytest.raises(Refused, match="each doubtful row"):
        begin(world, batch)
    decide(world, batch, {3: LEAVE})
    lists.take(world, batch)
    first, second = lists.rows_of(world, batch)
    assert first.case_id is not None
    assert (second.case_id, second.taken_at, second.raw_sealed) == (None, None, None)
    assert second.notes == []  # it names no row whose case may be hidden later
    again = lists.checked(world, SARAH, SARA)
    assert lists.verdicts(world, again) == ["here", "new"]


def test_what_is_said_of_the_rest_changes_no_decision(world: World) -> None:
    batch = lists.checked(world, SARAH, SARA)
    decide(world, batch, {2: TAKE}, rest=LEAVE)
    assert [row.decided for row in lists.rows_of(world, batch)] == [TAKE, LEAVE]
    decide(world, batch, {3: TAKE, 77: LEAVE})
    assert [row.decided for row in lists.rows_of(world, batch)] == [TAKE, TAKE]


def test_a_list_of_which_every_row_is_left_out_has_nothing_to_take(world: World) -> None:
    batch = lists.checked(world, SARAH, SARA)
    decide(world, batch, {}, rest=LEAVE)
    with pytest.raises(Refused, match="no row to take"):
        begin(world, batch)


def test_nothing_is_decided_by_saying_nothing_nor_once_the_list_is_taken_nor_by_anybody_else(
    world: World,
) -> None:
    batch = lists.checked(world, SARAH, SARA)
    with pytest.raises(Refused):
        decide(world, batch, {})
    with pytest.raises(DomainError):
        doubting.decide(world.session, world.chidi, batch, {2: TAKE}, now=world.now)
    lists.take(world, batch)
    assert batch.status is BatchStatus.TAKEN
    with pytest.raises(WrongState):
        decide(world, batch, {2: TAKE})


def test_the_database_takes_no_row_that_was_left_out(world: World) -> None:
    batch = lists.taken(world, TESTA)
    (row,) = lists.rows_of(world, batch)
    wrong = text("UPDATE import_row SET doubtful = true, decided = 'leave' WHERE id = :id")
    with pytest.raises(IntegrityError, match="left_out_is_not_taken"):
        world.session.execute(wrong, {"id": row.id})
