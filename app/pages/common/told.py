"""What the form says, as label and words."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common.forms import Birth
from app.templating import short_day, t
from conferences import births
from conferences.fields import FormField, Sheet
from conferences.models import Referral, User
from conferences.referral import told_views
from conferences.referral.told_views import Told

Pairs = list[tuple[str, str]]


def words(one: FormField, value: Any, agencies: dict[str, str]) -> str:
    """Says one answer in words."""
    if one.kind == "agencies":
        return ", ".join(agencies.get(code, "") for code in value)
    if one.kind == "many":
        return ", ".join(t(one.choices.get(code, code)) for code in value)
    if isinstance(value, date | Birth):
        value = str(births.Born(value.year, value.month, value.day))
    if one.kind in ("day", "partial"):
        return born_words(births.parse(value))
    return t(one.choices[value]) if value in one.choices else str(value)


def born_words(born: Any) -> str:
    """Says a date as far as it is known."""
    if born is None:
        return ""
    if born.day and born.month:
        return short_day(date(born.year, born.month, born.day))
    return f"{born.month}/{born.year}" if born.month else str(born.year)


def stored_pairs(part: Sheet, stored: dict[str, Any], agencies: dict[str, str]) -> Pairs:
    """Gives what is stored of one part, as label and words."""
    return [
        (t(one.label), words(one, stored[one.key], agencies)) for one in part.fields if stored.get(one.key)
    ]


def _shown(found: list[Told], agencies: dict[str, str]) -> list[tuple[str, Pairs]]:
    return [
        (
            f"{t(row.sheet.title)}: {row.about}" if row.about else t(row.sheet.title),
            [(t(one.label), words(one, value, agencies)) for one, value in row.answers],
        )
        for row in found
    ]


def shown(session: Session, user: User, referral: Referral | None) -> list[tuple[str, Pairs]]:
    """Gives what the form says to this reader: (heading, rows)."""
    if referral is None:
        return []
    found = told_views.of_referral(session, user, referral)
    return _shown(found, told_views.agency_names(session, user))


def kept_apart(session: Session, user: User, referral: Referral | None) -> list[tuple[str, Pairs]]:
    """Gives what is kept apart with how to reach them, once that look has been asked for and recorded."""
    found = told_views.kept_apart(session, referral) if referral else []
    return _shown(found, told_views.agency_names(session, user))
