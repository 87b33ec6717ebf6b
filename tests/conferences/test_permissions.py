"""Who may do what, written by hand, person by person; the conflict wall beats every role."""

from typing import Any

import pytest

from conferences.errors import NotAllowed
from conferences.meeting import actions, documents
from conferences.models import Membership, Referral
from conferences.permissions import MAP, Permission, may, require, stands_in
from conferences.person import people
from conferences.triage import triage
from tests import after, make
from tests.imports import lists
from tests.make import World

EVERYONE = ("amara", "ben", "chidi", "dana", "noor", "ada", "erin")

# For each permission: the thing it is asked of, and exactly who may. Erin works in another area throughout.
ALLOWED: dict[str, tuple[str, str]] = {
    "referral:start": ("none", "amara ben chidi dana noor erin"),
    "referral:view": ("sent", "amara ben chidi noor"),
    "referral:edit": ("draft", "amara"),
    "referral:sign_off": ("handed_in", "dana"),
    "referral:take_in": ("given_back", "ben"),
    "referral:take_over": ("left_behind", "dana"),
    "referral:reply": ("sent", "amara"),
    "referral:assess_again": ("sent", "amara ben noor"),
    "queue:view": ("none", "ben chidi erin"),
    "referral:decide": ("sent", "ben"),
    "queue:accept_many": ("none", "ben erin"),
    "sample:view": ("none", "chidi"),
    "sample:review": ("sent", "chidi"),
    "advocate:ring": ("sent", "ben noor"),
    "referral:call_emergency": ("sent", "ben chidi"),
    "referral:confirm_decline": ("sent", "chidi"),
    "link:give": ("agency", "ben"),
    "outside:take_on": ("none", "ben erin"),
    "identity:decide": ("none", "ben erin"),
    "headline:view": ("case", "ben chidi"),
    "repeat:decide": ("sent", "ben"),
    "referral:withdraw": ("sent", "amara"),
    "referral:appeal": ("sent", "amara"),
    "referral:decide_appeal": ("sent", "chidi"),
    "case:view": ("case", "ben chidi noor"),
    "case:exclude": ("case", "amara ben"),
    "enquiry:ask": ("case", "ben chidi"),
    "enquiry:answer": ("enquiry", "ben"),
    "case:search": ("none", "amara ben chidi dana noor erin"),
    "case:lift_wall": ("case", "ben"),
    "contact:view": ("case", "amara ben chidi noor"),
    "contact:view_harm": ("case", "ben chidi noor"),
    "contact:change": ("case", "ben noor"),
    "address:view": ("case", "amara ben chidi noor"),
    "conference:list": ("none", "ben chidi dana noor erin"),
    "conference:view": ("conference", "ben chidi"),
    "conference:plan": ("none", "ben erin"),
    "agenda:order": ("conference", "ben chidi"),
    "agenda:issue": ("conference", "ben chidi"),
    "conference:run": ("conference", "chidi"),
    "listing:view": ("listing", "ben chidi"),
    "listing:record": ("listing", "ben chidi"),
    "listing:conclude": ("listing", "chidi"),
    "action:agree": ("listing", "ben chidi"),
    "action:list": ("none", "amara ben chidi dana noor erin"),
    "action:view": ("action", "ben chidi dana"),
    "action:answer": ("action", "ben dana"),
    "action:confirm": ("action", "ben"),
    "action:reassign": ("action", "ben chidi"),
    "action:release": ("action", "chidi"),
    "agenda:copy": ("conference", "ben chidi"),
    "plan:copy": ("agency", "ben chidi dana"),
    "document:fetch": ("document", "dana"),
    "account:manage": ("none", "ada"),
    "household:keep": ("dana", "dana"),
    "colleague:name": ("agency", "dana ada"),
    "list:bring": ("none", "ben erin"),
    "list:view": ("list", "ben"),
}


@pytest.fixture
def things(world: World) -> dict[str, Any]:
    turn = make.opened_listing(world)
    action = make.action(world, turn)
    return {
        "none": None,
        "agency": world.agencies["HSG"],
        "draft": make.draft(world),
        "dana": world.dana,
        "sent": turn.referral,
        "handed_in": after.handed_in(world),
        "left_behind": after.left_behind(world),
        "given_back": after.given_back(world),
        "case": turn.case,
        "conference": turn.conference,
        "listing": turn,
        "action": action,
        "list": lists.brought(world, lists.TESTA),
        "enquiry": make.enquiry(world),
        "document": documents.ask_for_plan(world.session, world.dana, world.agencies["HSG"], now=world.now),
    }


