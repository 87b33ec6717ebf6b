"""Meetings through the browser: planned, ordered, issued, opened, concluded."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from conferences.calendars import LONDON
from conferences.meeting import agenda, meetings
from conferences.models import Conference, ConferenceStatus, Listing
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

PLAN = {
    "starts_on-day": "2",
    "starts_on-month": "December",
    "starts_on-year": "2026",
    "starts_at": "9:30am",
    "room_until": "1pm",
    "venue": "Room 2",
}


def text_of(answer: Any) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def press(client: Browse, meeting: Conference, step: str, **typed: Any) -> Any:
    """Presses a button on a meeting's page."""
    form = {"form_key": uuid4().hex, **typed}
    return client.post_form(f"/conferences/{meeting.id.hex}/{step}", form, page="/help")


def three_cases(world: World) -> tuple[Conference, list[Listing]]:
    """A meeting with three cases; the one with children comes first."""
    meeting = make.conference(world)
    rows = [
        make.listing(world, meeting=meeting, victim="Alma Thorne"),
        make.listing(world, meeting=meeting, victim="Bryn Vale"),
        make.listing(world, meeting=meeting, victim="Cora Wick", children=("Pim",)),
    ]
    return meeting, [rows[2], rows[0], rows[1]]


def boxes(rows: list[Listing], *places: str) -> dict[str, str]:
    """The number boxes of the cases as they stand, filled in with these places."""
    return {f"place-{row.id.hex}": place for row, place in zip(rows, places, strict=True)}


def order_of(world: World, meeting: Conference) -> list[Any]:
    world.session.expire_all()
    return [row.id for row in agenda.listings_for(world.session, world.ben, meeting)]


def test_a_meeting_is_planned_with_its_deadlines(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    answer = client.post_form("/conferences/new", {**PLAN, "chair": world.chidi.id.hex})
    assert answer.status_code == 303
    words = text_of(client.get(answer.headers["location"]))
    assert "Wednesday 2 December 2026, 9:30am" in words
    assert "Last day for referrals" in words
    assert "23 November 2026" in words
    assert "Chidi Ravenhall" in words
    assert "Wednesday 2 December 2026" in text_of(client.get("/conferences"))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("starts_at", "25 o'clock", "must be a time, like 9:30am"),
        ("starts_at", "13pm", "must be a time, like 9:30am"),
        ("starts_at", "", "Enter the start"),
        ("starts_on-day", "31", "must be a real date"),
        ("starts_on-year", "2020", "must be in the future"),
        ("starts_on-year", "9999", "within the next two years"),
        ("room_until", "9am", "until after the start"),
        ("venue", "", "Enter the venue"),
        ("venue", "v" * 201, "200 characters or fewer"),
        ("chair", "nonsense", "Choose a chair"),
        ("chair", "", "Choose a chair"),
    ],
)
def test_a_plan_that_does_not_add_up_comes_back(
    client: Browse, world: World, field: str, typed: str, said: str
) -> None:
    as_user(client, world, world.ben)
    form = {**PLAN, "starts_on-month": "11", "starts_on-day": "30", "chair": world.chidi.id.hex}
    answer = client.post_form("/conferences/new", {**form, field: typed})
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert said in answer.text
    assert f'value="{typed}"' in answer.text or field in ("chair", "starts_at")
    assert world.session.query(Conference).count() == 0


@pytest.mark.parametrize(("typed", "hour"), [("10am", 10), ("14:00", 14), ("midday", 12), ("12am", 0)])
def test_times_are_read_as_people_write_them(client: Browse, world: World, typed: str, hour: int) -> None:
    as_user(client, world, world.ben)
    form = {**PLAN, "starts_at": typed, "room_until": "", "chair": world.chidi.id.hex}
    assert client.post_form("/conferences/new", form).status_code == 303
    row = world.session.query(Conference).one()
    assert row.starts_at == datetime(2026, 12, 2, hour, tzinfo=LONDON)


