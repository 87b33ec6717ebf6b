"""A meeting called at once for a referral that cannot wait, with only those who are needed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.calendars import end_of_working_day, local_day, working_days_from
from conferences.errors import WrongState, refuse_any
from conferences.forbidding import NEVER
from conferences.models import (
    Agency,
    Area,
    CalledAgency,
    Conference,
    ConferenceKind,
    ConferenceStatus,
    DecisionKind,
    Listing,
    Membership,
    Referral,
    ReferralStatus,
    Role,
    Urgency,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.referral import deciding
from conferences.sealing import unseal
from conferences.triage import holding
from conferences.wall import walls

WITHIN = 2  # working days (process specification, section 2.6)


def latest(session: Session, referral: Referral, *, now: datetime) -> datetime:
    """Returns the latest moment at which an emergency meeting may begin."""
    area = session.get_one(Area, referral.area_id)
    return end_of_working_day(working_days_from(local_day(now), WITHIN, area.nation))


def chairs(session: Session, referral: Referral) -> list[User]:
    """Returns who may chair a meeting about this case, by name: nobody who is shut out of it."""
    wanted = select(User).join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
    wanted = wanted.where(User.area_id == referral.area_id, Membership.role == Role.CHAIR)
    found = [one for one in session.scalars(wanted) if not any(forbids(one, referral) for forbids in NEVER)]
    return sorted(found, key=lambda one: unseal(session, one, "name") or "")


def agencies(session: Session, referral: Referral) -> list[Agency]:
    """Returns the agencies that may be called for this case, by name."""
    wanted = select(Agency).where(Agency.area_id == referral.area_id).order_by(Agency.name)
    return [one for one in session.scalars(wanted) if not walls.is_shut_out(referral.case, one)]


def call(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    starts_at: datetime,
    venue: str,
    chair: UUID,
    called: Sequence[UUID],
    now: datetime,
    version: int | None = None,
) -> Listing:
    """Calls a meeting within two working days and lists the case there, in one step.

    Only the agencies called know of the meeting; undoing the decision calls it off.
    """
    require(actor, Permission.CALL_EMERGENCY, referral)
    in_time = now < starts_at <= latest(session, referral, now=now)
    chairing = next((one for one in chairs(session, referral) if one.id == chair), None)
    known = {one.id for one in agencies(session, referral)}
    absent = [
        ("venue", "Say where or how they meet.", not venue.strip()),
        ("starts_on", "It must begin from now on, and within two working days.", not in_time),
        ("chair", "Choose a chair who may know of the case.", chairing is None),
        ("agencies", "Choose the agencies that are needed.", not called or not set(called) <= known),
    ]
    refuse_any((field, sentence) for field, sentence, wrong in absent if wrong)
    assert chairing is not None  # noqa: S101 - refused above otherwise
    locked = deciding.lock(session, referral, version)
    if locked.urgency is not Urgency.EMERGENCY:
        raise WrongState("This referral was not sent as an emergency. Put it on the next meeting.")
    before = deciding.as_it_is(locked) | {"held": holding.held_by(session, locked)}
    states.move(locked, ReferralStatus.ACCEPTED)
    meeting = _meeting(session, actor, locked, starts_at, venue, chairing, called, now)
    listing = holding.firm(session, actor, locked, meeting, now=now)
    placed = before | {"listing": listing.id.hex, "agenda_version": meeting.agenda_version}
    deciding.record(session, actor, locked, DecisionKind.ACCEPTED, before=placed, now=now)
    return listing


def _meeting(
    session: Session,
    actor: User,
    referral: Referral,
    starts_at: datetime,
    venue: str,
    chair: User,
    called: Sequence[UUID],
    now: datetime,
) -> Conference:
    row = Conference(id=new_id(), area_id=referral.area_id, kind=ConferenceKind.EMERGENCY, chair=chair)
    row.starts_at, row.venue, row.created_at, row.created_by_id = starts_at, venue, now, actor.id
    session.add(row)
    session.flush()
    session.add_all(CalledAgency(conference_id=row.id, agency_id=one) for one in set(called))
    audit.record(session, actor, "conference.called", row, at=now)
    session.flush()
    return row


def call_off(session: Session, actor: User, conference: Conference, *, now: datetime) -> None:
    """Calls an emergency meeting off once its case was taken off it; any other meeting stays."""
    if conference.kind is ConferenceKind.EMERGENCY and not _has_a_case(session, conference):
        states.move(conference, ConferenceStatus.CANCELLED)
        audit.record(session, actor, "conference.called_off", conference, at=now)


def _has_a_case(session: Session, conference: Conference) -> bool:
    wanted = select(Listing.id).where(Listing.conference_id == conference.id, Listing.status != "taken_off")
    return session.scalar(wanted.limit(1)) is not None


def called_names(session: Session, conference: Conference) -> list[str]:
    """Returns the agencies called to an emergency meeting, by name."""
    wanted = select(Agency.name).join(CalledAgency, CalledAgency.agency_id == Agency.id)
    wanted = wanted.where(CalledAgency.conference_id == conference.id)
    return list(session.scalars(wanted.order_by(Agency.name)))
