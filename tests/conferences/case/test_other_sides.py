"""Whoever keeps somebody from a case is told where else the same people stand."""

import pytest

from conferences.case import other_sides
from conferences.errors import NotAllowed
from conferences.models import Case, Part, Sameness
from conferences.person import identity, people
from conferences.wall import sides, walls
from tests import make
from tests.make import World


def two(world: World) -> tuple[Case, Case]:
    """An earlier and a later case of one man, as somebody found."""
    cases = tuple(make.sent_referral(world, victim=name).case for name in ("Testa One", "Orla Two"))
    one, same = (people.in_part(case, Part.PERPETRATOR)[0].person for case in cases)
    identity.decide(world.session, world.ben, one, same, Sameness.SAME, reason="One man", now=world.now)
    return cases[0], cases[1]


def test_another_case_of_the_same_man_still_shows_him_to_his_brother(world: World) -> None:
    """Finding: his brother was shut out of the case at hand, and read of him in last year's."""
    s, (earlier, case) = world.session, two(world)
    assert other_sides.open_to_more(s, world.ben, case) == []
    walls.exclude(s, world.ben, case, user_id=world.dana.id, reason="His brother", now=world.now)
    assert other_sides.open_to_more(s, world.ben, case) == [(earlier.id, earlier.reference)]
    assert other_sides.open_to_more(s, world.ben, earlier) == []
    sides.carry_over(s, world.ben, earlier, case, now=world.now)
    assert other_sides.open_to_more(s, world.ben, case) == []


def test_no_case_is_named_to_somebody_who_may_not_know_of_it(world: World) -> None:
    s, (earlier, case) = world.session, two(world)
    walls.exclude(s, world.ben, case, user_id=world.dana.id, reason="His brother", now=world.now)
    walls.exclude(s, world.ben, earlier, user_id=world.ben.id, reason="Her neighbour", now=world.now)
    assert other_sides.open_to_more(s, world.ben, case) == []
    with pytest.raises(NotAllowed):
        other_sides.open_to_more(s, world.noor, case)
