"""A referrer may take a referral back for a reason; it stays in the queue until the coordinator confirms."""

from datetime import datetime

from sqlalchemy.orm import Session

from conferences import states
from conferences.errors import Refused, WrongState
from conferences.models import DecisionKind, Referral, ReferralStatus, User, WithdrawCode
from conferences.permissions import Permission, require
from conferences.referral import deciding
from conferences.referral.deciding import needs
from conferences.triage import holding

K, R = DecisionKind, ReferralStatus


def withdraw(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    code: WithdrawCode,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Asks the coordinator to take a referral back; it stays in the queue until they confirm."""
    require(actor, Permission.WITHDRAW_REFERRAL, referral)
    needs(reason, "Say what happened.", "reason")
    if code is WithdrawCode.NOT_WANTED:
        raise Refused(
            "That the person does not want it is not a reason by itself. "
            "Tell the coordinator what they said: the meeting can still help to keep them safe.",
            field="code",
        )
    locked = deciding.lock(session, referral, version)
    before = deciding.as_it_is(locked)
    states.move(locked, R.WITHDRAW_ASKED)
    deciding.record(
        session, actor, locked, K.WITHDRAW_ASKED, before=before, reason=reason, withdraw_code=code, now=now
    )


def confirm_withdrawal(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    agreed: bool,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """The coordinator confirms that a referral is taken back, or puts it back where it was."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    needs(reason, "Say why.", "reason")
    locked = deciding.lock(session, referral, version)
    before = deciding.as_it_is(locked)
    asked = deciding.newest(locked, K.WITHDRAW_ASKED)
    if locked.status is not R.WITHDRAW_ASKED or asked is None:
        raise WrongState("Nobody has asked to take this referral back.")
    if agreed:
        before["held"] = holding.let_go(session, locked)
        states.move(locked, R.WITHDRAWN)
        locked.withdrawal_confirmed_by_id = actor.id
    else:
        states.move(locked, R((asked.before or {}).get("status", R.SUBMITTED)))
    kind = K.WITHDRAWN if agreed else K.WITHDRAW_REFUSED
    deciding.record(session, actor, locked, kind, before=before, reason=reason, now=now)
