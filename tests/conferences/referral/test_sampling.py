"""A share of what a coordinator decided alone is drawn by a recorded roll, and the chair reads it again."""

import secrets

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from conferences import policies
from conferences.errors import NotAllowed, Refused, WrongState
from conferences.models import Draw, Elsewhere
from conferences.person import people
from conferences.referral import sampling
from conferences.triage import diverting, triage, undoing
from tests import after, make
from tests.make import World


@pytest.mark.parametrize(("roll", "drawn"), [(1999, True), (2000, False)])
def test_the_roll_is_kept_and_decides(
    world: World, monkeypatch: pytest.MonkeyPatch, roll: int, drawn: bool
) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda most: roll if most == 10_000 else 0)
    row = make.declined(world)
    (draw,) = world.session.scalars(select(Draw).where(Draw.referral_id == row.id))
    assert (draw.share, draw.roll, draw.drawn) == (20, roll, drawn)
    assert [one.id for one in sampling.to_read(world.session, world.chidi)] == ([draw.id] if drawn else [])


def test_what_the_chair_confirmed_or_was_accepted_is_not_drawn(world: World) -> None:
    s = world.session
    row = make.sent_referral(world)
    triage.decline(s, world.ben, row, **make.declining(), now=world.now)
    triage.confirm_decline(s, world.chidi, row, agreed=True, reason="Read", now=world.now)
    make.listing(world)
    assert s.scalars(select(Draw)).all() == []


def test_sending_on_and_alerts_are_drawn_from_and_an_undone_one_is_not_read(world: World) -> None:
    s = world.session
    policies.in_force(s, world.area.id, world.now.date()).audit_share = 100
    one, other = make.sent_referral(world), make.sent_referral(world)
    diverting.redirect(s, world.ben, one, to=Elsewhere.MAPPA, reason="Level 3", now=world.now)
    diverting.alert_only(s, world.ben, other, reason="Flags", now=world.now)
    assert [row.referral_id for row in sampling.to_read(s, world.chidi)] == [one.id, other.id]
    undoing.undo(s, world.ben, one, now=world.now)
    assert [row.referral_id for row in sampling.to_read(s, world.chidi)] == [other.id]


def test_the_chair_agrees_or_says_why_not_once(world: World) -> None:
    s, row = world.session, after.drawn(world)
    with pytest.raises(NotAllowed):
        sampling.review(s, world.ben, row, agrees=True, note=None, now=world.now)
    with pytest.raises(Refused):
        sampling.review(s, world.chidi, row, agrees=False, note=" ", now=world.now)
    sampling.review(s, world.chidi, row, agrees=False, note="Hear it", now=world.now)
    assert (row.agrees, sampling.note_of(s, row)) == (False, "Hear it")
    assert sampling.to_read(s, world.chidi) == []
    with pytest.raises(WrongState):
        sampling.review(s, world.chidi, row, agrees=True, note=None, now=world.now)


def test_a_chair_who_is_shut_out_draws_nothing_of_the_case(world: World) -> None:
    s, row = world.session, after.drawn(world)
    people.exclude(s, world.ben, row.referral.case, user_id=world.chidi.id, reason="Brother", now=world.now)
    assert sampling.to_read(s, world.chidi) == []


def test_the_database_refuses_a_draw_the_roll_does_not_bear_out(world: World) -> None:
    row = after.drawn(world)
    row.share, row.roll = 20, 2000
    with pytest.raises(IntegrityError, match="drawn_by_the_roll"):
        world.session.flush()
