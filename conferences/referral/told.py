"""What the referral form was told: each part kept sealed, every class of field in its own column."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, births, fields
from conferences.calendars import local_day
from conferences.errors import NotFound, Refused, refuse_any
from conferences.fields import FieldClass, FormField, Sheet
from conferences.finding import indexing
from conferences.models import Agency, Involvement, Part, Referral, User
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.sealing import seal_json, unseal_json

Row = Referral | Involvement
COLUMNS = {
    FieldClass.ORGANISATION: "told_personal",
    FieldClass.PERSONAL: "told_personal",
    FieldClass.SPECIAL: "told_special",
    FieldClass.CRIMINAL: "told_criminal",
    FieldClass.CHILD: "told_child",
    FieldClass.SAFE: "told_safe",
}
PARTS = {"perpetrator": Part.PERPETRATOR, "child": Part.CHILD, "other_adult": Part.OTHER_ADULT}
LONGEST = {"line": 200, "text": 4000}


def sheet(key: str) -> Sheet:
    """Returns a part of the form that is kept here, or raises NotFound."""
    found = fields.form().sheets.get(key)
    if found is None or found.page:
        raise NotFound
    return found


def row_for(referral: Referral, part: Sheet) -> Row | None:
    """Returns what a part is about, where that is one thing; None while nobody is named as at risk."""
    return people.victim_of(referral.case) if part.of == "victim" else referral


def rows_for(referral: Referral, part: Sheet) -> list[Row]:
    """Returns everything a part is about: the referral, the person at risk, or each person of one kind."""
    if part.each:
        return list(people.in_part(referral.case, PARTS[part.of]))
    row = row_for(referral, part)
    return [row] if row else []


def read(session: Session, row: Row) -> dict[str, Any]:
    """Reads everything the form was told about one thing; the caller has asked whether the reader may."""
    found: dict[str, Any] = {}
    for column in dict.fromkeys(COLUMNS.values()):
        found |= unseal_json(session, row, column) or {}
    return found


def save(
    session: Session,
    actor: User,
    referral: Referral,
    part: Sheet,
    given: Mapping[str, Any],
    *,
    row: Row | None = None,
    now: datetime,
) -> None:
    """Saves one part of the form as a whole; what is not given is emptied, other parts keep theirs."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    about = row or row_for(referral, part)
    if part.page or about not in rows_for(referral, part):
        raise Refused("Say first who is at risk.", field=part.fields[0].key if part.fields else None)
    if set(given) - {one.key for one in part.fields}:
        raise Refused("This part has no such field.", field="values")
    faults = [(one, fault_of(session, actor, one, given.get(one.key), now=now)) for one in part.fields]
    refuse_any((one.key, fault) for one, fault in faults if fault)
    kept = {one.key: given.get(one.key) for one in part.fields}
    for column in dict.fromkeys(COLUMNS[one.data_class] for one in part.fields):
        here = [one.key for one in part.fields if COLUMNS[one.data_class] == column]
        known = unseal_json(session, about, column) or {}
        others = {key: value for key, value in known.items() if key not in here}
        mine = {key: kept[key] for key in here if kept[key] not in (None, "", [])}
        seal_json(session, about, column, others | mine or None)
    if isinstance(about, Involvement) and indexing.WHEREABOUTS in kept:
        indexing.index(session, about.person)
    audit.record(session, actor, "referral.saved", referral, at=now, fields=part.key)
    session.flush()


def fault_of(session: Session, actor: User, one: FormField, value: Any, *, now: datetime) -> str | None:
    """Returns what is wrong with an answer, as a sentence; None for one that can be kept."""
    if value in (None, "", []):
        return None
    return next(iter(_faults(session, actor, one, value, local_day(now))), None)


def _faults(session: Session, actor: User, one: FormField, value: Any, today: date) -> Iterator[str]:
    if one.kind in ("many", "agencies"):
        allowed = set(one.choices) if one.kind == "many" else _agencies(session, actor)
        if not isinstance(value, list) or not set(map(str, value)) <= allowed:
            yield "Choose from the answers shown."
    elif one.kind == "number":
        if not isinstance(value, int) or not 0 <= value < 10_000:
            yield "Enter a whole number, like 3."
    elif not isinstance(value, str):
        yield "Enter this in words."
    elif one.choices and value not in one.choices:
        yield "Choose from the answers shown."
    elif len(value) > LONGEST.get(one.kind, 40):
        yield "This is too long."
    elif one.kind in ("day", "partial"):
        yield from _date_faults(one, value, today)


def _date_faults(one: FormField, value: str, today: date) -> Iterator[str]:
    try:
        known = births.parse(value)
    except ValueError:
        known = None
    if known is None or (one.kind == "day" and known.day is None):
        yield "Enter a real date, like 27 3 2026."
    elif not 1890 < known.year < 2100:
        yield "Check the year."
    elif one.past and known.earliest() > today:
        yield "This cannot be in the future."
    elif one.coming and known.latest() < today:
        yield "Give a day that is still to come."


def _agencies(session: Session, actor: User) -> set[str]:
    return {id.hex for id in session.scalars(select(Agency.id).where(Agency.area_id == actor.area_id))}
