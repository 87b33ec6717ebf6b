"""What the pages are visited with: the fictional area, and the few states that it does not begin in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import copies
from app.auth import accounts, links
from app.auth.tokens import new_token, token_hash
from conferences import policies
from conferences.checklist.assessments import Answer
from conferences.imports import bringing, checking, taking, unplaced
from conferences.meeting import agenda, documents, meetings
from conferences.models import (
    About,
    Action,
    ActionStatus,
    AdvocateReferral,
    Agency,
    Area,
    Assessment,
    Case,
    Conference,
    ContributionKind,
    Document,
    DocumentStatus,
    Draw,
    Employee,
    Enquiry,
    ImportBatch,
    Listing,
    Nature,
    OutsideReferral,
    Part,
    Referral,
    Role,
    Urgency,
    User,
    new_id,
)
from conferences.person import enquiries, people
from conferences.referral import drafts, outside, reassessing, referrals, signing
from conferences.triage import triage
from conferences.wall import colleagues
from conferences.wall.colleagues import Colleague
from conferences.wall.staff import Home
from tests import make
from tests.imports import lists

BEN, CHIDI, DANA = "ben@council.example", "chidi@police.example", "dana@housing.example"
AMARA, NOOR, ADA = "amara@education.example", "noor@idva.example", "ada@council.example"
ERIN, NED, WES = "erin@northmoor.example", "ned@housing.example", "wes@changesteps.example"


@dataclass
class Scene:
    """The links of somebody new and of an agency without an account, known only while they are made."""

    welcome: str = ""
    refer: str = ""

    def set_up(self, session: Session) -> None:
        """Opens a meeting, asks for copies that will not be made, and invites somebody."""
        now = datetime.now(UTC)
        ben, chidi, dana = (_user(session, email) for email in (BEN, CHIDI, DANA))
        _open_meeting(session, ben, chidi, now)
        _ask_elsewhere(session, ben, now)
        _assess_again(session, _user(session, NOOR), now)
        _draw(session, _referral(session, "AS-0469"), now)
        housing = dana.agency
        assert housing is not None
        documents.ask_for_plan(session, dana, housing, now=now)
        documents.give_up(documents.ask_for_plan(session, dana, housing, now=now))
        copies.ask_for_plan(session, dana, housing, now=now)
        council = session.scalars(
            select(Agency)
            .join(Area, Area.id == Agency.area_id)
            .where(Area.name == "Ashmere", Agency.code == "CNL")
        ).one()
        email = "uma@council.example"
        newcomer = accounts.add(session, council, Role.COORDINATOR, name="Uma Selwyn", email=email, now=now)
        self.welcome = links.make(session, newcomer, now=now)
        self.refer, used = new_token(), new_token()
        for token in (self.refer, used):
            outside.give_link(session, ben, council, token_hash=token_hash(token), days=7, now=now)
        link = outside.open_link(session, token_hash(used), now=now, to_use=True)
        assert link is not None
        outside.arrive(session, link, make.outside_body(), now=now)
        unplaced.keep(
            session, _referral(session, "AS-0481"), [("Car", "A red one"), ("", "He knows the caretaker.")]
        )
        draft, amara = _referral(session, "AS-0481").case, _user(session, AMARA)
        why = "She says they are friends."
        people.exclude(session, amara, draft, named="Wes Harrowgate", reason=why, now=now)
        _lists(session, ben, now)
        _sign_off(session, dana, now)
        given = Colleague("Mina Alderoak", Home(phones="01632 960333"))
        colleagues.add(session, dana, housing, given, now=now)


def _lists(session: Session, ben: User, now: datetime) -> None:
    """Four lists of made-up people: one just read, one checked, one being taken, one taken."""
    rows = (lists.TESTA | lists.LOCK, lists.KEZIA | {"Meeting date": "31/02/2026"}, lists.KEZIA)
    for state in ("read", "checked", "taking", "taken"):
        source = f"The tracker, {state}"
        (batch,) = bringing.bring(
            session, ben, lists.a_list(*rows), file_name="tracker.csv", source=source, now=now
        )
        if state == "read":
            continue
        checking.explain_columns(
            session, ben, batch, columns=batch.columns, unnamed_agency=None, meant={}, now=now
        )
        if state in ("taking", "taken"):
            taking.begin(session, ben, batch, joins_matches=False, now=now)
        if state == "taken":
            taking.take_some(session, ben, batch.id, most=50, now=now)


def _ask_elsewhere(session: Session, ben: User, now: datetime) -> None:
    northmoor = session.scalars(select(Area).where(Area.name == "Northmoor")).one()
    case = _referral(session, "AS-0470").case
    why = "He may have moved there."
    enquiries.ask(session, ben, case, area_id=northmoor.id, about="both", reason=why, now=now)


def _assess_again(session: Session, noor: User, now: datetime) -> None:
    sent = _referral(session, "AS-0470")
    done = reassessing.begin(session, noor, sent, "safelives-dash-ric", now=now)
    reassessing.answer(session, noor, done, [Answer("1", "yes"), Answer("2", "dont_know")], now=now)
    reassessing.finish(session, noor, done, refer=True, why="He has a key again.", now=now)
    reassessing.begin(session, noor, sent, "safelives-dash-ric", now=now)


def _user(session: Session, email: str) -> User:
    found = accounts.find(session, email)
    assert found is not None
    return found


def _open_meeting(session: Session, ben: User, chidi: User, now: datetime) -> None:
    begins = (now + timedelta(days=5)).replace(hour=14, minute=0, second=0, microsecond=0)
    meeting = agenda.plan(
        session,
        ben,
        starts_at=begins,
        room_until=begins + timedelta(hours=1),
        venue="Room 4",
        chair=chidi,
        now=now,
    )
    turn = triage.accept(session, ben, _referral(session, "AS-0473"), meeting, now=now)
    agenda.issue(session, ben, meeting, now=now)
    meetings.open_meeting(session, chidi, meeting, now=now)
    assert chidi.agency is not None
    meetings.contribute(
        session,
        chidi,
        turn,
        chidi.agency,
        kind=ContributionKind.SHARED,
        statement="One call-out. Nobody came to the door.",
        nature=Nature.FACT,
        now=now,
    )
    words = "He has her pension card."
    meetings.record_risk(session, chidi, turn, about=About.VICTIM, statement=words, now=now)


def _sign_off(session: Session, dana: User, now: datetime) -> None:
    """Housing signs off first: one referral waits for Dana, and she gave another back."""
    policies.in_force(session, dana.area_id, now.date()).sign_off = ["HSG"]
    assert dana.agency is not None
    writer = accounts.add(
        session, dana.agency, Role.FRONTLINE, name="Hana Birchwood", email="hana@housing.example", now=now
    )
    world: Any = SimpleNamespace(session=session, now=now)
    for name in ("Ilsa Fernhollow", "Wanda Tilberry"):
        row = make.filled_draft(world, by=writer, victim=name)
        referrals.submit(session, writer, row, now=now)
    signing.give_back(session, dana, row, reason="Say which school.", now=now)
    left = accounts.add(
        session, dana.agency, Role.FRONTLINE, name="Joel Ashdown", email="joel@housing.example", now=now
    )
    make.filled_draft(world, by=left, victim="Nell Corrigan")
    left.is_active = False
    drafts.tidy(session, now=now)


def _draw(session: Session, referral: Referral, now: datetime) -> None:
    """A decision drawn for the chair to read again, by a roll that is sure to be drawn."""
    row = Draw(id=new_id(), area_id=referral.area_id, referral_id=referral.id, share=100, roll=0, drawn=True)
    row.decision_id, row.data_key, row.at = referral.decisions[-1].id, referral.data_key, now
    session.add(row)
    session.flush()


def _referral(session: Session, reference: str) -> Referral:
    wanted = select(Referral).join(Case, Case.id == Referral.case_id).where(Case.reference == reference)
    return session.scalars(wanted).one()


def places(session: Session, played: Scene) -> dict[str, str]:
    """Returns what addresses are filled in with, by a name for each thing."""
    found = {"welcome": played.welcome, "refer": played.refer, "unknown": "0" * 32}
    found["arrived"] = session.scalars(select(OutsideReferral.id)).one().hex
    for row in session.scalars(select(Referral)):
        found[f"referral-{row.case.reference}"] = row.id.hex
        found[f"case-{row.case.reference}"] = row.case_id.hex
        victim = people.victim_of(row.case)
        if victim is not None:
            found[f"victim-{row.case.reference}"] = victim.person_id.hex
        found |= {f"wall-{row.case.reference}": wall.id.hex for wall in row.case.exclusions}
    for ring in session.scalars(select(AdvocateReferral)):
        found[f"ring-{ring.case.reference}"] = ring.id.hex
    found["drawn"] = session.scalars(select(Draw.id).where(Draw.roll == 0)).one().hex
    urgent = select(Referral.id).where(Referral.urgency == Urgency.EMERGENCY, Referral.status == "submitted")
    found["urgent"] = session.scalars(urgent.limit(1)).one().hex
    for waiting in session.scalars(select(Referral).where(Referral.signoff_asked_at.is_not(None))):
        found["given-back" if waiting.given_back_at else "to-sign"] = waiting.id.hex
    found["left"] = session.scalars(select(Referral.id).where(Referral.writer_gone_at.is_not(None))).one().hex
    for turn in session.scalars(select(Listing)):
        found[f"turn-{turn.case.reference}"] = turn.id.hex
    ours = select(Conference).join(Area, Area.id == Conference.area_id).where(Area.name == "Ashmere")
    for meeting in session.scalars(ours.order_by(Conference.starts_at.desc())):
        found[f"meeting-{meeting.status.value}"] = meeting.id.hex
    for paper in session.scalars(select(Assessment).where(Assessment.beside_id.is_not(None))):
        found["further-finished" if paper.completed_at else "further-open"] = paper.id.hex
    for question in session.scalars(select(Enquiry)):
        found["enquiry"] = question.id.hex
    for brought in session.scalars(select(ImportBatch)):
        found[f"list-{brought.status.value}"] = brought.id.hex
    for agency in session.scalars(select(Agency).join(Area).where(Area.name == "Ashmere")):
        found[f"agency-{agency.code}"] = agency.id.hex
    found["colleague"] = session.scalars(select(Employee.id)).one().hex
    for copy in session.scalars(select(Document)):
        found[f"copy-{copy.status.value}"] = copy.id.hex
    return found | _actions(session) | _persons(session)


def _actions(session: Session) -> dict[str, str]:
    found = {}
    for row in session.scalars(select(Action).order_by(Action.due_on)):
        claimed = row.status is ActionStatus.NOT_POSSIBLE and row.confirmed_at is None
        found[f"action-{row.agency.code}-{'claimed' if claimed else row.status.value}"] = row.id.hex
        if row.needs_address and row.status is ActionStatus.IN_PROGRESS:
            found["action-needs-address"] = row.id.hex
    return found


def _persons(session: Session) -> dict[str, str]:
    draft = _referral(session, "AS-0481").case
    parts = {"perpetrators": Part.PERPETRATOR, "children": Part.CHILD, "adults": Part.OTHER_ADULT}
    return {group: people.in_part(draft, part)[0].id.hex for group, part in parts.items()}


def copies_left(session: Session) -> int:
    """Returns how many copies a worker has still to make, not counting the one nobody gave it."""
    asked = session.scalars(select(Document.id).where(Document.status == DocumentStatus.ASKED)).all()
    return len(asked) - 1
