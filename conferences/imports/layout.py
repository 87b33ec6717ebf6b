"""How lists are laid out by hand: headings in two rows, and the day of a meeting above its cases."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from conferences.imports.cells import NotADay, parse_day, same
from conferences.imports.fields import LEFT_OUT
from conferences.imports.mapping import LOOKED_THROUGH, guess, heading_row, meaning_of

SHEET_DAY: Final = "Meeting date of the sheet"
Row = tuple[str, ...]
_DAY_IN_WORDS = re.compile(
    r"(?<![\d./-])(?:\d{4}-\d{1,2}-\d{1,2}|"
    r"\d{1,2}(?:st|nd|rd|th)?[ ./-](?:of )?(?:\d{1,2}|[a-z]{3,9})[ ./,-]+(?:\d{4}|\d{2}))(?![\d./-])"
)
_OF_A_MEETING: Final = {"meeting", "marac", "conference", "held", "heard"}
_OF_A_PRINT: Final = {"printed", "exported", "updated", "created", "generated", "run", "export", "as", "last"}
_BESIDE_A_DAY: Final = _OF_A_MEETING | {
    *("date", "day", "of", "on", "the", "at", "cases", "agenda", "list", "no"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "mon", "tue", "tues", "wed", "thu", "fri"),
}  # fmt: skip


def headings_in(rows: Sequence[Row]) -> tuple[int, Row, tuple[str, ...]]:
    """Returns the place of the last heading row, the headings, and notes on how they were found.

    “Victim” over “Name” and “DOB” is read as the victim's name and the victim's date of birth.
    """
    if not rows:
        return 0, (), ()
    at = heading_row(rows)
    best: tuple[int, Row, tuple[str, ...]] = (at, rows[at], ())
    named = _named(rows[at])
    for lower in range(1, min(len(rows), LOOKED_THROUGH)):
        both = _in_two_rows(rows[lower - 1], rows[lower])
        if both is not None and _named(both) > named:
            best, named = (lower, both, ("two_headings",)), _named(both)
    return best if named else (at, rows[at], ("no_headings",) if any(rows[at]) else ())


def _named(headings: Row) -> int:
    return sum(one != LEFT_OUT for one in guess(headings))


def _in_two_rows(upper: Row, lower: Row) -> Row | None:
    """The headings two rows make together; None where the lower one holds no headings of its own."""
    if (
        sum(map(bool, upper)) < 2
        or _named(lower) < 2
        or any(letter.isdigit() for one in lower for letter in one)
    ):
        return None
    found, group = [], ""
    for place in range(max(len(upper), len(lower))):
        above, below = (row[place] if place < len(row) else "" for row in (upper, lower))
        group = above or group
        offered = (f"{group} {below}", f"{below} {group}", below, above)
        plain = f"{group} {below}" if below else above
        found.append(next((one.strip() for one in offered if meaning_of(one) != LEFT_OUT), plain))
    return tuple(found)


def with_days(
    name: str, rows: Sequence[Row], at: int, headings: Row
) -> tuple[Row, list[tuple[int, Row]], bool]:
    """Returns headings and numbered rows below them, and whether the meeting's day was put beside each.

    Where no column says when a case was heard, the sheet's name, a title, or a line between the cases may.
    """
    below = list(enumerate(rows[at + 1 :], at + 2))
    below = [(number, row) for number, row in below if any(row) and row != rows[at]]
    if "heard_on" in guess(headings):
        return headings, below, False
    day = _from_above(name, rows[:at])
    width = max((len(row) for row in [headings, *(row for _, row in below)]), default=0)
    beside = list(_each_with_its_day(below, day, width))
    if not any(row[width] for _, row in beside):
        return headings, below, False
    return (*headings, *("",) * (width - len(headings)), SHEET_DAY), beside, True


def _each_with_its_day(below: list[tuple[int, Row]], day: str, width: int) -> Iterator[tuple[int, Row]]:
    for number, row in below:
        alone = [cell for cell in row if cell]
        found = _only_day(alone[0]) if len(alone) == 1 else None
        if found and set(_words_beside(alone[0])) <= _BESIDE_A_DAY:
            day = found
            continue
        yield number, (*row, *("",) * (width - len(row)), day)


def _from_above(name: str, rows: Sequence[Row]) -> str:
    """The one day a title or the sheet's name tells; nothing when there are several, or it is a print's."""
    titles = [" ".join(cell for cell in row if cell) for row in rows]
    said = [_only_day(one) for one in titles if _OF_A_MEETING & set(same(one).split())
            and not _OF_A_PRINT & set(same(one).split())]  # fmt: skip
    found = {day for day in [*said, _only_day(name)] if day}
    return found.pop() if len(found) == 1 else ""


def _only_day(words: str) -> str | None:
    found = set()
    for written in _DAY_IN_WORDS.findall(words.lower()):
        try:
            found.add(parse_day(written).isoformat())
        except NotADay:
            continue
    return found.pop() if len(found) == 1 else None


def _words_beside(words: str) -> list[str]:
    return same(_DAY_IN_WORDS.sub(" ", words.lower())).split()
