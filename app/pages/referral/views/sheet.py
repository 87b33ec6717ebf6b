"""One part of the referral form as a page: its model, what is stored, and how each field is asked."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, create_model
from sqlalchemy.orm import Session

from app.pages.common import forms
from app.templating import t
from conferences import policies
from conferences.births import Born
from conferences.calendars import local_day
from conferences.case import case_views
from conferences.fields import FormField, Level, Sheet
from conferences.models import Involvement, Referral, User
from conferences.referral import completeness, told

Stored = dict[str, Any]
MOST_ROUND = 5  # more choices than these are a list to pick from


class SheetForm(BaseModel):
    """What may be typed into one part of the form; every field may be left out until it is sent."""

    messages: ClassVar[dict[tuple[str, str], str]] = {}


@dataclass(frozen=True)
class Asked:
    """One field as it is asked: its words, its answers, and why we ask."""

    key: str
    kind: str
    label: str
    hint: str
    why: str
    ask: str
    choices: list[tuple[str, str]]


def model_of(part: Sheet) -> type[SheetForm]:
    """Returns the model of one part's form."""
    return _model(part.key)


@cache
def _model(key: str) -> type[SheetForm]:
    part = told.sheet(key)
    shapes: dict[str, Any] = {one.key: (_shape(one), None) for one in part.fields}
    made = create_model(f"Sheet_{part.key}", __base__=SheetForm, **shapes)
    made.messages = {(one.key, kind): said for one in part.fields for kind, said in _sentences(one)}
    return made


def _shape(one: FormField) -> Any:
    if one.kind == "text":
        return forms.Long | None
    if one.kind == "agencies":
        return list[str] | None
    if one.kind == "day":
        return date | None
    if one.kind == "partial":
        return forms.Birth | None
    if one.kind == "number":
        return Annotated[int, Field(ge=0, lt=10_000)] | None
    if one.choices:
        single: Any = Literal[tuple(one.choices)]
        return list[single] | None if one.kind == "many" else single | None
    return forms.Short | None


def _sentences(one: FormField) -> list[tuple[str, str]]:
    if one.kind in ("day", "partial"):
        return [("*", "Enter a real date, like 27 3 2026, or leave it out")]
    if one.kind in ("line", "text"):
        return [("string_too_long", "Use %(max_length)s characters or fewer here")]
    return [("*", "Choose from the answers shown")]


def given(form: SheetForm) -> dict[str, Any]:
    """Gives what was typed as the domain keeps it."""
    return {name: _kept(getattr(form, name)) for name in type(form).model_fields}


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, forms.Birth):
        return str(Born(value.year, value.month, value.day))
    return value


def stored(session: Session, part: Sheet, row: Referral | Involvement) -> Stored:
    """Gives what is stored of one part, as its form shows it."""
    known = told.read(session, row)
    return {one.key: _as_shown(one, known.get(one.key)) for one in part.fields if known.get(one.key)}


def _as_shown(one: FormField, value: Any) -> Any:
    if one.kind == "day":
        return date.fromisoformat(value)
    return forms.birth(value) if one.kind == "partial" else value


def asked(session: Session, user: User, referral: Referral, part: Sheet) -> list[Asked]:
    """Gives every field of a part as it is asked; what is needed before sending says so."""
    policy = policies.in_force(session, referral.area_id, local_day(referral.started_at))
    agencies = case_views.agencies_with(session, user, referral.case)
    others = [(row.id.hex, row.name) for row in agencies if row.id != referral.agency_id]
    return [_asked(one, completeness.level_of(one, policy), others) for one in part.fields]


def _asked(one: FormField, level: Level, others: list[tuple[str, str]]) -> Asked:
    label = t("%(label)s (needed)", label=t(one.label)) if level is Level.REQUIRED else t(one.label)
    choices = [(code, t(said)) for code, said in one.choices.items()]
    if one.kind == "agencies":
        choices = others
    kind = "select" if one.kind == "choice" and len(choices) > MOST_ROUND else one.kind
    return Asked(one.key, kind, label, t(one.hint), t(one.why), t(one.ask), choices)
