"""Calling an emergency meeting in the browser."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

from conferences.models import Conference, ConferenceKind, Referral, ReferralStatus, Urgency
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def send(client: Browse, row: Referral, **typed: object) -> Any:
    form = {"version": row.version, "form_key": uuid4().hex, **typed}
    return client.post_form(f"/queue/{row.id.hex}/emergency", form, page="/help")


def test_it_is_called_from_the_referral_and_those_called_find_it(client: Browse, world: World) -> None:
    row = make.sent_referral(world, urgency=Urgency.EMERGENCY)
    as_user(client, world, world.ben)
    assert "Call an emergency meeting" in words(client.get(f"/queue/{row.id.hex}"))
    page = words(client.get(f"/queue/{row.id.hex}/emergency"))
    assert "Monday 23 November 2026" in page
    assert "Wednesday 25 November 2026" in page
    assert "Thursday 26" not in page
    typed = {
        "starts_on": "2026-11-24", "starts_at": "9:30am", "venue": "By telephone",
        "chair": world.chidi.id.hex, "agencies": world.agencies["HSG"].id.hex,
    }  # fmt: skip
    odd = send(client, row, **(typed | {"starts_at": "noonish", "chair": ""}))
    assert odd.status_code == 422
    assert "<title>Error:" in odd.text
    assert "noonish" in odd.text
    assert "Choose a chair who may know of the case" in odd.text
    never = send(client, row, **(typed | {"starts_on": "soon"}))
    assert (never.status_code, "Choose the day" in never.text) == (422, True)
    for _ in range(2):
        assert send(client, row, **typed, form_key="once").status_code == 303
    world.session.expire_all()
    assert row.status is ReferralStatus.ACCEPTED
    (meeting,) = world.session.query(Conference).filter_by(kind=ConferenceKind.EMERGENCY)
    for who in (world.ben, world.dana):
        as_user(client, world, who)
        assert "Emergency" in words(client.get("/conferences"))
        assert "Housing" in words(client.get(f"/conferences/{meeting.id.hex}"))
    as_user(client, world, world.chidi)
    assert row.case.reference in words(client.get(f"/conferences/{meeting.id.hex}"))


def test_a_standard_referral_offers_no_such_button(client: Browse, world: World) -> None:
    row = make.sent_referral(world)
    as_user(client, world, world.ben)
    assert "Call an emergency meeting" not in words(client.get(f"/queue/{row.id.hex}"))
    typed = {
        "starts_on": "2026-11-24", "starts_at": "9:30am", "venue": "By telephone",
        "chair": world.chidi.id.hex, "agencies": world.agencies["HSG"].id.hex,
    }  # fmt: skip
    refused = send(client, row, **typed)
    assert refused.status_code == 422
    assert "was not sent as an emergency" in words(refused)
