"""A way to reach somebody, and how safe it is: what is unknown is never safe.

Pure: what is kept is packed here and read here, and nothing is opened or asked.
"""

import re
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from conferences.calendars import LONDON
from conferences.errors import Refused

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_POINTS = 12
# What each may be safe for beside being used at all.
USES = ("message", "text", "withheld")
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
C = TypeVar("C", bound="Care")


class Way(StrEnum):
    """What kind of way it is."""

    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"


class Safe(StrEnum):
    """Whether using it puts nobody in danger."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Care:
    """How safe one way is, when, who else is there, and the code word.

    `days`, `after` and `before` are hours a program can keep (24-hour, local); `times` says them in words.
    """

    safety: Safe = Safe.UNKNOWN
    times: str | None = None
    days: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    who_else: str | None = None
    code_word: str | None = None

    def allows(self, at: datetime) -> bool:
        """Returns whether a moment is within the hours that were given; without hours every moment is."""
        here = at.astimezone(LONDON)
        if self.days and DAYS[here.weekday()] not in self.days:
            return False
        clock = f"{here:%H:%M}"
        return self.after is None or self.before is None or self.after <= clock < self.before


NOT_SAID = Care()


@dataclass(frozen=True, kw_only=True)
class Point(Care):
    """A telephone, a mail address or a postal address beside the one where the person is.

    `message` says whether something may be left there for others to hear or read; of a telephone, `text`
    whether they may be sent a text, and `withheld` whether they may be rung without a number showing.
    Without a `value` it speaks of every such way: no telephone is safe.
    """

    way: Way = Way.PHONE
    value: str | None = None
    message: Safe = Safe.UNKNOWN
    text: Safe = Safe.UNKNOWN
    withheld: Safe = Safe.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Address(Care):
    """Where a person is."""

    words: str = ""


@dataclass(frozen=True)
class Contact:
    """How a person may be reached: the rule every agency reads first, and each way.

    `numbers` says which way on the form each one was, where blank and removed ones were left out.
    """

    rule: str | None = None
    points: tuple[Point, ...] = ()
    numbers: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def numbered(self) -> list[tuple[int, Point]]:
        """Returns each way with its number on the form, from 0."""
        return list(zip(self.numbers or range(len(self.points)), self.points, strict=True))


def packed(care: Care) -> dict[str, Any]:
    """Returns what was said, as JSON, without what was not."""
    found = {one.name: getattr(care, one.name) for one in fields(care)}
    return {name: list(value) if name == "days" else value for name, value in found.items() if value}


def unpacked(kind: type[C], kept: dict[str, Any] | None, **beside: Any) -> C:
    """Returns what was packed."""
    known = dict(kept or {}) | beside
    if "days" in known:
        known["days"] = tuple(known["days"])
    enums: dict[str, type[StrEnum]] = dict.fromkeys(("safety", *USES), Safe) | {"way": Way}
    read: dict[str, Any] = {
        name: enums[name](value) if name in enums else value for name, value in known.items()
    }
    return kind(**read)


def check(care: Care) -> None:
    """Raises Refused for hours that are none, and for a point that says nothing."""
    if any(day not in DAYS for day in care.days):
        raise Refused("Choose days of the week.", field="days")
    if any(one is not None and not _TIME.match(one) for one in (care.after, care.before)):
        raise Refused("Write times like 9:30am or 14:00.", field="after")
    if (care.after is None) != (care.before is None) or (care.after and care.after >= (care.before or "")):
        raise Refused("Say from when it is safe, and until when later that day.", field="after")
    if isinstance(care, Point) and care == Point(way=care.way):
        raise Refused("Give the number or address, or say that it is not safe.", field="points")
