"""A place held at a meeting while the referrer answers, so that asking never costs a case its turn."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.errors import Refused
from conferences.meeting import agenda
from conferences.models import Conference, Listing, ListingStatus, Referral, User


def turn_of(session: Session, referral: Referral) -> Listing | None:
    """Returns the turn a referral has on an agenda, held or firm; None when it was taken off."""
    wanted = select(Listing).where(
        Listing.referral_id == referral.id, Listing.status != ListingStatus.TAKEN_OFF
    )
    return session.scalars(wanted.order_by(Listing.listed_at.desc()).limit(1)).one_or_none()


def hold(
    session: Session, actor: User, referral: Referral, conference: Conference, *, now: datetime
) -> Listing:
    """Lists a case provisionally while its referrer is asked; only one that may qualify."""
    if referral.qualifies is False:
        raise Refused("Only a case that may qualify is listed provisionally.", field="conference")
    let_go(session, referral)
    row = agenda.place(session, actor, conference, referral, now=now)
    row.provisional = True
    session.flush()
    return row


def firm(
    session: Session, actor: User, referral: Referral, conference: Conference, *, now: datetime
) -> Listing:
    """Gives a case its turn; a place held at that meeting becomes the turn, one held elsewhere is let go."""
    held = turn_of(session, referral)
    if held is not None and held.provisional and held.conference_id == conference.id:
        held.provisional = False
        session.flush()
        return held
    let_go(session, referral)
    return agenda.place(session, actor, conference, referral, now=now)


def let_go(session: Session, referral: Referral) -> str | None:
    """Takes a held place off its agenda and returns its reference, for undoing; None when there was none."""
    held = turn_of(session, referral)
    if held is None or not held.provisional or held.status is not ListingStatus.LISTED:
        return None
    agenda.take_off(session, held)
    return held.id.hex


def held_by(session: Session, referral: Referral) -> str | None:
    """Returns the reference of the held place, for undoing."""
    held = turn_of(session, referral)
    return held.id.hex if held is not None and held.provisional else None


def put_back(session: Session, referral: Referral, held: str | None) -> None:
    """Makes a referral hold exactly the place it held before, or none."""
    turn = turn_of(session, referral)
    if turn is not None and turn.id.hex != held:
        agenda.take_off(session, turn)
    if held is not None:
        row = session.get_one(Listing, UUID(held))
        if row.status is ListingStatus.TAKEN_OFF:
            agenda.bring_back(session, row)
        row.provisional = True
        session.flush()
