"""What one field, one part and the whole form are: closed shapes that a file must fit."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z][a-z_-]{1,39}$")]
Words = Annotated[str, Field(min_length=2, max_length=240)]
Kind = Literal[
    "line", "text", "choice", "many", "yes_no", "day", "partial", "number", "agencies"
]  # many: several choices; partial: a date as far as it is known
YES_NO = {"yes": "Yes", "no": "No", "dont_know": "Not known"}


class FieldClass(StrEnum):
    """How much harm a field could do if it got out (process specification, section 3)."""

    ORGANISATION = "ORG"
    PERSONAL = "P"
    SPECIAL = "SC"
    CRIMINAL = "CO"
    CHILD = "CH"
    SAFE = "SAFE"


class Level(StrEnum):
    """Whether a referral can be sent without a field: never, with a reminder, or at will."""

    REQUIRED = "required"
    ASKED = "asked"
    OPTIONAL = "optional"


class Shape(BaseModel):
    """A closed, frozen piece of the form: a key nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class When(Shape):
    """When a field or part arises: another field has one of these answers, or the checklist says so."""

    field: Key | None = None
    among: Annotated[tuple[str, ...], Field(alias="is")] = ()
    concept: Key | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.field is None) == (self.concept is None) or bool(self.field) != bool(self.among):
            raise ValueError("a condition names a field and its answers, or a concept of the checklist")
        return self


class FormField(Shape):
    """One thing that is asked, with its words, its class, and why it is asked.

    `safety` fields stay required whatever an area decides; `home` says that it is stored beside the form.
    """

    key: Key
    label: Words
    hint: str = ""
    why: Words
    ask: str = ""
    missing: str = ""
    kind: Kind
    data_class: Annotated[FieldClass, Field(alias="class")]
    level: Level = Level.OPTIONAL
    options: dict[Key, Words] = {}
    when: When | None = None
    agencies: tuple[str, ...] = ()
    past: bool = False
    coming: bool = False
    safety: bool = False
    home: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if bool(self.options) != (self.kind in ("choice", "many")) and not self.home:
            raise ValueError("options belong to a choice, and a choice has options")
        if self.safety and self.level is not Level.REQUIRED:
            raise ValueError("what safety depends on is required")
        if self.level is Level.REQUIRED and not self.missing:
            raise ValueError("what is required says what is missing")
        if (self.past or self.coming) and self.kind not in ("day", "partial"):
            raise ValueError("only a date can be in the past or still to come")
        return self

    @property
    def choices(self) -> dict[str, str]:
        """The answers it may have with their words; empty for what is typed."""
        return dict(YES_NO) if self.kind == "yes_no" else dict(self.options)

    @property
    def absent(self) -> str:
        """The sentence for somebody who has not answered it."""
        return self.missing or f"Answer this as well: {self.label}"


class Sheet(Shape):
    """One part of the form, filled in at one go; `page` says that the product has its own page for it."""

    key: Key
    title: Words
    hint: str = ""
    of: Literal["referral", "victim", "perpetrator", "child", "other_adult"] = "referral"
    page: bool = False
    when: When | None = None
    fields: tuple[FormField, ...] = ()

    @property
    def each(self) -> bool:
        """It is filled in once for each person of its part."""
        return self.of in ("perpetrator", "child", "other_adult")


class Section(Shape):
    """A chapter of the form."""

    title: Words
    sheets: tuple[Sheet, ...]


class Form(Shape):
    """The whole referral form."""

    sections: tuple[Section, ...]
    concepts: dict[Key, dict[str, tuple[str, ...]]]

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """Every part by key, in order."""
        return {sheet.key: sheet for section in self.sections for sheet in section.sheets}

    @cached_property
    def fields(self) -> dict[str, FormField]:
        """Every field by key, in order."""
        return {one.key: one for sheet in self.sheets.values() for one in sheet.fields}

    def conditions(self) -> Iterator[tuple[str, When]]:
        """Every condition with the place where it stands."""
        for sheet in self.sheets.values():
            if sheet.when:
                yield sheet.key, sheet.when
            yield from ((f"{sheet.key}.{one.key}", one.when) for one in sheet.fields if one.when)
