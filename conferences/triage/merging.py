"""A referral about two people who already have a turn becomes an update to it, and counts once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import states
from conferences.errors import Refused, WrongState
from conferences.models import (
    Conference,
    ConferenceStatus,
    DecisionKind,
    Listing,
    ListingStatus,
    Referral,
    ReferralStatus,
    User,
)
from conferences.permissions import Permission, require
from conferences.person import pairs
from conferences.referral import deciding
from conferences.referral.deciding import needs
from conferences.triage import holding
from conferences.visibility import visible_to
from conferences.wall import sides

LIVE = (ConferenceStatus.PLANNED, ConferenceStatus.AGENDA_ISSUED, ConferenceStatus.IN_SESSION)


def merge(
    session: Session,
    actor: User,
    referral: Referral,
    listing: Listing,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Adds a referral, as an update, to a turn the same two people already have; they count once."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    require(actor, Permission.VIEW_LISTING, listing)
    needs(reason, "Say how you know that they are the same people.", "reason")
    locked = deciding.lock(session, referral, version)
    turn = session.get_one(Listing, listing.id, with_for_update=True, populate_existing=True)
    _check_turn(session, locked, turn)
    before = deciding.as_it_is(locked)
    before["held"] = holding.let_go(session, locked)
    states.move(locked, ReferralStatus.MERGED)
    locked.merged_into_id = turn.id
    deciding.record(session, actor, locked, DecisionKind.MERGED, before=before, reason=reason, now=now)


def _check_turn(session: Session, referral: Referral, turn: Listing) -> None:
    if turn.status is not ListingStatus.LISTED or turn.conference.status not in LIVE:
        raise WrongState("That turn is over. Accept the referral onto a meeting instead.")
    if not pairs.same_pair(session, referral.case, turn.case):
        raise Refused("That turn is about other people.", field="listing")
    if not sides.same(session, referral.case, turn.case):
        raise Refused(
            "Different people are shut out of the two cases. Shut the same people out of both first.",
            field="listing",
        )


def turns_for(session: Session, actor: User, referral: Referral) -> list[Listing]:
    """Returns the turns still to come of the same two people, soonest first."""
    wanted = (
        visible_to(actor, Listing)
        .join(Conference, Conference.id == Listing.conference_id)
        .where(
            Listing.status == ListingStatus.LISTED,
            Conference.status.in_(LIVE),
            Listing.referral_id != referral.id,
        )
        .order_by(Conference.starts_at)
    )
    rows = session.scalars(wanted).all()
    same = {case.id for case in pairs.same_pairs(session, referral.case, [row.case for row in rows])}
    return [row for row in rows if row.case_id in same]


def updates_of(session: Session, actor: User, listing: Listing) -> list[Referral]:
    """Returns the referrals that were added to a turn as updates, for whoever may know of them."""
    wanted = visible_to(actor, Referral).where(Referral.merged_into_id == listing.id)
    return list(session.scalars(wanted.order_by(Referral.submitted_at)))


def has_updates(session: Session, listing: Listing) -> bool:
    """Returns whether any referral was added to a turn."""
    wanted = select(Referral.id).where(Referral.merged_into_id == listing.id).limit(1)
    return session.scalar(wanted) is not None
