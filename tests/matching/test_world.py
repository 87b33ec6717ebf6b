"""The judge is fair and awake: enough names, questions a clerk could answer, and poor matchers that fail."""

import random
import sys
from datetime import date

import pytest

from tests.matching.judge import Share, examine, gap_at_least
from tests.matching.tables import tables
from tests.matching.world import Built, Query, build, slips
from tests.matching.world.stock import SHARES, plain, stock


@pytest.fixture(scope="module")
def small() -> Built:
    """A small world, another one in every run."""
    seed = random.SystemRandom().randrange(10**9)
    sys.stdout.write(f"seed {seed}\n")
    return build(4_000, 1_200, seed)


@pytest.mark.parametrize("group", SHARES)
def test_each_tradition_has_enough_names(group: str) -> None:
    names = stock(group)
    assert len(set(names.women.names)) + len(set(names.men.names)) >= 150
    assert min(len(set(names.women.names)), len(set(names.men.names))) >= 75
    assert len(set(names.surnames.names)) >= 150
    assert len(names.spellings) >= 80
    assert len(names.surname_spellings) >= 60


@pytest.mark.parametrize(
    ("group", "one", "other"),
    [
        ("gaelic", "O'Sullivan", "Ó Súilleabháin"),
        ("welsh", "Llewellyn", "Llywelyn"),
        ("polish", "Wiśniewski", "Wisniewski"),
        ("chinese", "Zhang", "Cheung"),
        ("arabic", "Al-Masri", "El-Masry"),
    ],
)
def test_spellings_of_one_surname_are_known(group: str, one: str, other: str) -> None:
    assert other in stock(group).surname_spellings[one]


def test_names_that_may_be_one_are_never_made_two_people() -> None:
    assert stock("english").may_be_one("Elizabeth", "Betty")
    assert stock("south_asian_muslim").may_be_one("Mohammed", "Muhammad")
    assert stock("english").may_be_one("Jon", "Jonathan")
    assert stock("polish").may_be_one("Gosia", "Małgorzata")
    assert not stock("english").may_be_one("Sarah", "Emma")
    assert not stock("chinese").may_be_one("Wei", "Min")


def test_the_same_seed_builds_the_same_world() -> None:
    one, other = build(1_500, 300, 7), build(1_500, 300, 7)
    assert one.records == other.records
    assert one.questions == other.questions
    assert build(1_500, 300, 8).records != one.records


def test_every_question_points_to_records_that_exist(small: Built) -> None:
    known = {record.id for record in small.records}
    assert len(known) == len(small.records) == 4_000
    for question in small.questions:
        assert question.expected is None or question.expected in known
        assert set(question.forbidden) <= known - {question.expected}


def test_every_question_can_be_answered_from_the_record(small: Built) -> None:
    """A day of birth that agrees or nearly does, or else a telephone or home that does."""
    records = {record.id: record for record in small.records}
    for question in small.questions:
        if question.expected is None:
            continue
        query, record = question.query, records[question.expected]
        dated = query.dob is not None and record.dob is not None and len(query.dob) == len(record.dob) == 10
        number = record.phone is not None and (query.phone or "").replace(" ", "")[-9:] == record.phone[-9:]
        assert dated or number or (query.postcode is not None and query.postcode == record.postcode)


def test_a_date_that_clashes_cannot_be_a_slip() -> None:
    day = date(1987, 4, 9)
    assert not slips.clearly_apart(day, date(1987, 9, 4))
    assert not slips.clearly_apart(day, date(1978, 4, 9))
    assert not slips.clearly_apart(day, date(1986, 4, 10))
    assert not slips.clearly_apart(day, date(1987, 4, 19))
    assert slips.clearly_apart(day, date(1961, 4, 12))
    assert slips.clearly_apart(day, date(1992, 11, 30))


def test_one_slip_changes_a_name_and_leaves_it_near() -> None:
    chance = random.Random(3)
    for name in ("Margaret Holland", "Ó Súilleabháin", "Wei Li", "Małgorzata Wiśniewska"):
        for _ in range(200):
            typed = slips.misspell_name(chance, name, 1)
            assert plain(typed) != plain(name)
            assert slips.letters_apart(typed, name) <= 3


def test_a_matcher_that_wants_equal_names_misses_most(small: Built) -> None:
    by_name: dict[str, list[str]] = {}
    for record in small.records:
        by_name.setdefault(record.name.casefold(), []).append(record.id)

    def find(query: Query) -> list[str]:
        return by_name.get(query.name.casefold(), [])[:5]

    made = examine(small.questions, find)
    assert 0.2 < made.recall.value < 0.7
    assert made.kinds["one typo"].value < 0.1
    assert made.breaches["homonym"].value > 0.3
    assert made.breaches["father and son"].value > 0.6
    assert "| Recall |" in "\n".join(tables(made))


def test_a_matcher_that_trusts_the_day_of_birth_offers_twins(small: Built) -> None:
    by_day: dict[str | None, list[str]] = {}
    for record in small.records:
        by_day.setdefault(record.dob, []).append(record.id)

    def find(query: Query) -> list[str]:
        return by_day.get(query.dob, [])[:5] if query.dob else []

    made = examine(small.questions, find)
    assert made.breaches["twin"].value > 0.9
    assert made.breaches["one surname and birthday"].value > 0.9
    assert made.breaches["homonym"].value == 0


def test_intervals_are_wilsons() -> None:
    low, high = Share(98, 100).interval
    assert (round(low, 4), round(high, 4)) == (0.9300, 0.9945)
    assert Share(0, 0).interval == (0.0, 1.0)
    assert gap_at_least(Share(100, 100), Share(95, 100)) < 0.03
    assert gap_at_least(Share(1000, 1000), Share(900, 1000)) > 0.03
