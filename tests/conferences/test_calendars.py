"""Deadlines in working days, checked against the process specification's own vectors."""

from datetime import date

import pytest

from conferences.calendars import is_working_day, working_days_between, working_days_from
from conferences.models import Nation

ENGLAND, SCOTLAND = Nation.ENGLAND, Nation.SCOTLAND


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("2026-12-02", "2026-11-18 2026-11-23 2026-11-25 2026-11-30 2026-12-07"),
        ("2027-01-06", "2026-12-18 2026-12-23 2026-12-29 2027-01-04 2027-01-11"),
        ("2027-03-31", "2027-03-15 2027-03-18 2027-03-22 2027-03-25 2027-04-05"),
    ],
)
def test_deadlines_of_a_meeting_in_england(meeting: str, expected: str) -> None:
    day = date.fromisoformat(meeting)
    counted = [working_days_from(day, n, ENGLAND).isoformat() for n in (-10, -7, -5, -2, 3)]
    assert counted == expected.split()


@pytest.mark.parametrize(
    ("meeting", "expected"), [(date(2027, 1, 6), date(2026, 12, 22)), (date(2026, 12, 2), date(2026, 11, 20))]
)
def test_scotland_counts_its_own_holidays(meeting: date, expected: date) -> None:
    assert working_days_from(meeting, -7, SCOTLAND) == expected


def test_a_weekend_a_holiday_and_a_local_closure_are_not_working_days() -> None:
    assert not is_working_day(date(2026, 11, 21), ENGLAND)
    assert not is_working_day(date(2026, 12, 28), ENGLAND)
    assert is_working_day(date(2026, 11, 30), ENGLAND)
    assert not is_working_day(date(2026, 11, 30), SCOTLAND)
    assert not is_working_day(date(2026, 12, 1), ENGLAND, closures=[date(2026, 12, 1)])


def test_nothing_from_a_day_is_the_day_itself() -> None:
    assert working_days_from(date(2026, 11, 21), 0, ENGLAND) == date(2026, 11, 21)


def test_working_days_between_counts_the_end_and_goes_backwards() -> None:
    assert working_days_between(date(2026, 11, 18), date(2026, 11, 27), ENGLAND) == 7
    assert working_days_between(date(2026, 11, 27), date(2026, 11, 18), ENGLAND) == -7
    assert working_days_between(date(2026, 11, 18), date(2026, 11, 18), ENGLAND) == 0
