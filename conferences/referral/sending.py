"""The moment a referral is sent: scored, stored, queued, and the advocates told."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.models import Referral, ReferralStatus, User
from conferences.referral import advocates, gates
from conferences.sealing import unseal_json
from conferences.wall import conflicts


def send(session: Session, actor: User, referral: Referral, *, now: datetime) -> None:
    """Sends a complete, locked referral; the caller has asked whether this person may.

    The checklist stays its writer's, whoever lets the referral go.
    """
    writer = referral.referrer
    result = assessments.score(session, writer, referral, now=now)
    states.move(referral, ReferralStatus.SUBMITTED)
    referral.submitted_at, referral.gate = now, gates.gate_of(session, referral, local_day(now))
    referral.given_back_at = referral.left_lying_at = referral.writer_gone_at = None
    referral.unplaced_sealed = None
    if referral.case.shared_at is None:
        referral.case.shared_at = now
    assessments.complete(session, writer, referral, result, now=now)
    referral.known_repeat = called_repeat(session, referral, result)
    conflicts.look_at_case(session, referral.case, now=now)
    advocates.tell(session, actor, referral, now=now)
    audit.record(session, actor, "referral.submitted", referral, at=now)
    session.flush()


def called_repeat(session: Session, referral: Referral, result: dict[str, Any] | None) -> bool:
    """Returns whether the checklist or the referrer says repeat, or the case itself was sent before."""
    if result is not None and any(ground["id"] == "repeat" for ground in result["grounds"]):
        return True
    earlier = select(Referral.id).where(
        Referral.case_id == referral.case_id, Referral.id != referral.id, Referral.submitted_at.is_not(None)
    )
    said = history_of(session, referral).get("repeat") == "yes"
    return said or session.scalar(earlier.limit(1)) is not None


def history_of(session: Session, referral: Referral) -> dict[str, Any]:
    """Reads the dated history: incidents, escalating, repeat, last_referral_on, incident_kind."""
    known: dict[str, Any] | None = unseal_json(session, referral, "history")
    return known or {}
