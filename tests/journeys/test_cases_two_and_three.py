"""Fictional cases 2 and 3: somebody who moves in the middle, and two people who each accuse the other."""

from datetime import UTC, datetime, timedelta

from conferences.models import AgencyKind, Part, Referral, Role
from conferences.visibility import visible_to
from tests import make
from tests.browse import Browse
from tests.conferences.case.test_repeats import link
from tests.journeys.intake import Desk, Someone, Told, refer
from tests.make import World

REFUGE = "The Willows, Larch Row, Northmoor, ZZ99 9ZZ"
ILSA = Someone("Ilsa Fernhollow", "1999-03-14")
CORIN = Someone(
    "Corin Dashwell", "1996-08-01", "partner", form={"orders": "On licence until March; recall is possible."}
)
MOVING = Told(
    ILSA, (CORIN,), frozenset(range(1, 16)), "He broke the door on Friday.",
    form={"needs": {"pregnant": "yes", "pregnant_due-year": "2027", "pregnant_due-month": "3"}},
)  # fmt: skip


def staff(world: World, name: str, code: str, kind: AgencyKind, role: Role = Role.FRONTLINE) -> object:
    """Somebody of an agency the other tests do not need."""
    if code not in world.agencies:
        made = make.an_agency(world.session, world.area, f"Ashmere {code}", code, kind)
        world.agencies[code] = made
    email = f"{name.split()[0].lower()}@{code.lower()}.example"
    return make.a_user(world.session, world.agencies[code], role, name, email, world.now, None)


def test_moved_between_two_areas(client: Browse, world: World) -> None:
    """Listed for 2 December; on 27 November she goes to a refuge in Northmoor, and Northmoor hears of her."""
    row = refer(Desk(client, world, world.noor, world.now), MOVING)
    meeting = make.conference(world)
    assert meeting.starts_at.date().isoformat() == "2026-12-02"
    ben = Desk(client, world, world.ben, world.now)
    page = ben.reads(f"/queue/{row.id.hex}")
    for words in ("On licence until March; recall is possible.", "Pregnant", "27"):
        assert words in page
    ben.saved(f"/queue/{row.id.hex}/accept", {"conference": meeting.id.hex, "version": row.version})
    agenda = ben.reads(f"/conferences/{meeting.id.hex}")
    assert row.case.reference in agenda
    gone = datetime(2026, 11, 27, 11, tzinfo=UTC)
    erin = Desk(client, world, world.erin, gone)
    there = refer(erin, Told(ILSA, (CORIN,), frozenset(range(1, 16)), "She came here.", address=REFUGE))
    # Northmoor is told nothing of Ashmere before somebody there asks, and somebody here answers.
    assert "No likely record." in erin.reads(f"/queue/{there.id.hex}/people")
    assert "By the area’s rule this is not a repeat." in erin.reads(f"/queue/{there.id.hex}/repeat")
    case = f"/cases/{there.case_id.hex}/enquiries"
    erin.saved(case, {"area": world.area.id.hex, "about": "both", "reason": "She may come from there."})
    ben = Desk(client, world, world.ben, gone)
    ben.sit()
    (asked,) = enquiries_of(world)
    question = ben.reads(f"/enquiries/{asked.id.hex}")
    assert row.case.reference in question
    for words in ("Willows", "Larch Row", "ZZ99"):
        assert words not in question
    ben.saved(f"/enquiries/{asked.id.hex}", {"answer": "known"})
    told = erin.reads(case)
    assert row.case.reference not in told
    # Being known elsewhere makes nothing a repeat in the new area.
    assert "By the area’s rule this is not a repeat." in erin.reads(f"/queue/{there.id.hex}/repeat")
    for who in (world.ben, world.chidi, world.dana, world.noor):
        seen = world.session.scalars(visible_to(who, Referral).with_only_columns(Referral.id)).all()
        assert there.id not in seen


def enquiries_of(world: World) -> list:
    from conferences.models import Enquiry

    return list(world.session.scalars(visible_to(world.ben, Enquiry)))


ROWENA, HAL = Someone("Rowena Tallboys", "1985-07-09"), Someone("Hal Tallboys", "1982-01-22")
HERS = Told(ROWENA, (Someone(HAL.name, HAL.born, "husband"),), frozenset(range(1, 18)), "He strangled her.")
HIS = Told(HAL, (Someone(ROWENA.name, ROWENA.born, "wife"),), frozenset(range(2, 17)), "She scratched him.")


def test_each_accuses_the_other(client: Browse, world: World) -> None:
    nurse = staff(world, "Nan Overbrook", "ACU", AgencyKind.HEALTH)
    doctor = staff(world, "Gil Penmarsh", "GPF", AgencyKind.HEALTH)
    hers = refer(Desk(client, world, nurse, world.now), HERS)
    later = world.now + timedelta(days=5)
    his = refer(Desk(client, world, doctor, later), HIS)
    assert (hers.qualifies, his.qualifies) == (True, True)
    assert hers.case_id != his.case_id
    link(world, his, hers, part=Part.VICTIM, to=Part.PERPETRATOR)
    link(world, his, hers, part=Part.PERPETRATOR, to=Part.VICTIM)
    ben = Desk(client, world, world.ben, later)
    rule = ben.reads(f"/queue/{his.id.hex}/repeat")
    assert "By the area’s rule this is not a repeat." in rule
    assert "The same two people, with the roles reversed" in rule
    assert hers.case.reference in rule
    queue = ben.reads("/queue")
    assert hers.case.reference in queue
    assert his.case.reference in queue
    # An update counts a case once; a counter-accusation is a case of its own.
    assert hers.case.reference not in ben.reads(f"/queue/{his.id.hex}/merge")
    for who in (world.ben, world.chidi):
        page = Desk(client, world, who, later).reads(f"/cases/{his.case_id.hex}")
        assert hers.case.reference in page
    # Each of the two referrers knows of their own, and nobody else of the other's because of it.
    for who, mine, other in ((nurse, hers, his), (doctor, his, hers)):
        desk = Desk(client, world, who, later)
        assert other.case.reference not in desk.reads(f"/referrals/{mine.id.hex}")
        for place in ("referrals", "queue"):
            assert desk.sit().get(f"/{place}/{other.id.hex}").status_code in (403, 404)
    assert his.case.reference not in Desk(client, world, world.noor, later).reads(
        f"/cases/{hers.case_id.hex}"
    )
