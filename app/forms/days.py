"""Dates typed in three boxes: day, month (a number or a name) and year."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel.dates import get_month_names

from app.forms.shapes import PARTS
from app.templating import language


class NotADay(Exception):
    """Says what is wrong with a date (`kind`) and in which box (`part`)."""

    def __init__(self, kind: str, part: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.part = part


LONGEST: Final = {"day": 2, "month": 2, "year": 4}


def read_parts(typed: Mapping[str, str]) -> dict[str, int]:
    """Turn the boxes that were filled in into numbers; raises NotADay for one that is not a number."""
    return {part: _number(part, typed[part]) for part in PARTS if typed.get(part)}


def read_day(typed: Mapping[str, str]) -> date | None:
    """Turn three boxes into a day, None when all are blank; raises NotADay."""
    parts = read_parts(typed)
    if not parts:
        return None
    for part in PARTS:
        if part not in parts:
            raise NotADay(f"{part}_missing", part)
    try:
        return date(parts["year"], parts["month"], parts["day"])
    except ValueError:
        raise NotADay("not_a_day", "day") from None


def _number(part: str, text: str) -> int:
    if part == "month" and text.casefold().rstrip(".") in month_names():
        return month_names()[text.casefold().rstrip(".")]
    if not text.isdecimal() or len(text) > LONGEST[part]:
        raise NotADay("not_a_day", part)
    if part == "year" and len(text) != LONGEST[part]:
        raise NotADay("year_short", part)
    return int(text)


def month_names() -> dict[str, int]:
    """Give the names of the months, long and short, in English and in the reader's language."""
    return {
        name.casefold().rstrip("."): number
        for tongue in ("en", language.get())
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=tongue).items()
    }
