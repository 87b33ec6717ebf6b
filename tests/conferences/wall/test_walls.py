"""Who may know of a case: exclusions, the few, how either ends, and what is left behind the wall."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from conferences.errors import NotAllowed, Refused
from conferences.meeting import agenda, meetings
from conferences.models import AuditEntry, Case, Listing, ListingStatus
from conferences.permissions import Permission, may
from conferences.triage import triage
from conferences.visibility import visible_to
from conferences.wall import walls
from tests import make
from tests.make import World


def kinds(world: World) -> list[str]:
    return [row.kind for row in world.session.query(AuditEntry).order_by(AuditEntry.seq)]


def who_know(world: World, case: Case) -> set[str]:
    """By the rule and by the query, which must agree."""
    by_rule = {name for name, user in world.cast().items() if may(user, Permission.VIEW_CASE, case)}
    by_query = {
        name
        for name, user in world.cast().items()
        if world.session.scalars(visible_to(user, Case).where(Case.id == case.id)).first()
    }
    assert by_rule == by_query - {"amara"}
    return by_query


def test_the_few_alone_know_and_those_who_said_so(world: World) -> None:
    s, case = world.session, make.sent_referral(world).case
    assert who_know(world, case) == {"amara", "ben", "chidi", "noor"}
    walls.restrict(s, world.ben, case, agency_id=world.agencies["IDV"].id, reason="Few", now=world.now)
    assert who_know(world, case) == {"amara", "ben", "noor"}
    walls.restrict(s, world.ben, case, user_id=world.chidi.id, reason="Few", now=world.now)
    assert who_know(world, case) == {"amara", "ben", "chidi", "noor"}
    walls.exclude(s, world.ben, case, user_id=world.noor.id, reason="Neighbour", now=world.now)
    assert who_know(world, case) == {"amara", "ben", "chidi"}
    walls.open_again(s, world.ben, case, reason="He has left", now=world.now)
    assert who_know(world, case) == {"amara", "ben", "chidi"}
    walls.lift(s, world.ben, case, case.exclusions[0].id, reason="Another Noor", now=world.now)
    assert who_know(world, case) == {"amara", "ben", "chidi", "noor"}
    assert [kind for kind in kinds(world) if "case.r" in kind or "wall" in kind] == [
        "case.restricted",
        "case.restricted",
        "wall.lifted",
        "wall.lifted",
    ]


def test_one_case_kept_to_a_few_hides_no_other(world: World) -> None:
    few, other = make.sent_referral(world).case, make.sent_referral(world, victim="Ilsa Fernhollow").case
    walls.restrict(world.session, world.ben, few, user_id=world.chidi.id, reason="Few", now=world.now)
    assert who_know(world, other) == {"amara", "ben", "chidi", "noor"}


def test_only_those_who_coordinate_end_it_and_only_with_a_reason(world: World) -> None:
    s, case = world.session, make.sent_referral(world).case
    walls.exclude(s, world.amara, case, named="Ned Sampleworth", reason="He hurts her", now=world.now)
    wall = case.exclusions[0].id
    for user in (world.amara, world.chidi, world.noor, world.dana, world.ada, world.erin):
        with pytest.raises(NotAllowed):
            walls.lift(s, user, case, wall, reason="Let him", now=world.now)
        with pytest.raises(NotAllowed):
            walls.open_again(s, user, case, reason="Let all", now=world.now)
    with pytest.raises(Refused):
        walls.lift(s, world.ben, case, wall, reason="  ", now=world.now)
    assert case.exclusions[0].lifted_at is None


def test_somebody_must_be_left_who_decides(world: World) -> None:
    s, case = world.session, make.sent_referral(world).case
    walls.exclude(s, world.ben, case, user_id=world.chidi.id, reason="Cousin", now=world.now)
    with pytest.raises(Refused, match="Somebody must be left"):
        walls.exclude(s, world.ben, case, user_id=world.ben.id, reason="Brother", now=world.now)


def test_an_agency_takes_no_part_in_a_case_kept_from_it(world: World) -> None:
    turn = make.opened_listing(world)
    walls.restrict(world.session, world.ben, turn.case, user_id=world.chidi.id, reason="Few", now=world.now)
    walls.restrict(world.session, world.ben, turn.case, user_id=world.dana.id, reason="Few", now=world.now)
    out = {code for code, row in world.agencies.items() if walls.is_shut_out(turn.case, row)}
    assert out == {"IDV", "CSC"}
    with pytest.raises(Refused):
        make.contribution(world, turn, agency="CSC")


def test_a_case_behind_the_wall_is_not_lost_when_the_meeting_ends(world: World) -> None:
    s, meeting = world.session, make.conference(world)
    hidden = make.listing(world, meeting=meeting, victim="Hetty Hidden")
    agenda.issue(s, world.ben, meeting, now=world.now)
    walls.exclude(s, world.ben, hidden.case, user_id=world.chidi.id, reason="Cousin", now=world.now)
    meetings.open_meeting(s, world.chidi, meeting, now=world.now)
    meetings.conclude_meeting(s, world.chidi, meeting, now=world.now)
    assert s.get_one(Listing, hidden.id).status is ListingStatus.DEFERRED
    entry = s.query(AuditEntry).filter_by(kind="listing.deferred").one()
    assert entry.actor_id is None


def test_an_agenda_with_only_a_hidden_case_is_empty_to_whoever_is_shut_out(world: World) -> None:
    s, turn = world.session, make.listing(world)
    walls.exclude(s, world.ben, turn.case, user_id=world.chidi.id, reason="Cousin", now=world.now)
    with pytest.raises(Refused, match="no case on this agenda"):
        agenda.issue(s, world.chidi, turn.conference, now=world.now)
    assert agenda.issue(s, world.ben, turn.conference, now=world.now) == 1


def test_another_turn_coming_between_leaves_no_mark_on_a_turn(world: World) -> None:
    meeting = make.conference(world)
    first = make.listing(world, meeting=meeting)
    before = first.version
    make.listing(world, meeting=meeting, victim="Hetty Hidden", children=("Pim",))
    world.session.expire_all()
    assert (first.position, first.version) == (1, before)


def test_the_chair_stands_in_only_while_no_coordinator_may_know(world: World) -> None:
    s, row = world.session, make.sent_referral(world)
    assert not may(world.chidi, Permission.DECIDE_REFERRAL, row)
    walls.exclude(s, world.ben, row.case, user_id=world.ben.id, reason="Sister", now=world.now)
    assert may(world.chidi, Permission.DECIDE_REFERRAL, row)
    triage.accept(s, world.chidi, row, make.conference(world), now=world.now)
    walls.lift(s, world.chidi, row.case, row.case.exclusions[0].id, reason="Not her", now=world.now)
    assert not may(world.chidi, Permission.DECIDE_REFERRAL, row)


WRONG: dict[str, str] = {
    "nobody": "UPDATE exclusion SET user_id = NULL",
    "two": "UPDATE exclusion SET agency_id = (SELECT id FROM agency LIMIT 1)",
    "unsigned": "UPDATE exclusion SET lifted_at = now()",
    "no reason": "UPDATE exclusion SET lifted_at = now(), lifted_by_id = by_id",
    "few unsigned": "UPDATE restriction SET lifted_at = now()",
    "few nobody": "UPDATE restriction SET user_id = NULL",
}


@pytest.mark.parametrize("statement", WRONG.values(), ids=WRONG)
def test_the_database_refuses_a_wall_that_is_not_signed(world: World, statement: str) -> None:
    s, case = world.session, make.sent_referral(world).case
    walls.exclude(s, world.ben, case, user_id=world.noor.id, reason="Cousin", now=world.now)
    walls.restrict(s, world.ben, case, user_id=world.chidi.id, reason="Few", now=world.now)
    with pytest.raises(IntegrityError), s.begin_nested():
        s.execute(text(statement))
