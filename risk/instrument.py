"""What a checklist says: an edition, its items and sections, and a local profile on top of it."""

from functools import cached_property
from typing import Any, Literal

from pydantic import Field, StrictBool, model_validator

from risk.schema import (
    Code,
    Compose,
    Day,
    Effective,
    Frozen,
    ItemId,
    Licence,
    Part,
    Rules,
    Slug,
    Source,
    Status,
    When,
    Whole,
    Words,
)

OPEN_CODES = ("dont_know", "refused", "not_asked")
ALWAYS = ("not_applicable", "not_asked")


class Item(Frozen):
    """One numbered line of a checklist, as our own short topic."""

    id: ItemId
    topic: Words
    section: Code
    answers: tuple[Code, ...]
    points: dict[Code, Whole] = Field(default_factory=dict)
    scored: StrictBool = True
    parts: tuple[Part, ...] = ()
    compose: Compose | None = None
    excludes: tuple[ItemId, ...] = ()
    ask_if: When | None = None
    alert: Code | None = None
    guidance: str = ""
    could_help: tuple[Code, ...] = ()


class Section(Frozen):
    """One page of a checklist: a title and at most five items in their official order."""

    id: Code
    title: Words
    items: tuple[Item, ...] = Field(min_length=1, max_length=5)


class Edition(Frozen):
    """One published version of an instrument, with the rules it carries itself."""

    slug: Slug
    version: str = Field(pattern=r"^[0-9]{4}(\.[0-9]+)*$")
    title: Words
    owner: Words
    status: Status
    summary: Words
    effective: Effective
    subject: Literal["victim", "child", "perpetrator", "relationship"]
    method: Literal["count", "weighted", "rules", "chosen"]
    level_rule: Literal["computed", "chosen", "none"]
    default_profile: Slug | None = None
    max_score: Whole | None = None
    administered_by: tuple[Code, ...] = ()
    checked_on: Day
    unverified: tuple[Words, ...] = ()
    licence: Licence
    sources: tuple[Source, ...] = Field(min_length=1)
    override: Literal["raise_only"]
    answer_sets: dict[Code, tuple[Code, ...]] = Field(default_factory=dict)
    aliases: dict[Code, Code] = Field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    rules: Rules
    definition_hash: str

    @property
    def name(self) -> str:
        """Slug and version together, as stored with a scored checklist."""
        return f"{self.slug}@{self.version}"

    @property
    def answer_set(self) -> tuple[str, ...]:
        """The answers most items take, in the order they are shown; empty when there are no items."""
        return next(iter(self.answer_sets.values()), ())

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in official order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, number: str) -> Item:
        """The item with this official number; KeyError when there is none."""
        return next((item for item in self.items if item.id == number), None) or _missing(number)


class Profile(Frozen):
    """A local or dated reading of one edition: other lines, bands, grounds or routes, never other items."""

    slug: Slug
    version: str = Field(pattern=r"^[0-9]{4}(\.[0-9]+)*$")
    base: str
    title: Words
    owner: Words
    status: Status
    summary: Words
    effective: Effective
    checked_on: Day
    sources: tuple[Source, ...] = Field(min_length=1)
    changes: dict[str, Any]
    rules: Rules
    definition_hash: str

    @property
    def name(self) -> str:
        """Slug and version together, as stored with a scored checklist."""
        return f"{self.slug}@{self.version}"


class NormRow(Frozen):
    """One row of a norm table: a range of scores and what was seen in the norm sample."""

    least: Whole
    most: Whole
    values: dict[Code, Whole]

    @model_validator(mode="after")
    def _ordered(self) -> "NormRow":
        if self.least > self.most:
            raise ValueError("least is above most")
        return self


class Norms(Frozen):
    """A published norm table, named with the people and the outcome it was made from."""

    slug: Slug
    version: str
    title: Words
    population: Words
    outcome: Words
    columns: dict[Code, Words]
    rows: tuple[NormRow, ...]
    sources: tuple[Source, ...] = Field(min_length=1)
    definition_hash: str


def _missing(number: str) -> Item:
    raise KeyError(number)
