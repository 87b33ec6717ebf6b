"""A manager's sign-off, where an area asks for one: it is never asked in an emergency and can never block.

The process specification, sections 1.1 and 2.2: what is refused has a reason and reaches the coordinator, and
so does what lies longer than its time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, policies, states
from conferences.calendars import local_day
from conferences.clocks import Clock, State
from conferences.errors import NotFound, Refused, WrongState
from conferences.forbidding import NEVER, has_gone_from
from conferences.locking import locked
from conferences.models import (
    Area,
    DecisionKind,
    Membership,
    Policy,
    Referral,
    ReferralStatus,
    Role,
    SignOffSkipped,
    Urgency,
    User,
)
from conferences.permissions import Permission, may, require
from conferences.referral import completeness, deciding, referral_clocks, sending
from conferences.referral.deciding import needs
from conferences.sealing import unseal
from conferences.visibility import find_in, unsent, visible_to
from conferences.wall import conflicts

PolicyOn = Callable[[date], Policy]
K, R, P = DecisionKind, ReferralStatus, Permission
OVERDUE, NOBODY_LEFT, GIVEN_BACK, LEFT_LYING = "overdue", "nobody_left", "given_back", "left_lying"


@dataclass(frozen=True)
class Stuck:
    """A referral that its agency has not let go: nothing of what it says, only that it is there and why.

    `reason` is what the manager wrote when they gave it back. `speak_to` names who there can say more: its
    writer, if they have not left, and who speaks for the agency; nobody who may not know of it.
    """

    referral: Referral
    case_reference: str
    agency: str
    why: str
    since: datetime
    reason: str = ""
    speak_to: tuple[str, ...] = ()
    writer_gone: bool = False


def is_asked(session: Session, referral: Referral, *, now: datetime) -> bool:
    """Returns whether the area asks for a sign-off of this agency's own referrals.

    What a coordinator sends in another agency's name is with the coordinator already.
    """
    policy = policies.in_force(session, referral.area_id, local_day(now))
    own = referral.referrer.agency_id == referral.agency_id
    return own and referral.agency.code in policy.sign_off


def managers(session: Session, referral: Referral) -> list[User]:
    """Returns who may sign a referral off: who speaks for its agency, never its writer, nobody shut out."""
    return [one for one in _representatives(session, referral.area_id) if _could_sign(one, referral)]


def _representatives(session: Session, area_id: UUID) -> Sequence[User]:
    wanted = select(User).join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
    wanted = wanted.where(User.area_id == area_id, User.is_active, Membership.role == Role.REPRESENTATIVE)
    return session.scalars(wanted).all()


def _could_sign(user: User, referral: Referral) -> bool:
    if user.agency_id != referral.agency_id or user.id == referral.referrer_id:
        return False
    return not any(forbids(user, referral) for forbids in NEVER)


def asked_first(session: Session, actor: User, referral: Referral, *, now: datetime) -> bool:
    """Hands a complete draft to the writer's manager; False when it goes straight on, with the reason kept.

    Names are compared first, so that a manager who is like somebody in the case never gets it.
    """
    if not is_asked(session, referral, now=now):
        return False
    conflicts.look_at_case(session, referral.case, now=now)
    skipped = None if managers(session, referral) else SignOffSkipped.NOBODY
    if referral.urgency is Urgency.EMERGENCY:
        skipped = SignOffSkipped.EMERGENCY
    referral.signoff_skipped = skipped
    referral.given_back_at = referral.left_lying_at = referral.writer_gone_at = None
    if skipped is not None:
        audit.record(session, actor, "referral.sign_off_skipped", referral, at=now, fields=skipped.value)
        return False
    states.move(referral, R.AWAITING_SIGNOFF)
    referral.signoff_asked_at = now
    audit.record(session, actor, "referral.sign_off_asked", referral, at=now)
    session.flush()
    return True


def sign_off(
    session: Session, actor: User, referral: Referral, *, now: datetime, version: int | None = None
) -> None:
    """Lets a referral go: it is sent exactly as its writer would have sent it."""
    row = _waiting(session, actor, referral, version)
    deciding.record(session, actor, row, K.SIGNED_OFF, before=None, now=now)
    sending.send(session, actor, row, now=now)


def give_back(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Gives a referral back to its writer with a reason, which the coordinator reads as well."""
    row = _waiting(session, actor, referral, version)
    needs(reason, "Say what has to be done first.", "reason")
    states.move(row, R.DRAFT)
    row.given_back_at = now
    days = policies.in_force(session, row.area_id, local_day(now)).draft_days
    row.expires_on = max(row.expires_on, local_day(now) + timedelta(days=days))
    deciding.record(session, actor, row, K.GIVEN_BACK, before=None, reason=reason, now=now)


