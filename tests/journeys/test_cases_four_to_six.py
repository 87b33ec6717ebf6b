"""Fictional cases 4 to 6: family who must not know, somebody just sixteen, a colleague who causes harm."""

from datetime import UTC, date, datetime

import pytest

from conferences.meeting import agenda, meetings
from conferences.models import (
    AgencyKind,
    AuditEntry,
    CalledAgency,
    Conference,
    ConferenceKind,
    Gate,
    Part,
    Referral,
    ReferralStatus,
    Role,
)
from conferences.person import people
from tests import make
from tests.browse import Browse
from tests.journeys.intake import WITHOUT, Desk, Someone, Told, draft, find, refer, text_of
from tests.journeys.test_cases_two_and_three import staff
from tests.make import World

UNCLES = (
    Someone("Tariq Kestrel", "1975", "uncle", form={"associates": "Everybody of the family, also abroad."}),
    Someone("Imran Kestrel", "1979", "uncle"),
    Someone("", "", "a cousin whose name she did not say"),
)
SAMINA = Told(
    Someone("Samina Kestrel", "2007-06-18"),
    UNCLES,
    frozenset({4, 17, 2}),
    "A flight is booked in nine days.",
    urgency="emergency",
    sharing={"consent": "refused", "basis": "vital_interests", "why": "She may be killed or taken abroad."},
    form={
        "voice": {
            "police_wish": "no",
            "aware": "yes",
            "unsafe_people": "Anybody called Kestrel, and any interpreter from the community.",
        },
        "needs": {"interpreter": "yes"},
        "interpreter": {"interpreter_language": "Sylheti", "interpreter_not": "Nobody from the community."},
        "honour": {"honour_who": "The whole family", "honour_travel": "yes"},
    },
)


def test_family_who_must_not_know(client: Browse, world: World) -> None:
    nurse = staff(world, "Nan Overbrook", "GPF", AgencyKind.HEALTH)
    desk = Desk(client, world, nurse, world.now)
    receptionist = staff(world, "Parveen Kestrel", "GPF", AgencyKind.HEALTH)
    here = draft(desk, SAMINA)
    # She said no: without the decision to share in full, nothing is sent.
    refused = desk.send(f"{here}/submit", {})
    assert refused.status_code == 422
    assert "Say what sharing is meant to achieve" in text_of(refused)
    assert find(world, here).status is ReferralStatus.DRAFT
    desk.saved(f"{here}/form/without-agreement", WITHOUT)
    desk.saved(f"{here}/exclusions", {"who": f"person-{receptionist.id.hex}", "why": "His sister"})
    desk.saved(f"{here}/submit", {})
    row = find(world, here)
    assert row.qualifies is True  # three answers are yes; the nurse’s judgement carries it
    assert len(people.in_part(row.case, Part.PERPETRATOR)) == 3
    make.sent_referral(world, yes=24)
    queue = Desk(client, world, world.ben, world.now).sit().get("/queue").text
    assert queue.index(row.case.reference) < queue.rindex("AS-")
    page = Desk(client, world, world.ben, world.now).reads(f"/queue/{row.id.hex}")
    for words in ("A flight is booked in nine days.", "a cousin whose name she did not say", "Sylheti"):
        assert words in page
    assert "did not agree" in page
    meeting = within_two_days(client, world, row)
    nobody_in_the_family(client, world, receptionist, row)
    assert Desk(client, world, receptionist, world.now).sit().get(meeting).status_code in (403, 404)


def within_two_days(client: Browse, world: World, row: Referral) -> str:
    """A meeting of its own with the few who are needed; others do not even learn that there is one."""
    called, desk = world.agencies["POL"], Desk(client, world, world.ben, world.now)
    typed = {
        "version": row.version, "starts_on": "2026-11-24", "starts_at": "9am", "venue": "By telephone",
        "chair": world.chidi.id.hex, "agencies": called.id.hex,
    }  # fmt: skip
    desk.saved(f"/queue/{row.id.hex}/emergency", typed)
    world.session.expire_all()
    assert row.status is ReferralStatus.ACCEPTED
    (meeting,) = world.session.query(Conference).filter_by(kind=ConferenceKind.EMERGENCY)
    assert [one.agency_id for one in world.session.query(CalledAgency)] == [called.id]
    where = f"/conferences/{meeting.id.hex}"
    assert row.case.reference in Desk(client, world, world.chidi, world.now).reads(where)
    housing = Desk(client, world, world.dana, world.now).sit()
    assert housing.get(where).status_code == 404
    assert "Emergency" not in text_of(housing.get("/conferences"))
    return where


def nobody_in_the_family(client: Browse, world: World, receptionist, row) -> None:
    """The relative at the next desk gets what anybody gets who asks for somebody unknown."""
    desk = Desk(client, world, receptionist, world.now)
    for path in (f"/referrals/{row.id.hex}", f"/cases/{row.case_id.hex}", f"/queue/{row.id.hex}"):
        assert desk.sit().get(path).status_code in (403, 404)
    kestrel = text_of(desk.send("/search", {"words": "Samina Kestrel"}))
    nobody = text_of(desk.send("/search", {"words": "Zamira Festral"}))
    assert kestrel.replace("Samina Kestrel", "") == nobody.replace("Zamira Festral", "")
    for path in ("/", "/referrals", "/cases", "/my-work"):
        answer = desk.sit().get(path)
        for words in ("Samina", "Tariq", row.case.reference):
            assert words not in answer.text


