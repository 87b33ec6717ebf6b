"""Working days, nation by nation: every deadline is counted here."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from conferences.models.areas import Nation

LONDON = ZoneInfo("Europe/London")
_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@lru_cache(maxsize=4)
def _bank_holidays(nation: Nation) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation])


def is_working_day(day: date, nation: Nation, closures: Iterable[date] = ()) -> bool:
    """Returns whether offices are open: not a weekend, a bank holiday of the nation, or a local closure."""
    return day.weekday() < 5 and day not in _bank_holidays(nation) and day not in set(closures)


def working_days_from(day: date, count: int, nation: Nation, closures: Iterable[date] = ()) -> date:
    """Returns the day `count` working days after `day` (before it, when negative); 0 is the day itself."""
    closed, step, left = set(closures), (1 if count > 0 else -1), abs(count)
    while left:
        day += timedelta(days=step)
        if is_working_day(day, nation, closed):
            left -= 1
    return day


def working_days_between(start: date, end: date, nation: Nation, closures: Iterable[date] = ()) -> int:
    """Returns how many working days lie after `start`, up to `end` and counting it; negative going back."""
    if end < start:
        return -working_days_between(end, start, nation, closures)
    closed, day, count = set(closures), start, 0
    while day < end:
        day += timedelta(days=1)
        count += is_working_day(day, nation, closed)
    return count


def local_day(moment: datetime) -> date:
    """Returns the day it is in the United Kingdom at that moment."""
    return moment.astimezone(LONDON).date()


def end_of_working_day(day: date) -> datetime:
    """Returns 5pm in the United Kingdom on that day."""
    return datetime.combine(day, time(17), tzinfo=LONDON)
