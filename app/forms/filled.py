"""A form as it came back: the model it fills, or the sentences that say what to put right."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.forms.shapes import PARTS
from app.templating import render

M = TypeVar("M", bound=BaseModel)
_ENDED = re.compile(r"[.?!] ")


@dataclass(frozen=True)
class FormError:
    """One thing to put right: the field, the sentence, and the id of the control to go to."""

    field: str
    message: str
    anchor: str

    def __post_init__(self) -> None:
        """Take the full stop from a sentence that stands alone, as beside every field."""
        words = self.message
        if words.endswith(".") and not _ENDED.search(words):
            object.__setattr__(self, "message", words[:-1])


@dataclass(frozen=True)
class Filled(Generic[M]):
    """A form with what was typed in it; `model` is there only when nothing is wrong."""

    model: M | None = None
    errors: tuple[FormError, ...] = ()
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def showing(cls, **values: object) -> Self:
        """Make a form that shows values already known: text, days, choices, lists, repeated groups."""
        return cls(typed=dict(_spread(values.items(), "")))

    def value(self, name: str) -> str:
        """Give what one field shows; empty when nothing is there."""
        return next(iter(self.typed.get(name, ())), "")

    def values(self, name: str) -> tuple[str, ...]:
        """Give everything a field of several ticks shows."""
        return tuple(self.typed.get(name, ()))

    def error(self, name: str) -> str:
        """Give the sentence beside a field; empty when nothing is wrong with it."""
        return next((e.message for e in self.errors if e.field == name), "")

    def wrong_part(self, name: str, part: str) -> bool:
        """Say whether this box of a date should be marked: the one at fault, or all of them."""
        anchors = [e.anchor for e in self.errors if e.field == name]
        return any(a == f"{name}-{part}" for a in anchors)

    def count(self, name: str) -> int:
        """Count the groups typed in for a repeated group, by the highest number seen."""
        numbers = [k[len(name) + 1 :].split("-")[0] for k in self.typed if k.startswith(f"{name}-")]
        return max((int(n) + 1 for n in numbers if n.isdecimal()), default=0)

    def with_error(self, name: str, message: str, anchor: str | None = None) -> "Filled[M]":
        """Add a sentence found by the rules behind the form, such as a date before the meeting."""
        added = FormError(name, message, anchor or name or "main")
        return dataclasses.replace(self, model=None, errors=(*self.errors, added))


def redraw(request: Request, template: str, filled: Filled[Any], **context: Any) -> HTMLResponse:
    """Answer 422 with the same page: the summary first, a sentence at each field, what was typed kept."""
    return render(request, template, status_code=422, form=filled, errors=filled.errors, **context)


def _spread(values: Iterable[tuple[str, object]], prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in values:
        yield from _shown(f"{prefix}{name}", value)


def _shown(name: str, value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    if value is None or value == "":
        return
    if isinstance(value, BaseModel) and not hasattr(value, "year"):
        yield from _spread(value, f"{name}-")
    elif all(hasattr(value, part) for part in PARTS):
        yield from _shown_parts(name, value)
    elif isinstance(value, list | tuple | set | frozenset) and any(isinstance(v, BaseModel) for v in value):
        for i, group in enumerate(value):
            yield from _shown(f"{name}-{i}", group)
    elif isinstance(value, list | tuple | set | frozenset):
        yield name, tuple(_word(v) for v in value)
    else:
        yield name, (_word(value),)


def _shown_parts(name: str, value: date | Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in PARTS:
        if getattr(value, part) is not None:
            yield f"{name}-{part}", (str(getattr(value, part)),)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Enum) else str(value)
