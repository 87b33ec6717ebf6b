"""Somebody in another case at the same telephone or address: for those cleared, and not at a hostel."""

import pytest

from conferences.case import identity_views
from conferences.finding import neighbours
from conferences.models import Case, Part, Person, Sameness, User
from conferences.person import contacts, identity, people
from conferences.referral import referrals
from tests import make
from tests.contacts import telephone
from tests.make import World

ELM = "Flat 2, 14 Elm Road, ZZ99 1AA"


def a_case(world: World, number: int, phone: str | None = None, address: str | None = None) -> Case:
    """A sent case about people of its own, whose victim is reached by what is given and by nothing else."""
    names = {
        "victim": f"Testa Number{'abcdefghij'[number]}",
        "perpetrator": f"Otto {'klmnopqrst'[number] * 6}",
    }
    row = make.filled_draft(world, address=address, **names)
    ways = telephone(phone or f"01632 96{number:04d}")
    contacts.give(world.session, world.amara, row.case, victim(row.case), ways, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    return row.case


def victim(case: Case) -> Person:
    return people.in_part(case, Part.VICTIM)[0].person


def read(world: World, user: User, case: Case) -> list[tuple[str, str]]:
    return [(one.kind, one.reference) for one in neighbours.of(world.session, user, case)]


def test_the_same_telephone_and_the_same_home_are_headlines(world: World) -> None:
    here = a_case(world, 0, "07700 900777", ELM)
    rung = a_case(world, 1, "+44 7700 900777")
    lives = a_case(world, 2, address="flat 2, 14 elm rd, zz99 1aa")
    a_case(world, 3, address="Flat 9, 14 Elm Road, ZZ99 1AA")
    a_case(world, 4, address="Flat 2, 14 Elm Road, ZZ99 7BB")
    assert sorted(read(world, world.ben, here)) == [
        ("same_home", lives.reference),
        ("same_phone", rung.reference),
    ]
    shown = {one.relation: one.cases for one in identity_views.headlines(world.session, world.ben, here)}
    assert shown == {
        "same_phone": ((rung.id, rung.reference),),
        "same_home": ((lives.id, lives.reference),),
    }


@pytest.mark.parametrize("name", ["noor", "dana", "amara", "erin"])
def test_only_those_cleared_read_them(world: World, name: str) -> None:
    here = a_case(world, 0, "07700 900777")
    a_case(world, 1, "07700 900777")
    assert identity_views.headlines(world.session, world.cast()[name], here) == []


def test_a_hidden_case_is_no_headline_and_does_not_make_a_hostel(world: World) -> None:
    """Six cases at one house say nothing; with one of them hidden, five do, as in a world without it."""
    here = a_case(world, 0, address=ELM)
    others = [a_case(world, number, address=ELM) for number in range(1, 7)]
    assert read(world, world.ben, here) == []
    people.exclude(
        world.session, world.ben, others[0], user_id=world.ben.id, reason="My sister", now=world.now
    )
    assert {reference for _, reference in read(world, world.ben, here)} == {
        one.reference for one in others[1:]
    }
    assert read(world, world.chidi, here) == []


def test_nobody_is_their_own_neighbour(world: World) -> None:
    here, again = a_case(world, 0, "07700 900777"), a_case(world, 1, "07700 900777")
    assert read(world, world.ben, here) == [("same_phone", again.reference)]
    identity.decide(
        world.session, world.ben, victim(here), victim(again), Sameness.SAME, reason="She said", now=world.now
    )
    assert read(world, world.ben, here) == []
    (one,) = identity_views.headlines(world.session, world.ben, here)
    assert one.relation == "same_victim"


def test_a_case_that_was_not_sent_is_nobodys_neighbour(world: World) -> None:
    here = a_case(world, 0)
    make.filled_draft(world)
    other = make.sent_referral(world, by=world.erin)
    assert other.area_id == world.northmoor.id
    assert read(world, world.ben, here) == []
