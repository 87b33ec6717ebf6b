"""Why the questions of pages written by hand are asked, and how to ask them safely."""

import tomllib
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, model_validator

from conferences.fields.definition import Form, Key, Shape, Words

FILE = Path(__file__).resolve().parent / "coaching.toml"


class Coaching(Shape):
    """What one question says of itself: in its own words, or in those of a field of the form."""

    field: Key | None = None
    label: Words | None = None
    why: Words | None = None
    ask: str = ""

    @model_validator(mode="after")
    def _in_one_place(self) -> Self:
        own = self.label is not None and self.why is not None
        if own == (self.field is not None) or (self.field is not None and (self.why or self.ask)):
            raise ValueError("a question has its own label and why, or names a field that has them")
        return self


Pages = dict[str, dict[str, Coaching]]


def read_coaching(form: Form, file: Path = FILE) -> Pages:
    """Returns the coaching by page and question; raises ValueError or KeyError for a bad file."""
    raw = TypeAdapter(Pages).validate_python(tomllib.loads(file.read_text()))
    return {page: {name: _said(form, one) for name, one in asked.items()} for page, asked in raw.items()}


def _said(form: Form, one: Coaching) -> Coaching:
    if one.field is None:
        return one
    known = form.fields[one.field]
    return Coaching(label=known.label, why=known.why, ask=known.ask)
