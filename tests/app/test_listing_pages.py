"""A case's turn at the meeting, through the chair's browser."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from conferences.meeting import agenda, meetings
from conferences.models import Action, ActionStatus, AuditEntry, Contribution, Listing, ListingStatus, Risk
from conferences.person import people
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

SHARED = {"kind": "shared", "nature": "fact", "statement": "Lock reported broken."}
LINES = {
    "outcome": "actions_agreed",
    "victims_voice": "I want him to stop coming to the school.",
    "child_line": "School told who may collect them.",
    "perpetrator_line": "Police visit and warn him.",
}


def text_of(answer: Any) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def press(client: Browse, turn: Listing, step: str, **typed: Any) -> Any:
    """Sends one of the forms on a turn's page."""
    form = {"form_key": uuid4().hex, "version": turn.version, **typed}
    return client.post_form(f"/listings/{turn.id.hex}/{step}", form, page="/help")


def promise(world: World, answered: Risk, **changes: Any) -> dict[str, Any]:
    """A promise as it is typed in."""
    due = world.now + timedelta(days=10)
    whole = {
        "action_agency": world.agencies["HSG"].id.hex,
        "what": "Change the front door lock",
        "owner": "Joel Amory",
        "due_on-day": due.day,
        "due_on-month": due.month,
        "due_on-year": due.year,
        "risk": answered.id.hex,
        "evidence": "Job number and date fitted",
        "offered": "offered",
    }
    return whole | changes


def count(world: World, kind: type[Any]) -> int:
    return world.session.query(kind).count()


def test_the_chair_sees_the_case_and_what_each_agency_said(client: Browse, world: World) -> None:
    turn = make.opened_listing(world, children=("Pim",))
    make.contribution(world, turn)
    as_user(client, world, world.chidi)
    page = client.get(f"/listings/{turn.id.hex}")
    words = text_of(page)
    assert page.status_code == 200
    for expected in (
        "Testa Marrowby",
        "I want him to stop coming to the school.",
        "Housing: shared",
        "Education: no answer",
        "Lock reported broken.",
        "1 child",
    ):
        assert expected in words
    assert "07700 900123" not in page.text
    assert world.session.query(AuditEntry).filter_by(kind="listing.viewed").count() == 1


@pytest.mark.parametrize("name", ["amara", "dana", "noor", "ada", "erin"])
def test_nobody_else_knows_of_the_turn(client: Browse, world: World, name: str) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.cast()[name])
    assert client.get(f"/listings/{turn.id.hex}").status_code == 404
    for step in ("contributions", "risks", "summary", "actions", "conclude", "defer"):
        assert press(client, turn, step, **SHARED, **LINES).status_code == 404
    assert count(world, Contribution) == 0


def test_a_coordinator_writes_but_does_not_conclude(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.ben)
    agency = world.agencies["HSG"].id.hex
    assert press(client, turn, "contributions", agency=agency, **SHARED).status_code == 303
    assert press(client, turn, "conclude", **LINES).status_code == 403
    assert press(client, turn, "defer", defer_reason="Later.").status_code == 403
    assert "Conclude this case’s turn" not in client.get(f"/listings/{turn.id.hex}").text


def test_nothing_known_is_an_answer(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.chidi)
    agency = world.agencies["EDU"].id.hex
    assert press(client, turn, "contributions", agency=agency, kind="nothing_known").status_code == 303
    assert "Education: nothing known" in text_of(client.get(f"/listings/{turn.id.hex}"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agency": ""}, "Select"),
        ({"agency": "nonsense"}, "Choose an agency of this area"),
        ({"kind": ""}, "Say whether the agency shared something"),
        ({"statement": ""}, "Write what was said"),
        ({"nature": ""}, "Say whether it is a fact or an opinion"),
        ({"nature": "gossip"}, "from the choices given"),
        ({"statement": "x" * 4001}, "4000 characters or fewer"),
        (
            {"happened_on-day": "1", "happened_on-month": "1", "happened_on-year": "2027"},
            "cannot be in the future",
        ),
    ],
)
def test_what_was_said_comes_back_when_it_does_not_add_up(
    client: Browse, world: World, changes: dict[str, str], said: str
) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.chidi)
    typed = {"agency": world.agencies["HSG"].id.hex, **SHARED, **changes}
    answer = press(client, turn, "contributions", **typed)
    assert answer.status_code == 422
    assert said in answer.text or "Enter an agency" in answer.text
    assert typed["statement"] in answer.text
    assert count(world, Contribution) == 0


