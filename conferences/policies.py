"""The settings in force in an area on a day, and the deadlines they give a meeting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, fields
from conferences.calendars import end_of_working_day, local_day, working_days_from
from conferences.errors import Refused
from conferences.models import Agency, Area, Conference, ConferenceKind, Nation, Policy

FRESH = ("id", "effective_from")


@dataclass(frozen=True)
class Deadlines:
    """A meeting's days: the last for referrals, for the agenda, for research, for minutes and reports."""

    cutoff: date
    agenda: date
    research: date
    report: date
    minutes: date


def in_force(session: Session, area_id: UUID, on: date) -> Policy:
    """Returns the area's policy on that day; raises Refused when the area has none yet."""
    policy = session.scalars(
        select(Policy)
        .where(Policy.area_id == area_id, Policy.effective_from <= on)
        .order_by(Policy.effective_from.desc())
        .limit(1)
    ).first()
    return _there(policy)


def by_day(session: Session, area_id: UUID) -> Callable[[date], Policy]:
    """Returns what gives the area's policy on any day, read once for a whole list; as `in_force` else."""
    rows = session.scalars(select(Policy).where(Policy.area_id == area_id)).all()
    newest_first = sorted(rows, key=lambda row: row.effective_from, reverse=True)
    return lambda on: _there(next((row for row in newest_first if row.effective_from <= on), None))


def _there(policy: Policy | None) -> Policy:
    if policy is None:
        raise Refused("This area has no policy in force. Ask the administrator to set one.")
    return policy


def deadlines(meeting_on: date, policy: Policy, nation: Nation) -> Deadlines:
    """Counts a meeting's deadlines in the nation's working days (process specification, section 2.6)."""
    return Deadlines(
        cutoff=working_days_from(meeting_on, -policy.cutoff_days, nation),
        agenda=working_days_from(meeting_on, -policy.agenda_days, nation),
        research=working_days_from(meeting_on, -policy.research_days, nation),
        report=working_days_from(meeting_on, -policy.report_days, nation),
        minutes=working_days_from(meeting_on, policy.minutes_days, nation),
    )


def deadlines_of(session: Session, conference: Conference) -> Deadlines:
    """Counts the deadlines of one meeting under the policy in force on its day."""
    day = local_day(conference.starts_at)
    if conference.kind is ConferenceKind.EMERGENCY:
        return _at_once(session, conference, day)
    area = session.get_one(Area, conference.area_id)
    return deadlines(day, in_force(session, area.id, day), area.nation)


def _at_once(session: Session, conference: Conference, day: date) -> Deadlines:
    """An emergency meeting has no days before it; its minutes are due as those of any other."""
    area = session.get_one(Area, conference.area_id)
    after = working_days_from(day, in_force(session, area.id, day).minutes_days, area.nation)
    return Deadlines(cutoff=day, agenda=day, research=day, report=day, minutes=after)


def decide_by(submitted_at: datetime, policy: Policy, nation: Nation) -> datetime:
    """Returns when a referral must be decided: 5pm, so many working days after it was sent."""
    return end_of_working_day(working_days_from(local_day(submitted_at), policy.triage_days, nation))


def ask_of_the_form(
    session: Session, area: Area, *, required: list[str], left_out: list[str], starting: date, now: datetime
) -> Policy:
    """Sets from a day on what an area asks of the referral form; the rest of its policy stays as it is.

    Raises Refused for a field nobody knows, for one safety depends on, and for a day that has a policy.
    """
    known = fields.form().fields
    for key in (*required, *left_out):
        if key not in known:
            raise Refused(f"The form has no field {key}.")
    kept = [key for key in left_out if known[key].safety]
    if kept:
        raise Refused(f"{kept[0]} cannot be left out: safety depends on it.")
    return _anew(session, area, starting, now, fields_required=required, fields_left_out=left_out)


def sign_off_first(
    session: Session, area: Area, *, agencies: list[str], days: int, starting: date, now: datetime
) -> Policy:
    """Sets from a day on whose referrals their own manager signs off first, by the agencies' codes.

    `days` are working days; after them the coordinator is told. Raises Refused for an agency nobody knows.
    """
    known = set(session.scalars(select(Agency.code).where(Agency.area_id == area.id)))
    for code in agencies:
        if code not in known:
            raise Refused(f"This area has no agency {code}.")
    return _anew(session, area, starting, now, sign_off=agencies, sign_off_days=days)


def _anew(session: Session, area: Area, starting: date, now: datetime, **changed: Any) -> Policy:
    before = in_force(session, area.id, starting)
    if before.effective_from == starting:
        raise Refused("A policy begins on that day already. Choose another day.")
    same = {c.key: getattr(before, c.key) for c in Policy.__table__.columns if c.key not in FRESH}
    row = Policy(**same | changed, effective_from=starting)
    session.add(row)
    session.flush()
    audit.record(session, None, "policy.set", row, at=now, fields=",".join(changed))
    return row
