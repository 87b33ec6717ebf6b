"""Drafts past their date: kept longer by their writer, put aside, or brought to the coordinator's eyes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, policies, states
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.locking import locked
from conferences.models import Referral, ReferralStatus, Urgency, User
from conferences.permissions import Permission, require
from conferences.referral import sending
from conferences.wall import conflicts

WARNING = timedelta(days=7)


@dataclass(frozen=True)
class Tidied:
    """How many drafts were put aside, and how many were left lying for a person to look at."""

    put_aside: int
    left_lying: int


def is_near_its_end(referral: Referral, today: date) -> bool:
    """Returns whether the writer is warned: seven days or less before the last day."""
    return referral.expires_on - today <= WARNING


def keep_longer(session: Session, actor: User, referral: Referral, *, now: datetime) -> None:
    """Keeps a draft as long again as a new one; never for less time than it had."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    row = locked(session, referral)
    days = policies.in_force(session, row.area_id, local_day(now)).draft_days
    row.expires_on = max(row.expires_on, local_day(now) + timedelta(days=days))
    row.left_lying_at = None
    audit.record(session, actor, "referral.kept_longer", row, at=now)
    session.flush()


def tidy(session: Session, *, now: datetime) -> Tidied:
    """Goes through the drafts past their last day; what would have to be heard is never put aside unseen."""
    past = select(Referral).where(
        Referral.status == ReferralStatus.DRAFT,
        Referral.expires_on < local_day(now),
        ~Referral.withheld,
        Referral.left_lying_at.is_(None),
    )
    past = past.order_by(Referral.id).with_for_update(skip_locked=True)
    rows = session.scalars(past.execution_options(populate_existing=True)).all()
    kept = [row for row in rows if must_not_vanish(session, row, now=now)]
    for row in rows:
        if row in kept:
            _leave_lying(session, row, now)
        else:
            _put_aside(session, row, now)
    session.flush()
    return Tidied(len(rows) - len(kept), len(kept))


def must_not_vanish(session: Session, referral: Referral, *, now: datetime) -> bool:
    """Returns whether a draft is an emergency, is called a repeat, would qualify, or cannot be scored."""
    if referral.urgency is Urgency.EMERGENCY or sending.called_repeat(session, referral, None):
        return True
    try:
        with session.begin_nested():
            return assessments.explain(session, referral, on=local_day(now)).refer
    except Exception:
        return True


def _leave_lying(session: Session, row: Referral, now: datetime) -> None:
    """Names are compared first, so that nobody who is like somebody in it is told that it is there."""
    conflicts.look_at_case(session, row.case, now=now)
    row.left_lying_at = now
    audit.record(session, None, "referral.left_lying", row, at=now)


def _put_aside(session: Session, row: Referral, now: datetime) -> None:
    """Nobody knows of it any more, its writer included; a case that was never sent goes with it."""
    states.move(row, ReferralStatus.DISCARDED)
    row.withheld, row.given_back_at = True, None
    if row.case.shared_at is None:
        row.case.withheld = True
    audit.record(session, None, "referral.discarded", row, at=now)