def test_an_agency_elsewhere_cannot_speak(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    assert world.erin.agency_id is not None
    as_user(client, world, world.chidi)
    answer = press(client, turn, "contributions", agency=world.erin.agency_id.hex, **SHARED)
    assert answer.status_code == 422


def test_sending_twice_writes_once(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    risk = make.risk(world, turn)
    agency = world.agencies["HSG"].id.hex
    as_user(client, world, world.chidi)
    for _ in range(2):
        assert press(client, turn, "contributions", agency=agency, form_key="a", **SHARED).status_code == 303
        typed = {"about": "victim", "risk_words": "He can get in.", "form_key": "b"}
        assert press(client, turn, "risks", **typed).status_code == 303
        assert press(client, turn, "actions", form_key="c", **promise(world, risk)).status_code == 303
    assert (count(world, Contribution), count(world, Risk), count(world, Action)) == (1, 2, 1)


def test_a_risk_needs_words_and_whom_it_is_about(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.chidi)
    assert press(client, turn, "risks", about="victim", risk_words="").status_code == 422
    answer = press(client, turn, "risks", about="cats", risk_words="Words are kept.")
    assert answer.status_code == 422
    assert "Words are kept." in answer.text


def test_an_action_answers_a_risk(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    risk = make.risk(world, turn)
    as_user(client, world, world.chidi)
    assert "1 risk without an action" in text_of(client.get(f"/listings/{turn.id.hex}"))
    assert press(client, turn, "actions", **promise(world, risk, offered="absent")).status_code == 303
    row = world.session.query(Action).one()
    assert row.status is ActionStatus.PROPOSED
    words = text_of(client.get(f"/listings/{turn.id.hex}"))
    assert "1 action" in words
    assert "Change the front door lock" in words
    assert "Housing, Joel Amory" in words
    assert "Proposed" in words


def test_an_action_may_need_the_address(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    risk = make.risk(world, turn)
    as_user(client, world, world.chidi)
    press(client, turn, "actions", **promise(world, risk, needs_address="yes"))
    assert world.session.query(Action).one().needs_address


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"what": ""}, "Write what will be done"),
        ({"owner": ""}, "Name the person who will do it"),
        ({"evidence": ""}, "Say what will show that it was done"),
        ({"risk": ""}, "Choose the risk this action lowers"),
        ({"risk": "0" * 32}, "Choose the risk this action lowers"),
        ({"action_agency": "x"}, "Choose an agency of this area"),
        ({"due_on-year": "2020"}, "The date must be today or later"),
        ({"due_on-year": "9999"}, "within the next two years"),
        ({"due_on-day": "99"}, "must be a real date"),
        ({"offered": ""}, "Say whether the agency offered it"),
    ],
)
def test_a_promise_with_a_gap_comes_back(
    client: Browse, world: World, changes: dict[str, str], said: str
) -> None:
    turn = make.opened_listing(world)
    risk = make.risk(world, turn)
    as_user(client, world, world.chidi)
    answer = press(client, turn, "actions", **promise(world, risk, **changes))
    assert answer.status_code == 422
    assert said in answer.text
    if "what" not in changes:
        assert "Change the front door lock" in answer.text
    assert count(world, Action) == 0


