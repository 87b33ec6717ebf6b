"""What the pages of links show: what arrived, the links given, and where each stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.pages.outside.views.forms import pairs
from app.templating import clock, short_day, t
from conferences.errors import Refused
from conferences.models import Agency, OutsideReferral, ReferralLink, User
from conferences.permissions import Permission, may
from conferences.referral import outside

Tag = tuple[str, str, str]


def page(session: Session, user: User, now: datetime) -> dict[str, Any]:
    """Everything the list of links shows."""
    given = outside.links(session, user)
    used = outside.used(session, user, given)
    return {
        "waiting": arrived(session, user),
        "given": [_given(row, row.id in used, now) for row in given],
        "agencies": [(row.id.hex, row.name) for row in outside.agencies(session, user)],
    }


def agency(session: Session, user: User, ref: str) -> Agency:
    """Returns the agency of the area that was chosen, or refuses."""
    try:
        wanted = UUID(ref)
    except ValueError as problem:
        raise Refused("Choose an agency", field="agency") from problem
    found = [row for row in outside.agencies(session, user) if row.id == wanted]
    if not found:
        raise Refused("Choose an agency", field="agency")
    return found[0]


def arrived(session: Session, user: User) -> list[dict[str, Any]]:
    """What arrived and waits to be taken on, what cannot wait first; nothing for whoever takes nothing on."""
    if not may(user, Permission.TAKE_ON):
        return []
    return [_arrived(session, row) for row in outside.waiting(session, user)]


def _arrived(session: Session, row: OutsideReferral) -> dict[str, Any]:
    return {
        "agency": row.agency.name,
        "when": f"{short_day(row.arrived_at)}, {clock(row.arrived_at)}",
        "href": f"/arrived/{row.id.hex}",
        "tag": _urgency(session, row),
    }


def _urgency(session: Session, row: OutsideReferral) -> Tag:
    if outside.cannot_wait(session, row):
        return ("solid", t("Emergency"), "warning")
    return ("soon", t("To be taken on"), "ring")


def _given(row: ReferralLink, used: bool, now: datetime) -> dict[str, Any]:
    return {
        "agency": row.agency.name,
        "made": short_day(row.made_at),
        "until": short_day(row.expires_at),
        "tag": _stands(row, used, now),
        "end": "" if used or row.withdrawn_at or now >= row.expires_at else row.id.hex,
    }


def _stands(row: ReferralLink, used: bool, now: datetime) -> Tag:
    if used:
        return ("good", t("Used"), "tick")
    if row.withdrawn_at:
        return ("", t("Ended"), "cross")
    return ("", t("Ran out"), "dash") if now >= row.expires_at else ("info", t("Waiting"), "clock")


def one(session: Session, user: User, row: OutsideReferral, now: datetime) -> dict[str, Any]:
    """What arrived, as label and words."""
    body = outside.look(session, user, row, now=now)
    return {
        "here": f"/arrived/{row.id.hex}",
        "agency": row.agency.name,
        "when": f"{short_day(row.arrived_at)}, {clock(row.arrived_at)}",
        "urgent": outside.cannot_wait(session, row),
        "rows": [(t(label), words) for label, words in pairs(body)] if body else [],
        "open": body is not None,
        "draft": f"/referrals/{row.referral_id.hex}" if row.referral_id else "",
    }