def test_planning_twice_makes_one_meeting(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    form = {**PLAN, "chair": world.chidi.id.hex, "form_key": "k"}
    places = {client.post_form("/conferences/new", form).headers["location"] for _ in range(2)}
    assert len(places) == 1
    form["form_key"] = "another"
    assert "already a meeting at that time" in client.post_form("/conferences/new", form).text


@pytest.mark.parametrize("name", ["amara", "dana", "noor", "chidi", "ada"])
def test_only_a_coordinator_plans(client: Browse, world: World, name: str) -> None:
    as_user(client, world, world.cast()[name])
    assert client.get("/conferences/new").status_code == 403
    assert client.post_form("/conferences/new", PLAN, page="/help").status_code == 403


def test_agencies_see_when_and_where_and_nothing_of_the_cases(client: Browse, world: World) -> None:
    meeting, _ = three_cases(world)
    for user in (world.dana, world.noor):
        as_user(client, world, user)
        page = client.get(f"/conferences/{meeting.id.hex}")
        assert page.status_code == 200
        words = text_of(page)
        assert "Room 2" in words
        assert "Agencies’ research by" in words
        for hidden in ("AS-", "A.T.", "Cases with children", "Finishes", "10:14am", "Issue"):
            assert hidden not in words
        assert "/listings/" not in page.text


@pytest.mark.parametrize(("name", "status"), [("amara", 404), ("ada", 404), ("erin", 404)])
def test_others_do_not_know_of_the_meeting(client: Browse, world: World, name: str, status: int) -> None:
    meeting = make.conference(world)
    as_user(client, world, world.cast()[name])
    assert client.get(f"/conferences/{meeting.id.hex}").status_code == status


def test_frontline_workers_have_no_list_of_meetings(client: Browse, world: World) -> None:
    as_user(client, world, world.amara)
    assert client.get("/conferences").status_code == 403


def test_the_agenda_shows_times_by_initials_and_the_finish(client: Browse, world: World) -> None:
    meeting, _ = three_cases(world)
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/conferences/{meeting.id.hex}"))
    assert words.index("C.W.") < words.index("A.T.") < words.index("B.V.")
    assert "10:14am" in words
    assert "10:28am" in words
    assert "Finishes about 10:56am" in words
    assert "Finishes while the room is booked" in words
    assert "Cora Wick" not in words


def test_a_meeting_longer_than_its_room_says_so(client: Browse, world: World) -> None:
    meeting, _ = three_cases(world)
    meeting.room_until = meeting.starts_at + timedelta(minutes=40)
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/conferences/{meeting.id.hex}"))
    assert "16 minutes after the room" in words
    assert "16 minutes too long for the room." in words


@pytest.mark.parametrize(
    ("places", "move", "expected"),
    [
        (("3", "2", "1"), "", (2, 1, 0)),
        (("1", "2", "1"), "", (2, 0, 1)),
        (("3", "2", "3"), "", (1, 2, 0)),
        (("1", "2", "3"), "down-0", (1, 0, 2)),
        (("1", "2", "3"), "up-2", (0, 2, 1)),
        (("1", "2", "3"), "up-0", (0, 1, 2)),
        (("1", "2", "3"), "down-2", (0, 1, 2)),
        (("2", "1", "3"), "children", (0, 1, 2)),
    ],
)
def test_the_order_follows_numbers_and_buttons(
    client: Browse, world: World, places: tuple[str, ...], move: str, expected: tuple[int, ...]
) -> None:
    meeting, rows = three_cases(world)
    way, _, at = move.partition("-")
    button = f"{way}-{rows[int(at)].id.hex}" if at else move
    as_user(client, world, world.ben)
    typed = boxes(rows, *places) | ({"move": button} if button else {})
    assert press(client, meeting, "order", **typed).status_code == 303
    assert order_of(world, meeting) == [rows[at].id for at in expected]


def test_children_first_is_one_button(client: Browse, world: World) -> None:
    meeting, rows = three_cases(world)
    agenda.reorder(world.session, world.ben, meeting, [row.id for row in rows[::-1]], now=world.now)
    as_user(client, world, world.chidi)
    assert "do not all come first" in client.get(f"/conferences/{meeting.id.hex}").text
    assert press(client, meeting, "order", move="children").status_code == 303
    assert order_of(world, meeting)[0] == rows[0].id


@pytest.mark.parametrize("typed", ["x", "0", "-1", "", "99999999999999999999", "1.5"])
def test_a_place_that_is_no_number_comes_back(client: Browse, world: World, typed: str) -> None:
    meeting, rows = three_cases(world)
    as_user(client, world, world.ben)
    answer = press(client, meeting, "order", **boxes(rows, typed, "1", "2"))
    assert answer.status_code == 422
    assert "Enter a place as a whole number, like 3" in answer.text
    assert order_of(world, meeting) == [row.id for row in rows]


def test_an_agenda_that_changed_meanwhile_is_not_put_in_order(client: Browse, world: World) -> None:
    meeting, rows = three_cases(world)
    as_user(client, world, world.ben)
    answer = press(client, meeting, "order", **boxes(rows[:2], "2", "1"))
    assert answer.status_code == 422
    assert "The agenda has changed meanwhile" in answer.text


def test_issuing_counts_versions_and_says_what_changed_since(client: Browse, world: World) -> None:
    meeting, rows = three_cases(world)
    as_user(client, world, world.ben)
    assert "Issue version 1" in client.get(f"/conferences/{meeting.id.hex}").text
    assert press(client, meeting, "issue", number="1").status_code == 303
    assert "Nothing has changed." in client.get(f"/conferences/{meeting.id.hex}").text
    world.now += timedelta(hours=1)
    late = make.listing(world, meeting=meeting, victim="Dell Yarrow")
    press(client, meeting, "order", **boxes([*rows, late], "4", "3", "2", "1"))
    words = text_of(client.get(f"/conferences/{meeting.id.hex}"))
    assert f"{late.case.reference} was added" in words
    assert "The order was changed" in words
    assert "Issue version 2" in words


def test_issuing_twice_makes_one_version(client: Browse, world: World) -> None:
    meeting, _ = three_cases(world)
    as_user(client, world, world.ben)
    for key in ("same", "same"):
        assert press(client, meeting, "issue", number="1", form_key=key).status_code == 303
    answer = press(client, meeting, "issue", number="1")
    assert answer.status_code == 422
    assert "Another version was issued meanwhile" in answer.text
    world.session.refresh(meeting)
    assert meeting.agenda_version == 1


@pytest.mark.parametrize("number", ["", "x", "0", "99999"])
def test_issuing_what_is_no_version_comes_back(client: Browse, world: World, number: str) -> None:
    meeting, _ = three_cases(world)
    as_user(client, world, world.ben)
    assert press(client, meeting, "issue", number=number).status_code == 422


def test_an_empty_agenda_is_not_issued(client: Browse, world: World) -> None:
    meeting = make.conference(world)
    as_user(client, world, world.ben)
    assert "No case is on this agenda yet" in client.get(f"/conferences/{meeting.id.hex}").text
    assert press(client, meeting, "issue", number="1").status_code == 422


def test_the_chair_opens_and_concludes(client: Browse, world: World) -> None:
    row = make.listing(world)
    meeting = row.conference
    agenda.issue(world.session, world.ben, meeting, now=world.now)
    as_user(client, world, world.chidi)
    assert "Open the meeting" in client.get(f"/conferences/{meeting.id.hex}").text
    assert press(client, meeting, "open").status_code == 303
    early = press(client, meeting, "conclude")
    assert early.status_code == 422
    assert "Conclude or put off every case first" in early.text
    world.session.refresh(row)
    meetings.defer(world.session, world.chidi, row, reason="The adviser is away.", now=world.now)
    assert press(client, meeting, "conclude").status_code == 303
    world.session.refresh(meeting)
    assert meeting.status is ConferenceStatus.CONCLUDED
    assert "Over" in client.get("/conferences").text
    assert "Save this order" not in client.get(f"/conferences/{meeting.id.hex}").text


def test_pressing_open_twice_is_harmless(client: Browse, world: World) -> None:
    meeting, _ = three_cases(world)
    agenda.issue(world.session, world.ben, meeting, now=world.now)
    as_user(client, world, world.chidi)
    assert press(client, meeting, "open", form_key="k").status_code == 303
    assert press(client, meeting, "open", form_key="k").status_code == 303
    assert press(client, meeting, "open").status_code == 422


@pytest.mark.parametrize("step", ["open", "conclude"])
def test_a_meeting_at_the_wrong_stage_stays_there(client: Browse, world: World, step: str) -> None:
    meeting, _ = three_cases(world)
    as_user(client, world, world.chidi)
    assert press(client, meeting, step).status_code == 422
    world.session.refresh(meeting)
    assert meeting.status is ConferenceStatus.PLANNED


@pytest.mark.parametrize("step", ["order", "issue"])
def test_once_open_the_agenda_is_closed(client: Browse, world: World, step: str) -> None:
    row = make.opened_listing(world)
    as_user(client, world, world.ben)
    answer = press(client, row.conference, step, number="2", **boxes([row], "1"))
    assert answer.status_code == 422
    assert "its agenda is closed" in answer.text


@pytest.mark.parametrize(
    ("name", "step", "status"),
    [
        ("ben", "open", 403),
        ("ben", "conclude", 403),
        ("dana", "order", 403),
        ("dana", "issue", 403),
        ("noor", "open", 403),
        ("amara", "issue", 404),
        ("erin", "order", 404),
        ("ada", "conclude", 404),
    ],
)
def test_the_wrong_person_moves_nothing(
    client: Browse, world: World, name: str, step: str, status: int
) -> None:
    meeting, rows = three_cases(world)
    as_user(client, world, world.cast()[name])
    answer = press(client, meeting, step, number="1", **boxes(rows, "3", "2", "1"))
    assert answer.status_code == status
    world.session.refresh(meeting)
    assert meeting.status is ConferenceStatus.PLANNED
    assert order_of(world, meeting) == [row.id for row in rows]
