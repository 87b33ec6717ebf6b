"""Which of many dates of birth cannot be a slip for one: the rules of agreement, for a million at once."""

import numpy as np
import numpy.typing as npt

from conferences.matching.agreement import LIFETIME
from conferences.matching.birth import Birth

NEAR = 2  # years
DECADE = 10  # years apart by a digit mistaken
GUESSED = 6  # years by which a guessed age may be wrong


def far(birth: Birth, dates: npt.NDArray[np.int16]) -> npt.NDArray[np.float64]:
    """Returns 1 for each date (year, month, day; 0 if not known) that is too far from the birth, else 0."""
    years, months, days = dates[:, 0], dates[:, 1], dates[:, 2]
    first, last = birth.years
    apart = np.where(years == 0, 0, np.maximum(np.maximum(first - years, years - last), 0))
    if birth.last_year is not None:
        return np.where(apart > GUESSED, 1.0, 0.0)
    decade, own = years // 10, first // 10
    turned_year = (years % 10 == own % 10) & (decade % 10 == first % 10) & (decade // 10 == own // 10)
    too_far = (apart > NEAR) & (apart != DECADE) & (decade != own) & ~(turned_year & (apart < LIFETIME))
    if birth.month is not None and birth.day is not None:
        same_month, same_day = months == birth.month, days == birth.day
        turned = (months == birth.day) & (days == birth.month)
        turn = (np.abs(months - birth.month) == 1) & ((days == 1) | (birth.day == 1))  # 31 March, 1 April
        slipped = np.where(apart == 0, same_month | same_day | turned | turn, same_month & same_day)
        too_far |= (days > 0) & ~slipped & ~((months == 1) & (days == 1))
    return np.where(too_far, 1.0, 0.0)
