"""A new person to ring, and decisions drawn by lot, through the browser."""

import re
from uuid import uuid4

import pytest

from conferences.models import FirstContact
from conferences.person import people
from tests import after
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


def text_of(answer: object) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))  # type: ignore[attr-defined]


def send(client: Browse, path: str, **typed: object) -> object:
    """Presses the button of one form."""
    return client.post_form(path, {"form_key": uuid4().hex, **typed}, page="/help")


def test_an_advocate_finds_rings_and_records(client: Browse, world: World) -> None:
    row = after.to_ring(world)
    as_user(client, world, world.noor)
    here = f"/advocates/{row.id.hex}"
    work = text_of(client.get("/"))
    assert "New people to ring" in work
    assert "Marrowby" not in work
    said = text_of(client.get(here))
    assert "First contact is due by Wednesday 25 November 2026, 5pm." in said
    for hidden in ("Marrowby", "07700", "Contact through the IDVA"):
        assert hidden not in said
    for _ in range(2):
        assert send(client, f"{here}/acknowledge").status_code == 303
    bad = send(client, f"{here}/contact", note="She was at work.")
    assert bad.status_code == 422
    assert "Select what came of it" in bad.text
    assert "She was at work." in bad.text
    for _ in range(2):
        typed = {"outcome": "contacted", "note": "Safe to talk.", "form_key": "once"}
        assert send(client, f"{here}/contact", **typed).status_code == 303
    world.session.refresh(row)
    assert row.outcome is FirstContact.CONTACTED
    assert send(client, f"{here}/contact", outcome="declined").status_code == 422
    assert here not in client.get("/").text


def test_where_no_advocate_may_know_the_coordinator_is_told(client: Browse, world: World) -> None:
    row = after.to_ring(world)
    agency = world.agencies["IDV"].id
    people.exclude(world.session, world.ben, row.case, agency_id=agency, reason="Kin", now=world.now)
    as_user(client, world, world.noor)
    assert client.get(f"/advocates/{row.id.hex}").status_code == 404
    as_user(client, world, world.ben)
    assert "no advocate may know of this case" in client.get("/").text
    assert "Arrange support from outside" in client.get(f"/advocates/{row.id.hex}").text


def test_the_chair_reads_what_was_drawn_and_says_so(client: Browse, world: World) -> None:
    row = after.drawn(world)
    as_user(client, world, world.chidi)
    assert "1 decision to read again" in text_of(client.get("/"))
    assert row.referral.case.reference in client.get("/sample").text
    here = f"/sample/{row.id.hex}"
    said = text_of(client.get(here))
    assert "No ground was found." in said
    assert "Marrowby" not in said
    assert send(client, here, agrees="no").status_code == 422
    assert send(client, here).status_code == 422
    for _ in range(2):
        assert send(client, here, agrees="no", note="Hear it.", form_key="s1").status_code == 303
    assert "Nothing is drawn" in client.get("/sample").text
    assert "You did not agree." in client.get(here).text
    assert send(client, here, agrees="yes").status_code == 422


@pytest.mark.parametrize("name", ["amara", "ben", "dana", "noor", "ada", "erin"])
def test_the_sample_is_the_chairs(client: Browse, world: World, name: str) -> None:
    row = after.drawn(world)
    as_user(client, world, world.cast()[name])
    assert client.get("/sample").status_code == 403
    assert send(client, f"/sample/{row.id.hex}", agrees="yes").status_code == 403
