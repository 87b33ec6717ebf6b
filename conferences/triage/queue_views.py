"""The queue: every sent referral waits there until a person decides, whether it qualifies or not."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from conferences import policies
from conferences.calendars import local_day
from conferences.clocks import Clock
from conferences.models import Area, Gate, Nation, Part, Policy, ReferralStatus, Urgency, User
from conferences.permissions import Permission, require
from conferences.referral import gates, referral_clocks
from conferences.triage import queue_columns
from conferences.triage.queue_columns import Found

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

    referral_id: UUID
    case_reference: str
    agency_id: UUID
    agency: str
    status: ReferralStatus
    gate: Gate | None
    urgency: Urgency
    qualifies: bool | None
    submitted_at: datetime
    version: int
    victim: str
    reason: str
    result: dict[str, Any] | None
    clock: Clock
    chase: referral_clocks.Chase | None
    children: int
    perpetrators: int
    consent: str | None
    why_here: tuple[str, ...]
    somebody_alike: bool

    @property
    def decide_by(self) -> datetime:
        """When the referral has to be decided; while the clock stands still, when it would be due."""
        return self.clock.due

    @property
    def paused(self) -> bool:
        """The clock stands still while the referrer is asked something."""
        return self.status is ReferralStatus.RETURNED

    @property
    def open_items(self) -> dict[str, int]:
        """How many items have no clear answer, by why: dont_know, refused, not_asked."""
        return dict(Counter(one["state"] for one in (self.result or {}).get("unknown", ())))

    @property
    def place(self) -> tuple[bool, bool, bool, datetime, bool, str]:
        """Orders the queue: running clocks, emergencies, another route today, least time left, certain."""
        certain = bool(self.result and self.result["threshold_state"] == "met")
        calm = self.urgency is not Urgency.EMERGENCY
        return (self.paused, calm, self.gate is None, self.decide_by, not certain, self.case_reference)


def queue(session: Session, actor: User, *, now: datetime) -> list[QueueRow]:
    """Returns the queue, least time left first; emergencies before all, in the same few queries."""
    require(actor, Permission.VIEW_QUEUE)
    area = session.get_one(Area, actor.area_id)
    policy = policies.in_force(session, area.id, local_day(now))
    found = queue_columns.waiting(session, actor, WAITING)
    return sorted((_row(one, policy, area.nation, now) for one in found), key=lambda row: row.place)


def _row(one: Found, policy: Policy, nation: Nation, now: datetime) -> QueueRow:
    sent = one.submitted_at or now
    parts = Counter(one.parts)
    return QueueRow(
        referral_id=one.referral_id,
        case_reference=one.case_reference,
        agency_id=one.agency_id,
        agency=one.agency,
        status=one.status,
        gate=one.gate,
        urgency=one.urgency,
        qualifies=one.qualifies,
        submitted_at=sent,
        version=one.version,
        victim=one.victim,
        reason=one.reason,
        result=one.result,
        clock=referral_clocks.triage(sent, one.decisions, policy, nation, now),
        chase=referral_clocks.referrer(one.decisions, policy, nation, now),
        children=parts[Part.CHILD],
        perpetrators=parts[Part.PERPETRATOR],
        consent=one.consent,
        why_here=_why_here(one),
        somebody_alike=one.somebody_alike,
    )


def _why_here(one: Found) -> tuple[str, ...]:
    reasons = [one.gate.value] if one.gate else []
    reasons += ["emergency"] if one.urgency is Urgency.EMERGENCY else []
    if one.status in ASKED:
        reasons.append(ASKED[one.status])
    if one.result is None:
        return (*reasons, "unscored")
    reasons += gates.of_the_checklist(one.result)
    reasons += [ground["id"] for ground in one.result["grounds"]]
    if not one.result["grounds"]:
        reasons.append("possible_high" if one.result["threshold_state"] == "open" else "below_the_line")
    if one.known_repeat and "repeat" not in reasons:
        reasons.append("said_repeat")
    return tuple(reasons)


@dataclass(frozen=True)
class Filters:
    """What of the queue is shown; a name is never among it."""

    agency: UUID | None = None
    ground: str = ""
    children: str = ""
    urgency: str = ""
    waited: int = 0

    def keeps(self, row: QueueRow) -> bool:
        """Returns whether a row is shown; `waited` is in working days already spent."""
        return (
            self.agency in (None, row.agency_id)
            and (not self.ground or self.ground in row.why_here)
            and (not self.children or (self.children == "yes") == bool(row.children))
            and (not self.urgency or self.urgency == row.urgency.value)
            and row.clock.spent >= self.waited
        )


def beside(rows: list[QueueRow], referral_id: UUID) -> tuple[UUID | None, UUID | None]:
    """Returns the referrals before and after one in the queue."""
    ids = [row.referral_id for row in rows]
    if referral_id not in ids:
        return (None, ids[0] if ids else None)
    at = ids.index(referral_id)
    return (ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None)


def agencies(rows: list[QueueRow]) -> list[tuple[UUID, str]]:
    """Returns the agencies that have something in the queue, by name."""
    found: dict[UUID, str] = defaultdict(str)
    for row in rows:
        found[row.agency_id] = row.agency
    return sorted(found.items(), key=lambda one: one[1])
