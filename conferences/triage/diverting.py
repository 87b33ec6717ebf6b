"""Other ways out of the queue: another route, or alerts only."""

from datetime import datetime

from sqlalchemy.orm import Session

from conferences import states
from conferences.models import DecisionKind, Elsewhere, Referral, ReferralStatus, User
from conferences.permissions import Permission, require
from conferences.referral import deciding
from conferences.referral.deciding import needs
from conferences.triage import holding


def redirect(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    to: Elsewhere,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Sends a referral on to the route that is right for it; it stays on record here."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    needs(reason, "Say why that route is right, and who there has taken it.", "reason")
    locked = deciding.lock(session, referral, version)
    before = deciding.as_it_is(locked)
    before["held"] = holding.let_go(session, locked)
    states.move(locked, ReferralStatus.REDIRECTED)
    locked.redirected_to = to
    deciding.record(session, actor, locked, DecisionKind.REDIRECTED, before=before, reason=reason, now=now)


def alert_only(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Lists a case for agencies to flag and not to discuss; it can go onto a meeting later."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    needs(reason, "Say why alerts are enough for now.", "reason")
    locked = deciding.lock(session, referral, version)
    before = deciding.as_it_is(locked)
    before["held"] = holding.let_go(session, locked)
    states.move(locked, ReferralStatus.ALERT_ONLY)
    deciding.record(session, actor, locked, DecisionKind.ALERT_ONLY, before=before, reason=reason, now=now)
