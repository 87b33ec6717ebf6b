"""Drafts past their date: kept longer by their writer, put aside, or brought to the coordinator's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from conferences import audit, policies, states
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.locking import locked
from conferences.models import Membership, Referral, ReferralStatus, Role, Urgency, User
from conferences.permissions import Permission, require
from conferences.referral import sending
from conferences.wall import conflicts

WARNING = timedelta(days=7)


@dataclass(frozen=True)
class Tidied:
    """How many drafts were put aside, left lying for a person to look at, or found without their writer."""

    put_aside: int
    left_lying: int
    writer_gone: int = 0


def is_near_its_end(referral: Referral, today: date) -> bool:
    """Returns whether the writer is warned: seven days or less before the last day."""
    return referral.expires_on - today <= WARNING


def keep_longer(session: Session, actor: User, referral: Referral, *, now: datetime) -> None:
    """Keeps a draft as long again as a new one; never for less time than it had."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    row = locked(session, referral)
    days = policies.in_force(session, row.area_id, local_day(now)).draft_days
    row.expires_on = max(row.expires_on, local_day(now) + timedelta(days=days))
    row.left_lying_at = row.writer_gone_at = None
    audit.record(session, actor, "referral.kept_longer", row, at=now)
    session.flush()


def tidy(session: Session, *, now: datetime) -> Tidied:
    """Goes through the drafts past their last day, and those whose writer has left.

    What would have to be heard is never put aside unseen.
    """
    gone, waiting = _without_their_writer(session, now)
    past = select(Referral).where(
        Referral.status == ReferralStatus.DRAFT,
        Referral.expires_on < local_day(now),
        ~Referral.withheld,
        Referral.left_lying_at.is_(None),
    )
    rows = _one_at_a_time(session, past)
    kept = [row for row in rows if must_not_vanish(session, row, now=now)]
    for row in rows:
        if row in kept:
            _leave_lying(session, row, now)
        else:
            _put_aside(session, row, now)
    session.flush()
    return Tidied(len(rows) - len(kept), len(kept) + waiting, gone)


def _without_their_writer(session: Session, now: datetime) -> tuple[int, int]:
    """Those at the agency are told at once, and have a week; nobody waits for what must be heard."""
    placed = select(Membership.id).where(Membership.user_id == User.id, Membership.ended_at.is_(None))
    lost = select(Referral).join(User, User.id == Referral.referrer_id)
    runs = Membership.role.in_((Role.COORDINATOR, Role.CHAIR))  # who writes in any agency's name
    there = placed.where(or_(Membership.agency_id == Referral.agency_id, runs))
    lost = lost.where(or_(~User.is_active, ~there.exists()))
    lost = lost.where(Referral.status == ReferralStatus.DRAFT, ~Referral.withheld)
    rows = _one_at_a_time(session, lost.where(Referral.writer_gone_at.is_(None)))
    for row in rows:
        conflicts.look_at_case(session, row.case, now=now)
        row.writer_gone_at = now
        row.expires_on = max(row.expires_on, local_day(now) + WARNING)
        audit.record(session, None, "referral.writer_gone", row, at=now)
    heard = [row for row in rows if row.left_lying_at is None and must_not_vanish(session, row, now=now)]
    for row in heard:
        _leave_lying(session, row, now)
    return len(rows), len(heard)


def _one_at_a_time(session: Session, wanted: Select[Referral]) -> Sequence[Referral]:
    locked_rows = wanted.order_by(Referral.id).with_for_update(of=Referral, skip_locked=True)
    return session.scalars(locked_rows.execution_options(populate_existing=True)).all()


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
    row.withheld = True
    row.given_back_at = row.writer_gone_at = None
    if row.case.shared_at is None:
        row.case.withheld = True
    audit.record(session, None, "referral.discarded", row, at=now)
