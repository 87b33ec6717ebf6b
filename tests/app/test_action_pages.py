"""Actions as the agency, the coordinator and the chair meet them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.meeting import actions
from conferences.models import Action, ActionStatus, AuditEntry, RiskNow, User
from conferences.sealing import unseal
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

DONE = {"outcome": "Lock fitted on Tuesday, job 12.", "risk_now": "lower"}
POSSIBLE = {"kind": "not_possible", "reason": "She moved away."}


@pytest.fixture
def action(world: World) -> Action:
    return make.action(world)


@pytest.fixture
def dana(client: Browse, world: World, action: Action) -> Browse:
    return as_user(client, world, world.dana)


def path(action: Action, verb: str = "") -> str:
    return f"/actions/{action.id.hex}" + (f"/{verb}" if verb else "")


def send(browser: Browse, action: Action, verb: str, **typed: Any) -> Any:
    """Sends the form of one verb as it was drawn from the action as it is now."""
    sent = {"version": str(action.version), "page": "list"} | typed
    return browser.post_form(path(action, verb), sent, page="/help")


def status(session: Session, action: Action) -> ActionStatus:
    session.expire_all()
    return session.get_one(Action, action.id).status


def test_an_agency_sees_its_own_list_without_names(dana: Browse, world: World, action: Action) -> None:
    page = dana.get("/actions").text
    assert "Housing actions" in page
    assert "Change the front door lock" in page
    assert f"{action.case.reference}, T.M." in page
    assert "Testa" not in page
    assert "Derrin" not in page
    as_user(dana, world, world.amara)
    assert "Change the front door lock" not in dana.get("/actions").text
    assert "No actions" in dana.get("/actions").text


def test_the_groups_follow_the_next_meeting(dana: Browse, world: World, action: Action) -> None:
    turn = action.listing
    make.action(world, turn, what="Ask about the rent", due_in=200)
    make.action(world, turn, what="Visit on the day", due_in=0)
    dana.moment = world.now + timedelta(days=1)
    page = as_user(dana, world, world.dana).get("/actions").text
    order = ("Overdue</h2>", "Visit on the day", "Later</h2>", "Ask about the rent")
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "1 working day late" in page


def test_the_form_opens_on_the_list_without_script(dana: Browse, action: Action) -> None:
    page = dana.get(f"/actions?open={action.id.hex}&form=done").text
    assert f'action="/actions/{action.id.hex}/complete"' in page
    assert "What happened, and how do you know?" in page
    assert "What stopped it?" in dana.get(f"/actions?open={action.id.hex}&form=cannot").text


@pytest.mark.parametrize("query", ["?open=x&form=done", "?open=&form=<b>", "?agency=%00", "?form=release"])
def test_an_odd_question_still_gets_the_list(dana: Browse, query: str) -> None:
    answer = dana.get(f"/actions{query}")
    assert answer.status_code == 200
    assert "/complete" not in answer.text


def test_an_unknown_reference_is_not_found(dana: Browse) -> None:
    for ref in ("x", "0" * 32, "%00", "ü"):
        assert dana.get(f"/actions/{ref}").status_code == 404
        assert dana.post_form(f"/actions/{ref}/complete", DONE, page="/help").status_code == 404


def test_done_needs_what_happened_and_the_risk_now(dana: Browse, session: Session, action: Action) -> None:
    answer = send(dana, action, "complete", risk_now="lower")
    assert answer.status_code == 422
    assert "Say what happened, and how you know" in answer.text
    answer = send(dana, action, "complete", outcome="Lock fitted.", risk_now="much")
    assert answer.status_code == 422
    assert "Lock fitted." in answer.text
    assert "Say whether the risk is lower now" in answer.text
    assert status(session, action) is ActionStatus.ACCEPTED
    answer = send(dana, action, "complete", **DONE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/actions")
    assert status(session, action) is ActionStatus.DONE
    assert "Lock fitted on Tuesday" in dana.get(path(action)).text


def test_not_possible_and_not_done_are_kept_apart(
    dana: Browse, world: World, session: Session, action: Action
) -> None:
    other = make.action(world, action.listing, what="Ring the landlord")
    send(dana, action, "cannot", **POSSIBLE)
    send(dana, other, "cannot", kind="not_done", reason="Nobody rebooked.")
    assert status(session, action) is ActionStatus.NOT_POSSIBLE
    assert status(session, other) is ActionStatus.NOT_DONE
    page = dana.get("/actions").text
    assert "om-tag--closed" in page
    assert "Coordinator to confirm" in page
    assert "1, 1" in page
    answer = send(dana, action, "cannot", kind="both", reason="Words kept.")
    assert answer.status_code == 422
    assert "Words kept." in answer.text


def test_the_coordinator_confirms_or_sends_back(
    client: Browse, world: World, session: Session, action: Action
) -> None:
    as_user(client, world, world.dana)
    send(client, action, "cannot", **POSSIBLE)
    session.refresh(action)
    assert send(client, action, "confirm").status_code == 403
    as_user(client, world, world.ben)
    page = client.get("/actions").text
    assert "For the coordinator to confirm" in page
    assert "She moved away." in client.get(f"/actions?open={action.id.hex}&form=confirm").text
    assert send(client, action, "send-back", reason="").status_code == 422
    assert send(client, action, "send-back", reason="She is back.").status_code == 303
    assert status(session, action) is ActionStatus.IN_PROGRESS
    send(client, action, "cannot", **POSSIBLE)
    session.refresh(action)
    assert send(client, action, "confirm").status_code == 303
    session.refresh(action)
    assert action.confirmed_by_id == world.ben.id
    assert "Confirmed that it is not possible" in client.get(path(action)).text


def test_the_chair_releases_with_a_reason(
    client: Browse, world: World, session: Session, action: Action
) -> None:
    as_user(client, world, world.ben)
    assert send(client, action, "release", reason="No longer needed.").status_code == 403
    as_user(client, world, world.chidi)
    assert send(client, action, "release").status_code == 422
    assert send(client, action, "release", reason="No longer needed.").status_code == 303
    assert status(session, action) is ActionStatus.RELEASED


def test_the_coordinator_gives_it_to_another_agency(
    client: Browse, world: World, session: Session, action: Action
) -> None:
    police = {"agency": world.agencies["POL"].id.hex, "owner": "Orla Finch", "reason": "They fit locks."}
    due = {"due-day": "4", "due-month": "12", "due-year": "2026"}
    as_user(client, world, world.dana)
    assert send(client, action, "reassign", **police, **due).status_code == 403
    as_user(client, world, world.ben)
    assert "Which agency takes it over?" in client.get(f"/actions/{action.id.hex}?form=reassign").text
    again = send(client, action, "reassign", owner="Orla Finch", reason="They fit locks.", **due)
    assert again.status_code == 422
    assert "Orla Finch" in again.text
    nobody = {"agency": world.erin.agency_id.hex if world.erin.agency_id else ""}
    assert send(client, action, "reassign", **police | nobody, **due).status_code == 422
    assert send(client, action, "reassign", **police, **due).status_code == 303
    assert status(session, action) is ActionStatus.REASSIGNED
    assert send(client, action, "reassign", **police, **due).status_code in (409, 422)


def test_a_proposed_action_is_accepted_by_name(client: Browse, world: World, session: Session) -> None:
    action = make.action(world, offered=False)
    as_user(client, world, world.dana)
    assert "Needs your answer" in client.get("/actions").text
    assert 'value="Joel Amory"' in client.get(f"/actions?open={action.id.hex}&form=accept").text
    assert send(client, action, "accept").status_code == 422
    assert send(client, action, "accept", owner="Mina Holt").status_code == 303
    session.refresh(action)
    assert unseal(session, action, "owner") == "Mina Holt"
    assert send(client, action, "start", page="one").headers["location"] == path(action)
    assert status(session, action) is ActionStatus.IN_PROGRESS
    assert send(client, action, "note", words="Rang twice.").status_code == 303
    page = client.get(path(action)).text
    for words in ("Rang twice.", "Accepted it", "Began work on it", "Agreed at the meeting"):
        assert words in page


VERBS = {
    "accept": {"owner": "Mina"},
    "start": {},
    "note": {"words": "Rang."},
    "complete": DONE,
    "cannot": POSSIBLE,
    "confirm": {},
    "send-back": {"reason": "Still possible."},
    "release": {"reason": "Gone."},
}


@pytest.mark.parametrize("verb", VERBS)
def test_the_wrong_person_changes_nothing(
    client: Browse, world: World, session: Session, action: Action, verb: str
) -> None:
    before = action.version
    expected: tuple[tuple[User, int], ...] = (
        (world.amara, 404), (world.noor, 404), (world.erin, 404), (world.ada, 404),
    )  # fmt: skip
    for user, code in expected:
        as_user(client, world, user)
        assert send(client, action, verb, **VERBS[verb]).status_code == code
    session.refresh(action)
    assert action.version == before
    assert action.updates == []


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "note"])
def test_the_wrong_state_is_refused_and_the_words_are_kept(
    client: Browse, world: World, session: Session, action: Action, verb: str
) -> None:
    actions.complete(session, world.dana, action, outcome="Fitted", risk_now=RiskNow.LOWER, now=world.now)
    user = {"confirm": world.ben, "send-back": world.ben, "release": world.chidi}.get(verb, world.dana)
    as_user(client, world, user)
    answer = send(client, action, verb, **VERBS[verb])
    assert answer.status_code == 422
    for words in VERBS[verb].values():
        assert words in answer.text or words in ("lower", "not_possible")
    assert status(session, action) is ActionStatus.DONE


def test_two_answers_at_once_lose_no_words(dana: Browse, session: Session, action: Action) -> None:
    old = str(action.version)
    send(dana, action, "start", words="Locksmith booked.")
    answer = send(dana, action, "cannot", version=old, **POSSIBLE)
    assert answer.status_code == 409
    assert "She moved away." in answer.text
    assert "Locksmith booked." in answer.text
    assert "Someone else changed this" in answer.text
    assert status(session, action) is ActionStatus.IN_PROGRESS


@pytest.mark.parametrize("verb", ["note", "complete"])
def test_twice_is_harmless(dana: Browse, session: Session, action: Action, verb: str) -> None:
    first = send(dana, action, verb, form_key="one", **VERBS[verb])
    second = send(dana, action, verb, form_key="one", **VERBS[verb])
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    session.expire_all()
    assert len(session.get_one(Action, action.id).updates) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"outcome": "x" * 10000},
        {"outcome": "\x00\x01", "version": "many"},
        {"outcome": "נעשה", "risk_now": ["lower", "higher"]},
        {"version": "99999999999999999999"},
        {"version": "-1", "form_key": "k" * 5000},
    ],
)
def test_odd_input_comes_back(dana: Browse, session: Session, action: Action, typed: dict[str, Any]) -> None:
    answer = send(dana, action, "complete", **(DONE | typed))
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert status(session, action) is ActionStatus.ACCEPTED


def test_opening_an_action_is_recorded(dana: Browse, world: World, session: Session, action: Action) -> None:
    assert "Contact through the IDVA only." in dana.get(path(action)).text
    wanted = AuditEntry.kind == "action.viewed"
    assert session.scalars(select(AuditEntry.actor_id).where(wanted)).all() == [world.dana.id]


def test_those_who_run_the_meeting_see_every_agency_and_filter(
    client: Browse, world: World, action: Action
) -> None:
    make.action(world, action.listing, agency="EDU", what="Tell the gate staff")
    for user in (world.ben, world.chidi):
        as_user(client, world, user)
        page = client.get("/actions").text
        assert "Tell the gate staff" in page
        assert "Change the front door lock" in page
        page = client.get(f"/actions?agency={world.agencies['EDU'].id.hex}").text
        assert "Tell the gate staff" in page
        assert "Change the front door lock" not in page
    as_user(client, world, world.dana)
    assert "Tell the gate staff" not in client.get(f"/actions?agency={world.agencies['EDU'].id.hex}").text


def test_an_administrator_has_no_actions(client: Browse, world: World, action: Action) -> None:
    as_user(client, world, world.ada)
    assert client.get("/actions").status_code == 403
    assert client.get(path(action)).status_code == 404


def test_an_address_is_shown_once_to_the_agency_that_needs_it(
    client: Browse, world: World, session: Session
) -> None:
    turn = make.opened_listing(world, address="1 Hidden Row")
    action = make.action(world, turn, needs_address=True)
    as_user(client, world, world.dana)
    assert f"{path(action)}/address" in client.get(path(action)).text
    assert "1 Hidden Row" not in client.get(path(action)).text
    asking = client.get(path(action, "address")).text
    assert "Why do you need to know?" in asking
    assert "1 Hidden Row" not in asking
    assert send(client, action, "address").status_code == 422
    answer = send(client, action, "address", reason="To fit the lock")
    assert answer.status_code == 200
    assert "1 Hidden Row" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    wanted = AuditEntry.kind == "address.viewed"
    looks = session.scalars(select(AuditEntry).where(wanted)).all()
    assert [(look.actor_id, unseal(session, look, "reason")) for look in looks] == [
        (world.dana.id, "To fit the lock")
    ]


def test_an_old_code_is_not_enough_for_an_address(client: Browse, world: World, session: Session) -> None:
    action = make.action(world, make.opened_listing(world, address="1 Hidden Row"), needs_address=True)
    as_user(client, world, world.dana)
    client.moment = world.now + timedelta(minutes=6)
    answer = client.get(path(action, "address"))
    assert answer.headers["location"] == f"/sign-in/code?next={path(action)}/address"
    assert send(client, action, "address", reason="To fit the lock").status_code == 303
    assert session.scalars(select(AuditEntry).where(AuditEntry.kind == "address.viewed")).all() == []


def test_nobody_else_sees_an_address_through_an_action(
    client: Browse, world: World, session: Session
) -> None:
    turn = make.opened_listing(world, address="1 Hidden Row")
    plain, needs = make.action(world, turn), make.action(world, turn, agency="EDU", needs_address=True)
    expected = ((world.dana, plain, 403), (world.dana, needs, 404), (world.noor, needs, 404),
                (world.erin, needs, 404))  # fmt: skip
    for user, action, code in expected:
        as_user(client, world, user)
        assert client.get(path(action, "address")).status_code == code
        assert send(client, action, "address", reason="Curious").status_code == code
    assert session.scalars(select(AuditEntry).where(AuditEntry.kind == "address.viewed")).all() == []


def test_without_an_address_it_says_whom_to_ask(client: Browse, world: World) -> None:
    action = make.action(world, needs_address=True)
    as_user(client, world, world.dana)
    assert "No address is held" in send(client, action, "address", reason="To fit the lock").text


def test_of_many_closed_actions_the_latest_are_shown(dana: Browse, world: World, action: Action) -> None:
    for _ in range(21):
        done = make.action(world, action.listing, what="Ring the landlord")
        actions.not_done(world.session, world.dana, done, reason="Nobody rang.", now=world.now)
    page = dana.get("/actions").text
    assert page.count("Ring the landlord") == 20
    assert "The latest 20 of 21 are shown." in page


def test_an_action_done_after_its_date_says_so(dana: Browse, world: World, action: Action) -> None:
    later = world.now + timedelta(days=20)
    actions.complete(world.session, world.dana, action, outcome="Fitted", risk_now=RiskNow.LOWER, now=later)
    assert "After its date" in dana.get("/actions").text
