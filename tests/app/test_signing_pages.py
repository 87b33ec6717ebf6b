"""Signing off in the browser: what the manager reads, what the writer is told, what the coordinator sees."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from app.cli import sign_off as command
from conferences.errors import Refused
from conferences.models import AuditEntry, Referral, ReferralStatus, Urgency
from conferences.person import people
from conferences.referral import referrals, signing
from tests import after, make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

R = ReferralStatus


def words(answer: Any) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def send(client: Browse, path: str, row: Referral, **typed: object) -> Any:
    form = {"version": row.version, "form_key": uuid4().hex, **typed}
    return client.post_form(path, form, page="/help")


def test_the_writer_hands_it_in_and_the_manager_sends_it_on(client: Browse, world: World) -> None:
    hana, row = after.hana(world), make.filled_draft(world, by=after.hana(world), address="1 Hidden Row")
    after.asks_first(world)
    as_user(client, world, hana)
    here = f"/referrals/{row.id.hex}"
    assert "Your manager signs it off first" in words(client.get(f"{here}/check"))
    handed_in = client.post_form(f"{here}/submit", {"version": row.version}, page=f"{here}/check")
    assert handed_in.status_code == 303
    assert "not signed off by Tuesday 24 November 2026, 5pm" in words(client.get(here)).replace("\xa0", " ")
    assert "Waiting to be signed off" in words(client.get("/referrals"))
    as_user(client, world, world.dana)
    mine = words(client.get("/"))
    assert "1 referral to sign off" in mine
    assert "Testa Marrowby" not in mine
    assert client.get(here).headers["location"] == f"{here}/sign-off"
    page = words(client.get(f"{here}/sign-off"))
    assert "Waiting at the gate three days running." in page
    assert "Hidden Row" not in page
    assert "07700" not in page
    world.session.refresh(row)
    once = {"form_key": "once"}
    for _ in range(2):
        assert send(client, f"{here}/sign-off", row, **once).headers["location"] == here
    world.session.refresh(row)
    assert row.status is R.SUBMITTED
    assert world.session.query(AuditEntry).filter_by(kind="referral.signed_off").count() == 1
    as_user(client, world, world.ben)
    assert "The manager signed it off" in words(client.get(f"/queue/{row.id.hex}"))


def test_nobody_is_told_to_hand_in_to_a_manager_there_is_not(client: Browse, world: World) -> None:
    hana, row = after.hana(world), make.filled_draft(world, by=after.hana(world))
    after.asks_first(world)
    world.dana.is_active = False
    as_user(client, world, hana)
    page = words(client.get(f"/referrals/{row.id.hex}/check"))
    assert "Send the referral" in page
    assert "Your manager signs it off" not in page


def test_giving_back_needs_a_word_and_it_reaches_both(client: Browse, world: World) -> None:
    row = after.handed_in(world)
    here = f"/referrals/{row.id.hex}"
    as_user(client, world, world.dana)
    empty = send(client, f"{here}/give-back", row)
    assert empty.status_code == 422
    assert "<title>Error:" in empty.text
    assert "Say what has to be done first" in empty.text
    old = client.post_form(f"{here}/give-back", {"version": 1, "reason": "Ask her again."}, page="/help")
    assert (old.status_code, "Ask her again." in old.text) == (409, True)
    world.session.refresh(row)
    for _ in range(2):
        back = send(client, f"{here}/give-back", row, reason="Ask her again.", form_key="twice")
        assert (back.status_code, back.headers["location"]) == (303, "/")
    world.session.refresh(row)
    assert row.status is R.DRAFT
    assert client.get(here).status_code == 404  # a draft is its writer's again
    as_user(client, world, row.referrer)
    assert "Your manager gave this back Ask her again." in words(client.get(here))
    as_user(client, world, world.ben)
    for path in ("/queue", f"/queue/{row.id.hex}/take-in"):
        assert "Ask her again." in words(client.get(path)), path
    assert "1 referral not let go" in words(client.get("/"))


def test_the_coordinator_takes_it_in_and_sees_nothing_of_it_before(client: Browse, world: World) -> None:
    row = after.given_back(world)
    as_user(client, world, world.ben)
    here = f"/queue/{row.id.hex}/take-in"
    page = words(client.get(here))
    assert row.case.reference in page
    assert "Testa Marrowby" not in page + words(client.get("/queue"))
    assert client.get(f"/queue/{row.id.hex}").status_code == 404
    empty = send(client, here, row)
    assert empty.status_code == 422
    assert "Say why it is taken in without a sign-off" in empty.text
    for _ in range(2):
        assert send(client, here, row, reason="In danger.").headers["location"] == f"/queue/{row.id.hex}"
    said = words(client.get(f"/queue/{row.id.hex}"))
    assert "Testa Marrowby" in said
    assert "Taken in without a sign-off" in said
    assert "Not let go" not in words(client.get("/queue"))


def test_what_went_straight_on_says_so(client: Browse, world: World) -> None:
    row = after.handed_in(world, urgency=Urgency.EMERGENCY)
    why = "It went straight on without a sign-off, because it is an emergency"
    as_user(client, world, row.referrer)
    assert why in words(client.get(f"/referrals/{row.id.hex}"))
    as_user(client, world, world.ben)
    assert why in words(client.get(f"/queue/{row.id.hex}")).replace(".. ", ". ") + "."


def test_whoever_is_shut_out_finds_neither_line_nor_page(client: Browse, world: World) -> None:
    row, s = after.handed_in(world), world.session
    nothing = {}
    for name in ("ben", "dana"):
        as_user(client, world, world.cast()[name])
        nothing[name] = [client.get(f"/{part}/{uuid4().hex}/{page}").status_code
                         for part, page in (("queue", "take-in"), ("referrals", "sign-off"))]  # fmt: skip
    for who in (world.ben, world.dana):
        people.exclude(s, row.referrer, row.case, user_id=who.id, reason="Kin", now=world.now)
    for name in ("ben", "dana"):
        as_user(client, world, world.cast()[name])
        found = [client.get(f"/{part}/{row.id.hex}/{page}").status_code
                 for part, page in (("queue", "take-in"), ("referrals", "sign-off"))]  # fmt: skip
        assert found == nothing[name]
        pages = words(client.get("/")) + words(client.get("/referrals"))
        assert row.case.reference not in pages
        assert "sign off" not in pages
        assert "not let go" not in pages


def test_the_queue_says_whose_referrals_are_signed_off_first(client: Browse, world: World) -> None:
    as_user(client, world, world.ben)
    assert "Signed off first" not in words(client.get("/queue"))
    after.asks_first(world, "HSG", "EDU")
    assert "Signed off first by their own manager here: Education, Housing." in words(client.get("/queue"))
    row = make.filled_draft(world)
    referrals.submit(world.session, world.amara, row, now=world.now)
    assert row.status is R.SUBMITTED  # nobody speaks for Education
    assert signing.stuck(world.session, world.ben, now=world.now) == []


def test_the_setting_is_typed_as_a_command(world: World, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(command, "unit_of_work", lambda _settings: nullcontext(world.session))
    command.sign_off(area="Ashmere")
    command.sign_off(
        area="Ashmere", agency=["EDU", "HSG"], days=2, starting=datetime(2099, 12, 1, tzinfo=UTC)
    )
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "From 2025-01-01 on: nobody signs off first.",
        "From 2099-12-01 on: EDU, HSG; after 2 working days the coordinator is told.",
    ]
    with pytest.raises(Refused, match="no area of that name"):
        command.sign_off(area="Nowhere")
    with pytest.raises(Refused, match="the day on which it begins"):
        command.sign_off(area="Ashmere", agency=["HSG"])  # never shown as if it had been set
