"""Cases are added to one another only where exactly the same people may know of both, and can be made so."""

import pytest

from conferences.errors import NotAllowed
from conferences.models import Case
from conferences.person import people
from conferences.wall import sides, walls
from tests import make
from tests.make import World


def two(world: World) -> tuple[Case, Case]:
    one, other = make.sent_referral(world).case, make.sent_referral(world).case
    return one, other


def test_cases_without_walls_may_be_put_together(world: World) -> None:
    assert sides.same(world.session, *two(world))


def test_a_case_that_shuts_somebody_out_is_not_added_to_one_that_does_not(world: World) -> None:
    one, other = two(world)
    people.exclude(world.session, world.amara, one, user_id=world.dana.id, reason="Family", now=world.now)
    assert not sides.same(world.session, one, other)


def test_a_case_for_a_few_is_not_added_to_one_for_others(world: World) -> None:
    one, other = two(world)
    walls.restrict(world.session, world.ben, one, user_id=world.chidi.id, reason="Staff", now=world.now)
    assert not sides.same(world.session, one, other)


def test_two_names_without_an_account_are_two_people(world: World) -> None:
    one, other = two(world)
    for case, name in ((one, "Ned Sampleworth"), (other, "Mina Alderoak")):
        people.exclude(world.session, world.ben, case, named=name, reason="Brother", now=world.now)
    assert not sides.same(world.session, one, other)
    people.exclude(world.session, world.ben, one, named="mina alderoak", reason="Sister", now=world.now)
    people.exclude(world.session, world.ben, other, named="Ned  Sampleworth", reason="Brother", now=world.now)
    assert sides.same(world.session, one, other)


def test_the_walls_of_an_earlier_case_are_carried_over_with_their_reasons(world: World) -> None:
    s, (case, earlier) = world.session, two(world)
    people.exclude(s, world.ben, earlier, user_id=world.dana.id, reason="His sister", now=world.now)
    people.exclude(
        s, world.ben, earlier, agency_id=world.agencies["HSG"].id, reason="He works there", now=world.now
    )
    people.exclude(s, world.ben, earlier, named="Ned Sampleworth", reason="Brother", now=world.now)
    walls.restrict(s, world.ben, earlier, agency_id=world.agencies["POL"].id, reason="Few", now=world.now)
    for _ in range(2):
        sides.carry_over(s, world.ben, case, earlier, now=world.now)
    assert sides.same(s, case, earlier)
    assert sides.missing(s, case, earlier) == []
    out, few = walls.shown(s, case)
    assert sorted((one.who, one.why) for one in out) == [
        ("Dana Wickfield", "His sister"),
        ("Housing", "He works there"),
        ("Ned Sampleworth", "Brother"),
    ]
    assert {one.why for one in few} == {"Few"}


def test_carrying_over_lets_nobody_more_in(world: World) -> None:
    s, (case, earlier) = world.session, two(world)
    walls.restrict(s, world.ben, case, user_id=world.noor.id, reason="Few", now=world.now)
    walls.restrict(s, world.ben, earlier, user_id=world.chidi.id, reason="Others", now=world.now)
    sides.carry_over(s, world.ben, case, earlier, now=world.now)
    assert world.chidi.id not in {row.user_id for row in case.restrictions}


def test_carrying_over_is_for_those_who_decide(world: World) -> None:
    s, (case, earlier) = world.session, two(world)
    with pytest.raises(NotAllowed):
        sides.carry_over(s, world.noor, case, earlier, now=world.now)
