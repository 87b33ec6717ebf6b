"""The risk clock and the trend of a case, on the screen."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common.told import born_words
from app.pages.referral.views.dates import lines
from app.pages.words.instruments import EVENTS
from app.pages.words.referral import ANSWERS, said
from app.templating import day, short_day, t, tn
from conferences.calendars import local_day
from conferences.case import risk_views
from conferences.case.risk_views import Clock, Finished
from conferences.models import Assessment, Case, User

HAPPENED = {
    "new_incident": "something new happened",
    "separation": "they separated",
    "release": "somebody was released",
    "breach": "an order or bail was broken",
    "birth": "a child was born",
    "hearing": "a court sat",
}
AHEAD = {
    "separation": "they separate",
    "release": "somebody is released",
    "birth": "a child is due",
    "hearing": "a court sits",
}


def risk_shown(session: Session, user: User, case: Case, now: datetime) -> dict[str, Any]:
    """Gives how old the last checklist is, when to look again, and what has moved since the one before."""
    clock = risk_views.clock(session, user, case, now)
    trend = risk_views.trend(session, user, case)
    return {
        "clock": _clock(clock, now) if clock else None,
        "trend": [_row(row) for row in trend.rows] if trend else [],
        "changes": [_change(change) for change in trend.changes] if trend else [],
        "others": trend.others if trend else 0,
    }


def _clock(clock: Clock, now: datetime) -> dict[str, Any]:
    age = t("today") if clock.days == 0 else tn("%(count)s day ago", "%(count)s days ago", clock.days)
    return {
        "when": day(clock.assessed_at),
        "age": age,
        "title": clock.title,
        "level": clock.level or "",
        "due": _due(clock, now),
        "is_due": clock.is_due(now),
        "dates": lines(clock.dates),
        "reopen": t("Look again at once when %(events)s.", events=_listed(clock.reopen_on))
        if clock.reopen_on
        else "",
    }


def _due(clock: Clock, now: datetime) -> str:
    if clock.due_at is None:
        return t("This checklist sets no day to look again.")
    if clock.reopened_by:
        return _reopened(clock, clock.reopened_by, clock.is_due(now))
    if clock.is_due(now):
        return t("It was to be looked at again by %(day)s.", day=day(clock.due_at))
    return t("Look again by %(day)s.", day=day(clock.due_at))


def _reopened(clock: Clock, kind: str, is_due: bool) -> str:
    """What brought the review forward; of a date told late the day it was told is not the day it was."""
    event, on = clock.event, day(clock.due_at) if clock.due_at else ""
    if not is_due:
        return t("Look again by %(day)s: then %(event)s.", day=on, event=said(AHEAD, kind))
    if event and local_day(clock.assessed_at) > event.on.earliest():
        when, what = born_words(event.on), said(HAPPENED, kind)
        return t("Look again now. It was told later: %(event)s (%(day)s).", event=what, day=when)
    return t("Look again now. On %(day)s %(event)s.", day=on, event=said(HAPPENED, kind))


def _listed(kinds: tuple[str, ...]) -> str:
    words = [said(EVENTS, kind) for kind in kinds]
    return t(" or ").join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _row(row: Finished) -> dict[str, str]:
    if row.low is None or row.high is None:
        counted = t("not counted")
    elif row.low == row.high:
        counted = str(row.low)
    else:
        counted = t("%(low)s to %(high)s", low=row.low, high=row.high)
    return {
        "when": short_day(row.assessed_at),
        "href": checklist_href(row.assessment),
        "counted": counted,
        "level": row.level or t("not certain"),
    }


def checklist_href(assessment: Assessment) -> str:
    """Gives the page of a checklist: its referral's own page, or its own when it stands beside that."""
    if assessment.beside_id:
        return f"/assessments/{assessment.id.hex}"
    return f"/referrals/{assessment.referral_id.hex}"


def _change(change: Any) -> str:
    before, after = (said(ANSWERS, code) or code for code in (change.before, change.after))
    unasked = t("Not answered")
    return t(
        "%(item)s %(topic)s: %(before)s, now %(after)s",
        item=change.item,
        topic=change.topic,
        before=unasked if change.before == "not_asked" else before,
        after=unasked if change.after == "not_asked" else after,
    )
