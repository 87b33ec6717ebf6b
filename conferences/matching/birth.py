"""When someone was born, as far as it is known: a day, a month, a year, or the years an age leaves open."""

from dataclasses import dataclass
from datetime import date

from conferences import births


@dataclass(frozen=True)
class Birth:
    """A year, month and day as far as they are known; or the years an age leaves open."""

    year: int
    month: int | None = None
    day: int | None = None
    last_year: int | None = None  # set when an age was given instead of a date

    @property
    def whole(self) -> bool:
        """Tells whether day, month and year are known."""
        return self.day is not None

    @property
    def years(self) -> tuple[int, int]:
        """The first and last year it can have been."""
        return self.year, self.last_year or self.year


def read_birth(born: str | None, age: int | None, on: date | None) -> Birth | None:
    """Reads a date of birth, or an age on a day; what is neither counts as not known."""
    try:
        read = births.parse(born)
    except ValueError:
        read = None
    if read is not None:
        return Birth(read.year, read.month, read.day)
    if age is None or on is None or not 0 <= age <= 130:
        return None
    return Birth(on.year - age - 1, last_year=on.year - age)
