"""Drafts that lie at an agency, or whose writer has left: shown to who speaks for it, and taken over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import Session

from conferences import policies, states
from conferences.calendars import local_day
from conferences.errors import NotFound
from conferences.forbidding import has_gone_from
from conferences.locking import locked
from conferences.models import DecisionKind, Referral, Role, User
from conferences.permissions import Permission, may, require
from conferences.referral import deciding
from conferences.sealing import unseal
from conferences.visibility import find_in, left_behind
from conferences.wall import conflicts


@dataclass(frozen=True)
class LeftBehind:
    """A colleague's draft: whose, since when, whether it must be heard; nothing of what it says."""

    referral: Referral
    case_reference: str
    writer: str
    writer_gone: bool
    must_be_heard: bool
    since: datetime
    may_take_over: bool


def lying(session: Session, actor: User) -> list[LeftBehind]:
    """Returns what lies at the person's agency, longest first.

    For those who run the meeting: what would have to be heard and has lost its writer, at any agency.
    """
    since = func.least(Referral.left_lying_at, Referral.writer_gone_at)
    rows = session.scalars(left_behind(actor).order_by(since, Referral.id)).all()
    return [shown(session, actor, row) for row in rows if _is_told(actor, row)]


def find(session: Session, actor: User, reference: str) -> Referral:
    """Returns one of them, or raises NotFound as if there were no such thing."""
    row = find_in(session, left_behind(actor), Referral, reference)
    if not _is_told(actor, row):
        raise NotFound(Referral.__tablename__, row.id)
    return row


def _is_told(actor: User, row: Referral) -> bool:
    """Among those who run the meeting only whoever could take it in."""
    return actor.role is Role.REPRESENTATIVE or may(actor, Permission.TAKE_IN, row)


def shown(session: Session, actor: User, row: Referral) -> LeftBehind:
    """Gives what is said of one of them."""
    since = min(one for one in (row.left_lying_at, row.writer_gone_at) if one)
    return LeftBehind(
        row,
        row.case.reference,
        unseal(session, row.referrer, "name") or "",
        has_gone_from(row.referrer, row),
        row.left_lying_at is not None,
        since,
        may(actor, Permission.TAKE_OVER, row),
    )


def take_over(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """Makes a draft the actor's own, to read, change and send; its first writer stays in the trail.

    Names are compared once more before anything is opened.
    """
    require(actor, Permission.TAKE_OVER, referral)
    row = locked(session, referral, whole=True)
    states.expect(row, version)
    conflicts.look_at_case(session, row.case, now=now)
    if not may(actor, Permission.TAKE_OVER, row):
        raise NotFound(Referral.__tablename__, row.id)
    deciding.needs(reason, "Say why you take it over.", "reason")
    deciding.record(session, actor, row, DecisionKind.TAKEN_OVER, before=None, reason=reason, now=now)
    row.referrer = actor
    row.left_lying_at = row.writer_gone_at = None
    if row.case.shared_at is None:
        row.case.opened_by_id = actor.id
    days = policies.in_force(session, row.area_id, local_day(now)).draft_days
    row.expires_on = max(row.expires_on, local_day(now) + timedelta(days=days))
    session.flush()
