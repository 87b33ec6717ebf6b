"""The queue: every sent referral waits there until a person decides, whether it qualifies or not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conferences import assessments, people, policies, referrals
from conferences.calendars import LONDON
from conferences.models import Area, Part, Referral, ReferralStatus, Urgency, User
from conferences.permissions import Permission, require
from conferences.visibility import visible_to

WAITING = (
    ReferralStatus.SUBMITTED,
    ReferralStatus.DECLINE_ASKED,
    ReferralStatus.WITHDRAW_ASKED,
    ReferralStatus.APPEALED,
    ReferralStatus.RETURNED,
)
ASKED = {
    ReferralStatus.DECLINE_ASKED: "decline_asked",
    ReferralStatus.WITHDRAW_ASKED: "withdraw_asked",
    ReferralStatus.APPEALED: "appealed",
    ReferralStatus.RETURNED: "waiting_for_referrer",
}


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
    if referral.status in ASKED:
        reasons.append(ASKED[referral.status])
    if result is None:
        return (*reasons, "unscored")
    reasons += [ground["id"] for ground in result["grounds"]]
    if not result["grounds"]:
        reasons.append("possible_high" if result["threshold_state"] == "open" else "below_the_line")
    return tuple(reasons)
