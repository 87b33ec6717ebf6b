"""What every decision about a referral has in common: one at a time, with its words, and undone exactly."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.errors import Refused
from conferences.locking import locked
from conferences.models import (
    Decision,
    DecisionKind,
    DeclineCode,
    Elsewhere,
    Referral,
    ReferralStatus,
    User,
    WithdrawCode,
    new_id,
)
from conferences.referral import sampling
from conferences.sealing import seal, unseal

K = DecisionKind
BEFORE = ("status", "redirected_to", "merged_into_id", "chair_confirmed_by_id", "withdrawal_confirmed_by_id")
_TYPES: dict[str, Any] = {"status": ReferralStatus, "redirected_to": Elsewhere}


def lock(session: Session, referral: Referral, version: int | None) -> Referral:
    """Returns the referral as nobody else can decide it meanwhile; raises Stale for an older version."""
    locked(session, referral)
    session.expire(referral, ["decisions"])
    states.expect(referral, version)
    return referral


def needs(words: str | None, sentence: str, field: str) -> None:
    """Raises Refused unless something was written."""
    if not words or not words.strip():
        raise Refused(sentence, field=field)


def as_it_is(referral: Referral) -> dict[str, Any]:
    """Returns where a referral stands, so that a decision can be undone exactly."""
    known = {column: getattr(referral, column) for column in BEFORE}
    return {column: _said(value) for column, value in known.items()}


def _said(value: Any) -> str | None:
    if value is None or isinstance(value, StrEnum):
        return value
    return str(value.hex)


def put_back(referral: Referral, before: dict[str, Any]) -> None:
    """Makes a referral stand exactly where it stood."""
    for column in BEFORE:
        value = before.get(column)
        setattr(referral, column, None if value is None else _TYPES.get(column, UUID)(value))


def record(
    session: Session,
    actor: User,
    referral: Referral,
    kind: DecisionKind,
    *,
    before: dict[str, Any] | None,
    reason: str | None = None,
    decline_code: DeclineCode | None = None,
    withdraw_code: WithdrawCode | None = None,
    signpost: str | None = None,
    advice: str | None = None,
    undoes: Decision | None = None,
    now: datetime,
) -> Decision:
    """Adds a decision and its line in the trail; `before` is where the referral stood."""
    session.flush()
    row = Decision(id=new_id(), referral=referral, kind=kind, data_key=referral.data_key, at=now)
    row.by_id, row.before, row.left_version = actor.id, before, referral.version
    row.decline_code, row.withdraw_code = decline_code, withdraw_code
    row.undoes_id = undoes.id if undoes else None
    for column, words in (("reason", reason), ("signpost", signpost), ("advice", advice)):
        seal(session, row, column, words)
    session.add(row)
    sampling.draw(session, referral, row, now=now)
    audit.record(session, actor, f"referral.{kind.value}", referral, at=now)
    session.flush()
    session.expire(referral, ["decisions"])
    return row


def standing(referral: Referral) -> list[Decision]:
    """Returns the decisions that stand, oldest first: none that was undone, and no undoing."""
    undone = {row.undoes_id for row in referral.decisions}
    return [row for row in referral.decisions if row.kind is not K.UNDONE and row.id not in undone]


def newest(referral: Referral, *kinds: DecisionKind) -> Decision | None:
    """Returns the newest standing decision of these kinds, or of any kind when none is named."""
    found = [row for row in standing(referral) if not kinds or row.kind in kinds]
    return found[-1] if found else None


def reason_of(session: Session, decision: Decision) -> str | None:
    """Reads the words given with a decision."""
    return unseal(session, decision, "reason")
