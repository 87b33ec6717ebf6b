"""The page on which an emergency meeting is called."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common.queue_forms import Calling
from app.templating import day
from conferences.calendars import LONDON, local_day
from conferences.case import case_views
from conferences.errors import Refused
from conferences.models import Listing, Referral, User
from conferences.referral import referrals
from conferences.triage import emergencies


def to_call(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives the days within which it may begin, and who may chair it and be called."""
    referrals.look(session, user, referral, now=now)
    first, last = local_day(now), local_day(emergencies.latest(session, referral, now=now))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    chairing = emergencies.chairs(session, referral)
    return {
        "referral": referral,
        "case": referral.case,
        "days": [(one.isoformat(), day(one)) for one in days],
        "chairs": [(one.id.hex, case_views.name_of_user(session, one)) for one in chairing],
        "agencies": [(one.id.hex, one.name, "") for one in emergencies.agencies(session, referral)],
    }


def call(session: Session, user: User, referral: Referral, given: Calling, now: datetime) -> Listing:
    """Calls the meeting that was typed in, at the time of day it is in London."""
    try:
        starts_on = date.fromisoformat(given.starts_on)
    except ValueError as problem:
        raise Refused("Choose the day", field="starts_on") from problem
    starts_at = datetime.combine(starts_on, given.starts_at, LONDON)
    chair, called, seen = given.chair, given.agencies, given.version
    return emergencies.call(
        session, user, referral, starts_at=starts_at, venue=given.venue, chair=chair, called=called,
        now=now, version=seen,
    )  # fmt: skip
