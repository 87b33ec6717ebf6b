"""The queue: every sent referral waits there until a person decides, whether it qualifies or not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conferences import agenda, assessments, audit, people, policies, referrals, states
from conferences.calendars import LONDON
from conferences.errors import Refused, WrongState
from conferences.models import (
    Area,
    Conference,
    Decision,
    DecisionKind,
    Listing,
    Part,
    Referral,
    ReferralStatus,
    Urgency,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.sealing import seal, unseal
from conferences.visibility import visible_to

WAITING = (ReferralStatus.SUBMITTED, ReferralStatus.DECLINE_ASKED, ReferralStatus.RETURNED)


@dataclass(frozen=True)
class QueueRow:
    """One referral in the queue: why it is here, how much time is left, what its answers say."""

    referral: Referral
    victim: str
    reason: str
    result: dict[str, Any] | None
    decide_by: datetime
    children: int
    perpetrators: int
    consent: str | None
    why_here: tuple[str, ...]

    @property
    def paused(self) -> bool:
        """The clock stands still while the referrer is asked something."""
        return self.referral.status is ReferralStatus.RETURNED

    @property
    def place(self) -> tuple[bool, bool, datetime, bool, str]:
        """Orders the queue: running clocks first, emergencies first, least time left, certain first."""
        certain = bool(self.result and self.result["threshold_state"] == "met")
        calm = self.referral.urgency is not Urgency.EMERGENCY
        return (self.paused, calm, self.decide_by, not certain, self.referral.case.reference)


def queue(session: Session, actor: User, *, now: datetime) -> list[QueueRow]:
    """Returns the queue, least time left first; emergencies before all."""
    require(actor, Permission.VIEW_QUEUE)
    waiting = session.scalars(visible_to(actor, Referral).where(Referral.status.in_(WAITING))).all()
    area = session.get_one(Area, actor.area_id)
    policy = policies.in_force(session, area.id, now.astimezone(LONDON).date())
    rows = [_row(session, referral, area, policy, now) for referral in waiting]
    return sorted(rows, key=lambda row: row.place)


def _row(session: Session, referral: Referral, area: Area, policy: Any, now: datetime) -> QueueRow:
    result = assessments.result_of(session, referral.assessment)
    sent = referral.submitted_at or now
    return QueueRow(
        referral=referral,
        victim=people.name_of(session, people.victim_of(referral.case)),
        reason=referrals.reason_of(session, referral) or "",
        result=result,
        decide_by=policies.decide_by(sent, policy, area.nation),
        children=len(people.in_part(referral.case, Part.CHILD)),
        perpetrators=len(people.in_part(referral.case, Part.PERPETRATOR)),
        consent=referrals.sharing_of(session, referral).get("consent"),
        why_here=_why_here(referral, result),
    )


def _why_here(referral: Referral, result: dict[str, Any] | None) -> tuple[str, ...]:
    reasons = []
    if referral.urgency is Urgency.EMERGENCY:
        reasons.append("emergency")
    if referral.status is ReferralStatus.DECLINE_ASKED:
        reasons.append("decline_asked")
    if referral.status is ReferralStatus.RETURNED:
        reasons.append("waiting_for_referrer")
    if result is None:
        return (*reasons, "unscored")
    reasons += [ground["id"] for ground in result["grounds"]]
    if not result["grounds"]:
        reasons.append("possible_high" if result["threshold_state"] == "open" else "below_the_line")
    return tuple(reasons)


def _decide(
    session: Session, actor: User, referral: Referral, kind: DecisionKind, reason: str | None, now: datetime
) -> None:
    row = Decision(
        id=new_id(), referral=referral, kind=kind, data_key=referral.data_key, at=now, by_id=actor.id
    )
    seal(session, row, "reason", reason)
    session.add(row)
    audit.record(session, actor, f"referral.{kind.value}", referral, at=now)
    session.flush()


def _lock(session: Session, referral: Referral, version: int | None) -> Referral:
    locked = session.get_one(Referral, referral.id, with_for_update=True, populate_existing=True)
    states.expect(locked, version)
    return locked


def accept(
    session: Session,
    actor: User,
    referral: Referral,
    conference: Conference,
    *,
    now: datetime,
    version: int | None = None,
) -> Listing:
    """Puts the case on a meeting's agenda, children first."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    require(actor, Permission.VIEW_CONFERENCE, conference)
    locked = _lock(session, referral, version)
    states.move(locked, ReferralStatus.ACCEPTED)
    listing = agenda.place(session, actor, conference, locked, now=now)
    _decide(session, actor, locked, DecisionKind.ACCEPTED, None, now)
    return listing


def return_with_question(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    question: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Asks the referrer for exactly what is missing; the clock stops, the safety work does not."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    _needs(question, "Write the question the referrer should answer.", "question")
    locked = _lock(session, referral, version)
    states.move(locked, ReferralStatus.RETURNED)
    _decide(session, actor, locked, DecisionKind.RETURNED, question, now)


def reply(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    words: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Answers the coordinator's question and puts the referral back in the queue."""
    require(actor, Permission.REPLY_TO_QUESTION, referral)
    _needs(words, "Write your answer.", "reply")
    locked = _lock(session, referral, version)
    if locked.status is not ReferralStatus.RETURNED:
        raise WrongState("Nobody is waiting for an answer to this referral.")
    states.move(locked, ReferralStatus.SUBMITTED)
    _decide(session, actor, locked, DecisionKind.REPLIED, words, now)


def decline(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Declines with a reason; one that qualifies, or could not be scored, waits for the chair to confirm."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    _needs(reason, "Give the reason, and what was offered instead.", "reason")
    locked = _lock(session, referral, version)
    if locked.qualifies is False:
        states.move(locked, ReferralStatus.DECLINED)
        _decide(session, actor, locked, DecisionKind.DECLINED, reason, now)
    else:
        states.move(locked, ReferralStatus.DECLINE_ASKED)
        _decide(session, actor, locked, DecisionKind.DECLINE_ASKED, reason, now)


def confirm_decline(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    agreed: bool,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """The chair agrees to declining, or sends the referral back to the queue; either way with a reason."""
    require(actor, Permission.CONFIRM_DECLINE, referral)
    _needs(reason, "Say why.", "reason")
    locked = _lock(session, referral, version)
    if locked.status is not ReferralStatus.DECLINE_ASKED:
        raise WrongState("Nobody has asked to decline this referral.")
    if agreed:
        locked.chair_confirmed_by_id = actor.id
        states.move(locked, ReferralStatus.DECLINED)
        _decide(session, actor, locked, DecisionKind.DECLINED, reason, now)
    else:
        states.move(locked, ReferralStatus.SUBMITTED)
        _decide(session, actor, locked, DecisionKind.DECLINE_REFUSED, reason, now)


def _needs(words: str | None, sentence: str, field: str) -> None:
    if not words or not words.strip():
        raise Refused(sentence, field=field)


def reason_of(session: Session, decision: Decision) -> str | None:
    """Reads the words given with a decision."""
    return unseal(session, decision, "reason")


def open_conferences(session: Session, actor: User, *, now: datetime) -> list[Conference]:
    """Returns the meetings a case can still be accepted onto, soonest first."""
    found = visible_to(actor, Conference).where(
        Conference.starts_at > now, Conference.status.in_(agenda.TAKES_CASES)
    )
    return list(session.scalars(found.order_by(Conference.starts_at)))
