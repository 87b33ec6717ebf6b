"""Cases through the browser: who sees them, how people are reached, and who is shut out."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from conferences.models import AuditEntry, Case
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

HIDDEN = "Flat 9, Quarry Lane, Ashmere"


def text_of(answer: Any) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def press(client: Browse, case: Case, step: str, **typed: Any) -> Any:
    """Sends one of the forms on a case's page."""
    form = {"form_key": uuid4().hex, **typed}
    return client.post_form(f"/cases/{case.id.hex}/{step}", form, page="/help")


def a_case(world: World, **about: Any) -> Case:
    return make.sent_referral(world, address=HIDDEN, **about).case


def lines(world: World, kind: str) -> int:
    return world.session.query(AuditEntry).filter_by(kind=kind).count()


def test_the_list_shows_references_and_initials_newest_first(client: Browse, world: World) -> None:
    old = a_case(world)
    new = a_case(world, victim="Bryn Vale", now=world.now + timedelta(minutes=5))
    as_user(client, world, world.ben)
    page = client.get("/cases")
    words = text_of(page)
    assert words.index(new.reference) < words.index(old.reference)
    assert "T.M." in words
    assert "To decide" in words
    assert "Marrowby" not in page.text
    assert "NM-" not in words


@pytest.mark.parametrize("name", ["dana", "erin"])
def test_the_list_of_others_does_not_hold_it(client: Browse, world: World, name: str) -> None:
    case = a_case(world)
    as_user(client, world, world.cast()[name])
    assert case.reference not in client.get("/cases").text


def test_an_administrator_has_no_list_of_cases(client: Browse, world: World) -> None:
    as_user(client, world, world.ada)
    assert client.get("/cases").status_code == 403


def test_a_referrer_is_led_to_the_referral(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.amara)
    assert f'href="/referrals/{row.id.hex}"' in client.get("/cases").text
    assert client.get(f"/cases/{row.case_id.hex}").status_code == 403


def test_the_list_comes_in_pages(client: Browse, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conferences.case.case_views.PAGE", 1)
    first = a_case(world)
    a_case(world, victim="Bryn Vale", now=world.now + timedelta(minutes=5))
    as_user(client, world, world.ben)
    assert "Older cases" in client.get("/cases").text
    older = client.get("/cases?page=2").text
    assert first.reference in older
    assert "Newer cases" in older
    assert "No cases here" in client.get("/cases?page=3").text
    assert client.get("/cases?page=x").status_code == 422


def test_a_case_shows_its_people_turns_and_actions(client: Browse, world: World) -> None:
    turn = make.opened_listing(world, children=("Pim",), address=HIDDEN)
    make.action(world, turn)
    as_user(client, world, world.ben)
    page = client.get(f"/cases/{turn.case_id.hex}")
    words = text_of(page)
    for expected in (
        "Testa Marrowby",
        "Derrin Quillfeather",
        "Pim",
        "2 December 2026",
        "Change the front door",
    ):
        assert expected in words
    assert "Who has looked" in words
    assert "Ben Oakhurst" in words
    assert HIDDEN not in page.text
    assert "07700 900123" not in page.text
    assert lines(world, "case.viewed") == 1


def test_only_a_coordinator_sees_who_has_looked(client: Browse, world: World) -> None:
    case = a_case(world)
    for user in (world.chidi, world.noor):
        as_user(client, world, user)
        words = text_of(client.get(f"/cases/{case.id.hex}"))
        assert "Testa Marrowby" in words
        assert "Who has looked" not in words
        assert "Shut a person" not in words


@pytest.mark.parametrize(("name", "status"), [("dana", 404), ("ada", 404), ("erin", 404), ("amara", 403)])
def test_others_do_not_open_it(client: Browse, world: World, name: str, status: int) -> None:
    case = a_case(world)
    as_user(client, world, world.cast()[name])
    assert client.get(f"/cases/{case.id.hex}").status_code == status


def test_how_to_reach_them_is_shown_and_recorded(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.noor)
    page = press(client, case, "contact")
    assert page.status_code == 200
    assert "Contact through the IDVA only." in page.text
    assert HIDDEN not in page.text
    assert lines(world, "contact.viewed") == 1


@pytest.mark.parametrize("name", ["dana", "erin", "ada"])
@pytest.mark.parametrize("step", ["contact", "address", "exclusions"])
def test_others_reach_nothing(client: Browse, world: World, name: str, step: str) -> None:
    case = a_case(world)
    as_user(client, world, world.cast()[name])
    answer = press(client, case, step, reason="I want to know.", who="x", why="y")
    assert answer.status_code == 404
    assert HIDDEN not in answer.text
    assert lines(world, "address.viewed") + lines(world, "contact.viewed") == 0


def test_the_address_is_shown_once_with_a_reason(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    assert HIDDEN not in client.get(f"/cases/{case.id.hex}/address").text
    page = press(client, case, "address", reason="The police ask where to go.")
    assert page.status_code == 200
    assert HIDDEN in page.text
    assert page.headers["cache-control"] == "no-store"
    assert lines(world, "address.viewed") == 1
    assert "The police ask where to go." in client.get(f"/cases/{case.id.hex}").text


def test_no_address_is_said_plainly(client: Browse, world: World) -> None:
    case = make.sent_referral(world).case
    as_user(client, world, world.ben)
    assert "No address is held." in press(client, case, "address", reason="To know.").text


def test_the_address_needs_a_reason(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    answer = press(client, case, "address", reason="  ")
    assert answer.status_code == 422
    assert "Say why you need the address" in answer.text
    assert HIDDEN not in answer.text
    assert lines(world, "address.viewed") == 0


def test_the_address_needs_a_code_entered_just_now(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    client.moment += timedelta(minutes=6)
    wanted = f"/sign-in/code?next=/cases/{case.id.hex}/address"
    for answer in (
        client.get(f"/cases/{case.id.hex}/address"),
        press(client, case, "address", reason="To know."),
    ):
        assert answer.status_code == 303
        assert answer.headers["location"] == wanted
    assert lines(world, "address.viewed") == 0


def test_the_referrer_may_look_at_what_they_wrote(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.amara)
    assert HIDDEN in press(client, case, "address", reason="To check it.").text


def test_the_case_says_how_old_its_last_checklist_is(client: Browse, world: World) -> None:
    case = a_case(world)
    as_user(client, world, world.ben)
    client.moment = world.now + timedelta(days=12)
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/cases/{case.id.hex}"))
    assert "Risk, as last assessed Monday 23 November 2026 , 12 days ago" in words
    assert "This checklist sets no day to look again." in words
    assert "What is answered differently" not in words


def test_the_case_shows_what_moved_between_two_checklists(client: Browse, world: World) -> None:
    case = make.sent_referral(world, yes=13).case
    make.sent_referral(world, yes=14, now=world.now + timedelta(days=30)).case = case
    as_user(client, world, world.ben)
    words = text_of(client.get(f"/cases/{case.id.hex}"))
    assert "14 Threats to kill that they believe: No, now Yes" in words
