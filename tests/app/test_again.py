"""Somebody writes for longer than a session lasts: nothing they typed is lost, and nobody else gets it."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from conferences.models import Referral
from conferences.referral import referrals
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

WORDS = "He stood at the gate <again> & said: “I know where you are.”"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def draft(world: World) -> Referral:
    return make.filled_draft(world)


def too_late(client: Browse, where: str, typed: dict[str, Any]) -> Any:
    """Opens a form, is away for half an hour, and sends it."""
    token = client.csrf(where)
    client.moment += timedelta(minutes=30)
    return client.post(where, data={**typed, "csrf_token": token})


def held(page: str) -> dict[str, str]:
    return {name: unescape(words) for name, words in HIDDEN.findall(page)}


def test_what_was_typed_is_handed_back_and_sent_again(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/reason?from=check"
    answer = too_late(client, where, {"reason": WORDS, "urgency": "standard"})
    assert answer.status_code == 401
    assert f'action="{where}"' in answer.text
    assert "Testa" not in answer.text
    assert "data-exit" in answer.text
    assert "Ashmere partnership" not in re.findall("<h1.*?</h1>", answer.text)[0]
    world.session.expire_all()
    assert referrals.reason_of(world.session, draft) != WORDS

    visitor = client.cookies["__Host-visitor"]
    client.become(world.amara)
    client.cookies.set("__Host-visitor", visitor, domain="testserver.local")
    again = client.post(where, data=held(answer.text))
    assert (again.status_code, again.headers["location"]) == (303, f"/referrals/{draft.id.hex}/check")
    world.session.expire_all()
    assert referrals.reason_of(world.session, draft) == WORDS


def test_sent_again_before_signing_in_it_waits_on(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/reason"
    first = too_late(client, where, {"reason": WORDS, "urgency": "standard"})
    second = client.post(where, data=held(first.text))
    assert second.status_code == 401
    assert held(second.text)["reason"] == WORDS


def test_somebody_else_who_signs_in_there_cannot_send_it(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/reason"
    answer = too_late(client, where, {"reason": WORDS, "urgency": "standard"})
    visitor = client.cookies["__Host-visitor"]
    client.become(world.dana)
    client.cookies.set("__Host-visitor", visitor, domain="testserver.local")
    assert client.post(where, data=held(answer.text)).status_code == 404
    world.session.expire_all()
    assert referrals.reason_of(world.session, draft) != WORDS


def test_its_token_is_of_no_use_in_another_browser(client: Browse, world: World, draft: Referral) -> None:
    as_user(client, world, world.amara)
    where = f"/referrals/{draft.id.hex}/reason"
    answer = too_late(client, where, {"reason": WORDS, "urgency": "standard"})
    client.become(world.amara)
    for visitor in ("", "somebody-elses"):
        if visitor:
            client.cookies.set("__Host-visitor", visitor, domain="testserver.local")
        assert client.post(where, data=held(answer.text)).status_code == 403


def test_an_ordinary_token_of_a_visitor_does_not_outlive_signing_in(client: Browse, world: World) -> None:
    token, visitor = client.csrf("/sign-in"), client.cookies["__Host-visitor"]
    client.become(world.amara)
    client.cookies.set("__Host-visitor", visitor, domain="testserver.local")
    answer = client.post("/referrals/new", data={"safe_to_talk": "alone", "csrf_token": token})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("where", "typed"),
    [
        ("/search", {"words": "Testa"}),
        ("/referrals/new", {}),
        ("/referrals/new", {"form_key": "abc", "version": "3", "safe_to_talk": " "}),
    ],
)
def test_where_nothing_is_to_be_kept_the_way_leads_to_sign_in(
    client: Browse, world: World, where: str, typed: dict[str, str]
) -> None:
    as_user(client, world, world.amara)
    token = client.csrf("/referrals/new")
    client.moment += timedelta(minutes=30)
    answer = client.post(where, data={**typed, "csrf_token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_an_answer_saved_by_script_is_told_no_more_than_before(
    client: Browse, world: World, draft: Referral
) -> None:
    as_user(client, world, world.amara)
    token = client.csrf("/referrals/new")
    client.moment += timedelta(minutes=30)
    typed = {"item": "1", "answer": "yes", "note": WORDS, "csrf_token": token}
    where = f"/referrals/{draft.id.hex}/answers"
    answer = client.post(where, data=typed, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
