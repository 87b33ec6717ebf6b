"""Worked examples of an edition, filled in and judged by hand; the engine never makes them."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, StrictBool, ValidationError

from risk.errors import BadDefinition, Fault
from risk.instrument import Edition
from risk.loading import read_toml
from risk.schema import Code, Frozen, ItemId, Slug, Whole, Words

HERE = Path(__file__).parent / "examples"


class Example(Frozen):
    """One made-up form, what it comes to and why, as somebody worked it out from the published rules."""

    form: Words
    because: Words
    profile: Slug | None = None
    yes: tuple[ItemId, ...] = ()
    rest: Code = "no"
    answers: dict[str, Any] = Field(default_factory=dict)
    context: dict[str, Any] = Field(default_factory=dict)
    least: Whole | None = None
    most: Whole | None = None
    level: Code | None = None
    refers: StrictBool

    def answers_on(self, edition: Edition) -> dict[str, Any]:
        """The whole form: the items that are yes, the rest alike, and what was answered otherwise."""
        if edition.level_rule == "chosen":
            return self.answers
        alike = {item.id: "yes" if item.id in self.yes else self.rest for item in edition.items}
        return {**alike, **self.answers}


def examples_of(edition: Edition) -> tuple[Example, ...]:
    """The worked examples shipped beside an edition, in the order they are shown."""
    return read_examples(HERE / f"{edition.slug}-{edition.version}.toml")


@cache
def read_examples(file: Path) -> tuple[Example, ...]:
    """The worked examples in a file; BadDefinition names what is no example."""
    _, raw = read_toml(file)
    try:
        return _Examples.model_validate({key: raw[key] for key in raw if key != "schema"}).examples
    except ValidationError as error:
        raise BadDefinition(file, [Fault(found["loc"], found["msg"]) for found in error.errors()]) from error


class _Examples(Frozen):
    examples: tuple[Example, ...] = Field(min_length=1)
