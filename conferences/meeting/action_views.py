"""Actions as their readers see them: the promise, the least context it needs, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from conferences import audit
from conferences.calendars import local_day
from conferences.meeting import actions, documents
from conferences.models import (
    Action,
    ActionStatus,
    Agency,
    Area,
    Case,
    Conference,
    ConferenceKind,
    ConferenceStatus,
    RiskNow,
    User,
)
from conferences.permissions import Permission, require
from conferences.person import contacts, hiding, people
from conferences.person.hiding import Hidden
from conferences.sealing import unseal
from conferences.visibility import visible_to
from conferences.wall.walls import is_shut_out

UNKEPT = (ActionStatus.NOT_POSSIBLE, ActionStatus.NOT_DONE)
OVER = (ConferenceStatus.CONCLUDED, ConferenceStatus.CANCELLED)


@dataclass(frozen=True)
class ActionLine:
    """One action: `late_by` is in working days, 0 when it is not overdue; `was_late` once it is done."""

    id: str
    reference: str
    case_reference: str
    initials: str
    agency: str
    agency_id: str
    what: str
    owner: str
    why: str
    evidence: str
    due_on: date
    agreed_on: date
    status: ActionStatus
    is_open: bool
    late_by: int
    was_late: bool
    to_confirm: bool
    needs_address: bool
    version: int
    outcome: str | None
    reason: str | None
    risk_now: RiskNow | None


@dataclass(frozen=True)
class HistoryLine:
    """One line of an action's history; `step` is agreed, brought, noted, confirmed, sent_back or a status."""

    at: datetime
    who: str
    step: str
    words: str | None


@dataclass(frozen=True)
class Reporting:
    """The next meeting, None when there is none, and the day by which agencies report."""

    meeting: Conference | None
    report_on: date
    up_to: date


def line(session: Session, action: Action, today: date) -> ActionLine:
    """Reads one action; the caller has already asked whether the reader may know of it."""
    return lines(session, [action], today)[0]


def lines(session: Session, rows: Sequence[Action], today: date) -> list[ActionLine]:
    """Reads some actions as `line` does one, and what must not stand in their words once for all."""
    hidden = hiding.of_cases(session, [row.case_id for row in rows])
    return [_line(session, row, today, hidden[row.case_id]) for row in rows]


def _line(session: Session, action: Action, today: date, hidden: Hidden) -> ActionLine:
    promise, victim = actions.promise_of(session, action), people.victim_of(action.case)
    return ActionLine(
        id=action.id.hex,
        reference=action.reference,
        case_reference=action.case.reference,
        initials=people.initials(people.name_of(session, victim)) if victim else "",
        agency=action.agency.name,
        agency_id=action.agency_id.hex,
        what=hidden.without(promise.what),
        owner=promise.owner,
        why=hidden.without(unseal(session, action.risk, "statement") or ""),
        evidence=hidden.without(promise.evidence),
        due_on=action.due_on,
        agreed_on=local_day(action.agreed_at),
        status=action.status,
        is_open=actions.is_open(action),
        late_by=actions.overdue_by(session, action, today),
        was_late=actions.was_late(action),
        to_confirm=is_to_confirm(action),
        needs_address=action.needs_address,
        version=action.version,
        outcome=unseal(session, action, "outcome"),
        reason=unseal(session, action, "reason"),
        risk_now=action.risk_now,
    )


def is_to_confirm(action: Action) -> bool:
    """Returns whether an agency says that an action could not be done and nobody has confirmed it."""
    return action.status is ActionStatus.NOT_POSSIBLE and action.confirmed_at is None


def lines_for(
    session: Session, actor: User, agency: Agency | None = None, *, now: datetime
) -> list[ActionLine]:
    """Returns the actions a person may know of, of one agency or of all, in order of date due."""
    return lines(session, actions.list_for(session, actor, agency), local_day(now))


def left_alone(session: Session, actor: User, case: Case) -> list[Action]:
    """Returns the open actions of a case whose agency was shut out of it since: nobody there sees them."""
    wanted = visible_to(actor, Action).where(Action.case_id == case.id, Action.status.in_(actions.OPEN))
    rows = session.scalars(wanted.order_by(Action.due_on, Action.reference))
    return [row for row in rows if is_shut_out(case, row.agency)]


def look(session: Session, actor: User, action: Action, *, now: datetime) -> ActionLine:
    """Opens one action and records who looked."""
    require(actor, Permission.VIEW_ACTION, action)
    audit.record(session, actor, "action.viewed", action, at=now)
    return line(session, action, local_day(now))


def contact_rule(session: Session, action: Action) -> str:
    """Returns the rule that is read before anyone in the case is contacted; the same as on the plan."""
    victim = people.victim_of(action.case)
    return contacts.rule_of(session, victim.person if victim else None) or ""


def history(session: Session, action: Action) -> list[HistoryLine]:
    """Returns what became of an action, newest first, down to the moment it was agreed."""
    agreed_by = session.get_one(User, action.agreed_by_id)
    first = "brought" if action.import_id else "agreed"
    lines = [HistoryLine(action.agreed_at, unseal(session, agreed_by, "name") or "", first, None)]
    before: ActionStatus | None = None
    for row in action.updates:
        name, words = unseal(session, row.by, "name") or "", unseal(session, row, "note")
        lines.append(HistoryLine(row.at, name, _step(row.status, before, words), words))
        before = row.status
    return lines[::-1]


def _step(status: ActionStatus, before: ActionStatus | None, words: str | None) -> str:
    """Names the step: a line that leaves the status as it was is a note, or confirms what was said."""
    if status is before and status is ActionStatus.NOT_POSSIBLE and not words:
        return "confirmed"
    if status is before or status is ActionStatus.PROPOSED:
        return "noted"
    if status is ActionStatus.ACCEPTED:
        return "noted" if words else "accepted"
    if status is ActionStatus.IN_PROGRESS:
        return "sent_back" if before in UNKEPT else "started"
    return status.value


def next_meeting(session: Session, actor: User, *, now: datetime) -> Conference | None:
    """Returns the meeting in the calendar that comes next, or is being held, as far as they know of one."""
    coming = visible_to(actor, Conference).where(
        Conference.status.not_in(OVER), Conference.kind == ConferenceKind.ORDINARY
    )
    rows: Sequence[Conference] = session.scalars(coming.order_by(Conference.starts_at)).all()
    return next((row for row in rows if _is_coming(row, now)), None)


def _is_coming(row: Conference, now: datetime) -> bool:
    today = local_day(row.starts_at) == local_day(now)
    return row.starts_at > now or (today and row.status is ConferenceStatus.IN_SESSION)


def reporting(session: Session, actor: User, *, now: datetime) -> Reporting:
    """Returns by when agencies report, and the last date due that they report on by then."""
    meeting, today = next_meeting(session, actor, now=now), local_day(now)
    report_on = documents.reply_by(session, session.get_one(Area, actor.area_id), meeting, today)
    return Reporting(meeting, report_on, max(local_day(meeting.starts_at), today) if meeting else report_on)
