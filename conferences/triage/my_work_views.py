"""What waits for one person: drafts, questions, decisions, promises, and the meeting that comes next."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from conferences import policies
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.errors import Refused
from conferences.meeting import action_views
from conferences.meeting.action_views import ActionLine, Reporting
from conferences.models import Conference, Referral, Role, User
from conferences.models import ReferralStatus as R
from conferences.permissions import Permission, may
from conferences.person import enquiries, people
from conferences.policies import Deadlines
from conferences.referral import advocates, drafts, outside, sampling, signing, taking_over
from conferences.referral.advocates import ToRing
from conferences.referral.signing import Stuck
from conferences.referral.taking_over import LeftBehind
from conferences.sealing import unseal
from conferences.triage import queue_views
from conferences.visibility import visible_to
from conferences.wall import walls

RUNS_MEETINGS = (Role.COORDINATOR, Role.CHAIR)


@dataclass(frozen=True)
class DraftLine:
    """A referral not yet sent, and how many of its questions are answered."""

    id: str
    case_reference: str
    answered: int
    total: int
    started_at: datetime
    kept_until: date
    near_its_end: bool = False


@dataclass(frozen=True)
class WaitingLine:
    """A referral that waits for somebody, by reference and initials."""

    id: str
    case_reference: str
    initials: str
    since: datetime
    decide_by: datetime | None = None
    emergency: bool = False
    status: R | None = None


@dataclass(frozen=True)
class EnquiryLine:
    """A question of another area that waits for an answer: from where and since when, nobody's name."""

    id: str
    area: str
    since: datetime


@dataclass(frozen=True)
class ArrivedLine:
    """What was sent without an account and waits to be taken on: from where and since when, nobody's name."""

    id: str
    agency: str
    since: datetime
    emergency: bool


@dataclass(frozen=True)
class NextMeeting:
    """The meeting that comes next, its chair and its deadlines."""

    id: str
    starts_at: datetime
    chair: str
    deadlines: Deadlines


@dataclass(frozen=True)
class MyWork:
    """Everything that waits for one person."""

    overdue: list[ActionLine] = field(default_factory=list)
    to_report: list[ActionLine] = field(default_factory=list)
    to_confirm: list[ActionLine] = field(default_factory=list)
    drafts: list[DraftLine] = field(default_factory=list)
    questions: list[WaitingLine] = field(default_factory=list)
    to_decide: list[WaitingLine] = field(default_factory=list)
    declines: list[WaitingLine] = field(default_factory=list)
    enquiries: list[EnquiryLine] = field(default_factory=list)
    arrived: list[ArrivedLine] = field(default_factory=list)
    to_ring: list[ToRing] = field(default_factory=list)
    alike: list[tuple[str, str]] = field(default_factory=list)
    to_sign: list[WaitingLine] = field(default_factory=list)
    stuck: list[Stuck] = field(default_factory=list)
    left: list[LeftBehind] = field(default_factory=list)
    to_read: int = 0
    meeting: NextMeeting | None = None
    when: Reporting | None = None


def my_work(session: Session, user: User, *, now: datetime) -> MyWork:
    """Gathers what waits for this person in their present role; nothing for an administrator."""
    if not may(user, Permission.VIEW_ACTIONS):
        return MyWork()
    runs = user.role in RUNS_MEETINGS
    when = action_views.reporting(session, user, now=now)
    lines = action_views.lines_for(session, user, None if runs else user.agency, now=now)
    mine = [one for one in lines if one.agency_id == (user.agency_id.hex if user.agency_id else "")]
    waiting = _queue(session, user, now=now) if runs else {}
    decides, confirms = user.role is Role.COORDINATOR, user.role is Role.CHAIR
    return MyWork(
        overdue=[one for one in lines if one.late_by],
        to_report=[one for one in mine if one.is_open and not one.late_by and one.due_on <= when.up_to],
        to_confirm=[one for one in lines if one.to_confirm] if decides else [],
        drafts=_drafts(session, user, local_day(now)),
        questions=_questions(session, user),
        to_decide=_of(waiting, R.SUBMITTED, R.WITHDRAW_ASKED) if decides else [],
        declines=_of(waiting, R.DECLINE_ASKED, R.APPEALED) if confirms else [],
        arrived=[
            ArrivedLine(row.id.hex, row.agency.name, row.arrived_at, outside.cannot_wait(session, row))
            for row in (outside.waiting(session, user) if decides else [])
        ],
        enquiries=[
            EnquiryLine(row.id.hex, row.from_area.name, row.asked_at)
            for row in (enquiries.waiting(session, user) if decides else [])
        ],
        to_ring=advocates.to_ring(session, user, now=now),
        alike=[(row.id.hex, row.reference) for row in (walls.to_look_at(session, user) if runs else [])],
        to_sign=[
            WaitingLine(row.id.hex, row.case.reference, _initials(session, row), row.signoff_asked_at or now)
            for row in signing.to_sign(session, user)
        ],
        stuck=signing.stuck(session, user, now=now) if runs else [],
        left=taking_over.lying(session, user) if user.role is Role.REPRESENTATIVE else [],
        to_read=len(sampling.to_read(session, user)) if confirms else 0,
        meeting=_meeting(session, when.meeting),
        when=when,
    )


def _drafts(session: Session, user: User, today: date) -> list[DraftLine]:
    wanted = visible_to(user, Referral).where(Referral.referrer_id == user.id, Referral.status == R.DRAFT)
    rows = session.scalars(wanted.order_by(Referral.started_at.desc())).all()
    return [_draft(session, row, today) for row in rows]


def _draft(session: Session, row: Referral, today: date) -> DraftLine:
    given = assessments.values(assessments.answers_of(session, row.assessment))
    try:
        total = len(assessments.asked_of(session, row.assessment))
    except Refused:
        total = 0  # an edition that is gone must not take this page down
    near = drafts.is_near_its_end(row, today)
    return DraftLine(row.id.hex, row.case.reference, len(given), total, row.started_at, row.expires_on, near)


def _questions(session: Session, user: User) -> list[WaitingLine]:
    wanted = visible_to(user, Referral).where(Referral.referrer_id == user.id, Referral.status == R.RETURNED)
    return [
        WaitingLine(row.id.hex, row.case.reference, _initials(session, row), row.decisions[-1].at)
        for row in session.scalars(wanted.order_by(Referral.submitted_at))
    ]


def _initials(session: Session, row: Referral) -> str:
    victim = people.victim_of(row.case)
    return people.initials(people.name_of(session, victim)) if victim else ""


def _queue(session: Session, user: User, *, now: datetime) -> dict[R, list[WaitingLine]]:
    found: dict[R, list[WaitingLine]] = {}
    for row in queue_views.queue(session, user, now=now):
        line = WaitingLine(
            id=row.referral_id.hex,
            case_reference=row.case_reference,
            initials=people.initials(row.victim),
            since=row.submitted_at,
            decide_by=row.decide_by,
            emergency="emergency" in row.why_here,
            status=row.status,
        )
        found.setdefault(row.status, []).append(line)
    return found


def _of(found: dict[R, list[WaitingLine]], *states: R) -> list[WaitingLine]:
    return [line for state in states for line in found.get(state, [])]


def _meeting(session: Session, row: Conference | None) -> NextMeeting | None:
    if row is None:
        return None
    chair = unseal(session, row.chair, "name") or ""
    return NextMeeting(row.id.hex, row.starts_at, chair, policies.deadlines_of(session, row))
