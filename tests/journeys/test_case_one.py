"""Fictional case 1: the school refers Testa Marrowby a year, less a day, after the police did."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from conferences import policies
from conferences.meeting import actions, agenda, meetings
from conferences.models import AgencyKind, ReferralStatus, RiskNow, Role
from tests import make
from tests.browse import Browse
from tests.conferences.case.test_repeats import judged, the_pair
from tests.journeys.intake import Desk, Someone, Told, on, refer
from tests.make import World

FIRST = datetime(2025, 11, 24, 10, tzinfo=UTC)
HEARD = datetime(2025, 12, 10, 10, tzinfo=UTC)
TESTA = Someone("Testa Marrowby", "1991-11-30")  # 34 on 23 November 2026
DERRIN = Someone("Derrin Quillfeather", "1987-03-02", "ex-partner")
CHILDREN = (Someone("Pim", "2020-02-11"), Someone("Oona", "2023-05-20"))
BEFORE = Told(
    TESTA, (DERRIN,), frozenset(range(1, 17)), "He has a key and lets himself in.", children=CHILDREN
)
AGAIN = Told(
    TESTA,
    (DERRIN,),
    frozenset({1, 2, 3}),
    "He has been waiting at the school gate.",
    children=CHILDREN,
    judged=False,
    history={**on("2026-11-20"), "repeat": "dont_know", "incident_kind": "single_unwanted_contact"},
)


@pytest.fixture
def heard(client: Browse, world: World) -> str:
    """The police refer, the case is heard, and three actions end in three ways; the case's reference."""
    police = make.a_user(
        world.session, world.agencies["POL"], Role.FRONTLINE, "Petra Quayle", "petra@pol.example", FIRST, None
    )
    row = refer(Desk(client, world, police, FIRST), BEFORE)
    meeting = make.conference(world, days=16, now=FIRST)
    ben = Desk(client, world, world.ben, FIRST)
    ben.sit()
    put = {"conference": meeting.id.hex, "version": row.version}
    ben.saved(f"/queue/{row.id.hex}/accept", put)
    world.session.expire_all()
    assert row.status is ReferralStatus.ACCEPTED
    promises_in_the_room(world, meeting)
    return str(row.case.reference)


def promises_in_the_room(world: World, meeting: object) -> None:
    s, then = world.session, HEARD
    make.an_agency(s, world.area, "Change Steps", "CHS", AgencyKind.SUBSTANCE)
    agenda.issue(s, world.ben, meeting, now=FIRST)
    meetings.open_meeting(s, world.chidi, meeting, now=then)
    (turn,) = agenda.listings_for(s, world.chidi, meeting)
    there = World(**{**world.__dict__, "now": then})
    there.agencies["CHS"] = s.query(type(world.agencies["HSG"])).filter_by(code="CHS").one()
    rang = make.action(there, turn, agency="IDV", what="Ring her and agree a plan")
    lock = make.action(there, turn, agency="HSG", what="Change the front door lock")
    steps = make.action(there, turn, agency="CHS", what="Offer him an appointment")
    meetings.conclude(s, world.chidi, turn, make.conclusion(), now=then)
    later = then + timedelta(days=7)
    worker = make.a_user(
        s, there.agencies["CHS"], Role.REPRESENTATIVE, "Sol Amberley", "sol@chs.example", later, None
    )
    actions.complete(s, world.noor, rang, outcome="Met her twice.", risk_now=RiskNow.LOWER, now=later)
    actions.not_possible(s, world.dana, lock, reason="The landlord changed.", now=later)
    actions.confirm_not_possible(s, world.ben, lock, now=later)
    actions.not_done(s, worker, steps, reason="Nobody wrote to him.", now=later)


def test_the_same_people_within_the_year(client: Browse, world: World, heard: str) -> None:
    now = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)
    row = refer(Desk(client, world, world.amara, now), AGAIN)
    assert row.agency.name == "Education"
    ben = Desk(client, world, world.ben, now)
    here = f"/queue/{row.id.hex}"
    assert "By the area’s rule this is not a repeat." in ben.reads(f"{here}/repeat")
    candidates = ben.reads(f"{here}/people")
    assert f"At risk, {heard}" in candidates
    assert f"Causes harm, {heard}" in candidates
    same_people(ben, here)
    rule = ben.reads(f"{here}/repeat")
    assert "By the area’s rule this is a repeat." in rule
    assert "24 November 2025, window to 24 November 2026" in rule
    assert "10 December 2025, window to 10 December 2026" in rule
    ben.saved(f"{here}/repeat", {"is_repeat": "yes"})
    page = ben.reads(here)
    what_was_tried = page[page.index("What was tried before") :]
    for words in ("Ring her and agree a plan", "Change the front door lock", "Offer him an appointment"):
        assert words in what_was_tried
    for words in ("Done", "Not possible", "Not done", "Met her twice.", "The landlord changed."):
        assert words in what_was_tried
    assert "Said to be a repeat" in ben.reads("/queue")
    # Heard whatever the three answers say: declining it needs the chair.
    refused = {"code": "no_ground", "reason": "Three answers.", "signpost": "School", "version": row.version}
    ben.sit()
    world.session.expire_all()
    ben.saved(f"{here}/decline", {**refused, "version": row.version})
    world.session.expire_all()
    assert row.status is ReferralStatus.DECLINE_ASKED


def same_people(ben: Desk, here: str) -> None:
    """Ben says of each record offered that it is the same person."""
    page = ben.sit().get(f"{here}/people").text
    pairs = set(re.findall(rf'href="({here}/people/[0-9a-f]+/[0-9a-f]+)"', page))
    assert pairs
    for pair in pairs:
        ben.saved(pair, {"answer": "same", "reason": "The same birth and the same children"})


@pytest.mark.parametrize(
    ("day", "kind"), [("2026-11-20", "repeat"), ("2026-11-24", "repeat"), ("2026-11-25", "new")]
)
def test_to_the_day(world: World, day: str, kind: str) -> None:
    """Identified on the anniversary of the first referral it is a repeat, on the day after it is new."""
    later = World(**{**world.__dict__, "now": datetime(2026, 11, 26, 9, tzinfo=UTC)})
    _, new = the_pair(later, day)
    assert judged(later, new).decision.kind == kind


@pytest.mark.parametrize(
    ("incident", "kind"), [("single_unwanted_contact", "new"), ("stalking_pattern", "repeat")]
)
def test_where_only_crimes_count(world: World, incident: str, kind: str) -> None:
    """Waiting at a gate once is no crime there; waiting again and again is a pattern, and is one."""
    policies.in_force(world.session, world.area.id, world.now.date()).profile = "repeat-definition-legacy"
    _, new = the_pair(world, "2026-11-20", kind=incident)
    assert judged(world, new).decision.kind == kind
