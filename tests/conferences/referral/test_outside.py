"""A referral from somebody without an account: one link, one referral, and a person who takes it on."""

from datetime import timedelta
from typing import Any

import pytest

from conferences.errors import NotAllowed, NotFound, Refused, WrongState
from conferences.models import AuditEntry, OutsideReferral, Part, ReferralLink, ReferralStatus, Role, User
from conferences.person import people
from conferences.referral import outside, referrals
from conferences.visibility import find
from conferences.wall import conflicts, staff
from conferences.wall.staff import Home
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


def uma(world: World, name: str = "Uma Few") -> User:
    """A second coordinator."""
    email = f"{name.split()[0].lower()}@csc.example"
    return make.a_user(world.session, world.agencies["CSC"], Role.COORDINATOR, name, email, world.now, None)


def waiting(world: World, user: User) -> list[OutsideReferral]:
    return outside.waiting(world.session, user)


def about(world: World, **said: Any) -> OutsideReferral:
    link = outside.open_link(world.session, give(world).token_hash, now=world.now, to_use=True)
    assert link is not None
    return outside.arrive(world.session, link, make.outside_body(**said), now=world.now)


def test_a_coordinator_does_not_read_what_arrives_about_somebody_like_them(world: World) -> None:
    other = uma(world)
    row = about(world, perpetrators=[{"name": "Ben Oakhurst"}])
    assert (waiting(world, world.ben), waiting(world, other)) == ([], [row])
    link = world.session.get_one(ReferralLink, row.link_id)
    assert outside.links(world.session, world.ben) == [link]
    assert outside.used(world.session, world.ben, [link]) == set()
    assert outside.used(world.session, other, [link]) == {link.id}
    with pytest.raises(NotFound):
        find(world.session, world.ben, OutsideReferral, row.id)
    with pytest.raises(NotAllowed):
        outside.look(world.session, world.ben, row, now=world.now)
    draft = outside.take_on(world.session, other, row, now=world.now)
    assert (waiting(world, world.ben), waiting(world, other)) == ([], [])
    assert draft.referrer_id == other.id


def test_a_link_that_was_used_behind_the_wall_goes_on_waiting_and_can_be_ended(world: World) -> None:
    """Ben gave it himself: were it gone, or not to be ended, he would know what it was used for."""
    s, other = world.session, uma(world)
    row = about(world, perpetrators=[{"name": "Ben Oakhurst"}])
    link = s.get_one(ReferralLink, row.link_id)
    outside.withdraw_link(s, world.ben, link, now=world.now)
    assert waiting(world, other) == [row]
    outside.take_on(s, other, row, now=world.now)
    with pytest.raises(WrongState):
        outside.withdraw_link(s, other, link, now=world.now)


def test_nor_about_their_own_telephone_said_after_it_arrived(world: World) -> None:
    uma(world)
    row = about(world)
    assert waiting(world, world.ben) == [row]
    staff.keep_household(world.session, world.ben, Home(phones="07700 900321"), now=world.now)
    conflicts.look_at_user(world.session, world.ben, now=world.now)
    assert waiting(world, world.ben) == []


def test_the_only_coordinator_reads_it_all_the_same_and_the_trail_says_so(world: World) -> None:
    row = about(world, perpetrators=[{"name": "Ben Oakhurst"}])
    assert waiting(world, world.ben) == [row]
    kinds = [entry.kind for entry in world.session.query(AuditEntry).filter_by(subject_id=row.id)]
    assert kinds == ["outside.arrived", "person.left_to_decide"]
    uma(world)
    assert waiting(world, world.ben) == []  # from now on somebody else can
