"""A case about somebody's own household never reaches them, nor one about those without an account."""

from typing import Any

import pytest

from conferences.errors import Refused
from conferences.models import AuditEntry, Case, Part, Sameness
from conferences.permissions import Permission, may
from conferences.person import identity, people
from conferences.person.people import PersonDetails
from conferences.referral import referrals
from conferences.referral import told as sheets
from conferences.wall import conflicts, staff, walls
from conferences.wall.staff import Home
from tests import after, make
from tests.make import World


def at_home(world: World, **said: Any) -> None:
    """Dana says where she lives, and is compared."""
    staff.keep_household(world.session, world.dana, Home(**said), now=world.now)
    conflicts.look_at_user(world.session, world.dana, now=world.now)


def rung_at(world: World, address: str = "Flat 2, 14 Elm Road, ZZ99 1AA") -> Case:
    """A sent case whose victim lives there, and is rung at 07700 900123 as all made-up victims are."""
    return make.sent_referral(world, address=address).case


def out(case: Case) -> list[Any]:
    return [row.user_id for row in case.exclusions]


def why(world: World, case: Case) -> list[str]:
    return [one.why for one in walls.shown(world.session, case)[0]]


def test_her_own_telephone_is_one_in_a_case_that_was_sent_before(world: World) -> None:
    case = rung_at(world)
    at_home(world, phones="01632 960 333\n+44 7700 900123")
    assert out(case) == [world.dana.id]
    assert why(world, case) == ["Their telephone or address is one in this case; Same telephone number"]
    assert not may(world.dana, Permission.VIEW_CASE, case)


def test_her_own_home_is_one_in_a_case_that_is_sent_after(world: World) -> None:
    at_home(world, line="Flat 2, 14 Elm Rd", postcode="zz99 1aa")
    case = rung_at(world)
    assert out(case) == [world.dana.id]
    assert why(world, case) == ["Their telephone or address is one in this case; Same address"]


@pytest.mark.parametrize(
    ("told", "shut"),
    [
        ("Stays at 14 Elm Road ZZ99 1AA, his mother's", 1),
        ("14 Elm Rd\nZZ99 1AA", 1),
        ("16 Elm Road, ZZ99 1AA", 0),
        ("With a cousin near Elm, seen on 3 May", 0),
    ],
)
def test_her_own_home_is_where_whoever_causes_harm_was_last_known_to_be(
    world: World, told: str, shut: int
) -> None:
    """Found where the form says it, without anybody giving him a way to be reached by."""
    at_home(world, line="14 Elm Road", postcode="ZZ99 1AA")
    row = make.filled_draft(world)
    (him,) = people.in_part(row.case, Part.PERPETRATOR)
    part = sheets.sheet("perpetrator")
    sheets.save(world.session, world.amara, row, part, {"whereabouts": told}, row=him, now=world.now)
    referrals.submit(world.session, world.amara, row, now=world.now)
    assert len(out(row.case)) == shut


@pytest.mark.parametrize(("line", "shut"), [("16 Elm Road", 0), ("14 Elm Road", 1), (None, 1)])
def test_a_neighbour_is_not_shut_out_and_an_unknown_house_is(
    world: World, line: str | None, shut: int
) -> None:
    """Of a postcode alone nobody can say which house it is: rather one too many."""
    case = rung_at(world, address="14 Elm Road, ZZ99 1AA")
    at_home(world, line=line, postcode="ZZ99 1AA")
    assert len(out(case)) == shut


def test_what_could_never_be_compared_is_refused(world: World) -> None:
    for said, field in (
        ({"phones": "ring the bell"}, "phones"),
        ({"line": "Elm", "postcode": "ZZ99 1AA"}, "line"),
        ({"line": "14 Elm Road"}, "postcode"),
        ({"postcode": "ZZ"}, "postcode"),
        ({"mails": "dana at home"}, "mails"),
    ):
        with pytest.raises(Refused) as refused:
            staff.keep_household(world.session, world.dana, Home(**said), now=world.now)
        assert refused.value.field == field
    at_home(world, phones="07700 900123")
    at_home(world)
    assert staff.household_of(world.session, world.dana) == Home()
    assert out(rung_at(world)) == []


def test_a_new_reason_is_asked_again_and_the_same_one_is_not(world: World) -> None:
    s = world.session
    case = make.sent_referral(world, perpetrator="Dana Wickfield").case
    walls.lift(s, world.ben, case, case.exclusions[0].id, reason="Another Dana.", now=world.now)
    conflicts.look_at_user(s, world.dana, now=world.now)
    assert out(case) == []
    at_home(world, phones="07700 900123")
    assert out(case) == [world.dana.id]


def test_whoever_was_let_in_by_hand_is_not_doubted_by_a_machine(world: World) -> None:
    s = world.session
    case = rung_at(world)
    walls.exclude(s, world.ben, case, user_id=world.dana.id, reason="To be sure", now=world.now)
    walls.lift(s, world.ben, case, case.exclusions[0].id, reason="She has moved out", now=world.now)
    at_home(world, phones="07700 900123")
    assert out(case) == []


def test_the_trail_says_that_a_home_was_given_and_not_which(world: World) -> None:
    at_home(world, phones="07700 900123")
    entry = world.session.query(AuditEntry).filter_by(kind="household.given").one()
    assert (entry.actor_id, entry.subject_id) == (world.dana.id, world.dana.id)


def test_the_names_of_another_record_count_once_both_are_one_person(world: World) -> None:
    """Dana is like a man in one case; that he is the man of another case shuts her out of it too."""
    s = world.session
    known = make.sent_referral(world, victim="Testa One", perpetrator="Dan Wickfield").case
    other = make.sent_referral(world, victim="Orla Two", perpetrator="Otto Quillfeather").case
    one, same = (people.in_part(case, Part.PERPETRATOR)[0] for case in (known, other))
    people.describe(s, one, PersonDetails(name="Otto Quillfeather", known_as="Dana Wickfield"))
    conflicts.look_at_people(s, [one.person_id], now=world.now)
    assert (out(known), out(other)) == ([world.dana.id], [])
    identity.decide(s, world.ben, one.person, same.person, Sameness.SAME, reason="He said so", now=world.now)
    assert out(other) == [world.dana.id]


def test_another_areas_people_and_cases_are_not_compared(world: World) -> None:
    case = rung_at(world)
    staff.keep_household(world.session, world.erin, Home(phones="07700 900123"), now=world.now)
    conflicts.look_at_user(world.session, world.erin, now=world.now)
    assert out(case) == []
    assert out(rung_at(world)) == []


def test_her_own_mail_address_is_one_in_a_case(world: World) -> None:
    """However it is written; and the address an account signs in with is compared without being asked for."""
    case = after.mailed(world, "Sam.Quill+home@GoogleMail.com")
    at_home(world, mails="samquill@gmail.com")
    assert out(case) == [world.dana.id]
    assert why(world, case) == ["Their mail address is one in this case"]
    work = after.mailed(world, "noor@idv.example", victim="Orla Two")
    assert out(work) == [world.noor.id]


def test_a_mail_address_on_one_host_or_of_one_name_is_nobodys_in_particular(world: World) -> None:
    case = after.mailed(world, "samuel@quill.example")
    at_home(world, mails="sam@quill.example\nsamuel@quill.test")
    assert out(case) == []
