"""A referral from somebody without an account: one link, one referral, and a person who takes it on."""

from datetime import timedelta

import pytest

from conferences import outside, people, referrals
from conferences.errors import NotAllowed, Refused, WrongState
from conferences.models import OutsideReferral, Part, ReferralLink, ReferralStatus
from tests import make
from tests.make import World

TOKEN = b"x" * 32


def give(world: World, days: int = 7) -> ReferralLink:
    return outside.give_link(
        world.session, world.ben, world.agencies["EDU"], token_hash=TOKEN, days=days, now=world.now
    )


def arrive(world: World) -> OutsideReferral:
    link = outside.open_link(world.session, give(world).token_hash, now=world.now, to_use=True)
    assert link is not None
    return outside.arrive(world.session, link, make.outside_body(), now=world.now)


def test_a_link_works_once(world: World) -> None:
    arrive(world)
    assert outside.open_link(world.session, TOKEN, now=world.now) is None


def test_a_link_ends_on_its_last_day(world: World) -> None:
    give(world, days=2)
    almost, then = world.now + timedelta(days=2, seconds=-1), world.now + timedelta(days=2)
    assert outside.open_link(world.session, TOKEN, now=almost) is not None
    assert outside.open_link(world.session, TOKEN, now=then) is None


def test_a_link_can_be_ended_before_it_is_used(world: World) -> None:
    row = give(world)
    outside.withdraw_link(world.session, world.ben, row, now=world.now)
    outside.withdraw_link(world.session, world.ben, row, now=world.now)
    assert outside.open_link(world.session, TOKEN, now=world.now) is None


def test_a_used_link_cannot_be_ended(world: World) -> None:
    row = arrive(world)
    link = world.session.get_one(ReferralLink, row.link_id)
    with pytest.raises(WrongState):
        outside.withdraw_link(world.session, world.ben, link, now=world.now)


@pytest.mark.parametrize("days", [0, 15])
def test_a_link_works_for_one_day_to_fourteen(world: World, days: int) -> None:
    with pytest.raises(Refused) as refusal:
        give(world, days)
    assert refusal.value.field == "days"


def test_only_a_coordinator_gives_a_link(world: World) -> None:
    for who in (world.amara, world.chidi, world.dana, world.noor, world.ada, world.erin):
        with pytest.raises(NotAllowed):
            outside.give_link(
                world.session, who, world.agencies["EDU"], token_hash=TOKEN, days=7, now=world.now
            )


def test_what_arrives_becomes_a_draft_in_the_agencys_name_that_only_its_coordinator_sees(
    world: World,
) -> None:
    row = arrive(world)
    draft = outside.take_on(world.session, world.ben, row, now=world.now)
    assert draft.status is ReferralStatus.DRAFT
    assert draft.agency.code == "EDU"
    assert draft.referrer_id == world.ben.id
    assert people.name_of(world.session, people.victim_of(draft.case)) == "Ilsa Fernhollow"
    named = [people.name_of(world.session, one) for one in people.in_part(draft.case, Part.CHILD)]
    assert named == ["Pim"]
    words = referrals.reason_of(world.session, draft) or ""
    assert "Sent without an account by Lowri Penhale, Midwife, 01632 960555." in words
    assert row.body_sealed is None


def test_it_is_taken_on_once(world: World) -> None:
    row = arrive(world)
    outside.take_on(world.session, world.ben, row, now=world.now)
    with pytest.raises(WrongState):
        outside.take_on(world.session, world.ben, row, now=world.now)
    with pytest.raises(WrongState):
        outside.refuse(world.session, world.ben, row, reason="Twice", now=world.now)
    assert outside.waiting(world.session, world.ben) == []


def test_what_is_not_taken_on_is_forgotten_with_a_reason(world: World) -> None:
    row = arrive(world)
    outside.refuse(world.session, world.ben, row, reason="Sent to the wrong area; told them.", now=world.now)
    assert row.body_sealed is None
    assert outside.look(world.session, world.ben, row, now=world.now) is None


def test_nobody_else_reads_it(world: World) -> None:
    row = arrive(world)
    for who in (world.amara, world.chidi, world.dana, world.noor, world.ada, world.erin):
        with pytest.raises(NotAllowed):
            outside.look(world.session, who, row, now=world.now)
    assert outside.waiting(world.session, world.erin) == []
