"""How to reach somebody, in words: the rule, then what is safe, what nobody knows, and what is not safe."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import phonenumbers
from sqlalchemy.orm import Session

from app.pages.common import told
from app.pages.person.views import contact_forms
from app.pages.words.case import part_tag
from app.pages.words.referral import SAFE, WAYS, WEEK, options
from app.templating import clock, short_day, t
from conferences.calendars import LONDON
from conferences.case import case_views
from conferences.models import Case, Involvement, Part, User
from conferences.permissions import Permission, may
from conferences.person import contacts, people
from conferences.reaching import USES, Address, Care, Contact, Point, Safe, Way
from conferences.referral import told_views

TAGS = {
    Safe.SAFE: ("good", "Safe to use", "tick"),
    Safe.UNKNOWN: ("soon", "Not known to be safe: do not use", "warning"),
    Safe.UNSAFE: ("bad", "Not safe: do not use", "warning"),
}
FOR_OTHERS = ("soon", "Only for those who deal with them", "warning")
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
    said = {Safe.SAFE: t("Yes"), Safe.UNSAFE: t("No")}
    uses = (t("Leave a message"), t("Send a text"), t("Ring without showing a number"))
    known = [getattr(care, name) for name in USES] if isinstance(care, Point) else []
    rows = [
        *((label, said.get(safe, "")) for label, safe in zip(uses, known, strict=False)),
        (t("Only on"), hours_words(care)),
        (t("Safe times"), care.times or ""),
        (t("Who else can see or hear it"), care.who_else or ""),
        (t("Code word"), care.code_word or ""),
    ]
    return [(label, words) for label, words in rows if words]


def shown(contact: Contact, *, harms: bool = False) -> ContactShown:
    """Gives how to reach somebody for whoever has asked, the safe ways first.

    Those of somebody who may cause harm all stay closed until somebody opens them, and none is called safe.
    """
    points = sorted(contact.points, key=lambda point: ORDER.index(point.safety))
    return ContactShown(contact.rule, [_way(point, harms=harms) for point in points])


def _way(point: Point, *, harms: bool = False) -> WayShown:
    kind, words, icon = FOR_OTHERS if harms and point.safety is Safe.SAFE else TAGS[point.safety]
    value = phone_words(point.value) if point.way is Way.PHONE else point.value or ""
    hidden = harms or point.safety is not Safe.SAFE
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


@dataclass(frozen=True)
class Whose:
    """Whose ways a page shows: the name, the tag of their part, and what to mind; never two people’s."""

    name: str
    tag: tuple[str, str, str]
    mind: str
    harms: bool


MIND = {
    Part.PERPETRATOR: "For those who deal with them, such as the police and probation. Nothing here is ever"
    " used to write to, ring or visit anybody else in this case.",
    Part.CHILD: "Only what is the child’s own. Most children are reached through the person at risk, whose"
    " ways are on a page of their own.",
    Part.OTHER_ADULT: "What they know and whom they tell may not be known. Say it is safe only when it is.",
}


def whose(session: Session, row: Involvement) -> Whose:
    """Says whose ways are shown, for anybody but the person at risk."""
    harms = row.part is Part.PERPETRATOR
    return Whose(people.name_of(session, row), part_tag(row.part), t(MIND[row.part]), harms)


def page(
    session: Session, user: User, case: Case, now: datetime, row: Involvement | None = None
) -> dict[str, Any]:
    """Gathers how the person at risk, or another person of a case, may be reached, and records who looked."""
    person = row.person if row else case_views.victim_person(case)
    contact = contacts.look(session, user, case, person, now=now)
    changed = contacts.history(session, case, person)
    here = f"/cases/{case.id.hex}"
    return {
        "case": case,
        "whose": whose(session, row) if row else None,
        "here": here,
        "place": f"{here}/people/{row.id.hex}/contact" if row else f"{here}/contact",
        "contact": shown(contact, harms=row is not None and row.part is Part.PERPETRATOR),
        "stored": contact_forms.stored(contact),
        "version": contacts.version_of(person),
        "apart": [] if row else told.kept_apart(session, user, told_views.newest(session, user, case)),
        "changes": [{"when": short_day(one.at), "who": one.who, "text": t(one.what)} for one in changed],
        "may_change": may(user, Permission.CHANGE_CONTACT, case),
        "more": 0,
        "editing": False,
        **choices(),
    }