def _waiting(session: Session, actor: User, referral: Referral, version: int | None) -> Referral:
    require(actor, P.SIGN_OFF, referral)
    row = locked(session, referral, whole=True)
    if row.status is not R.AWAITING_SIGNOFF:
        raise WrongState("This referral does not wait for a sign-off any more.")
    states.expect(row, version)
    return row


def take_in(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Takes a referral in without the sign-off that is late, was refused, or nobody is left to give."""
    require(actor, P.TAKE_IN, referral)
    row = locked(session, referral, whole=True)
    states.expect(row, version)
    speaking, policy_on = _representatives(session, row.area_id), policies.by_day(session, row.area_id)
    if _why_stuck(row, actor.area, speaking, policy_on, now) is None:
        raise WrongState("Its manager still has time to sign it off, or it has been sent.")
    needs(reason, "Say why it is taken in without a sign-off.", "reason")
    if completeness.missing(session, row):
        raise Refused("Its writer is changing it and something is missing now. Ring them.")
    deciding.record(session, actor, row, K.TAKEN_IN, before=None, reason=reason, now=now)
    sending.send(session, actor, row, now=now)


def to_sign(session: Session, actor: User) -> list[Referral]:
    """Returns the referrals that wait for this person's sign-off, longest waiting first."""
    wanted = visible_to(actor, Referral).where(Referral.status == R.AWAITING_SIGNOFF)
    rows = session.scalars(wanted.order_by(Referral.signoff_asked_at)).all()
    return [row for row in rows if may(actor, P.SIGN_OFF, row)]


def stuck(session: Session, actor: User, *, now: datetime) -> list[Stuck]:
    """Returns what its agency has not let go, longest first, for those who may take it in."""
    found = []
    rows = session.scalars(unsent(actor).order_by(Referral.started_at)).all()
    speaking = _representatives(session, actor.area_id) if rows else ()
    policy_on = policies.by_day(session, actor.area_id)
    for row in rows:
        why = _why_stuck(row, actor.area, speaking, policy_on, now) if may(actor, P.TAKE_IN, row) else None
        if why is not None:
            said = deciding.newest(row, K.GIVEN_BACK) if why == GIVEN_BACK else None
            since = row.left_lying_at or row.given_back_at or row.signoff_asked_at or row.started_at
            words = (deciding.reason_of(session, said) if said else "") or ""
            to, gone = _speak_to(session, row, speaking), has_gone_from(row.referrer, row)
            found.append(Stuck(row, row.case.reference, row.agency.name, why, since, words, to, gone))
    return sorted(found, key=lambda one: one.since)


def _speak_to(session: Session, row: Referral, speaking: Sequence[User]) -> tuple[str, ...]:
    writer = [] if any(forbids(row.referrer, row) for forbids in NEVER) else [row.referrer]
    people = [*writer, *(one for one in speaking if _could_sign(one, row))]
    return tuple(unseal(session, one, "name") or "" for one in people)


def _why_stuck(
    row: Referral, area: Area, speaking: Sequence[User], policy_on: PolicyOn, now: datetime
) -> str | None:
    if row.left_lying_at is not None:
        return LEFT_LYING
    if row.given_back_at is not None:
        return GIVEN_BACK
    clock = _clock(row, area, policy_on, now)
    if clock is None:
        return None
    if not any(_could_sign(one, row) for one in speaking):
        return NOBODY_LEFT
    return OVERDUE if clock.state is State.OVERDUE else None


def clock_of(session: Session, referral: Referral, *, now: datetime) -> Clock | None:
    """Reads the manager's clock; None when nobody is asked to sign off."""
    area = session.get_one(Area, referral.area_id)
    return _clock(referral, area, lambda on: policies.in_force(session, area.id, on), now)


def _clock(referral: Referral, area: Area, policy_on: PolicyOn, now: datetime) -> Clock | None:
    asked = referral.signoff_asked_at
    if referral.status is not R.AWAITING_SIGNOFF or asked is None:
        return None
    return referral_clocks.sign_off(asked, policy_on(local_day(asked)), area.nation, now)


def find_stuck(session: Session, actor: User, reference: str, *, now: datetime) -> Stuck:
    """Returns one of what this person may take in, or raises NotFound as if there were no such thing."""
    row = find_in(session, unsent(actor), Referral, reference)
    for one in stuck(session, actor, now=now):
        if one.referral.id == row.id:
            return one
    raise NotFound(Referral.__tablename__, row.id)