def test_every_permission_is_on_the_hand_written_list() -> None:
    assert set(ALLOWED) == {permission.value for permission in Permission}
    assert set(MAP) == set(Permission)


def test_each_person_may_do_exactly_what_the_list_says(world: World, things: dict[str, Any]) -> None:
    for permission, (thing, who) in ALLOWED.items():
        may_do = {
            name for name, user in world.cast().items() if may(user, Permission(permission), things[thing])
        }
        assert may_do == set(who.split()), permission


def test_a_draft_is_its_authors_alone(world: World) -> None:
    row = make.draft(world)
    assert {name for name, user in world.cast().items() if may(user, Permission.VIEW_REFERRAL, row)} == {
        "amara"
    }
    assert {name for name, user in world.cast().items() if may(user, Permission.VIEW_CASE, row.case)} == set()


def test_a_representative_sees_what_their_own_agency_sent(world: World) -> None:
    own = make.sent_referral(world, by=world.dana, victim="Ilsa Fernhollow")
    assert may(world.dana, Permission.VIEW_REFERRAL, own)


def test_an_agency_opens_the_address_only_for_an_action_that_needs_it(world: World) -> None:
    turn = make.opened_listing(world)
    assert not may(world.dana, Permission.VIEW_ADDRESS, make.action(world, turn))
    needs_it = make.action(world, turn, needs_address=True)
    assert may(world.dana, Permission.VIEW_ADDRESS, needs_it)
    actions.not_done(world.session, world.dana, needs_it, reason="Nobody went", now=world.now)
    assert not may(world.dana, Permission.VIEW_ADDRESS, needs_it)


@pytest.mark.parametrize("name", [name for name in EVERYONE if name != "erin"])
def test_whoever_is_shut_out_may_do_nothing_at_all(world: World, things: dict[str, Any], name: str) -> None:
    user, case = world.cast()[name], things["case"]
    people.exclude(
        world.session, world.ben, case, user_id=user.id, reason="Brother of the perpetrator", now=world.now
    )
    for permission in Permission:
        for thing in ("sent", "case", "listing", "action"):
            assert not may(user, permission, things[thing]), (permission, thing)


def test_shutting_out_an_agency_shuts_out_everyone_in_it(world: World, things: dict[str, Any]) -> None:
    people.exclude(
        world.session,
        world.ben,
        things["case"],
        agency_id=world.agencies["HSG"].id,
        reason="He works there",
        now=world.now,
    )
    assert not may(world.dana, Permission.VIEW_ACTION, things["action"])
    assert may(world.chidi, Permission.VIEW_ACTION, things["action"])


def test_a_closed_account_may_do_nothing(world: World) -> None:
    world.ben.is_active = False
    assert not any(may(world.ben, permission) for permission in Permission)


def test_a_person_whose_membership_has_ended_may_do_nothing(world: World) -> None:
    place = world.session.query(Membership).filter_by(user_id=world.ben.id).one()
    place.ended_at = world.now
    world.session.flush()
    world.session.expire(world.ben)
    assert world.ben.role is None
    assert world.ben.agency is None
    assert world.ben.agency_id is None
    assert not any(may(world.ben, permission) for permission in Permission)


def test_require_names_the_permission_and_the_thing(world: World) -> None:
    row = make.sent_referral(world)
    with pytest.raises(NotAllowed) as refused:
        require(world.dana, Permission.DECIDE_REFERRAL, row)
    assert (refused.value.permission, refused.value.subject_kind, refused.value.subject_id) == (
        "referral:decide",
        "referral",
        row.id,
    )
    require(world.ben, Permission.DECIDE_REFERRAL, row)


def test_a_refused_verb_changes_nothing(world: World) -> None:
    row = make.sent_referral(world)
    with pytest.raises(NotAllowed):
        triage.decline(world.session, world.dana, row, **make.declining("No"), now=world.now)
    assert world.session.get_one(Referral, row.id).status.value == "submitted"


def test_what_is_asked_of_another_kind_of_thing_is_refused(world: World) -> None:
    case = make.sent_referral(world).case
    assert not may(world.ben, Permission.TAKE_IN, case)
    assert not may(world.dana, Permission.SIGN_OFF, case)
    assert not stands_in(world.chidi, None)
