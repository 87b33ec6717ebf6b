"""A share of what a coordinator decided alone is drawn at random, and the chair reads it again."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from conferences import audit, policies
from conferences.calendars import local_day
from conferences.errors import Refused, WrongState
from conferences.models import Decision, DecisionKind, Draw, Referral, User, new_id
from conferences.permissions import Permission, require
from conferences.sealing import seal, unseal
from conferences.visibility import visible_to

DRAWN_FROM = (DecisionKind.DECLINED, DecisionKind.REDIRECTED, DecisionKind.ALERT_ONLY)


def draw(session: Session, referral: Referral, decision: Decision, *, now: datetime) -> Draw | None:
    """Draws and keeps the roll, whatever it says; None for what the chair decided or is not drawn from."""
    if decision.kind not in DRAWN_FROM or referral.chair_confirmed_by_id is not None:
        return None
    share = policies.in_force(session, referral.area_id, local_day(now)).audit_share
    roll = secrets.randbelow(10_000)
    row = Draw(id=new_id(), area_id=referral.area_id, decision_id=decision.id, referral_id=referral.id)
    row.share, row.roll, row.drawn, row.at = share, roll, roll < share * 100, now
    row.data_key = referral.data_key
    session.add(row)
    return row


def to_read(session: Session, actor: User) -> list[Draw]:
    """Returns the drawn decisions that stand and wait for the chair, oldest first."""
    require(actor, Permission.READ_SAMPLE)
    wanted = visible_to(actor, Draw).where(Draw.drawn, Draw.agrees.is_(None)).order_by(Draw.at)
    return [row for row in session.scalars(wanted) if _stands(row)]


def _stands(row: Draw) -> bool:
    return all(other.undoes_id != row.decision_id for other in row.referral.decisions)


def review(
    session: Session, actor: User, row: Draw, *, agrees: bool, note: str | None, now: datetime
) -> None:
    """Records that the chair agrees or not, once; not agreeing needs a note. The decision itself stays."""
    require(actor, Permission.REVIEW_DECISION, row)
    if not agrees and not (note and note.strip()):
        raise Refused("Say what you would have decided, and why.", field="note")
    locked = session.get_one(Draw, row.id, with_for_update=True, populate_existing=True)
    if not locked.drawn or locked.agrees is not None or not _stands(locked):
        raise WrongState("This decision has been read already, or was undone.")
    locked.agrees, locked.reviewed_at, locked.reviewed_by_id = agrees, now, actor.id
    seal(session, locked, "note", note)
    audit.record(session, actor, "sample.reviewed", locked.referral, at=now)
    session.flush()


def note_of(session: Session, row: Draw) -> str | None:
    """Reads what the chair noted."""
    return unseal(session, row, "note")
