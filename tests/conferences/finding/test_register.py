"""Who may be the same person: found by blind keys, among the people of cases that the asker may know of."""

import pytest
from sqlalchemy import Connection, select, text, update
from sqlalchemy.orm import Session

from conferences import matching
from conferences.finding import indexing, register
from conferences.matching import Facts
from conferences.models import (
    DataKey,
    Part,
    Person,
    PersonFacts,
    PersonKey,
    Referral,
    SafeAddress,
    User,
    new_id,
)
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import referrals
from conferences.sealing import unseal_json
from tests import make
from tests.contacts import telephone
from tests.house.test_gets import counted
from tests.make import World

TESTA = Facts(name="Testa Marrowby", born="1992-05-04")


def victim(row: Referral) -> Person:
    found = people.victim_of(row.case)
    assert found is not None
    return found.person


def found(world: World, actor: User, facts: Facts = TESTA, **options: object) -> list[str]:
    rows = register.candidates(world.session, actor, facts, now=world.now, **options)  # type: ignore[arg-type]
    return [row.id for row in rows]


def keys_of(session: Session, person: Person) -> set[bytes]:
    return set(session.scalars(select(PersonKey.key).where(PersonKey.person_id == person.id)))


def test_somebody_known_already_is_found_again(world: World) -> None:
    row = make.sent_referral(world)
    assert found(world, world.ben) == [victim(row).id.hex]


def test_a_candidate_says_why(world: World) -> None:
    make.sent_referral(world)
    (one,) = register.candidates(world.session, world.ben, TESTA, now=world.now)
    assert 0 < one.score <= 1
    assert one.reasons
    assert all("1992" not in reason for reason in one.reasons)


def test_somebody_new_is_not_found(world: World) -> None:
    make.sent_referral(world)
    assert found(world, world.ben, Facts(name="Orla Fenchurch", born="1971-01-30")) == []


def test_the_one_asked_about_can_be_left_out(world: World) -> None:
    one, two = make.sent_referral(world), make.sent_referral(world)
    assert set(found(world, world.ben)) == {victim(one).id.hex, victim(two).id.hex}
    assert found(world, world.ben, leaving_out=[victim(one).id]) == [victim(two).id.hex]


@pytest.mark.parametrize("name", ["ben", "chidi", "noor"])
def test_those_who_know_every_sent_case_look_among_all_of_them(world: World, name: str) -> None:
    make.sent_referral(world)
    assert len(found(world, world.cast()[name])) == 1


@pytest.mark.parametrize("name", ["dana", "ada", "erin"])
def test_nobody_learns_of_a_case_that_is_not_theirs(world: World, name: str) -> None:
    make.sent_referral(world)
    assert found(world, world.cast()[name]) == []


def test_a_worker_looks_among_their_own_referrals_only(world: World) -> None:
    own = make.sent_referral(world)
    make.sent_referral(world, by=world.ben)
    assert found(world, world.amara) == [victim(own).id.hex]
    assert len(found(world, world.ben)) == 2


def test_an_agency_looks_among_the_referrals_it_sent(world: World) -> None:
    colleague = make.a_user(
        world.session,
        world.agencies["HSG"],
        world.amara.role,
        "Hal Orrin",
        "hal@hsg.example",
        world.now,
        None,
    )  # type: ignore[arg-type]
    row = make.sent_referral(world, by=colleague)
    assert found(world, world.dana) == [victim(row).id.hex]


def test_a_draft_is_known_to_its_author_alone(world: World) -> None:
    row = make.filled_draft(world)
    assert found(world, world.amara) == [victim(row).id.hex]
    assert found(world, world.ben) == []


def test_another_areas_people_are_nobody_here_and_their_keys_are_others(world: World) -> None:
    here = make.sent_referral(world, victim="Elsewhere Nobody")
    elsewhere = world.session.scalars(
        select(Person).where(Person.area_id == world.northmoor.id).order_by(Person.created_at)
    ).all()
    assert not keys_of(world.session, victim(here)) & {
        key for person in elsewhere for key in keys_of(world.session, person)
    }
    assert found(world, world.ben, Facts(name="Elsewhere Nobody", born="1992-05-04")) == [victim(here).id.hex]


def test_whoever_is_shut_out_finds_nobody_and_asks_the_database_the_same(
    world: World, connection: Connection
) -> None:
    row = make.sent_referral(world)
    people.exclude(world.session, world.ben, row.case, user_id=world.noor.id, reason="Sister", now=world.now)
    world.session.flush()
    with counted(connection) as hidden:
        assert found(world, world.noor) == []
    with counted(connection) as absent:
        assert found(world, world.noor, Facts(name="Orla Fenchurch", born="1971-01-30")) == []
    assert hidden == absent


