"""Undoing a decision within ten minutes: as an event of its own, exactly, unless somebody has acted on it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from conferences.errors import WrongState
from conferences.meeting import agenda
from conferences.models import Conference, Decision, DecisionKind, Listing, ListingStatus, Referral, User
from conferences.permissions import Permission, may, require
from conferences.referral import deciding
from conferences.triage import emergencies, holding, merging

K, P = DecisionKind, Permission
TIME = timedelta(minutes=10)
# Who took a decision may undo it; what the referrer says is theirs, and is not undone here.
NEEDED = {
    K.ACCEPTED: P.DECIDE_REFERRAL,
    K.RETURNED: P.DECIDE_REFERRAL,
    K.DECLINE_ASKED: P.DECIDE_REFERRAL,
    K.REDIRECTED: P.DECIDE_REFERRAL,
    K.ALERT_ONLY: P.DECIDE_REFERRAL,
    K.MERGED: P.DECIDE_REFERRAL,
    K.WITHDRAWN: P.DECIDE_REFERRAL,
    K.WITHDRAW_REFUSED: P.DECIDE_REFERRAL,
    K.DECLINE_REFUSED: P.CONFIRM_DECLINE,
    K.APPEAL_AGREED: P.DECIDE_APPEAL,
}
# These give a turn, hold one, or let a held one go.
PLACES = (K.ACCEPTED, K.RETURNED, K.DECLINED, K.REDIRECTED, K.ALERT_ONLY, K.MERGED, K.WITHDRAWN)


def needed_for(decision: Decision) -> Permission | None:
    """Returns the permission that undoing a decision needs: the one that taking it needed."""
    if decision.kind is K.DECLINED:
        confirmed = decision.referral.chair_confirmed_by_id is not None
        return P.CONFIRM_DECLINE if confirmed else P.DECIDE_REFERRAL
    return NEEDED.get(decision.kind)


def undoable(session: Session, actor: User, referral: Referral, *, now: datetime) -> Decision | None:
    """Returns the decision this person can undo now, or None."""
    row = referral.decisions[-1] if referral.decisions else None
    needed = needed_for(row) if row else None
    if row is None or needed is None or not may(actor, needed, referral):
        return None
    return row if _refusal(session, referral, row, now) is None else None


def undo(
    session: Session, actor: User, referral: Referral, *, now: datetime, version: int | None = None
) -> None:
    """Puts a referral back to where it stood before the newest decision; the decision stays on record."""
    require(actor, P.VIEW_QUEUE)
    locked = deciding.lock(session, referral, version)
    row = locked.decisions[-1] if locked.decisions else None
    needed = needed_for(row) if row else None
    if row is None or needed is None:
        raise WrongState("There is no decision here that can be undone.")
    require(actor, needed, locked)
    turn = _turn(session, row)
    if turn is not None:
        session.get_one(Conference, turn.conference_id, with_for_update=True, populate_existing=True)
    refusal = _refusal(session, locked, row, now)
    if refusal:
        raise WrongState(refusal)
    before = deciding.as_it_is(locked)
    if row.kind in PLACES:
        holding.put_back(session, locked, (row.before or {}).get("held"))
    deciding.put_back(locked, row.before or {})
    if turn is not None:
        emergencies.call_off(session, actor, turn.conference, now=now)
    deciding.record(session, actor, locked, K.UNDONE, before=before, undoes=row, now=now)


def _refusal(session: Session, referral: Referral, row: Decision, now: datetime) -> str | None:
    if now - row.at > TIME:
        return "Ten minutes are over, so this can no longer be undone."
    if row.before is None or referral.version != row.left_version:
        return "Somebody has worked on this referral since, so this can no longer be undone."
    if _closed(session, row):
        return "The meeting at which a place was held has begun, so this can no longer be undone."
    turn = _turn(session, row)
    if turn is None:
        return None
    if turn.conference.agenda_version != row.before.get("agenda_version"):
        return "The agenda has been issued since, so this can no longer be undone."
    worked_on = turn.contributions or turn.risks or turn.summary_sealed
    if turn.status is not ListingStatus.LISTED or worked_on or merging.has_updates(session, turn):
        return "Somebody has worked on the case’s turn since, so this can no longer be undone."
    return None


def _turn(session: Session, row: Decision) -> Listing | None:
    if row.kind not in (K.ACCEPTED, K.RETURNED) or not (row.before or {}).get("listing"):
        return None
    return session.get_one(Listing, UUID((row.before or {})["listing"]))


def _closed(session: Session, row: Decision) -> bool:
    held = (row.before or {}).get("held")
    if row.kind not in PLACES or held is None:
        return False
    return session.get_one(Listing, UUID(held)).conference.status not in agenda.TAKES_CASES
