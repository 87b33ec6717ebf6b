"""Dates of birth as people know them: whole, or only a month and year, or only a year."""

import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


@dataclass(frozen=True)
class Born:
    """A date of birth, as precise as it is known; 1 January is never invented."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def earliest(self) -> date:
        """Returns the first day it can have been."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Returns the last day it can have been."""
        if self.day and self.month:
            return date(self.year, self.month, self.day)
        if self.month:
            return _last_day(self.year, self.month)
        return date(self.year, 12, 31)


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def parse(text: str | None) -> Born | None:
    """Reads `1991`, `1991-03` or `1991-03-12`; returns None for nothing, raises ValueError for nonsense."""
    if not text:
        return None
    found = _SHAPE.match(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    born = Born(year or 0, month, day)
    born.earliest(), born.latest()  # raise ValueError for a month or day that does not exist
    return born


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def ages(born: Born, on: date) -> tuple[int, int]:
    """Returns the least and greatest age in whole years on a day."""
    return _years(born.latest(), on), _years(born.earliest(), on)


def age_words(text: str | None, on: date) -> str:
    """Returns the age in words for a page or paper: `34`, `33 or 34`, or `age not known`."""
    born = parse(text)
    if born is None:
        return "age not known"
    least, most = ages(born, on)
    return str(most) if least == most else f"{least} or {most}"
