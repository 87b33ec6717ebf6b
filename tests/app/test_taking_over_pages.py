"""A colleague's draft in the browser: told of it, taking it over, and what others read of it."""

from typing import Any
from uuid import uuid4

import pytest

from conferences.models import Referral
from tests import after
from tests.app.test_signing_pages import send, words
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


@pytest.fixture
def left(world: World) -> Referral:
    return after.left_behind(world)


def answered(client: Browse, row: Referral, **typed: Any) -> Any:
    return send(client, f"/referrals/{row.id.hex}/take-over", row, **typed)


def test_the_manager_is_told_gives_a_reason_once_and_goes_on_with_it(
    client: Browse, world: World, left: Referral
) -> None:
    here = f"/referrals/{left.id.hex}"
    as_user(client, world, world.dana)
    mine = words(client.get("/"))
    for said in ("1 draft left at your agency", "Its writer has left", f"{left.case.reference} Joel Ashdown"):
        assert said in mine
    page = words(client.get(f"{here}/take-over"))
    assert "would have to be heard" in page
    for hidden in ("Testa", "Quillfeather", "gate"):
        assert hidden not in mine + page
    assert client.get(here).status_code == 404
    for typed, asked in (({}, "Say why you take it over"), ({"reason": "X" * 4001}, "XXX")):
        refused = answered(client, left, **typed)
        assert (refused.status_code, asked in words(refused)) == (422, True)
    for _ in range(2):
        gone_to = answered(client, left, form_key="once", reason="He has left.")
        assert gone_to.headers["location"] == here
    assert "Testa" in client.get(f"{here}/victim").text
    assert "left at your agency" not in words(client.get("/"))


def test_the_coordinator_reads_with_whom_to_speak_and_of_whoever_may_not_know_nothing(
    client: Browse, world: World, left: Referral
) -> None:
    as_user(client, world, world.ben)
    take_in = f"/queue/{left.id.hex}/take-in"
    assert "Speak to Dana Wickfield." in words(client.get("/queue")) + words(client.get(take_in))
    assert answered(client, left, reason="Mine").status_code == 403
    world.dana.is_active = False
    alone = words(client.get(take_in))
    assert "Begun and not sent, its writer has left" in alone
    assert "past its date" not in alone
    assert "Nobody at the agency can let it go. Its writer has left. Take it over" in alone


def test_a_hidden_manager_and_a_missing_one_read_the_same(client: Browse, world: World) -> None:
    kin = after.left_behind(world, perpetrator="Dana Wickfield")
    as_user(client, world, world.ben)
    hidden = words(client.get(f"/queue/{kin.id.hex}/take-in")).replace(kin.case.reference, "")
    left = after.left_behind(world)
    world.dana.is_active = False
    missing = words(client.get(f"/queue/{left.id.hex}/take-in")).replace(left.case.reference, "")
    assert hidden == missing


def test_to_a_manager_who_is_like_somebody_in_it_there_is_no_such_page(client: Browse, world: World) -> None:
    kin = after.left_behind(world, perpetrator="Dana Wickfield")
    as_user(client, world, world.dana)
    pages = [client.get(f"/referrals/{ref}/take-over") for ref in (kin.id.hex, uuid4().hex)]
    assert pages[0].status_code == pages[1].status_code == 404
    assert words(pages[0]) == words(pages[1])
    assert answered(client, kin, reason="Mine").status_code == 404
    assert "draft left" not in words(client.get("/"))
