"""Moves the story's days so that its next meeting is tomorrow, whatever day it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from conferences.calendars import LONDON, local_day

MEETING_ON = date(2026, 12, 2)
MIDSUMMER = (7, 1)


@dataclass(frozen=True)
class Shift:
    """By how many days the story is moved."""

    by: timedelta

    @classmethod
    def none(cls) -> "Shift":
        """Leaves every day where the story has it."""
        return cls(timedelta(0))

    def day(self, on: date) -> date:
        """Returns the day that stands for a day of the story."""
        return on + self.by

    def moment(self, at: datetime) -> datetime:
        """Returns the moment, in UTC, that stands for a time of day in the story's United Kingdom."""
        return datetime.combine(self.day(at.date()), at.time(), tzinfo=LONDON).astimezone(UTC)

    def birth(self, text: str | None) -> str | None:
        """Returns a date of birth that gives the same age, as precise as it was."""
        if text is None:
            return None
        whole = text.count("-") == 2
        month, day = MIDSUMMER
        born = date.fromisoformat(text) if whole else date(int(text[:4]), month, day)
        return self.day(born).isoformat()[: len(text)]


def until_tomorrow(now: datetime) -> Shift:
    """Returns the shift that puts the story's next meeting on the day after this one."""
    return Shift(local_day(now) + timedelta(days=1) - MEETING_ON)


def moved(told: Any, shift: Shift) -> Any:
    """Returns what a file tells with every day and moment in it moved."""
    if isinstance(told, dict):
        return {key: moved(value, shift) for key, value in told.items()}
    if isinstance(told, list):
        return [moved(value, shift) for value in told]
    if isinstance(told, datetime):
        return shift.moment(told)
    return shift.day(told) if isinstance(told, date) else told
