"""One list writes the same two people in several ways: one case where it is sure, apart where it is not."""

import random
import time
from datetime import date

import pytest

from conferences.imports import together
from conferences.imports.pairs import Pair
from conferences.imports.reading import Record
from conferences.models import Verdict
from tests import make
from tests.imports import lists
from tests.imports.lists import TESTA
from tests.make import World

Row = tuple[str, str, str] | tuple[str, str, str, str]
MARROWBY: Row = ("Testa Marrowby", "1992-05-04", "Derrin Quillfeather")


def wanted(*rows: Row) -> dict[str, Pair]:
    """Rows as victim, birth, perpetrator and perhaps the perpetrator's birth."""
    found = {}
    for victim, born, harming, *more in rows:
        record = Record(
            victim_name=victim,
            victim_born=born,
            perpetrator_name=harming,
            perpetrator_born=more[0] if more else None,
            heard_on=date(2025, 12, 10),
        )
        assert record.pair is not None
        found[record.pair] = record.two
    return found


def groups(*rows: Row) -> tuple[int, bool]:
    """How many groups the rows make, and whether there is a doubt."""
    found = together.group(wanted(*rows))
    return len({found.first(name) for name in found.of}), bool(found.perhaps)


@pytest.mark.parametrize(
    "other",
    [
        ("Testa Marowby", "1992-05-04", "Derrin Quillfeather"),
        ("Testa Marrowby", "1992-04-05", "Derrin Quilfeather"),
        ("Marrowby, Testa", "1992-05-04", "Derrin Quillfeather"),
        ("TESTA MARROWBY", "1992-05-04", "Derrin QUILLFEATHER", "1987"),
    ],
)
def test_a_slip_of_the_pen_makes_no_second_case(other: Row) -> None:
    assert groups(MARROWBY, other) == (1, False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Twins, each with the same man.
        (
            ("Amina Begum", "1992-05-04", "Derrin Quillfeather"),
            ("Halima Begum", "1992-05-04", "Derrin Quillfeather"),
        ),
        # Father and son of one name, and the same victim.
        ((*MARROWBY, "1960-02-01"), (*MARROWBY, "1987-03-09")),
        # Mother and daughter of one name.
        (MARROWBY, ("Testa Marrowby", "1966-05-04", "Derrin Quillfeather")),
        # Two women of one common name, born on different days.
        (("Sarah Jones", "1990-01-02", "David Smith"), ("Sarah Jones", "1990-07-19", "David Smith")),
        # One woman and two brothers.
        (MARROWBY, ("Testa Marrowby", "1992-05-04", "Otto Quillfeather")),
    ],
)
def test_twins_father_and_son_brothers_and_namesakes_stay_apart(one: Row, other: Row) -> None:
    assert groups(one, other)[0] == 2


def test_nobody_comes_together_through_a_third_who_is_known_too_little() -> None:
    """A row without the man's birth fits the father and fits the son; they are not one for that."""
    count, doubt = groups(MARROWBY, (*MARROWBY, "1960-02-01"), (*MARROWBY, "1987-03-09"))
    assert (count, doubt) == (2, True)


def test_two_common_names_and_a_year_are_a_doubt_for_a_person() -> None:
    one, other = ("Sarah Jones", "1990", "David Smith"), ("Sara Jones", "1990", "Dave Smith")
    assert groups(one, other) == (2, True)


def test_a_date_that_half_the_list_bears_is_no_date_of_birth() -> None:
    given = ("Amina", "Beata", "Carys", "Dilys", "Edith", "Farah", "Greta", "Hanna", "Ilsa", "Mina")
    family = ("Alderoak", "Birchwood", "Cresswell", "Dashwell", "Elderby", "Fernhollow", "Hollin")
    rows = [(f"{one} {other}", "1900-01-01", "Derrin Vole") for one in given for other in family]
    started = time.process_time()
    assert groups(*rows) == (70, False)
    assert time.process_time() - started < 2


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [
        *(MARROWBY, (*MARROWBY, "1960-02-01"), (*MARROWBY, "1987-03-09"), ("Testa Marowby", *MARROWBY[1:])),
        *(("Kezia Lumley", "1999-11", "Anders Vole"), ("Kezia Lumly", "1999-11", "Anders Vole")),
        ("Sarah Jones", "1990", "David Smith"),
    ]
    found, chance = together.group(wanted(*rows)), random.Random(7)
    for _ in range(10):
        chance.shuffle(rows)
        assert together.group(wanted(*rows)) == found


def test_rows_written_in_two_ways_are_one_case_and_the_dry_run_says_so(world: World) -> None:
    again = TESTA | {"Ref": "77", "Victim name": "Testa Marowby", "Meeting date": "07/01/2026"}
    batch = lists.checked(world, TESTA, again)
    assert [row.notes for row in lists.rows_of(world, batch)] == [[], ["together:2"]]
    lists.take(world, batch)
    first, second = lists.rows_of(world, batch)
    assert first.case_id == second.case_id
    assert second.notes == []
    assert lists.verdicts(world, lists.checked(world, TESTA, again)) == ["here", "here"]


def test_a_doubt_is_said_of_both_rows_until_the_list_is_taken(world: World) -> None:
    one = TESTA | {
        "Ref": "1",
        "Victim name": "Sarah Jones",
        "Victim DOB": "1990",
        "Perpetrator name": "David Smith",
    }
    other = one | {"Ref": "2", "Victim name": "Sara Jones", "Perpetrator name": "Dave Smith"}
    batch = lists.checked(world, one, other)
    assert [row.notes for row in lists.rows_of(world, batch)] == [["perhaps:3"], ["perhaps:2"]]
    assert lists.verdicts(world, batch) == ["new", "new"]
    lists.take(world, batch)
    rows = lists.rows_of(world, batch)
    assert [row.notes for row in rows] == [[], []]
    assert rows[0].case_id != rows[1].case_id


def test_a_group_joins_the_case_on_record_that_one_of_its_spellings_matches(world: World) -> None:
    known = make.sent_referral(world).case  # Testa Marrowby and Derrin Quillfeather
    far = TESTA | {"Ref": "5", "Victim name": "Testa Marowby", "Meeting date": "07/01/2026"}
    batch = lists.checked(world, far, TESTA)
    assert {row.verdict for row in lists.rows_of(world, batch)} == {Verdict.MATCHES}
    lists.take(world, batch, joins=True)
    assert {row.case_id for row in lists.rows_of(world, batch)} == {known.id}
