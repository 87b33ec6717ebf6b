"""How old the last assessment of a case is, and how the risk has moved: like with like only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import risk
from conferences.calendars import LONDON, local_day
from conferences.case.case_views import referrals_of
from conferences.checklist import assessments
from conferences.models import Assessment, Case, Referral, User
from conferences.permissions import Permission, may
from conferences.referral import dated_events, sending
from conferences.referral.dated_events import DatedEvent
from risk.review import reopening, review_due
from risk.trend import ItemChange, changed_items

BREACH = "breach_of_order"


@dataclass(frozen=True)
class Clock:
    """When the risk was last assessed, when to look again, and what brought that forward.

    `event` is the dated event that did, where it was one; `dates` are all that are known, soonest first.
    """

    assessed_at: datetime
    days: int
    title: str
    level: str | None
    due_at: datetime | None
    reopened_by: str | None
    reopen_on: tuple[str, ...]
    event: DatedEvent | None
    dates: tuple[DatedEvent, ...]

    def is_due(self, now: datetime) -> bool:
        """Says whether somebody has to look again by now."""
        return self.due_at is not None and self.due_at <= now


@dataclass(frozen=True)
class Finished:
    """One finished checklist of a case with its result: both ends of the count, and the level in words."""

    assessment: Assessment
    assessed_at: datetime
    title: str
    low: int | None
    high: int | None
    level: str | None


@dataclass(frozen=True)
class Trend:
    """Finished checklists of one kind, newest first, and what the newest answers differently."""

    rows: list[Finished]
    changes: tuple[ItemChange, ...]
    others: int


def clock(session: Session, actor: User, case: Case, now: datetime) -> Clock | None:
    """Returns how old the newest finished checklist is, or None where a person may see none."""
    done = _finished(session, actor, case)
    if not done:
        return None
    rows = _readable_referrals(session, actor, case)
    assessment, dates = done[0], dated_events.of_case(session, actor, case, rows)
    at = _signed(assessment)
    result = assessments.result_of(session, assessment) or {}
    rules = assessments.rules_of(assessment)
    ahead = {(day, one.kind): one for one in reversed(dates) if (day := one.reopens_from(at))}
    # A day begins at midnight in London.
    events = [*_told(session, rows, at), *ahead]
    due = review_due(rules, result.get("level"), at.astimezone(LONDON), events)
    because = (local_day(due.at), due.reopened_by) if due.at and due.reopened_by else None
    return Clock(
        assessed_at=at,
        days=(local_day(now) - local_day(at)).days,
        title=assessments.edition_of(assessment).title,
        level=result.get("level_title"),
        due_at=due.at,
        reopened_by=due.reopened_by,
        reopen_on=reopening(rules),
        event=ahead.get(because) if because else None,
        dates=tuple(dates),
    )


def trend(session: Session, actor: User, case: Case) -> Trend | None:
    """Returns the checklists of the newest one's edition and reading; None with fewer than two of them."""
    done = _finished(session, actor, case)
    like = [row for row in done if _kind(row) == _kind(done[0])]
    if len(like) < 2:
        return None
    after, before = like[0], like[1]
    changes = changed_items(
        assessments.edition_of(before),
        assessments.values(assessments.answers_of(session, before)),
        assessments.edition_of(after),
        assessments.values(assessments.answers_of(session, after)),
    )
    return Trend([_row(session, row) for row in like], changes, len(done) - len(like))


def _kind(assessment: Assessment) -> tuple[str, str | None]:
    return assessment.definition_hash, assessment.profile_hash


def _readable_referrals(session: Session, actor: User, case: Case) -> list[Referral]:
    return [row for row in referrals_of(session, actor, case) if may(actor, Permission.VIEW_REFERRAL, row)]


def _finished(session: Session, actor: User, case: Case) -> list[Assessment]:
    """The finished checklists of a case, its referrals' own and those beside them, newest first."""
    rows = _readable_referrals(session, actor, case)
    seen = select(Assessment).where(
        Assessment.referral_id.in_([row.id for row in rows]), Assessment.completed_at.is_not(None)
    )
    return sorted(filter(_readable, session.scalars(seen)), key=_signed, reverse=True)


def _readable(used: Assessment) -> bool:
    """An edition whose content has changed since cannot be read by its old rules."""
    known = {(one.name, one.definition_hash) for one in risk.editions()}
    return (f"{used.instrument}@{used.instrument_version}", used.definition_hash) in known


def _signed(row: Assessment) -> datetime:
    return row.completed_at or row.referral.started_at


def _told(session: Session, rows: Sequence[Referral], since: datetime) -> Iterator[tuple[date, str]]:
    """What was told after the last checklist was signed; its own incidents were known to its signer."""
    for row in rows:
        if row.started_at > since:
            history = sending.history_of(session, row)
            kind = "breach" if history.get("incident_kind") == BREACH else "new_incident"
            for day in history.get("incidents", []):
                yield date.fromisoformat(day), kind


def _row(session: Session, row: Assessment) -> Finished:
    result: dict[str, Any] = assessments.result_of(session, row) or {}
    return Finished(
        assessment=row,
        assessed_at=_signed(row),
        title=assessments.edition_of(row).title,
        low=result.get("score_min"),
        high=result.get("score_max"),
        level=result.get("level_title"),
    )
