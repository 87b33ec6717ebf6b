"""Cases are added to one another only where exactly the same people may know of both."""

from conferences import pairs, people, walls
from tests import make
from tests.make import World


def test_cases_without_walls_may_be_put_together(world: World) -> None:
    one, other = make.sent_referral(world).case, make.sent_referral(world).case
    assert pairs.same_walls(one, other)


def test_a_case_that_shuts_somebody_out_is_not_added_to_one_that_does_not(world: World) -> None:
    one, other = make.sent_referral(world).case, make.sent_referral(world).case
    people.exclude(world.session, world.amara, one, user_id=world.dana.id, reason="Family", now=world.now)
    assert not pairs.same_walls(one, other)


def test_a_case_for_a_few_is_not_added_to_one_for_others(world: World) -> None:
    one, other = make.sent_referral(world).case, make.sent_referral(world).case
    walls.restrict(world.session, world.ben, one, user_id=world.chidi.id, reason="Staff", now=world.now)
    world.session.refresh(one, ["restrictions"])
    assert not pairs.same_walls(one, other)
