"""Who may be known already: the others of an earlier case are asked about, however common their names are."""

from uuid import UUID

from conferences.case import identity_views
from conferences.models import Part, Referral, Sameness
from conferences.person import identity, people
from tests import make
from tests.make import World


def harming(world: World, row: Referral) -> set[UUID]:
    """Whom the coordinator is offered for the person causing harm."""
    asked = identity_views.asked_about(world.session, world.ben, row, now=world.now)
    (one,) = (person for person in asked if person.involvement.part is Part.PERPETRATOR)
    return {found.record.person_id for found in one.found}


def the_same(world: World, one: Referral, other: Referral, part: Part) -> None:
    first, second = (people.in_part(row.case, part)[0].person for row in (one, other))
    identity.decide(world.session, world.ben, first, second, Sameness.SAME, reason="She said.", now=world.now)


def test_who_harmed_her_before_is_offered_though_many_have_his_name(world: World) -> None:
    before, new = make.sent_referral(world), make.sent_referral(world)
    for victim in ("Lila Penrose", "Joan Carrow"):
        make.sent_referral(world, victim=victim)
    assert harming(world, new) == set()
    the_same(world, before, new, Part.VICTIM)
    assert harming(world, new) == {people.in_part(before.case, Part.PERPETRATOR)[0].person_id}


def test_nobody_is_offered_from_an_earlier_case_that_the_reader_may_not_know_of(world: World) -> None:
    before, new = make.sent_referral(world), make.sent_referral(world)
    for victim in ("Lila Penrose", "Joan Carrow"):
        make.sent_referral(world, victim=victim)
    the_same(world, before, new, Part.VICTIM)
    s, ben = world.session, world.ben
    people.exclude(s, ben, before.case, user_id=ben.id, reason="My sister.", now=world.now)
    assert people.in_part(before.case, Part.PERPETRATOR)[0].person_id not in harming(world, new)
