"""Clocks in working days: running, standing still with the reason, due, overdue; from dated events alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from conferences.calendars import end_of_working_day, local_day, working_days_between, working_days_from
from conferences.models.areas import Nation


class Tick(StrEnum):
    """What happens to a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


class State(StrEnum):
    """Where a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Event:
    """Something dated that starts, pauses, resumes or stops a clock; a pause says why."""

    tick: Tick
    at: datetime
    because: str = ""


@dataclass(frozen=True)
class Clock:
    """One clock at one moment; `spent` and `allowed` are in working days.

    `due` is 5pm of the last day; while the clock stands still it is when it would be due if it went on now.
    """

    state: State
    started_at: datetime
    due: datetime
    spent: int
    allowed: int
    because: str = ""

    @property
    def share(self) -> float:
        """How much of the time is spent, from 0 to 1."""
        return 1.0 if self.spent >= self.allowed else self.spent / self.allowed


def read(
    events: Iterable[Event], *, allowed: int, nation: Nation, now: datetime, closures: Sequence[date] = ()
) -> Clock | None:
    """Reads a clock from its events in order; None before it has started.

    A day on which it stands still at 5pm is not counted; one that resumes the same day loses none.
    """
    started: datetime | None = None
    paused: Event | None = None
    stopped: datetime | None = None
    lost = 0

    def days(since: datetime, until: datetime) -> int:
        return max(0, working_days_between(local_day(since), local_day(until), nation, closures))

    for event in events:
        if event.at > now:
            break
        if event.tick is Tick.START:
            started, paused, stopped, lost = event.at, None, None, 0
        elif event.tick is Tick.PAUSE and paused is None:
            paused = event
        elif event.tick is Tick.RESUME and paused is not None:
            lost, paused = lost + days(paused.at, event.at), None
        elif event.tick is Tick.STOP:
            stopped = event.at
    if started is None:
        return None
    until = stopped or now
    standing = days(paused.at, until) if paused else 0
    due = end_of_working_day(
        working_days_from(local_day(started), allowed + lost + standing, nation, closures)
    )
    spent = max(0, days(started, until) - lost - standing)
    because = paused.because if paused else ""
    return Clock(_state(stopped, paused, due, now), started, due, spent, allowed, because)


def _state(stopped: datetime | None, paused: Event | None, due: datetime, now: datetime) -> State:
    if stopped is not None:
        return State.STOPPED
    if paused is not None:
        return State.PAUSED
    return State.OVERDUE if now > due else State.RUNNING
