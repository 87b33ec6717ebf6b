"""With every referral the advocates are told of a person to ring; where none may know, the coordinator is."""

from datetime import timedelta

import pytest

from conferences.errors import NotAllowed, WrongState
from conferences.models import FirstContact, Urgency
from conferences.person import people
from conferences.referral import advocates
from tests import after
from tests.make import World


def test_every_referral_tells_the_advocates_and_first_contact_is_due_in_two_working_days(
    world: World,
) -> None:
    row = after.to_ring(world, yes=3, judged_high=False)
    (one,) = advocates.to_ring(world.session, world.noor, now=world.now)
    assert (one.row, one.initials, one.nobody, one.late) == (row, "T.M.", False, False)
    assert row.due_at.isoformat() == "2026-11-25T17:00:00+00:00"
    (late,) = advocates.to_ring(world.session, world.noor, now=world.now + timedelta(days=3))
    assert late.late
    for user in (world.amara, world.ben, world.chidi, world.dana, world.ada, world.erin):
        assert row not in [other.row for other in advocates.to_ring(world.session, user, now=world.now)]


def test_somebody_not_reached_stays_on_the_list_until_reached(world: World) -> None:
    s, row = world.session, after.to_ring(world)
    advocates.acknowledge(s, world.noor, row, now=world.now)
    advocates.acknowledge(s, world.noor, row, now=world.now + timedelta(hours=1))
    assert (row.acknowledged_at, row.acknowledged_by_id) == (world.now, world.noor.id)
    not_yet, reached = FirstContact.NOT_CONTACTABLE, FirstContact.CONTACTED
    advocates.record_contact(s, world.noor, row, outcome=not_yet, note="No answer", now=world.now)
    assert [one.row for one in advocates.to_ring(s, world.noor, now=world.now)] == [row]
    advocates.record_contact(s, world.noor, row, outcome=reached, note="Safe to talk", now=world.now)
    assert advocates.to_ring(s, world.noor, now=world.now) == []
    assert advocates.note_of(s, row) == "Safe to talk"
    with pytest.raises(WrongState):
        advocates.record_contact(s, world.noor, row, outcome=reached, note=None, now=world.now)


def test_where_the_advocates_are_shut_out_the_coordinator_is_told(world: World) -> None:
    s, row = world.session, after.to_ring(world)
    agency = world.agencies["IDV"].id
    people.exclude(s, world.ben, row.case, agency_id=agency, reason="His cousin works there", now=world.now)
    assert advocates.to_ring(s, world.noor, now=world.now) == []
    (one,) = advocates.to_ring(s, world.ben, now=world.now)
    assert (one.row, one.nobody) == (row, True)
    with pytest.raises(NotAllowed):
        advocates.acknowledge(s, world.noor, row, now=world.now)
    advocates.record_contact(s, world.ben, row, outcome=FirstContact.CONTACTED, note=None, now=world.now)
    assert advocates.to_ring(s, world.ben, now=world.now) == []


def test_others_record_nothing(world: World) -> None:
    row = after.to_ring(world)
    for user in (world.amara, world.dana, world.chidi, world.ada, world.erin):
        with pytest.raises(NotAllowed):
            advocates.acknowledge(world.session, user, row, now=world.now)


def test_an_emergency_is_rung_before_what_was_due_sooner(world: World) -> None:
    sooner = after.to_ring(world, now=world.now - timedelta(days=4))
    urgent = after.to_ring(world, urgency=Urgency.EMERGENCY)
    rows = advocates.to_ring(world.session, world.noor, now=world.now)
    assert [one.row.id for one in rows] == [urgent.id, sooner.id]