def test_a_risk_of_another_case_cannot_be_answered_here(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    make.risk(world, turn)
    meeting = make.conference(world, days=16)
    other = make.listing(world, meeting=meeting, victim="Bryn Vale")
    agenda.issue(world.session, world.ben, meeting, now=world.now)
    meetings.open_meeting(world.session, world.chidi, meeting, now=world.now)
    as_user(client, world, world.chidi)
    answer = press(client, turn, "actions", **promise(world, make.risk(world, other)))
    assert answer.status_code == 422


def test_two_who_write_the_summary_both_keep_their_words(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    version = turn.version
    as_user(client, world, world.chidi)
    assert press(client, turn, "summary", summary="The chair’s words.").status_code == 303
    as_user(client, world, world.ben)
    answer = press(client, turn, "summary", summary="Ben’s words.", version=version)
    assert answer.status_code == 409
    words = text_of(answer)
    assert "What you wrote Ben’s words." in words
    assert "What is saved The chair’s words." in words
    world.session.refresh(turn)
    assert meetings.summary_of(world.session, turn) == "The chair’s words."
    again = re.search(r'name="version" value="(\d+)"', answer.text)
    assert again is not None
    assert press(client, turn, "summary", summary="Both.", version=again[1]).status_code == 303
    world.session.refresh(turn)
    assert meetings.summary_of(world.session, turn) == "Both."


def test_a_summary_needs_words(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.chidi)
    assert press(client, turn, "summary", summary=" ").status_code == 422


def test_a_turn_is_concluded_with_every_line(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    make.action(world, turn)
    as_user(client, world, world.chidi)
    assert press(client, turn, "conclude", **LINES).status_code == 303
    world.session.refresh(turn)
    assert turn.status is ListingStatus.HEARD
    words = text_of(client.get(f"/listings/{turn.id.hex}"))
    assert "How this turn ended" in words
    assert "Police visit and warn him." in words
    assert "Add a risk" not in words


def test_every_missing_line_is_named_and_the_others_are_kept(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.chidi)
    answer = press(client, turn, "conclude", child_line="School told.")
    assert answer.status_code == 422
    for said in (
        "Choose the outcome",
        "Write what the person at risk wants, or why their voice is missing",
        "Write what was decided about the person causing harm, or why there is nothing",
    ):
        assert answer.text.count(said) == 2
    assert "Write what was decided for the children" not in answer.text
    assert "School told." in answer.text


def test_reasons_stand_in_for_lines(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.chidi)
    typed = {
        "outcome": "no_further_action",
        "outcome_reason": "They have moved away.",
        "victims_voice_missing": "It was not safe to ask.",
        "child_line_missing": "There are none.",
        "perpetrator_line_missing": "Nothing is known.",
    }
    assert press(client, turn, "conclude", **typed).status_code == 303


def test_concluding_an_old_page_is_refused_and_nothing_typed_is_lost(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    make.action(world, turn)
    version = turn.version
    meetings.summarise(world.session, world.ben, turn, summary="New words.", version=version, now=world.now)
    as_user(client, world, world.chidi)
    answer = press(client, turn, "conclude", **LINES, version=version)
    assert answer.status_code == 409
    assert "Police visit and warn him." in answer.text
    assert "Someone else changed this" in answer.text


def test_concluding_twice_is_harmless(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    make.action(world, turn)
    as_user(client, world, world.chidi)
    version = turn.version
    for _ in range(2):
        sent = press(client, turn, "conclude", **LINES, version=version, form_key="k")
        assert sent.status_code == 303
    world.session.refresh(turn)
    late = press(client, turn, "conclude", **LINES)
    assert late.status_code == 422
    assert "already been concluded" in late.text


def test_a_turn_is_put_off_with_a_reason(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    as_user(client, world, world.chidi)
    assert press(client, turn, "defer", defer_reason="").status_code == 422
    assert press(client, turn, "defer", defer_reason="The adviser is away.").status_code == 303
    world.session.refresh(turn)
    assert turn.status is ListingStatus.DEFERRED
    assert "The adviser is away." in client.get(f"/listings/{turn.id.hex}").text


def test_nothing_is_written_before_the_meeting_opens(client: Browse, world: World) -> None:
    turn = make.listing(world)
    as_user(client, world, world.chidi)
    page = client.get(f"/listings/{turn.id.hex}")
    assert "once the meeting is open" in page.text
    assert "Add a risk" not in page.text
    agency = world.agencies["HSG"].id.hex
    answer = press(client, turn, "contributions", agency=agency, **SHARED)
    assert answer.status_code == 422
    assert "Open the meeting first" in answer.text


def link(turn: Listing, words: str) -> str:
    return f'href="/listings/{turn.id.hex}" draggable="false">{words}'


def test_previous_and_next_follow_the_readers_own_order(client: Browse, world: World) -> None:
    meeting = make.conference(world)
    rows = [make.listing(world, meeting=meeting, victim=name) for name in ("Alma", "Bryn", "Cora")]
    as_user(client, world, world.chidi)
    first, middle, last = (client.get(f"/listings/{row.id.hex}").text for row in rows)
    assert link(rows[1], "Next case") in first
    assert "Previous case" not in first
    assert link(rows[0], "Previous case") in middle
    assert "Next case" not in last
    assert not re.search(r"\b\d+ of \d+\b", text_of(client.get(f"/listings/{rows[1].id.hex}")))


def test_a_case_the_chair_is_shut_out_of_leaves_no_gap(client: Browse, world: World) -> None:
    meeting = make.conference(world)
    rows = [
        make.listing(world, meeting=meeting, victim=name) for name in ("Alma Ash", "Bryn Vale", "Cora Wick")
    ]
    people.exclude(
        world.session, world.ben, rows[1].case, user_id=world.chidi.id, reason="A relative.", now=world.now
    )
    as_user(client, world, world.chidi)
    assert client.get(f"/listings/{rows[1].id.hex}").status_code == 404
    assert link(rows[2], "Next case") in client.get(f"/listings/{rows[0].id.hex}").text
    words = text_of(client.get(f"/conferences/{meeting.id.hex}"))
    assert "B.V." not in words
    assert "Finishes about 10:42am" in words


def test_an_agency_that_is_shut_out_is_not_asked(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    housing = world.agencies["HSG"]
    people.exclude(
        world.session, world.ben, turn.case, agency_id=housing.id, reason="He works there.", now=world.now
    )
    as_user(client, world, world.chidi)
    assert "Housing: no answer" not in text_of(client.get(f"/listings/{turn.id.hex}"))
    assert press(client, turn, "contributions", agency=housing.id.hex, **SHARED).status_code == 422
