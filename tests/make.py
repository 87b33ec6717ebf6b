"""Builds what a test is about, through the verbs themselves, so that no test starts from an impossible case.

`World` holds the cast: Amara refers, Ben coordinates, Chidi chairs, Dana represents housing, Noor advocates,
Ada administers, Erin coordinates another area whose rows are always there, so that a missing WHERE fails.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.auth import accounts
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.meeting import actions, agenda, meetings
from conferences.meeting.meetings import Conclusion
from conferences.models import (
    About,
    Action,
    Agency,
    AgencyKind,
    Area,
    Conference,
    ContributionKind,
    DeclineCode,
    Enquiry,
    Listing,
    Nation,
    Nature,
    Outcome,
    Part,
    Policy,
    Referral,
    Risk,
    Role,
    Urgency,
    User,
    new_id,
)
from conferences.person import enquiries
from conferences.person.people import PersonDetails
from conferences.referral import referrals, told
from conferences.referral.outside import Body
from conferences.triage import appeals, triage
from tests.contacts import THROUGH_THE_IDVA

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AGENCIES = (
    ("Ashmere Police", "POL", AgencyKind.POLICE),
    ("Ashmere IDVA", "IDV", AgencyKind.IDVA),
    ("Children’s Services", "CSC", AgencyKind.CHILDRENS_SERVICES),
    ("Housing", "HSG", AgencyKind.HOUSING),
    ("Education", "EDU", AgencyKind.EDUCATION),
    ("Ashmere Council", "CNL", AgencyKind.HOST),
)


@dataclass
class World:
    """The cast and their area."""

    session: Session
    now: datetime
    area: Area
    agencies: dict[str, Agency]
    amara: User
    ben: User
    chidi: User
    dana: User
    noor: User
    ada: User
    erin: User
    northmoor: Area
    others: dict[str, User] = field(default_factory=dict)

    def cast(self) -> dict[str, User]:
        """Everyone by first name."""
        names = ("amara", "ben", "chidi", "dana", "noor", "ada", "erin")
        return {name: getattr(self, name) for name in names}


def world(session: Session, now: datetime, password_hash: str | None = None) -> World:
    """Makes two areas with their agencies and the cast, and a case in the other area."""
    area = an_area(session, now, "Ashmere", "AS")
    agencies = {code: an_agency(session, area, name, code, kind) for name, code, kind in AGENCIES}
    northmoor = an_area(session, now, "Northmoor", "NM")
    council = an_agency(session, northmoor, "Northmoor Council", "CNL", AgencyKind.HOST)

    def user(agency: Agency, role: Role, name: str) -> User:
        first = name.split()[0].lower()
        return a_user(
            session, agency, role, name, f"{first}@{agency.code.lower()}.example", now, password_hash
        )

    made = World(
        session=session,
        now=now,
        area=area,
        agencies=agencies,
        amara=user(agencies["EDU"], Role.FRONTLINE, "Amara Blythe"),
        ben=user(agencies["CNL"], Role.COORDINATOR, "Ben Oakhurst"),
        chidi=user(agencies["POL"], Role.CHAIR, "Chidi Ravenhall"),
        dana=user(agencies["HSG"], Role.REPRESENTATIVE, "Dana Wickfield"),
        noor=user(agencies["IDV"], Role.IDVA, "Noor Hadley"),
        ada=user(agencies["CNL"], Role.ADMINISTRATOR, "Ada Fenwright"),
        erin=user(council, Role.COORDINATOR, "Erin Northgate"),
        northmoor=northmoor,
    )
    elsewhere = sent_referral(made, by=made.erin, victim="Elsewhere Nobody")
    assert elsewhere.area_id == northmoor.id
    return made


def an_area(session: Session, now: datetime, name: str, prefix: str) -> Area:
    """Makes an area with a policy in force since the first of January."""
    area = Area(
        id=new_id(),
        name=name,
        service_name=f"{name} partnership",
        reference_prefix=prefix,
        nation=Nation.ENGLAND,
        help_phone="01632 960100",
        created_at=now,
    )
    session.add(area)
    session.flush()
    session.add(
        Policy(id=new_id(), area_id=area.id, effective_from=date(2025, 1, 1), profile="safelives-national")
    )
    session.flush()
    return area


def an_agency(session: Session, area: Area, name: str, code: str, kind: AgencyKind) -> Agency:
    """Makes an agency of an area."""
    row = Agency(id=new_id(), area_id=area.id, name=name, code=code, kind=kind)
    session.add(row)
    session.flush()
    return row


def a_user(
    session: Session,
    agency: Agency,
    role: Role,
    name: str,
    email: str,
    now: datetime,
    password_hash: str | None,
) -> User:
    """Makes an account that can sign in when a password hash is given."""
    row = accounts.add(session, agency, role, name=name, email=email, now=now)
    if password_hash:
        accounts.give_secrets(session, row, password_hash=password_hash, code_secret=SECRET)
        session.flush()
    return row


def draft(world: World, *, by: User | None = None, now: datetime | None = None) -> Referral:
    """Makes an empty draft of a referral."""
    return referrals.start(world.session, by or world.amara, safe_to_talk="alone", now=now or world.now)


def filled_draft(
    world: World,
    *,
    by: User | None = None,
    yes: int = 15,
    judged_high: bool = True,
    consent: str = "given",
    history: dict[str, Any] | None = None,
    urgency: Urgency = Urgency.STANDARD,
    now: datetime | None = None,
    **persons: Any,
) -> Referral:
    """Makes a draft with everything it needs to be sent; `persons` is what `with_people` takes."""
    s, who, at = world.session, by or world.amara, now or world.now
    row = draft(world, by=who, now=at)
    why = "He waits at the school gate."
    assessments.judge_first(s, who, row, view="serious", why=why, now=at)
    given = [Answer(str(item), "yes" if item <= yes else "no") for item in range(1, 25)]
    assessments.answer(s, who, row, given, now=at)
    assessments.judge_last(s, who, row, refer=judged_high, why=why if judged_high else None, now=at)
    with_people(world, row, who, at, **persons)
    referrals.save_reason(
        s,
        who,
        row,
        reason="Waiting at the gate three days running.",
        wishes="I want him to stop coming to the school.",
        urgency=urgency,
        history=history or {},
        now=at,
    )
    need = (
        None if consent == "given" else "She may be seriously hurt; sharing is necessary and proportionate."
    )
    referrals.save_sharing(s, who, row, consent=consent, basis="public_task", why=need, now=at)
    if consent != "given":
        without_agreement(world, row, by=who, now=at)
    return row


def without_agreement(
    world: World, row: Referral, *, by: User | None = None, now: datetime | None = None, **changes: Any
) -> None:
    """Records the decision to share without agreement, in full; name what a test is about."""
    said: dict[str, Any] = {
        "share_purpose": "To keep her alive.",
        "share_said": "She is afraid of what he does when he learns of it.",
        "share_what": "What he did, to the agencies that can act on it.",
        "share_proportionate": "Nothing else stops him this week.",
        "share_risk_telling": "He may wait for her again.",
        "share_risk_silence": "She may not ask for help again.",
        "share_decided_by": "Amara Blythe",
        "share_manager": "Head of year",
        "share_tell": "no",
        "share_review": f"{(now or world.now) + timedelta(days=16):%Y-%m-%d}",
    }
    part = told.sheet("without-agreement")
    told.save(world.session, by or world.amara, row, part, said | changes, now=now or world.now)


def with_people(
    world: World,
    row: Referral,
    who: User,
    at: datetime,
    *,
    victim: str = "Testa Marrowby",
    perpetrator: str = "Derrin Quillfeather",
    children: tuple[str, ...] = (),
    adults: tuple[str, ...] = (),
    address: str | None = None,
) -> None:
    """Names the people of a draft, how the victim may be reached, and perhaps where she is."""
    s = world.session
    person = PersonDetails(name=victim, born="1992-05-04", gender="woman", language="English")
    referrals.save_person(s, who, row, Part.VICTIM, person, now=at)
    other = PersonDetails(name=perpetrator, born="1987", relationship="ex-partner")
    referrals.save_person(s, who, row, Part.PERPETRATOR, other, now=at)
    for child in children:
        referrals.save_person(s, who, row, Part.CHILD, PersonDetails(name=child, born="2020"), now=at)
    for adult in adults:
        referrals.save_person(s, who, row, Part.OTHER_ADULT, PersonDetails(name=adult), now=at)
    referrals.save_contact(s, who, row, THROUGH_THE_IDVA, now=at)
    if address:
        referrals.save_address(s, who, row, address, now=at)


def sent_referral(world: World, **about: Any) -> Referral:
    """Makes a referral that has been sent; takes what `filled_draft` takes."""
    row = filled_draft(world, **about)
    referrals.submit(world.session, about.get("by") or world.amara, row, now=about.get("now") or world.now)
    return row


def declining(reason: str = "No ground was found.") -> dict[str, Any]:
    """What `triage.decline` is told besides who and when."""
    return {"code": DeclineCode.NO_GROUND, "reason": reason, "signpost": "Housing’s own support worker"}


def declined(world: World, **about: Any) -> Referral:
    """Makes a referral below the line that has been declined."""
    row = sent_referral(world, **({"yes": 3, "judged_high": False} | about))
    triage.decline(world.session, world.ben, row, **declining(), now=world.now)
    return row


def appealed(world: World, **about: Any) -> Referral:
    """Makes a declined referral that its referrer has appealed about."""
    row = declined(world, **about)
    appeals.appeal(world.session, row.referrer, row, reason="He has come back.", now=world.now)
    return row


def enquiry(world: World) -> Enquiry:
    """Makes a question from Northmoor, waiting for an answer in Ashmere."""
    s, now = world.session, world.now
    case = sent_referral(world, by=world.erin, victim="Elsewhere Nobody").case
    why = "She may have moved here."
    return enquiries.ask(s, world.erin, case, area_id=world.area.id, about="both", reason=why, now=now)


def conference(world: World, *, days: int = 9, now: datetime | None = None) -> Conference:
    """Makes a meeting at 10am, so many days from now."""
    at = now or world.now
    starts = (at + timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)
    return agenda.plan(
        world.session,
        world.ben,
        starts_at=starts,
        room_until=starts + timedelta(hours=3),
        venue="Room 2",
        chair=world.chidi,
        now=at,
    )


def listing(world: World, *, meeting: Conference | None = None, **about: Any) -> Listing:
    """Makes an accepted case with its turn on a meeting."""
    row = sent_referral(world, **about)
    return triage.accept(world.session, world.ben, row, meeting or conference(world), now=world.now)


def opened_listing(world: World, **about: Any) -> Listing:
    """Makes a turn on a meeting that has begun."""
    row = listing(world, **about)
    agenda.issue(world.session, world.ben, row.conference, now=world.now)
    meetings.open_meeting(world.session, world.chidi, row.conference, now=world.now)
    return row


def risk(world: World, turn: Listing, statement: str = "He can get into her home.") -> Risk:
    """Makes one line of the risk summary."""
    return meetings.record_risk(
        world.session, world.chidi, turn, about=About.VICTIM, statement=statement, now=world.now
    )


def contribution(
    world: World, turn: Listing, agency: str = "HSG", words: str = "Lock reported broken."
) -> Any:
    """Makes what an agency shared in the room."""
    return meetings.contribute(
        world.session,
        world.chidi,
        turn,
        world.agencies[agency],
        kind=ContributionKind.SHARED,
        statement=words,
        nature=Nature.FACT,
        now=world.now,
    )


def action(
    world: World,
    turn: Listing | None = None,
    *,
    agency: str = "HSG",
    what: str = "Change the front door lock",
    due_in: int = 10,
    offered: bool = True,
    needs_address: bool = False,
) -> Action:
    """Makes an action agreed in the room."""
    turn = turn or opened_listing(world)
    promise = actions.Promise(
        what=what,
        owner="Joel Amory",
        due_on=world.now.date() + timedelta(days=due_in),
        evidence="Job number and date fitted",
        needs_address=needs_address,
    )
    return actions.agree(
        world.session,
        world.chidi,
        turn,
        world.agencies[agency],
        risk(world, turn),
        promise,
        offered=offered,
        now=world.now,
    )


def conclusion(**changes: Any) -> Conclusion:
    """Makes a full conclusion; name the lines a test is about."""
    whole: dict[str, Any] = {
        "outcome": Outcome.ACTIONS_AGREED,
        "victims_voice": "I want him to stop coming to the school.",
        "child_line": "School told who may collect them.",
        "perpetrator_line": "Police visit and warn him.",
    }
    return Conclusion(**(whole | changes))


def outside_body(**changes: Any) -> Body:
    """Makes what somebody without an account wrote; name the parts a test is about."""
    whole: dict[str, Any] = {
        "referrer": {"name": "Lowri Penhale", "job": "Midwife", "phone": "01632 960555"},
        "victim": {"name": "Ilsa Fernhollow", "born": "1999"},
        "contact": {"phone": "07700 900321", "may_ring": "no", "rule": "Through the midwife only."},
        "perpetrators": [{"name": "Corin Dashwell", "relationship": "partner"}],
        "children": [{"name": "Pim"}],
        "reason": "He took her telephone and will not let her come alone.",
        "view": "serious",
        "consent": "given",
        "basis": "public_task",
        "answers": {"1": "yes", "2": "no"},
    }
    return Body(**(whole | changes))
