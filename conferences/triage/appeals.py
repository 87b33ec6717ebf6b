"""A referrer who does not agree with declining appeals, once and in time; the chair decides."""

from datetime import datetime

from sqlalchemy.orm import Session

from conferences import policies, states
from conferences.calendars import end_of_working_day, local_day, working_days_from
from conferences.errors import WrongState
from conferences.models import (
    Area,
    DecisionKind,
    DeclineCode,
    Referral,
    ReferralStatus,
    User,
)
from conferences.permissions import Permission, require
from conferences.referral import deciding
from conferences.referral.deciding import needs

K, R = DecisionKind, ReferralStatus


def appeal_by(session: Session, referral: Referral) -> datetime | None:
    """Returns until when the referrer may appeal against declining: 5pm, so many working days later."""
    declined = deciding.newest(referral, K.DECLINED)
    if referral.status is not R.DECLINED or declined is None or referral.appealed_at is not None:
        return None
    day = local_day(declined.at)
    area = session.get_one(Area, referral.area_id)
    policy = policies.in_force(session, area.id, day)
    return end_of_working_day(working_days_from(day, policy.appeal_days, area.nation))


def appeal(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Puts a declined referral back into the queue for the chair to decide; once, and within its time."""
    require(actor, Permission.APPEAL, referral)
    needs(reason, "Say why you do not agree.", "reason")
    locked = deciding.lock(session, referral, version)
    until = appeal_by(session, locked)
    if locked.status is R.DECLINED and locked.appealed_at is not None:
        raise WrongState("The chair has already decided an appeal. Ring the coordinator, or refer again.")
    if until is not None and now > until:
        raise WrongState("The time to appeal is over. Ring the coordinator, or refer again.")
    before = deciding.as_it_is(locked)
    states.move(locked, R.APPEALED)
    locked.appealed_at = now
    deciding.record(session, actor, locked, K.APPEALED, before=before, reason=reason, now=now)


def decide_appeal(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    agreed: bool,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """The chair agrees, and the referral is back in the queue, or declines it for good; with a reason."""
    require(actor, Permission.DECIDE_APPEAL, referral)
    needs(reason, "Say why.", "reason")
    locked = deciding.lock(session, referral, version)
    if locked.status is not R.APPEALED:
        raise WrongState("Nobody has appealed about this referral.")
    before = deciding.as_it_is(locked)
    declined = deciding.newest(locked, K.DECLINED)
    states.move(locked, R.SUBMITTED if agreed else R.DECLINED)
    locked.chair_confirmed_by_id = None if agreed else actor.id
    code = None if agreed else (declined.decline_code if declined else None) or DeclineCode.OTHER
    kind = K.APPEAL_AGREED if agreed else K.DECLINED
    deciding.record(session, actor, locked, kind, before=before, reason=reason, decline_code=code, now=now)
