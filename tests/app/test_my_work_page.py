"""My work: what waits for whom, and never a name."""

from datetime import UTC, datetime, timedelta

import pytest

from app.pages.office.views import my_work
from app.pages.office.views.my_work import greeting
from conferences.meeting import actions
from conferences.models import Urgency
from conferences.referral import advocates
from conferences.triage import triage
from conferences.triage.my_work_views import MyWork
from tests import after, make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def home(client: Browse, world: World, name: str) -> str:
    answer = as_user(client, world, world.cast()[name]).get("/")
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("name", ["amara", "ben", "chidi", "dana", "noor", "ada", "erin"])
def test_everybody_has_a_page_even_with_nothing_to_do(client: Browse, world: World, name: str) -> None:
    page = home(client, world, name)
    assert "<title>My work – " in page
    assert f"Good afternoon, {name.capitalize()}" in page


def test_a_stranger_is_sent_to_sign_in(client: Browse, world: World) -> None:
    assert client.get("/").headers["location"] == "/sign-in"


def test_nothing_to_do_says_so(client: Browse, world: World) -> None:
    assert "Nothing waits for you today" in home(client, world, "dana")
    assert "Start a referral" not in home(client, world, "ada")


def test_a_referrer_finds_drafts_and_questions(client: Browse, world: World) -> None:
    draft = make.draft(world)
    asked = make.sent_referral(world)
    triage.return_with_question(world.session, world.ben, asked, question="Which school?", now=world.now)
    page = home(client, world, "amara")
    assert "0 of 24 answered" in page
    assert "kept until 7 December 2026" in page
    assert f'href="/referrals/{draft.id.hex}"' in page
    assert f'href="/referrals/{asked.id.hex}/reply"' in page
    assert "question to answer" in page
    for hidden in ("Testa", "Derrin", "Which school"):
        assert hidden not in page
    assert draft.id.hex not in home(client, world, "ben")


def test_a_coordinator_finds_referrals_to_decide_of_this_area_only(client: Browse, world: World) -> None:
    sent = make.sent_referral(world)
    page = home(client, world, "ben")
    assert f'href="/queue/{sent.id.hex}"' in page
    assert f"{sent.case.reference}" in page
    assert "T.M. · decide by 24 November 2026, 5pm" in page
    assert page.count("/queue/") == 2
    assert "NM-" not in page
    assert "Testa" not in page
    assert sent.id.hex not in home(client, world, "chidi")
    assert sent.id.hex not in home(client, world, "erin")


def test_a_chair_finds_declines_to_confirm(client: Browse, world: World) -> None:
    sent = make.sent_referral(world)
    triage.decline(world.session, world.ben, sent, **make.declining("Not here."), now=world.now)
    page = home(client, world, "chidi")
    assert "decline to confirm" in page
    assert f'href="/queue/{sent.id.hex}"' in page
    assert "Not here." not in page


def test_an_agency_finds_its_promises_and_the_next_meeting(client: Browse, world: World) -> None:
    turn = make.opened_listing(world)
    late = make.action(world, turn, what="Change the lock", due_in=0)
    make.action(world, turn, agency="EDU", what="Tell the gate staff", due_in=0)
    make.conference(world, days=16)
    client.moment = world.now + timedelta(days=3)
    page = home(client, world, "dana")
    assert "action past its date" in page
    assert "3 working days late" in page
    assert f"{late.reference} · {turn.case.reference}, T.M. · Housing" in page
    assert "Tell the gate staff" not in page
    assert "Next meeting" in page
    assert "Wednesday 2 December 2026, 10am" in page
    assert "Chidi Ravenhall" in page


def test_a_frontline_worker_sees_no_meeting(client: Browse, world: World) -> None:
    make.conference(world)
    assert "Next meeting" not in home(client, world, "amara")


def test_a_coordinator_finds_what_to_confirm(client: Browse, world: World) -> None:
    action = make.action(world)
    actions.not_possible(world.session, world.dana, action, reason="She moved.", now=world.now)
    page = home(client, world, "ben")
    assert "action to confirm" in page
    assert f'href="/actions/{action.id.hex}"' in page
    assert "action to confirm" not in home(client, world, "chidi")


@pytest.mark.parametrize("page", ["", "/accessibility", "/privacy", "/what-we-record"])
def test_help_is_there_for_strangers_and_for_everybody(client: Browse, world: World, page: str) -> None:
    client.cookies.clear()
    assert client.get(f"/help{page}").status_code == 200
    for user in world.cast().values():
        answer = as_user(client, world, user).get(f"/help{page}")
        assert answer.status_code == 200
        assert "Sign out" in answer.text


def test_the_queue_says_what_presses(client: Browse, world: World) -> None:
    make.sent_referral(world, urgency=Urgency.EMERGENCY)
    make.sent_referral(world)
    assert "Emergency" in home(client, world, "ben")
    client.moment = world.now + timedelta(days=1)
    assert "Due today" in home(client, world, "ben")
    client.moment = world.now + timedelta(days=2)
    assert "Past its time" in home(client, world, "ben")


def test_long_lists_say_what_is_left_out(client: Browse, world: World) -> None:
    for _ in range(12):
        make.draft(world)
    page = home(client, world, "amara")
    assert page.count("0 of 24 answered") == 10
    assert "2 more" in page


def test_a_draft_on_an_edition_that_is_gone_takes_nothing_down(client: Browse, world: World) -> None:
    make.draft(world).assessment.definition_hash = "gone"
    assert "0 of 0 answered" in home(client, world, "amara")


@pytest.mark.parametrize(
    ("hour", "words"), [(8, "Good morning"), (13, "Good afternoon"), (19, "Good evening")]
)
def test_the_greeting_knows_the_time_in_london(hour: int, words: str) -> None:
    assert greeting("Dana Wickfield", datetime(2026, 7, 1, hour, tzinfo=UTC)) == f"{words}, Dana"


def test_whoever_is_to_be_rung_is_listed_to_the_last(world: World) -> None:
    """There is no other page on which an adviser would find the eleventh."""
    row = after.to_ring(world)
    many = [advocates.ToRing(row, f"AS-{n}", "T.M.", late=False, nobody=False) for n in range(30)]
    (shown,) = my_work.lists(MyWork(to_ring=many), world.now)
    assert len(shown.rows) == 30
    assert shown.more == ""
