"""Whether two dates of birth can be one person's, and how much that says."""

from calendar import monthrange
from enum import Enum

from conferences.matching.birth import Birth

LIFETIME = 60  # years apart beyond which turned digits are two people
GENERATION = 14  # years apart that make two people parent and child, never a slip
AGE_SLACK = 2  # years by which a guessed age is commonly wrong
AGE_FAR = 6  # years by which no guessed age is wrong


class Agreement(Enum):
    """How two dates of birth agree: the words a worker reads, and the bits it is worth."""

    SAME = ("Same date of birth", 13.5)
    NEW_YEAR = ("Same date of birth, 1 January", 10.0)
    SWAPPED = ("Day and month of birth swapped", 9.0)
    YEAR_SLIP = ("Same day and month of birth, a slip in the year", 7.0)
    YEAR_DIGIT = ("Same day and month of birth, one digit of the year", 5.5)
    DAY_SLIP = ("Same year of birth, a slip in the day or month", 6.5)
    MONTH = ("Same month and year of birth", 9.0)
    YEAR = ("Same year of birth", 5.5)
    NEXT_YEAR = ("Year of birth one apart", 2.5)
    AGE = ("Age agrees with the date of birth", 4.5)
    NEAR_AGE = ("Age is near the date of birth", 3.0)
    OPEN = ("", 0.0)
    CONFLICT = ("", -10.0)
    GENERATION = ("", -40.0)

    def __init__(self, words: str, bits: float) -> None:
        self.words = words
        self.bits = bits


def compare(one: Birth | None, other: Birth | None) -> Agreement:
    """Returns how two births agree; the order does not matter."""
    if one is None or other is None:
        return Agreement.OPEN
    if one.last_year is not None or other.last_year is not None:
        return _by_age(one, other)
    if one.whole and other.whole:
        return _whole(one, other)
    apart = abs(one.year - other.year)
    if apart:
        return _years(apart)
    if one.month and other.month:
        return Agreement.MONTH if one.month == other.month else Agreement.CONFLICT
    return Agreement.YEAR


def _years(apart: int) -> Agreement:
    if apart == 1:
        return Agreement.NEXT_YEAR
    return Agreement.GENERATION if apart >= GENERATION else Agreement.CONFLICT


def _by_age(one: Birth, other: Birth) -> Agreement:
    first, last = one.years
    other_first, other_last = other.years
    apart = max(first - other_last, other_first - last, 0)
    if not apart:
        return Agreement.AGE
    if apart <= AGE_SLACK:
        return Agreement.NEAR_AGE
    if apart <= AGE_FAR:
        return Agreement.OPEN
    return Agreement.GENERATION if apart >= GENERATION else Agreement.CONFLICT


def _whole(one: Birth, other: Birth) -> Agreement:
    same_day, same_month = one.day == other.day, one.month == other.month
    new_year = (1, 1) in ((one.month, one.day), (other.month, other.day))
    if one.year == other.year:
        if same_day and same_month:
            return Agreement.NEW_YEAR if new_year else Agreement.SAME
        if new_year:
            return Agreement.YEAR  # 1 January is what is written when nobody knows
        if one.day == other.month and one.month == other.day:
            return Agreement.SWAPPED
        if (same_month and _one_slip(one.day, other.day)) or (same_day and _one_slip(one.month, other.month)):
            return Agreement.DAY_SLIP
        if _next_day(one, other):
            return Agreement.DAY_SLIP
        return Agreement.CONFLICT
    if same_day and same_month and slipped_year(one.year, other.year):
        return Agreement.NEXT_YEAR if new_year else Agreement.YEAR_SLIP
    if same_day and same_month and not new_year and one_digit(one.year, other.year):
        return Agreement.YEAR_DIGIT
    apart = abs(one.year - other.year)
    return Agreement.GENERATION if apart >= GENERATION else Agreement.CONFLICT


def slipped_year(one: int, other: int) -> bool:
    """Tells whether a year is a slip for another: near it, ten away, or its last digits turned round."""
    apart = abs(one - other)
    turned = one // 100 == other // 100 and one % 10 == other // 10 % 10 and other % 10 == one // 10 % 10
    return apart in (1, 2, 10) or (turned and apart < LIFETIME)


def one_digit(one: int, other: int) -> bool:
    """Tells whether two years differ in their last digit alone."""
    return one // 10 == other // 10


def _next_day(one: Birth, other: Birth) -> bool:
    """Tells whether two dates of one year follow each other: 9 and 10 March, 31 March and 1 April."""
    if one.month == other.month:
        return abs((one.day or 0) - (other.day or 0)) == 1
    first, second = sorted(((one.month or 0, one.day or 0), (other.month or 0, other.day or 0)))
    return second == (first[0] + 1, 1) and first[1] == monthrange(one.year, first[0])[1]


def _one_slip(one: int | None, other: int | None) -> bool:
    first, second = f"{one or 0:02d}", f"{other or 0:02d}"
    return sum(a != b for a, b in zip(first, second, strict=True)) == 1 or first == second[::-1]
