"""A case that cannot wait: a meeting within two working days, with only those who are needed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from conferences import policies
from conferences.errors import NotAllowed, Refused, WrongState
from conferences.meeting import agenda, meeting_views, meetings
from conferences.models import (
    AuditEntry,
    Conference,
    ConferenceKind,
    ConferenceStatus,
    Listing,
    ListingStatus,
    Referral,
    ReferralStatus,
    Urgency,
    User,
)
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.triage import emergencies, triage, undoing
from conferences.visibility import visible_to
from conferences.wall import walls
from tests import make
from tests.make import World

TOMORROW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def urgent(world: World, **about: Any) -> Referral:
    return make.sent_referral(world, urgency=Urgency.EMERGENCY, **about)


def called(world: World, row: Referral | None = None, *, by: User | None = None, **changes: Any) -> Listing:
    told: dict[str, Any] = {
        "starts_at": TOMORROW,
        "venue": "By telephone",
        "chair": world.chidi.id,
        "called": [world.agencies[code].id for code in ("POL", "IDV")],
    }
    told |= changes
    return emergencies.call(world.session, by or world.ben, row or urgent(world), **told, now=world.now)


def known(world: World, who: User) -> list[Conference]:
    return list(world.session.scalars(visible_to(who, Conference)))


def lines(world: World, kind: str) -> int:
    return world.session.query(AuditEntry).filter_by(kind=kind).count()


@pytest.mark.parametrize("name", ["ben", "chidi"])
def test_the_coordinator_or_the_chair_calls_one_and_the_case_is_listed_in_the_same_step(
    world: World, name: str
) -> None:
    row = urgent(world)
    turn = called(world, row, by=world.cast()[name])
    meeting = turn.conference
    assert (row.status, turn.status) == (ReferralStatus.ACCEPTED, ListingStatus.LISTED)
    assert (meeting.kind, meeting.starts_at, meeting.status) == (
        ConferenceKind.EMERGENCY, TOMORROW, ConferenceStatus.PLANNED,
    )  # fmt: skip
    assert emergencies.called_names(world.session, meeting) == ["Ashmere IDVA", "Ashmere Police"]
    assert (lines(world, "conference.called"), lines(world, "referral.accepted")) == (1, 1)


@pytest.mark.parametrize("name", ["amara", "dana", "noor", "ada", "erin"])
def test_nobody_else_calls_one(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        called(world, by=world.cast()[name])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": datetime(2026, 11, 23, 14, 19, tzinfo=UTC)}, "starts_on"),  # a minute ago
        ({"starts_at": datetime(2026, 11, 25, 17, 1, tzinfo=UTC)}, "starts_on"),  # after two working days
        ({"venue": " "}, "venue"),
        ({"chair": uuid4()}, "chair"),
        ({"called": []}, "agencies"),
        ({"called": [uuid4()]}, "agencies"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_and_changes_nothing(
    world: World, changes: dict[str, Any], field: str
) -> None:
    row = urgent(world)
    with pytest.raises(Refused) as refused:
        called(world, row, **changes)
    assert (refused.value.field, row.status, known(world, world.ben)) == (field, ReferralStatus.SUBMITTED, [])


def test_a_weekend_does_not_count(world: World) -> None:
    row = urgent(world)
    friday = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    assert emergencies.latest(world.session, row, now=friday) == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


def test_only_a_referral_sent_as_an_emergency_and_only_once(world: World) -> None:
    with pytest.raises(WrongState, match="not sent as an emergency"):
        called(world, make.sent_referral(world))
    row = urgent(world)
    called(world, row)
    with pytest.raises(WrongState):
        called(world, row)


def test_neither_a_chair_nor_an_agency_that_is_shut_out_is_offered_or_taken(world: World) -> None:
    row, s = urgent(world), world.session
    police = world.agencies["POL"]
    walls.exclude(s, world.ben, row.case, agency_id=police.id, reason="He works there", now=world.now)
    assert police not in emergencies.agencies(s, row)
    assert emergencies.chairs(s, row) == []
    for changes in ({}, {"called": [police.id]}):
        with pytest.raises(Refused):
            called(world, row, **changes)


# --- who knows of it


def test_only_those_called_know_of_it(world: World) -> None:
    meeting = called(world).conference
    assert known(world, world.dana) == known(world, world.amara) == known(world, world.erin) == []
    for who in (world.ben, world.chidi, world.noor):
        assert known(world, who) == [meeting]
    second = called(world, called=[world.agencies["HSG"].id]).conference
    assert known(world, world.dana) == [second]


@pytest.mark.parametrize("name", ["ben", "chidi", "noor", "dana"])
def test_whoever_is_shut_out_of_the_case_does_not_know_that_anybody_meets(world: World, name: str) -> None:
    who, row, s = world.cast()[name], urgent(world), world.session
    turn = called(world, row, called=[world.agencies["HSG"].id])
    if name == "ben":
        triage.open_conferences(s, who, now=world.now)
    people.exclude(s, world.ben, row.case, user_id=who.id, reason="Kin", now=world.now)
    s.expire_all()
    assert known(world, who) == []
    assert meeting_views.meetings(s, world.chidi, now=world.now)[0] == (
        [] if name == "chidi" else [turn.conference]
    )
    assert not any(may(who, permission, turn.conference) for permission in Permission)


def test_another_meeting_may_be_planned_for_the_same_moment(world: World) -> None:
    """To be refused would tell somebody who may not know that others meet then."""
    meeting = called(world).conference
    again = called(world)
    planned = agenda.plan(
        world.session, world.ben, starts_at=TOMORROW, room_until=None, venue="Room 2", chair=world.chidi,
        now=world.now,
    )  # fmt: skip
    assert {meeting.starts_at, again.conference.starts_at} == {planned.starts_at}
    meeting.kind = ConferenceKind.ORDINARY
    with pytest.raises(IntegrityError, match="uq_conference_ordinary"):
        world.session.flush()


def test_it_is_no_meeting_that_other_cases_are_put_on_or_agencies_report_to(world: World) -> None:
    called(world)
    ordinary = make.conference(world)
    assert triage.open_conferences(world.session, world.ben, now=world.now) == [ordinary]


# --- what becomes of it


def test_undoing_calls_it_off(world: World) -> None:
    row = urgent(world)
    turn = called(world, row)
    undoing.undo(world.session, world.ben, row, now=world.now + timedelta(minutes=9))
    assert (row.status, turn.status) == (ReferralStatus.SUBMITTED, ListingStatus.TAKEN_OFF)
    assert turn.conference.status is ConferenceStatus.CANCELLED
    assert lines(world, "conference.called_off") == 1


def test_undoing_leaves_an_ordinary_meeting_and_one_with_another_case(world: World) -> None:
    first, s = called(world), world.session
    row = urgent(world)
    triage.accept(s, world.ben, row, first.conference, now=world.now)
    undoing.undo(s, world.ben, row, now=world.now)
    plain = make.conference(world)
    triage.accept(s, world.ben, row, plain, now=world.now)
    undoing.undo(s, world.ben, row, now=world.now)
    assert {first.conference.status, plain.status} == {ConferenceStatus.PLANNED}


def test_it_is_held_like_any_other(world: World) -> None:
    turn, s = called(world), world.session
    agenda.issue(s, world.ben, turn.conference, now=world.now)
    meetings.open_meeting(s, world.chidi, turn.conference, now=TOMORROW)
    meetings.defer(s, world.chidi, turn, reason="She is safe tonight.", now=TOMORROW)
    meetings.conclude_meeting(s, world.chidi, turn.conference, now=TOMORROW)
    assert turn.conference.status is ConferenceStatus.CONCLUDED


def test_it_has_no_days_before_it(world: World) -> None:
    days = policies.deadlines_of(world.session, called(world).conference)
    assert {days.cutoff, days.agenda, days.research, days.report} == {TOMORROW.date()}
    assert days.minutes.isoformat() == "2026-11-27"
