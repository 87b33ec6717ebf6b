"""Which of many dates of birth cannot be a slip for one: the rules of agreement, for a million at once."""

import numpy as np
import numpy.typing as npt

from conferences.matching.agreement import LIFETIME
from conferences.matching.birth import Birth

NEAR = 2  # years
DECADE = 10  # years apart by a digit mistaken
GUESSED = 6  # years by which a guessed age may be wrong


def far(birth: Birth, dates: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Tells of each date (year, month, day; 0 if not known) whether it is too far from the birth."""
    years = dates[:, 0]
    every = np.arange(years.max(initial=0) + 1, dtype=np.int16)  # a year is judged once, however many bear it
    too_far = _another_time(birth, every)[years]
    if birth.month is not None and birth.day is not None:
        near = np.flatnonzero(~too_far)  # few are left of many, and only their days are looked at
        too_far[near] = _another_day((birth.year, birth.month, birth.day), dates[near])
    return too_far


def _another_time(birth: Birth, years: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Tells of each year whether it can be no slip for the one of the birth; 0 always can."""
    first, last = birth.years
    apart = np.where(years == 0, 0, np.maximum(np.maximum(first - years, years - last), 0))
    if birth.last_year is not None:
        return apart > GUESSED
    decade, own = years // 10, first // 10
    turned_year = (years % 10 == own % 10) & (decade % 10 == first % 10) & (decade // 10 == own // 10)
    turned: npt.NDArray[np.bool_] = turned_year & (apart < LIFETIME)
    other: npt.NDArray[np.bool_] = (apart > NEAR) & (apart != DECADE) & (decade != own) & ~turned
    return other


def _another_day(born: tuple[int, int, int], dates: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
    """Tells of each date whether its day and month can be no slip for those of the birth."""
    year, month, day = born
    years, months, days = dates[:, 0], dates[:, 1], dates[:, 2]
    same_year = (years == year) | (years == 0)
    same_month, same_day = months == month, days == day
    turned = (months == day) & (days == month)
    turn = (np.abs(months - month) == 1) & ((days == 1) | (day == 1))  # 31 March, 1 April
    slipped = np.where(same_year, same_month | same_day | turned | turn, same_month & same_day)
    other: npt.NDArray[np.bool_] = (days > 0) & ~slipped & ~((months == 1) & (days == 1))
    return other
