"""A meeting, its order and its issued versions."""

from datetime import timedelta

import pytest

from conferences import policies
from conferences.errors import NotAllowed, Refused, WrongState
from conferences.meeting import agenda, meetings
from conferences.models import ConferenceStatus
from conferences.person import people
from tests import make
from tests.make import World


def test_a_meeting_has_its_deadlines_in_working_days(world: World) -> None:
    found = policies.deadlines_of(world.session, make.conference(world, days=9))
    days = (found.cutoff, found.agenda, found.research, found.report, found.minutes)
    assert [str(day) for day in days] == [
        "2026-11-23", "2026-11-25", "2026-11-30", "2026-11-30", "2026-12-07",
    ]  # fmt: skip


def test_an_area_without_a_policy_says_so(world: World) -> None:
    with pytest.raises(Refused, match="no policy in force"):
        policies.in_force(world.session, world.area.id, world.now.date().replace(year=2020))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts": -1}, "starts_on"),
        ({"room": -1}, "room_until"),
        ({"chair": "ben"}, "chair"),
        ({"chair": "erin"}, "chair"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(world: World, change: dict[str, object], field: str) -> None:
    starts = world.now + timedelta(days=int(str(change.get("starts", 1))))
    with pytest.raises(Refused) as refused:
        agenda.plan(
            world.session,
            world.ben,
            starts_at=starts,
            room_until=starts + timedelta(hours=int(str(change.get("room", 1)))),
            venue="Room 2",
            chair=world.cast()[str(change.get("chair", "chidi"))],
            now=world.now,
        )
    assert refused.value.field == field


def test_two_meetings_at_one_time_are_refused(world: World) -> None:
    make.conference(world)
    with pytest.raises(Refused, match="already a meeting"):
        make.conference(world)


def test_an_agenda_is_issued_as_version_after_version(world: World) -> None:
    meeting = make.conference(world)
    with pytest.raises(Refused, match="no case"):
        agenda.issue(world.session, world.ben, meeting, now=world.now)
    make.listing(world, meeting=meeting)
    assert agenda.issue(world.session, world.ben, meeting, now=world.now) == 1
    make.listing(world, meeting=meeting, victim="Late Person")
    assert agenda.issue(world.session, world.chidi, meeting, now=world.now) == 2
    with pytest.raises(NotAllowed):
        agenda.issue(world.session, world.dana, meeting, now=world.now)


def test_the_order_can_be_changed_until_the_meeting_begins(world: World) -> None:
    s, meeting = world.session, make.conference(world)
    ids = [make.listing(world, meeting=meeting, victim=f"Person {n}").id for n in range(3)]
    agenda.reorder(s, world.ben, meeting, [ids[2], ids[0], ids[1]], now=world.now)
    assert [row.id for row in agenda.listings_for(s, world.ben, meeting)] == [ids[2], ids[0], ids[1]]
    with pytest.raises(Refused, match="changed meanwhile"):
        agenda.reorder(s, world.ben, meeting, ids[:2], now=world.now)
    agenda.issue(s, world.ben, meeting, now=world.now)
    meetings.open_meeting(s, world.chidi, meeting, now=world.now)
    with pytest.raises(WrongState):
        agenda.reorder(s, world.ben, meeting, ids, now=world.now)


def test_whoever_is_shut_out_orders_the_rest_and_notices_nothing(world: World) -> None:
    s, meeting = world.session, make.conference(world)
    first, hidden, last = (make.listing(world, meeting=meeting, victim=f"Person {n}") for n in range(3))
    people.exclude(s, world.ben, hidden.case, user_id=world.chidi.id, reason="Neighbour", now=world.now)
    assert [row.id for row in agenda.listings_for(s, world.chidi, meeting)] == [first.id, last.id]
    agenda.reorder(s, world.chidi, meeting, [last.id, first.id], now=world.now)
    assert [row.id for row in agenda.listings_for(s, world.ben, meeting)] == [last.id, hidden.id, first.id]


def test_a_case_is_listed_once_on_a_meeting(world: World) -> None:
    turn = make.listing(world)
    with pytest.raises(Refused, match="already on that meeting"):
        agenda.place(world.session, world.ben, turn.conference, turn.referral, now=world.now)


def test_only_the_chair_opens_and_concludes_a_meeting(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    assert turn.conference.status is ConferenceStatus.IN_SESSION
    with pytest.raises(NotAllowed):
        meetings.conclude_meeting(s, world.ben, turn.conference, now=world.now)
    with pytest.raises(Refused, match="every case"):
        meetings.conclude_meeting(s, world.chidi, turn.conference, now=world.now)
    meetings.defer(s, world.chidi, turn, reason="IDVA ill; police visit daily", now=world.now)
    meetings.conclude_meeting(s, world.chidi, turn.conference, now=world.now)
    assert turn.conference.status is ConferenceStatus.CONCLUDED


def test_children_first_keeps_the_order_otherwise(world: World) -> None:
    meeting = make.conference(world)
    adult = make.listing(world, meeting=meeting, victim="Adult")
    child = make.listing(world, meeting=meeting, victim="Mother", children=("Pim",))
    assert agenda.children_first([adult, child]) == [child, adult]
