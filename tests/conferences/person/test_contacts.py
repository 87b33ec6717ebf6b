"""How somebody may be reached: what is unknown is never safe, hours are kept, and no change is silent."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from conferences import audit
from conferences.errors import NotAllowed, Refused, Stale
from conferences.finding import indexing
from conferences.models import (
    AuditEntry,
    Case,
    ContactPoint,
    Involvement,
    Part,
    Person,
    SafeAddress,
    Sameness,
)
from conferences.person import contacts, identity, people
from conferences.person.contacts import NotSafe, safe_to_use
from conferences.reaching import Care, Contact, Point, Safe, Way
from conferences.referral import referrals
from conferences.wall import staff
from conferences.wall.staff import Home
from tests import make
from tests.make import World

NUMBER = "07700 900456"
SAFE = Point(value=NUMBER, safety=Safe.SAFE)


def victim(case: Case) -> Person:
    row = people.victim_of(case)
    assert isinstance(row, Involvement)
    return row.person


@pytest.fixture
def case(world: World) -> Case:
    return make.sent_referral(world).case


def kept(world: World, case: Case, *points: Point, rule: str | None = None) -> list[ContactPoint]:
    contact = Contact(rule, points)
    contacts.change(world.session, world.noor, case, victim(case), contact, now=world.now)
    return list(contacts.rows_of(world.session, victim(case)))


def trail(world: World, case: Case) -> list[tuple[str, str | None]]:
    kinds = ("contact.given", "contact.changed", "contact.viewed")
    wanted = select(AuditEntry).where(AuditEntry.subject_id == case.id, AuditEntry.kind.in_(kinds))
    return [(row.kind, row.fields) for row in world.session.scalars(wanted.order_by(AuditEntry.seq))]


def test_only_what_was_said_to_be_safe_is_used_and_its_words_come_with_it(world: World, case: Case) -> None:
    care = replace(SAFE, times="Not when he is in", code_word="kettle")
    (row,) = kept(world, case, care, rule="Ask for the library.")
    used = safe_to_use(world.session, row, at=world.now)
    assert (used.value, used.rule, used.times) == (NUMBER, "Ask for the library.", "Not when he is in")
    assert "kettle" not in str(used), "the code word is for a worker who talks to them"


@pytest.mark.parametrize(
    ("point", "because"),
    [
        (Point(value=NUMBER), "Nobody has said that it is safe to use this telephone number."),
        (Point(value=NUMBER, safety=Safe.UNSAFE), "It is not safe to use this telephone number."),
        (
            Point(way=Way.MAIL, value="t@home.example"),
            "Nobody has said that it is safe to use this mail address.",
        ),
        (
            Point(way=Way.ADDRESS, value="1 Old Row", safety=Safe.UNSAFE),
            "It is not safe to use this postal address.",
        ),
        (Point(safety=Safe.SAFE), "No telephone number is held."),
    ],
)
def test_what_is_unsafe_or_unknown_is_refused_with_the_reason_and_without_the_value(
    world: World, case: Case, point: Point, because: str
) -> None:
    (row,) = kept(world, case, point)
    with pytest.raises(NotSafe) as refused:
        safe_to_use(world.session, row, at=world.now)
    assert refused.value.sentence == because
    assert point.value is None or point.value not in str(refused.value)


@pytest.mark.parametrize("message", [Safe.UNKNOWN, Safe.UNSAFE])
def test_a_message_is_left_only_where_that_was_said_to_be_safe_too(
    world: World, case: Case, message: Safe
) -> None:
    (row,) = kept(world, case, replace(SAFE, message=message))
    assert safe_to_use(world.session, row, at=world.now).value == NUMBER
    with pytest.raises(NotSafe, match="leave a message"):
        safe_to_use(world.session, row, at=world.now, leaving_message=True)
    (row,) = kept(world, case, replace(SAFE, message=Safe.SAFE))
    assert safe_to_use(world.session, row, at=world.now, leaving_message=True).value == NUMBER


# School hours on weekdays; in London it is an hour later than UTC in June. 25 November 2026 is a Wednesday.
@pytest.mark.parametrize(
    ("at", "safe"),
    [
        (datetime(2026, 11, 25, 9, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 9, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 25, 14, 44, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 14, 45, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 10, 0, tzinfo=UTC), False),
        (datetime(2026, 6, 24, 8, 30, tzinfo=UTC), True),
        (datetime(2026, 6, 24, 14, 0, tzinfo=UTC), False),
    ],
)
def test_hours_are_kept_by_the_clock_where_the_person_is(
    world: World, case: Case, at: datetime, safe: bool
) -> None:
    days = ("mon", "tue", "wed", "thu", "fri")
    (row,) = kept(world, case, replace(SAFE, days=days, after="09:30", before="14:45"))
    if safe:
        assert safe_to_use(world.session, row, at=at).value == NUMBER
    else:
        with pytest.raises(NotSafe, match="at this hour"):
            safe_to_use(world.session, row, at=at)


def test_a_way_that_was_replaced_is_never_used_again(world: World, case: Case) -> None:
    (before,) = kept(world, case, SAFE)
    (now,) = kept(world, case, replace(SAFE, value="07700 900789"))
    assert before.ended_by_id == world.noor.id
    with pytest.raises(NotSafe, match="no longer theirs"):
        safe_to_use(world.session, before, at=world.now)
    assert safe_to_use(world.session, now, at=world.now).value == "07700 900789"


def test_an_address_is_held_to_the_same_rules(world: World) -> None:
    row, s = make.filled_draft(world, address="1 Hidden Row"), world.session
    person = victim(row.case)

    def current() -> SafeAddress:
        wanted = select(SafeAddress).filter_by(person_id=person.id, superseded_at=None)
        return s.scalars(wanted).one()

    unknown = current()
    with pytest.raises(NotSafe, match="Nobody has said"):
        safe_to_use(s, unknown, at=world.now)
    care = Care(safety=Safe.SAFE, who_else="Her sister opens the post")
    referrals.save_address(s, world.amara, row, "2 Quiet Close", care=care, now=world.now)
    assert safe_to_use(s, current(), at=world.now).value == "2 Quiet Close"
    with pytest.raises(NotSafe, match="no longer theirs"):
        safe_to_use(s, unknown, at=world.now)
    seen = people.look_at_address(s, world.amara, row.case, reason="To check", now=world.now)
    assert seen is not None
    assert seen.who_else == "Her sister opens the post"


def test_several_ways_are_kept_in_their_order_and_what_did_not_change_stays(world: World, case: Case) -> None:
    mail = Point(way=Way.MAIL, value="t@work.example", safety=Safe.SAFE)
    first, _ = kept(world, case, SAFE, mail, rule="Work only.")
    other = Point(way=Way.ADDRESS, value="The library, ZZ99 2BB")
    rows = kept(world, case, mail, SAFE, other, rule="Work only.")
    assert rows[1].id == first.id
    assert contacts.contact_of(world.session, victim(case)) == Contact("Work only.", (mail, SAFE, other))
    every = world.session.scalars(select(ContactPoint).filter_by(person_id=victim(case).id)).all()
    assert len(every) == 4, "the three, and the one from before"


def test_each_change_is_in_the_trail_without_a_value_and_the_same_again_is_none(
    world: World, case: Case
) -> None:
    kept(world, case, SAFE, rule="Contact through the IDVA only.")
    kept(world, case, SAFE, rule="Contact through the IDVA only.")
    kept(world, case, SAFE, rule="Ring after two.")
    assert trail(world, case) == [
        ("contact.given", "rule,points"),
        ("contact.changed", "points"),
        ("contact.changed", "rule"),
    ]
    said = [(one.who, one.what) for one in contacts.history(world.session, case, victim(case))]
    assert said[0] == ("Noor Hadley", "Changed how a person may be reached")
    assert said[-1] == ("Amara Blythe", "Recorded how a person may be reached")


def test_the_second_of_two_who_change_it_is_told(world: World, case: Case) -> None:
    s, person = world.session, victim(case)
    version = contacts.version_of(person)
    contacts.change(s, world.ben, case, person, Contact(points=(SAFE,)), version=version, now=world.now)
    again = Contact(points=(replace(SAFE, safety=Safe.UNSAFE),))
    with pytest.raises(Stale):
        contacts.change(s, world.noor, case, person, again, version=version, now=world.now)
    assert contacts.contact_of(s, person).points == (SAFE,)


@pytest.mark.parametrize("name", ["amara", "chidi", "dana", "ada", "erin"])
def test_who_may_change_it_after_sending(world: World, case: Case, name: str) -> None:
    user, s = world.cast()[name], world.session
    with pytest.raises(NotAllowed):
        contacts.change(s, user, case, victim(case), Contact(points=(SAFE,)), now=world.now)
    with pytest.raises(NotAllowed):
        contacts.change_address(s, user, case, victim(case), "3 New Row", care=Care(), now=world.now)


@pytest.mark.parametrize(
    "contact",
    [
        Contact(),
        Contact(points=(Point(),)),
        Contact(points=(SAFE,) * 13),
        Contact(points=(replace(SAFE, after="9:30", before="14:00"),)),
        Contact(points=(replace(SAFE, after="14:00", before="14:00"),)),
        Contact(points=(replace(SAFE, after="14:00"),)),
        Contact(points=(replace(SAFE, days=("payday",)),)),
    ],
)
def test_what_says_nothing_or_cannot_be_is_refused(world: World, case: Case, contact: Contact) -> None:
    with pytest.raises(Refused):
        contacts.change(world.session, world.noor, case, victim(case), contact, now=world.now)


def test_every_telephone_and_postcode_makes_somebody_findable(world: World, case: Case) -> None:
    work = Point(way=Way.ADDRESS, value="The Mill, Station Road, ZZ99 2BB")
    kept(world, case, SAFE, replace(SAFE, value="07700 900789", safety=Safe.UNSAFE), work)
    facts: Any = indexing.facts_of(world.session, victim(case))
    assert facts.phones == (NUMBER, "07700 900789")
    assert facts.postcodes == ("ZZ99 2BB",)
    assert facts.address_lines == ("The Mill",)


def test_whoever_turns_out_to_have_the_same_telephone_or_home_is_shut_out(world: World, case: Case) -> None:
    s = world.session
    staff.keep_household(s, world.dana, Home(phones=NUMBER), now=world.now)
    staff.keep_household(s, world.chidi, Home(line="9 Elm Road", postcode="ZZ99 3CC"), now=world.now)
    kept(world, case, SAFE)
    assert {row.user_id for row in case.exclusions} == {world.dana.id}
    where = "9 Elm Road, ZZ99 3CC"
    contacts.change_address(s, world.noor, case, victim(case), where, care=Care(), now=world.now)
    s.refresh(case, ["exclusions"])
    assert {row.user_id for row in case.exclusions} == {world.dana.id, world.chidi.id}


def test_what_is_learnt_in_one_case_shuts_somebody_out_of_all_of_the_persons_cases(
    world: World, case: Case
) -> None:
    s, other = world.session, make.sent_referral(world, victim="Testa Marrowby").case
    identity.decide(
        s, world.ben, victim(case), victim(other), Sameness.SAME, reason="Same birth", now=world.now
    )
    staff.keep_household(s, world.dana, Home(phones=NUMBER), now=world.now)
    kept(world, case, SAFE)
    s.refresh(other, ["exclusions"])
    assert {row.user_id for row in other.exclusions} == {world.dana.id}


def test_each_of_two_children_has_a_history_of_their_own(world: World) -> None:
    draft = make.filled_draft(world, children=("Pim", "Oona"))
    s, (pim, oona) = world.session, people.in_part(draft.case, Part.CHILD)
    for number, one in (("07700 900801", pim), ("07700 900802", oona)):
        ways = Contact(points=(Point(value=number),))
        referrals.save_contact(s, world.amara, draft, ways, about=one, now=world.now)
    referrals.submit(s, world.amara, draft, now=world.now)
    later = Contact(points=(Point(value="07700 900803"),))
    contacts.change(s, world.noor, draft.case, oona.person, later, now=world.now)
    told = {one: contacts.history(s, draft.case, one.person) for one in (pim, oona)}
    assert [one.who for one in told[pim]] == ["Amara Blythe"]
    assert [one.who for one in told[oona]] == ["Noor Hadley", "Amara Blythe"]
    marks = s.scalars(select(AuditEntry.fields).where(AuditEntry.kind == "other_contact.given")).all()
    assert not any("Pim" in (one or "") or "Oona" in (one or "") for one in marks)
    audit.record(s, world.ben, "other_contact.given", draft.case, at=world.now, fields="points")
    assert len(contacts.history(s, draft.case, pim.person)) == 1  # an old line does not say which it was