def test_the_service_suggests_among_all_sent_cases_of_an_area(world: World) -> None:
    row = make.sent_referral(world)
    people.exclude(world.session, world.ben, row.case, user_id=world.ben.id, reason="Sister", now=world.now)
    make.filled_draft(world)
    asked = matching.keys(TESTA)
    area = register.sharing(world.session, world.area.id, asked)
    assert area == [victim(row).id]
    assert register.sharing(world.session, world.northmoor.id, asked) != area


def test_many_people_cost_no_more_questions_than_few(world: World, connection: Connection) -> None:
    make.sent_referral(world)
    with counted(connection) as few:
        found(world, world.ben)
    for _ in range(6):
        make.sent_referral(world)
    world.session.flush()
    with counted(connection) as many:
        assert len(found(world, world.ben)) == 5
    assert len(many) == len(few) == 2


def test_a_changed_name_is_found_and_the_old_one_no_longer(world: World) -> None:
    row = make.filled_draft(world)
    renamed = PersonDetails(name="Orla Fenchurch", born="1971-01-30")
    referrals.save_person(world.session, world.amara, row, Part.VICTIM, renamed, now=world.now)
    assert found(world, world.amara) == []
    assert found(world, world.amara, Facts(name="Orla Fenchurch", born="1971-01-30")) == [victim(row).id.hex]


def test_a_telephone_number_becomes_a_key_and_stops_being_one(world: World) -> None:
    row, s = make.filled_draft(world), world.session
    person = victim(row)
    before = keys_of(s, person)
    referrals.save_contact(s, world.amara, row, telephone("07700 900456"), now=world.now)
    after = keys_of(s, person)
    assert before - after
    assert after - before


def test_a_postcode_is_a_key_but_the_line_of_an_address_is_kept_nowhere(world: World) -> None:
    row, s = make.filled_draft(world, address="4 Hidden Row, Ashmere ZZ99 1AA"), world.session
    facts = indexing.facts_of(s, victim(row))
    assert facts.postcodes == ("ZZ99 1AA",)
    assert facts.address_lines == ("4 Hidden Row",)
    copied = unseal_json(s, s.get_one(PersonFacts, victim(row).id), "facts")
    assert copied["postcodes"] == ["ZZ99 1AA"]
    assert "Hidden" not in str(copied)


def test_what_is_kept_can_be_read_by_nobody_without_the_key(world: World) -> None:
    row = make.sent_referral(world, address="4 Hidden Row, Ashmere ZZ99 1AA")
    rows = world.session.execute(
        text("SELECT k::text FROM person_key k UNION ALL SELECT f::text FROM person_facts f")
    ).scalars()
    everything = "".join(rows).lower()
    assert victim(row).id.hex[:8] in everything
    for word in ("testa", "marrowby", "1992", "900123", "zz99"):
        assert word.encode().hex() not in everything


def test_whoever_was_shredded_is_not_opened_and_breaks_nothing(world: World) -> None:
    row, s = make.sent_referral(world), world.session
    destroyed = DataKey(id=new_id(), wrapped=None, wrapped_by="k1", destroyed_at=world.now)
    s.add(destroyed)
    s.flush()
    s.execute(update(PersonFacts).where(PersonFacts.id == victim(row).id).values(data_key_id=destroyed.id))
    assert found(world, world.ben) == []
    indexing.forget(s, victim(row).id)
    assert keys_of(s, victim(row)) == set()


def test_somebody_taken_out_of_a_case_is_not_found_in_it(world: World) -> None:
    row = make.filled_draft(world)
    other = people.in_part(row.case, Part.PERPETRATOR)[0]
    facts = Facts(name="Derrin Quillfeather", born="1987")
    assert found(world, world.amara, facts) == [other.person_id.hex]
    referrals.remove_person(world.session, world.amara, row, other, now=world.now)
    assert found(world, world.amara, facts) == []


def test_reindexing_finds_those_from_before_and_then_nobody(world: World) -> None:
    row, s = make.sent_referral(world), world.session
    s.execute(text("DELETE FROM person_key"))
    s.execute(update(PersonFacts).values(edition=0))
    assert found(world, world.ben) == []
    waiting = indexing.outdated(s)
    assert waiting >= 4
    assert indexing.reindex(s, most=3) == 3
    while indexing.reindex(s, most=3):
        pass
    assert indexing.outdated(s) == 0
    assert found(world, world.ben) == [victim(row).id.hex]


def test_an_address_of_before_no_longer_finds_anybody(world: World) -> None:
    row, s = make.filled_draft(world, address="4 Hidden Row, ZZ99 1AA"), world.session
    before = keys_of(s, victim(row))
    referrals.save_address(s, world.amara, row, "9 Other Street, ZZ99 2BB", now=world.now)
    assert indexing.facts_of(s, victim(row)).postcodes == ("ZZ99 2BB",)
    assert before - keys_of(s, victim(row))
    assert len(s.scalars(select(SafeAddress).where(SafeAddress.person_id == victim(row).id)).all()) == 2
