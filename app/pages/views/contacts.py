"""How to reach somebody, in words: the rule, then what is safe, what nobody knows, and what is not safe."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import phonenumbers
from sqlalchemy.orm import Session

from app.pages.views import contact_forms, told
from app.pages.views.referral_words import SAFE, WAYS, WEEK, options
from app.templating import clock, short_day, t
from conferences.calendars import LONDON
from conferences.case import case_views
from conferences.models import Case, User
from conferences.permissions import Permission, may
from conferences.person import contacts
from conferences.reaching import Address, Care, Contact, Point, Safe, Way
from conferences.referral import told_views

TAGS = {
    Safe.SAFE: ("good", "Safe to use", "tick"),
    Safe.UNKNOWN: ("soon", "Not known to be safe: do not use", "warning"),
    Safe.UNSAFE: ("bad", "Not safe: do not use", "warning"),
}
ORDER = [Safe.SAFE, Safe.UNKNOWN, Safe.UNSAFE]


@dataclass(frozen=True)
class WayShown:
    """One way: what it is, how safe it is, and what to know before using it; `hidden` opens on request."""

    title: str
    value: str
    tag: tuple[str, str, str]
    hidden: bool
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class ContactShown:
    """The rule that comes first, and each way."""

    rule: str | None
    ways: list[WayShown]


def phone_words(phone: str | None) -> str:
    """Gives a telephone number, with a warning where it looks wrong; an odd number is never refused."""
    if not phone:
        return ""
    try:
        found = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(phone, "GB"))
        likely = found == phonenumbers.ValidationResult.IS_POSSIBLE
    except phonenumbers.NumberParseException:
        likely = False
    return phone if likely else t("%(phone)s (check this number: it is not a usual length)", phone=phone)


def hours_words(care: Care) -> str:
    """Says the hours that a program keeps."""
    days = ", ".join(t(WEEK[day]) for day in WEEK if day in care.days)
    between = ""
    if care.after and care.before:
        between = t("%(after)s to %(before)s", after=_time(care.after), before=_time(care.before))
    return ", ".join(part for part in (days, between) if part)


def _time(kept: str) -> str:
    hour, minute = kept.split(":")
    return clock(datetime(2026, 1, 1, int(hour), int(minute), tzinfo=LONDON))


def care_rows(care: Care) -> list[tuple[str, str]]:
    """Says what to know before a way is used, without what nobody said."""
    message = care.message if isinstance(care, Point) else Safe.UNKNOWN
    rows = [
        (t("Leave a message"), {Safe.SAFE: t("Yes"), Safe.UNSAFE: t("No")}.get(message, "")),
        (t("Only on"), hours_words(care)),
        (t("Safe times"), care.times or ""),
        (t("Who else can see or hear it"), care.who_else or ""),
        (t("Code word"), care.code_word or ""),
    ]
    return [(label, words) for label, words in rows if words]


def shown(contact: Contact) -> ContactShown:
    """Gives how to reach somebody for whoever has asked, the safe ways first."""
    points = sorted(contact.points, key=lambda point: ORDER.index(point.safety))
    return ContactShown(contact.rule, [_way(point) for point in points])


def _way(point: Point) -> WayShown:
    kind, words, icon = TAGS[point.safety]
    value = phone_words(point.value) if point.way is Way.PHONE else point.value or ""
    hidden = point.safety is not Safe.SAFE
    return WayShown(t(WAYS[point.way]), value, (kind, t(words), icon), hidden, care_rows(point))


@dataclass(frozen=True)
class AddressShown:
    """Where somebody is, with how safe it is to write or go there."""

    words: str
    tag: tuple[str, str, str]
    rows: list[tuple[str, str]]


def address_shown(address: Address | None) -> AddressShown | None:
    """Gives an address that was opened for a reason; None when none is held."""
    if address is None:
        return None
    kind, words, icon = TAGS[address.safety]
    return AddressShown(address.words, (kind, t(words), icon), care_rows(address))


def pairs(stored: dict[str, Any]) -> list[tuple[str, Any]]:
    """Says what a draft holds, as label and words; one line for each way."""
    points = [one.kept() for one in stored.get("points", [])]
    found: list[tuple[str, Any]] = [(t("The rule for agencies"), stored.get("rule"))]
    for point in points:
        if point is not None:
            way = _way(point)
            lines = [way.value, t(SAFE[point.safety]), *(f"{label}: {words}" for label, words in way.rows)]
            found.append((way.title, "\n".join(line for line in lines if line)))
    return found


def choices() -> dict[str, Any]:
    """Gives the choices of the forms about reaching somebody."""
    return {"ways": options(WAYS), "week": options(WEEK), "how_safe": options(SAFE_SHORT)}


SAFE_SHORT = {"safe": "Yes", "unsafe": "No", "unknown": "Don’t know"}


def page(session: Session, user: User, case: Case, now: datetime) -> dict[str, Any]:
    """Gathers how somebody may be reached, for the case, and records who looked."""
    person = case_views.victim_person(case)
    contact = contacts.look(session, user, case, person, now=now)
    changed = contacts.history(session, case)
    return {
        "case": case,
        "contact": shown(contact),
        "stored": contact_forms.stored(contact),
        "version": contacts.version_of(person),
        "apart": told.kept_apart(session, user, told_views.newest(session, user, case)),
        "changes": [{"when": short_day(one.at), "who": one.who, "text": t(one.what)} for one in changed],
        "may_change": may(user, Permission.CHANGE_CONTACT, case),
        "more": 0,
        "editing": False,
        **choices(),
    }