JUNO, KIT = Someone("Juno Pell", "2010-10-03"), Someone("Kit Larkspur", "2009-05-15", "boyfriend")
YOUNG = Told(
    JUNO, (KIT,), frozenset(range(1, 15)), "He hit her and reads her telephone.",
    children=(Someone("Wren Pell", "2011-09-01", "sister"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "gate"), [(date(2026, 10, 2), Gate.UNDER_16), (date(2026, 10, 3), None)], ids=["15", "16"]
)
def test_sixteen_on_the_day(client: Browse, world: World, day: date, gate: Gate | None) -> None:
    """Fifteen on 2 October: kept, shown to children’s services, sent on; sixteen the day after."""
    now = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    desk = Desk(client, world, world.amara, now)
    row = refer(desk, YOUNG)
    assert (row.gate, row.qualifies) == (gate, True)
    result = desk.reads(f"/referrals/{row.id.hex}")
    assert ("Tell children’s services today" in result) is (gate is not None)
    # There is a child in the home, so they are rung whoever is how old.
    assert "Ring children’s services about the child" in result
    ben = Desk(client, world, world.ben, now)
    page = ben.reads(f"/queue/{row.id.hex}")
    assert ("Under 16, or may be" in page) is (gate is not None)
    assert "Wren Pell" in page
    if gate is not None:
        ben.saved(
            f"/queue/{row.id.hex}/redirect",
            {
                "to": "child_protection",
                "reason": "She is 15; children’s services have it.",
                "version": row.version,
            },
        )
        world.session.expire_all()
        assert row.status is ReferralStatus.REDIRECTED


MARIGOLD = Told(
    Someone("Marigold Sampleworth", "1974-02-02"),
    (
        Someone(
            "Ned Sampleworth", "1970", "husband",
            form={
                "perpetrator_work": "Housing; deputises for it at the meeting. His brother is a councillor.",
                "weapons": "yes", "weapons_what": "Shotgun, with a certificate, says her sister",
            },
        ),
    ),
    frozenset(range(1, 16)),
    "She left for her sister’s on Friday.",
    address="Her sister’s, 2 Kirk Wynd, Glenfask",
    form={
        "about": {"lives_in_area": "yes"},
        "needs": {"disability": ["mobility"]},
        "life": {"care_needs": "Help with washing, which Ned gave until now."},
    },
)  # fmt: skip


def test_a_colleague_who_causes_harm(client: Browse, world: World) -> None:
    ned = staff(world, "Ned Sampleworth", "HSG", AgencyKind.HOUSING, Role.REPRESENTATIVE)
    row = refer(Desk(client, world, world.amara, world.now), MARIGOLD)
    assert [wall.user_id for wall in row.case.exclusions] == [ned.id]
    ben = Desk(client, world, world.ben, world.now)
    page = ben.reads(f"/queue/{row.id.hex}")
    for words in ("Shotgun, with a certificate", "deputises for it at the meeting", "Moving about"):
        assert words in page
    assert "Kirk Wynd" not in page
    meeting = make.conference(world)
    ben.saved(f"/queue/{row.id.hex}/accept", {"conference": meeting.id.hex, "version": row.version})
    ben.saved(f"/conferences/{meeting.id.hex}/issue", {"number": 1})
    world.session.expire_all()
    meetings.open_meeting(world.session, world.chidi, meeting, now=world.now)
    (turn,) = agenda.listings_for(world.session, world.chidi, meeting)
    promise = make.action(world, turn, agency="HSG", what="Move her to another district")
    # Housing does its part by somebody else: Dana has the action, Ned has an empty list.
    for who in (ned, world.dana):
        shown = Desk(client, world, who, world.now).reads("/actions")
        assert ("Move her to another district" in shown) is (who is world.dana)
        assert (promise.reference in shown) is (who is world.dana)
    nothing_for_him(client, world, ned, row)


def nothing_for_him(client: Browse, world: World, ned, row) -> None:
    """Every way in is answered as for something that never was, and each attempt leaves its line."""
    desk = Desk(client, world, ned, world.now)
    turn = row.case_id.hex
    for path in (f"/cases/{turn}", f"/referrals/{row.id.hex}", "/cases/" + "0" * 32):
        answer = desk.sit().get(path)
        assert answer.status_code == 404, path
    said = {
        words: text_of(desk.send("/search", {"words": words})).replace(words, "")
        for words in ("Marigold Sampleworth", "Marigold Sampleword")
    }
    assert len(set(said.values())) == 1
    world.session.expire_all()
    missed = world.session.query(AuditEntry).filter_by(kind="access.missed", actor_id=ned.id).count()
    assert missed >= 2
