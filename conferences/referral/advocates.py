"""With every referral the area's advocates are told of a new person to ring; what came of it is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, policies
from conferences.calendars import end_of_working_day, local_day, working_days_from
from conferences.errors import WrongState
from conferences.models import (
    AdvocateReferral,
    Area,
    Case,
    FirstContact,
    Membership,
    Referral,
    ReferralStatus,
    Role,
    Urgency,
    User,
    new_id,
)
from conferences.permissions import Permission, may, require
from conferences.person import people
from conferences.sealing import seal, unseal
from conferences.visibility import visible_to

STILL_TO_RING = (None, FirstContact.NOT_CONTACTABLE)


@dataclass(frozen=True)
class ToRing:
    """One person to ring, by reference and initials; `nobody` when no advocate may know of the case."""

    row: AdvocateReferral
    case_reference: str
    initials: str
    late: bool
    nobody: bool


def tell(session: Session, actor: User, referral: Referral, *, now: datetime) -> AdvocateReferral:
    """Tells the area's advocates of a referral that was sent; first contact is due in working days."""
    area, today = session.get_one(Area, referral.area_id), local_day(now)
    days = policies.in_force(session, area.id, today).contact_days
    row = AdvocateReferral(id=new_id(), area_id=area.id, case_id=referral.case_id, referral_id=referral.id)
    row.data_key, row.made_at = referral.data_key, now
    row.due_at = end_of_working_day(working_days_from(today, days, area.nation))
    session.add(row)
    audit.record(session, actor, "advocate.told", referral, at=now)
    session.flush()
    return row


def advocates_of(session: Session, area_id: UUID) -> list[User]:
    """Returns the advocates of an area who can sign in."""
    wanted = (
        select(User)
        .join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
        .where(User.area_id == area_id, User.is_active, Membership.role == Role.IDVA)
    )
    return list(session.scalars(wanted))


def nobody_to_tell(case: Case, advocates: Sequence[User]) -> bool:
    """Returns whether none of the advocates may know of the case, so that the coordinator has to act."""
    return not any(may(user, Permission.VIEW_CASE, case) for user in advocates)


def to_ring(session: Session, actor: User, *, now: datetime) -> list[ToRing]:
    """Returns whom this person has to ring, emergencies and then soonest due first.

    An advocate has to ring all of them, a coordinator those of whom no advocate may know.
    """
    if actor.role not in (Role.IDVA, Role.COORDINATOR):
        return []
    wanted = (
        visible_to(actor, AdvocateReferral)
        .join(Referral, Referral.id == AdvocateReferral.referral_id)
        .where(
            Referral.status != ReferralStatus.WITHDRAWN,
            AdvocateReferral.outcome.is_(None) | (AdvocateReferral.outcome == FirstContact.NOT_CONTACTABLE),
        )
        .order_by(Referral.urgency != Urgency.EMERGENCY, AdvocateReferral.due_at, AdvocateReferral.made_at)
    )
    telling = advocates_of(session, actor.area_id)
    found = [_shown(session, row, telling, now) for row in session.scalars(wanted)]
    return [one for one in found if actor.role is Role.IDVA or one.nobody]


def _shown(session: Session, row: AdvocateReferral, telling: Sequence[User], now: datetime) -> ToRing:
    initials = people.initials(people.name_of(session, people.victim_of(row.case)))
    late = row.outcome is None and now > row.due_at
    return ToRing(row, row.case.reference, initials, late, nobody_to_tell(row.case, telling))


def acknowledge(session: Session, actor: User, row: AdvocateReferral, *, now: datetime) -> None:
    """Says that somebody has taken it on; saying it twice changes nothing."""
    require(actor, Permission.RING_PERSON, row)
    locked = _lock(session, row)
    if locked.acknowledged_at is None:
        locked.acknowledged_at, locked.acknowledged_by_id = now, actor.id
        audit.record(session, actor, "advocate.acknowledged", locked.case, at=now)
    session.flush()


def record_contact(
    session: Session,
    actor: User,
    row: AdvocateReferral,
    *,
    outcome: FirstContact,
    note: str | None,
    now: datetime,
) -> None:
    """Records what came of ringing; somebody not reached may be reached later."""
    require(actor, Permission.RING_PERSON, row)
    locked = _lock(session, row)
    if locked.outcome not in STILL_TO_RING:
        raise WrongState("What came of it has already been recorded.")
    if locked.acknowledged_at is None:
        locked.acknowledged_at, locked.acknowledged_by_id = now, actor.id
    locked.outcome, locked.outcome_at, locked.outcome_by_id = outcome, now, actor.id
    seal(session, locked, "note", note)
    audit.record(session, actor, "advocate.rang", locked.case, at=now)
    session.flush()


def note_of(session: Session, row: AdvocateReferral) -> str | None:
    """Reads what was noted about the first contact."""
    return unseal(session, row, "note")


def _lock(session: Session, row: AdvocateReferral) -> AdvocateReferral:
    return session.get_one(AdvocateReferral, row.id, with_for_update=True, populate_existing=True)
