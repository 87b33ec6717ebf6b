"""Clocks count working days; days on which somebody else has the word are not counted."""

from datetime import UTC, datetime

import pytest

from conferences.clocks import Event, State, Tick, read
from conferences.models import Nation

E = Nation.ENGLAND


def at(text: str) -> datetime:
    """A moment in UTC: `12-24 09:30` is in 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


# Sent on Monday 23 November at 2pm, two working days allowed.
CASES = [
    ("11-23 14:00", [], State.RUNNING, 0, "2026-11-25"),
    ("11-25 16:59", [], State.RUNNING, 2, "2026-11-25"),
    ("11-25 17:01", [], State.OVERDUE, 2, "2026-11-25"),
    # Asked on Tuesday, answered on Thursday: Wednesday and Thursday do not count.
    ("11-24 12:00", [("pause", "11-24 10:00")], State.PAUSED, 1, "2026-11-25"),
    ("11-26 12:00", [("pause", "11-24 10:00")], State.PAUSED, 1, "2026-11-27"),
    ("11-26 13:00", [("pause", "11-24 10:00"), ("resume", "11-26 12:30")], State.RUNNING, 1, "2026-11-27"),
    # Asked and answered on one day loses nothing.
    ("11-24 12:00", [("pause", "11-24 10:00"), ("resume", "11-24 11:00")], State.RUNNING, 1, "2026-11-25"),
    # A weekend in the pause is no working day.
    ("11-30 12:00", [("pause", "11-27 10:00"), ("resume", "11-30 11:00")], State.OVERDUE, 4, "2026-11-26"),
    ("11-27 12:00", [("stop", "11-24 15:00")], State.STOPPED, 1, "2026-11-25"),
    # Declined, then appealed: the clock starts again.
    ("11-27 12:00", [("stop", "11-24 15:00"), ("start", "11-26 10:00")], State.RUNNING, 1, "2026-11-30"),
]


@pytest.mark.parametrize(("now", "ticks", "state", "spent", "due"), CASES)
def test_a_clock_reads_as_counted_by_hand(
    now: str, ticks: list[tuple[str, str]], state: State, spent: int, due: str
) -> None:
    events = [Event(Tick.START, at("11-23 14:00")), *(Event(Tick(tick), at(when)) for tick, when in ticks)]
    clock = read(events, allowed=2, nation=E, now=at(now))
    assert clock is not None
    assert (clock.state, clock.spent, clock.due.isoformat()[:16]) == (state, spent, f"{due}T17:00")


def test_bank_holidays_are_the_nations_own() -> None:
    """St Andrew's Day, 30 November, is a holiday in Scotland and not in England."""
    start = [Event(Tick.START, at("11-27 10:00"))]
    found = {
        nation: read(start, allowed=1, nation=nation, now=at("11-27 12:00"))
        for nation in (Nation.ENGLAND, Nation.SCOTLAND)
    }
    assert {nation: clock.due.day for nation, clock in found.items() if clock} == {
        Nation.ENGLAND: 30,
        Nation.SCOTLAND: 1,
    }


def test_a_pause_says_why_and_a_clock_that_has_not_started_is_none() -> None:
    events = [Event(Tick.START, at("11-23 14:00")), Event(Tick.PAUSE, at("11-23 15:00"), "referrer_asked")]
    clock = read(events, allowed=1, nation=E, now=at("11-23 16:00"))
    assert clock is not None
    assert (clock.because, clock.share) == ("referrer_asked", 0.0)
    assert read(events, allowed=1, nation=E, now=at("11-23 13:00")) is None


def test_no_time_allowed_is_all_spent() -> None:
    clock = read([Event(Tick.START, at("11-23 14:00"))], allowed=0, nation=E, now=at("11-23 15:00"))
    assert clock is not None
    assert (clock.state, clock.share) == (State.RUNNING, 1.0)
