"""The pages of the other ways out of the queue."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.words.triage import elsewhere_options
from app.templating import short_day, t
from conferences.models import Referral, User
from conferences.person import people
from conferences.referral import referrals
from conferences.triage import merging


def _page(session: Session, user: User, referral: Referral, now: datetime, step: str) -> dict[str, Any]:
    referrals.look(session, user, referral, now=now)
    return {"referral": referral, "case": referral.case, "step": step, "routes": [], "turns": []}


def to_redirect(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what the page shows on which a referral is sent on to another route."""
    return _page(session, user, referral, now, "redirect") | {"routes": elsewhere_options()}


def to_alert(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what the page shows on which a case is listed for alerts only."""
    return _page(session, user, referral, now, "alert-only")


def to_merge(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives the turns of the same two people that are still to come."""
    turns = [
        (
            row.id.hex,
            t(
                "%(ref)s, %(initials)s, meeting of %(day)s",
                ref=row.case.reference,
                initials=people.initials(people.name_of(session, people.victim_of(row.case))),
                day=short_day(row.conference.starts_at),
            ),
        )
        for row in merging.turns_for(session, user, referral)
    ]
    return _page(session, user, referral, now, "merge") | {"turns": turns}
