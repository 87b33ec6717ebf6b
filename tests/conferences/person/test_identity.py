"""Two records of one person: remembered, reversible, and never merged by a machine."""

from uuid import UUID

import pytest
from sqlalchemy import text

from conferences.errors import NotAllowed, NotFound, Refused
from conferences.models import IdentityDecision, Person, Sameness, User
from conferences.person import identity, people
from tests import make
from tests.make import World


def victim(world: World, name: str, by: User | None = None) -> Person:
    row = people.victim_of(make.sent_referral(world, victim=name, by=by).case)
    assert row is not None
    return row.person


def decide(world: World, one: Person, other: Person, answer: str, why: str | None = "Same phone"):
    return identity.decide(world.session, world.ben, one, other, Sameness(answer), reason=why, now=world.now)


def group(world: World, person: Person) -> frozenset[UUID]:
    return identity.records_of(world.session, [person.id])[person.id]


def rows_of(world: World, person: Person) -> list[tuple]:
    found = []
    for table, column in (("person", "id"), ("involvement", "person_id"), ("safe_contact", "person_id")):
        query = text(f"SELECT * FROM {table} WHERE {column} = :id")  # noqa: S608 - names above
        found += [tuple(row) for row in world.session.execute(query, {"id": person.id})]
    return found


def test_two_records_found_to_be_one_person_are_found_together(world: World) -> None:
    one, other, stranger = victim(world, "Siobhan Hale"), victim(world, "Shivaun Hale"), victim(world, "Ann")
    decide(world, one, other, "same")
    assert group(world, one) == group(world, other) == {one.id, other.id}
    assert group(world, stranger) == {stranger.id}


def test_a_third_record_joins_both(world: World) -> None:
    a, b, c = (victim(world, name) for name in ("Ann A", "Ann B", "Ann C"))
    decide(world, a, b, "same")
    decide(world, b, c, "same")
    assert group(world, a) == {a.id, b.id, c.id}


def test_taking_it_back_restores_both_records_byte_for_byte(world: World) -> None:
    one, other = victim(world, "Siobhan Hale"), victim(world, "Shivaun Hale")
    before = rows_of(world, one), rows_of(world, other)
    row = decide(world, one, other, "same")
    identity.undo(world.session, world.ben, row, now=world.now)
    assert (rows_of(world, one), rows_of(world, other)) == before
    assert group(world, one) == {one.id}
    assert row.undone_by_id == world.ben.id


def test_undoing_the_middle_of_three_leaves_the_other_decision_standing(world: World) -> None:
    a, b, c = (victim(world, name) for name in ("Ann A", "Ann B", "Ann C"))
    first = decide(world, a, b, "same")
    decide(world, b, c, "same")
    identity.undo(world.session, world.ben, first, now=world.now)
    assert group(world, a) == {a.id}
    assert group(world, c) == {b.id, c.id}


def test_a_later_answer_replaces_the_earlier_and_both_stay_in_the_history(world: World) -> None:
    one, other = victim(world, "Ann A"), victim(world, "Ann B")
    first = decide(world, one, other, "same")
    decide(world, other, one, "different", "Sisters")
    assert group(world, one) == {one.id}
    assert first.undone_at == world.now
    rows = world.session.query(IdentityDecision).all()
    assert [row.answer.value for row in sorted(rows, key=lambda row: row.undone_at is None)] == [
        "same",
        "different",
    ]


def test_not_sure_needs_no_reason_and_joins_nothing(world: World) -> None:
    one, other = victim(world, "Ann A"), victim(world, "Ann B")
    decide(world, one, other, "not_sure", None)
    assert group(world, one) == {one.id}


@pytest.mark.parametrize("answer", ["same", "different"])
def test_a_sure_answer_needs_a_reason(world: World, answer: str) -> None:
    one, other = victim(world, "Ann A"), victim(world, "Ann B")
    with pytest.raises(Refused) as refusal:
        decide(world, one, other, answer, None)
    assert refusal.value.field == "reason"


def test_three_records_cannot_be_one_while_two_of_them_are_different_people(world: World) -> None:
    a, b, c = (victim(world, name) for name in ("Ann A", "Ann B", "Ann C"))
    decide(world, a, b, "same")
    decide(world, a, c, "different", "Twins")
    with pytest.raises(Refused):
        decide(world, b, c, "same")
    assert group(world, c) == {c.id}


def test_nobody_but_a_coordinator_decides(world: World) -> None:
    one, other = victim(world, "Ann A"), victim(world, "Ann B")
    for who in (world.amara, world.chidi, world.dana, world.noor, world.ada):
        with pytest.raises(NotAllowed):
            identity.decide(world.session, who, one, other, Sameness.SAME, reason="Same", now=world.now)


def test_a_record_of_a_case_one_is_shut_out_of_does_not_exist(world: World) -> None:
    one, hidden = make.sent_referral(world, victim="Ann A"), make.sent_referral(world, victim="Ann B")
    people.exclude(
        world.session, world.amara, hidden.case, user_id=world.ben.id, reason="Family", now=world.now
    )
    seen, gone = people.victim_of(one.case), people.victim_of(hidden.case)
    assert seen
    assert gone
    with pytest.raises(NotFound):
        decide(world, seen.person, gone.person, "same")


def test_a_record_of_another_area_does_not_exist(world: World) -> None:
    here, there = victim(world, "Ann A"), victim(world, "Ann B", by=world.erin)
    with pytest.raises(NotFound):
        decide(world, here, there, "same")


def test_a_refusal_does_not_tell_of_a_record_in_a_hidden_case(world: World) -> None:
    a, b = victim(world, "Ann A"), victim(world, "Ann B")
    hidden = make.sent_referral(world, victim="Ann C")
    gone = people.victim_of(hidden.case)
    assert gone
    decide(world, a, gone.person, "different", "Twins")
    decide(world, b, gone.person, "same")
    people.exclude(
        world.session, world.amara, hidden.case, user_id=world.ben.id, reason="Family", now=world.now
    )
    decide(world, a, b, "same")


def test_who_is_not_named_has_no_initials() -> None:
    assert people.initials("Testa Marrowby") == "T.M."
    assert people.initials(people.UNNAMED) == "no name yet"
