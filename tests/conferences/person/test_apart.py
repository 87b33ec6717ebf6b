"""How somebody who may cause harm is reached serves to reach nobody else, and is read by fewer."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from conferences.errors import NotAllowed, Refused
from conferences.finding import neighbours
from conferences.models import AuditEntry, Case, Part, Person, SafeAddress
from conferences.person import apart, contacts, people
from conferences.person.contacts import NotSafe, safe_to_use
from conferences.reaching import Care, Contact, Point, Safe, Way
from conferences.referral import referrals, told
from conferences.wall import staff
from conferences.wall.staff import Home
from tests import make
from tests.make import World

HIS = Point(value="07700 900888", safety=Safe.SAFE)
MAIL = Point(way=Way.MAIL, value="Both@home.example", safety=Safe.SAFE)
HOME = Point(way=Way.ADDRESS, value="14 Elm Road, ZZ99 1AA", safety=Safe.SAFE)


@pytest.fixture
def case(world: World) -> Case:
    return make.sent_referral(world, children=("Pim",), adults=("Gran Marrowby",)).case


def who(case: Case, part: Part) -> Person:
    return people.in_part(case, part)[0].person


def keep(world: World, case: Case, part: Part, *points: Point) -> None:
    contacts.change(world.session, world.noor, case, who(case, part), Contact(points=points), now=world.now)


def trail(world: World, case: Case) -> list[str]:
    wanted = select(AuditEntry.kind).where(AuditEntry.subject_id == case.id).order_by(AuditEntry.seq)
    return [kind for kind in world.session.scalars(wanted) if "contact." in kind]


def test_no_way_of_somebody_who_may_cause_harm_is_ever_used(world: World, case: Case) -> None:
    keep(world, case, Part.PERPETRATOR, HIS)
    (row,) = contacts.rows_of(world.session, who(case, Part.PERPETRATOR))
    with pytest.raises(NotSafe) as refused:
        safe_to_use(world.session, row, at=world.now)
    assert refused.value.sentence == "It is not safe to use this telephone number."


def test_what_reaches_them_is_safe_for_nobody_else(world: World, case: Case) -> None:
    keep(world, case, Part.PERPETRATOR, HIS)
    for part in (Part.VICTIM, Part.CHILD, Part.OTHER_ADULT):
        with pytest.raises(Refused, match="Somebody who may cause harm is reached by this too"):
            keep(world, case, part, replace(HIS, value="+44 7700 900 888"))
        for safety in (Safe.UNSAFE, Safe.UNKNOWN):
            keep(world, case, part, replace(HIS, safety=safety))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HIS, replace(HIS, value="01632 960123, +44 7700 900 888")),
        (MAIL, replace(MAIL, value=" both+us@HOME.example ")),
        (HOME, replace(HOME, value="14 Elm Rd\nZZ99 1AA")),
    ],
)
def test_one_way_in_two_spellings_is_one_way(one: Point, other: Point) -> None:
    assert apart.same_way(one, other)
    assert apart.same_way(other, one)


def test_nor_is_it_taken_for_theirs_while_it_is_held_as_safe_for_another(world: World, case: Case) -> None:
    keep(world, case, Part.CHILD, HIS)
    for safety in Safe:
        with pytest.raises(Refused, match="held as safe for somebody else"):
            keep(world, case, Part.PERPETRATOR, replace(HIS, safety=safety))
    keep(world, case, Part.CHILD, replace(HIS, safety=Safe.UNSAFE))
    keep(world, case, Part.PERPETRATOR, HIS)


def test_a_place_they_have_too_is_not_safe_to_write_to(world: World, case: Case) -> None:
    keep(world, case, Part.PERPETRATOR, HOME)
    s, victim, here = world.session, who(case, Part.VICTIM), "14 Elm Road, ZZ99 1AA"
    with pytest.raises(Refused, match="Somebody who may cause harm"):
        contacts.change_address(s, world.noor, case, victim, here, care=Care(safety=Safe.SAFE), now=world.now)
    contacts.change_address(s, world.noor, case, victim, here, care=Care(), now=world.now)


def shown(world: World, case: Case) -> Safe | None:
    known = people.look_at_address(world.session, world.amara, case, reason="To write", now=world.now)
    return known.safety if known else None


@pytest.mark.parametrize(
    "place",
    ["14 Elm Rd, ZZ99 1AA", "Stays at his mother’s, 14 Elm Road ZZ99 1AA", "At 14 Elm Road\nZZ99 1AA"],
)
def test_nor_is_the_place_where_they_were_last_known_to_be(world: World, place: str) -> None:
    draft, s = make.filled_draft(world), world.session
    care, now = Care(safety=Safe.SAFE), world.now
    referrals.save_address(s, world.amara, draft, "14 Elm Road, ZZ99 1AA", care=care, now=now)
    victim = who(draft.case, Part.VICTIM)
    held = s.scalars(select(SafeAddress).filter_by(person_id=victim.id, superseded_at=None)).one()
    assert safe_to_use(s, held, at=now).value == "14 Elm Road, ZZ99 1AA"
    (his,) = people.in_part(draft.case, Part.PERPETRATOR)
    part = told.sheet("perpetrator")
    assert shown(world, draft.case) is Safe.SAFE
    told.save(s, world.amara, draft, part, {"whereabouts": place}, row=his, now=now)
    assert shown(world, draft.case) is Safe.UNSAFE
    with pytest.raises(NotSafe, match="not safe to use this address"):
        safe_to_use(s, held, at=now)
    with pytest.raises(Refused, match="Somebody who may cause harm"):
        referrals.save_address(s, world.amara, draft, "14 Elm Road ZZ99 1AA", care=care, now=now)


def test_what_got_in_all_the_same_is_refused_when_it_is_used(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(world, case, Part.VICTIM, HIS)
    (row,) = contacts.rows_of(world.session, who(case, Part.VICTIM))
    assert safe_to_use(world.session, row, at=world.now).value == HIS.value
    with monkeypatch.context() as patch:
        patch.setattr(apart, "check_ways", lambda *_: None)
        keep(world, case, Part.PERPETRATOR, HIS)
    with pytest.raises(NotSafe, match="not safe"):
        safe_to_use(world.session, row, at=world.now)
    looked = contacts.look(world.session, world.ben, case, who(case, Part.VICTIM), now=world.now)
    assert [(one.value, one.safety) for one in looked.points] == [(HIS.value, Safe.UNSAFE)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HIS, replace(HIS, value="07700 900889")),
        (HIS, replace(MAIL, value=HIS.value)),
        (Point(safety=Safe.UNSAFE), Point(safety=Safe.SAFE)),
        (HOME, replace(HOME, value="15 Elm Road, ZZ99 1AA")),
        (HOME, replace(HOME, value="Elsewhere House, ZZ99 1AA")),
        (MAIL, replace(MAIL, value="other@home.example")),
    ],
)
def test_what_is_not_the_same_way_is_left_alone(one: Point, other: Point) -> None:
    assert not apart.same_way(one, other)
    assert apart.same_way(one, one) is bool(one.value)


def test_who_may_look_and_who_may_change(world: World, case: Case) -> None:
    """The referrer keeps what is hers, and is not told what is learnt of him later."""
    s = world.session
    looked: dict[Part, set[str]] = {}
    changed: dict[Part, set[str]] = {}
    for part in Part:
        for name, user in world.cast().items():
            point = replace(HIS, value=f"01632 {name}", safety=Safe.UNKNOWN)
            with suppress(NotAllowed):
                contacts.look(s, user, case, who(case, part), now=world.now)
                looked.setdefault(part, set()).add(name)
            with suppress(NotAllowed):
                contacts.change(s, user, case, who(case, part), Contact(points=(point,)), now=world.now)
                changed.setdefault(part, set()).add(name)
    everybody = {"amara", "ben", "chidi", "noor"}
    assert looked == {
        Part.VICTIM: everybody,
        Part.CHILD: everybody,
        Part.OTHER_ADULT: everybody,
        Part.PERPETRATOR: {"ben", "chidi", "noor"},
    }
    assert changed == {part: {"ben", "noor"} for part in Part}


def test_the_trail_tells_whose_ways_they_were_and_a_history_only_its_own(world: World, case: Case) -> None:
    keep(world, case, Part.PERPETRATOR, HIS)
    keep(world, case, Part.PERPETRATOR, replace(HIS, safety=Safe.UNSAFE))
    keep(world, case, Part.CHILD, replace(HIS, value="07700 900777"))
    for part in (Part.PERPETRATOR, Part.CHILD):
        contacts.look(world.session, world.ben, case, who(case, part), now=world.now)
    assert trail(world, case)[1:] == [
        "harm_contact.given", "harm_contact.changed", "other_contact.given",
        "harm_contact.viewed", "other_contact.viewed",
    ]  # fmt: skip
    said = {
        part: [one.what for one in contacts.history(world.session, case, who(case, part))]
        for part in (Part.VICTIM, Part.PERPETRATOR, Part.CHILD)
    }
    assert said == {
        Part.VICTIM: ["Recorded how a person may be reached"],
        Part.PERPETRATOR: [
            "Changed how somebody who may cause harm is reached",
            "Recorded how somebody who may cause harm is reached",
        ],
        Part.CHILD: ["Recorded how a child or another adult may be reached"],
    }


def test_one_persons_ways_are_never_anothers(world: World, case: Case) -> None:
    keep(world, case, Part.PERPETRATOR, HIS)
    keep(world, case, Part.CHILD, replace(HIS, value="07700 900777"))
    read: dict[Part, Any] = {
        part: [one.value for one in contacts.contact_of(world.session, who(case, part)).points]
        for part in Part
    }
    assert read == {
        Part.VICTIM: ["07700 900123"],
        Part.PERPETRATOR: ["07700 900888"],
        Part.CHILD: ["07700 900777"],
        Part.OTHER_ADULT: [],
    }


def test_his_telephone_in_another_case_is_a_headline_for_those_who_may_read_one(
    world: World, case: Case
) -> None:
    keep(world, case, Part.PERPETRATOR, HIS)
    draft = make.filled_draft(world, victim="Ilsa Fernhollow", perpetrator="Corin Dashwell")
    rings = Contact(points=(replace(HIS, value="+44 7700 900888", safety=Safe.UNKNOWN),))
    referrals.save_contact(world.session, world.amara, draft, rings, now=world.now)
    referrals.submit(world.session, world.amara, draft, now=world.now)
    found = neighbours.of(world.session, world.ben, draft.case)
    assert [(one.kind, one.case_id) for one in found] == [("same_phone", case.id)]


def test_whoever_shares_his_telephone_is_shut_out(world: World, case: Case) -> None:
    s = world.session
    staff.keep_household(s, world.dana, Home(phones=HIS.value), now=world.now)
    staff.keep_household(s, world.chidi, Home(line="14 Elm Road", postcode="ZZ99 1AA"), now=world.now)
    keep(world, case, Part.PERPETRATOR, HIS)
    keep(world, case, Part.OTHER_ADULT, replace(HOME, safety=Safe.UNKNOWN))
    s.refresh(case, ["exclusions"])
    assert {row.user_id for row in case.exclusions} == {world.dana.id, world.chidi.id}
