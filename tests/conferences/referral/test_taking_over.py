"""Drafts whose writer has left: who is told that they are there, who takes them over, and who never hears."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from conferences.errors import NotAllowed, NotFound, Refused, Stale
from conferences.models import (
    AuditEntry,
    Case,
    DecisionKind,
    Membership,
    Referral,
    ReferralStatus,
    Role,
    User,
)
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.referral import deciding, drafts, referrals, signing, taking_over
from conferences.sealing import seal
from conferences.visibility import find, visible_to
from conferences.wall import conflicts
from tests import after, make
from tests.make import World

R = ReferralStatus
NEXT = timedelta(days=1)
BELOW: dict[str, Any] = {"yes": 3, "judged_high": False}


def told(world: World, who: User) -> list[tuple[str, bool]]:
    return [(one.writer, one.may_take_over) for one in taking_over.lying(world.session, who)]


def stuck(world: World, who: User, *, days: int = 1) -> list[tuple[str, tuple[str, ...], bool]]:
    rows = signing.stuck(world.session, who, now=world.now + timedelta(days=days))
    return [(one.why, one.speak_to, one.writer_gone) for one in rows]


def take(world: World, who: User, row: Referral, reason: str = "He left on Friday.") -> None:
    taking_over.take_over(world.session, who, row, reason=reason, now=world.now + NEXT)


def nobody_at_housing(world: World) -> None:
    world.dana.is_active = False


def test_what_must_be_heard_is_told_the_morning_after_its_writer_left(world: World) -> None:
    row = make.filled_draft(world, by=after.hana(world))
    assert (told(world, world.dana), stuck(world, world.ben)) == ([], [])
    row.referrer.is_active = False
    found = drafts.tidy(world.session, now=world.now + NEXT)
    assert (found.writer_gone, found.left_lying, found.put_aside) == (1, 1, 0)
    assert told(world, world.dana) == [("Hana Birchwood", True)]
    assert stuck(world, world.ben) == [("left_lying", ("Dana Wickfield",), True)]
    assert drafts.tidy(world.session, now=world.now + NEXT) == drafts.Tidied(0, 0, 0)


def test_a_place_that_ended_is_leaving_as_well(world: World) -> None:
    row = make.filled_draft(world, by=after.hana(world))
    place = world.session.scalars(select(Membership).where(Membership.user_id == row.referrer_id)).one()
    place.ended_at = world.now
    world.session.flush()
    world.session.refresh(row.referrer)
    drafts.tidy(world.session, now=world.now + NEXT)
    assert told(world, world.dana) == [("Hana Birchwood", True)]


def test_what_need_not_be_heard_is_told_to_the_agency_alone_and_kept_a_week(world: World) -> None:
    row = make.filled_draft(world, by=after.hana(world), **BELOW)
    row.expires_on = world.now.date()
    row.referrer.is_active = False
    drafts.tidy(world.session, now=world.now + NEXT)
    assert (told(world, world.dana), stuck(world, world.ben)) == ([("Hana Birchwood", True)], [])
    assert row.expires_on == date(2026, 12, 1)
    drafts.tidy(world.session, now=world.now + timedelta(days=9))
    assert (row.status, row.writer_gone_at, told(world, world.dana)) == (R.DISCARDED, None, [])


def test_a_manager_is_told_of_a_draft_that_lies_but_leaves_it_to_a_writer_who_is_there(world: World) -> None:
    row = make.filled_draft(world, by=after.hana(world))
    drafts.tidy(world.session, now=world.now + timedelta(days=15))
    assert told(world, world.dana) == [("Hana Birchwood", False)]
    assert stuck(world, world.ben, days=15) == [("left_lying", ("Hana Birchwood", "Dana Wickfield"), False)]
    with pytest.raises(NotAllowed):
        take(world, world.dana, row)


def test_it_is_the_managers_to_read_change_and_send(world: World) -> None:
    row, s = after.left_behind(world), world.session
    with pytest.raises(NotFound):
        find(s, world.dana, Referral, row.id)
    take(world, world.dana, row)
    assert find(s, world.dana, Referral, row.id) == row
    assert all(may(world.dana, one, row.case) for one in (Permission.VIEW_CONTACT, Permission.VIEW_ADDRESS))
    assert (row.left_lying_at, row.writer_gone_at, row.expires_on) == (None, None, date(2026, 12, 8))
    assert (told(world, world.dana), stuck(world, world.ben)) == ([], [])
    kept = row.decisions[-1]
    assert (kept.kind, deciding.reason_of(s, kept)) == (DecisionKind.TAKEN_OVER, "He left on Friday.")
    lines = s.scalars(select(AuditEntry.kind).where(AuditEntry.subject_id == row.id)).all()
    assert {"referral.started", "referral.writer_gone", "referral.taken_over"} <= set(lines)
    referrals.submit(s, world.dana, row, now=world.now + NEXT)
    assert (row.status, row.qualifies) == (R.SUBMITTED, True)


def test_its_writer_who_comes_back_finds_it_gone_and_before_that_finds_it_theirs(world: World) -> None:
    row, s = after.left_behind(world), world.session
    writer = row.referrer
    writer.is_active = True
    assert told(world, world.dana) == [("Joel Ashdown", False)]
    with pytest.raises(NotAllowed):
        take(world, world.dana, row)
    writer.is_active = False
    take(world, world.dana, row)
    writer.is_active = True
    assert row not in s.scalars(visible_to(writer, Referral)).all()


@pytest.mark.parametrize("name", ["amara", "chidi", "noor", "erin", "ada", "ben"])
def test_nobody_else_takes_it_over(world: World, name: str) -> None:
    row, who = after.left_behind(world), world.cast()[name]
    with pytest.raises(NotAllowed):
        take(world, who, row)
    known = [one.referral for one in taking_over.lying(world.session, who)]
    assert known == ([row] if name == "ben" else [])


def test_another_agencys_manager_and_another_area_hear_nothing(world: World) -> None:
    row = after.left_behind(world)
    police = world.agencies["POL"]
    pol = make.a_user(
        world.session, police, Role.REPRESENTATIVE, "Una Reed", "una@pol.example", world.now, None
    )
    assert taking_over.lying(world.session, pol) == []
    with pytest.raises(NotFound):
        taking_over.find(world.session, pol, row.id.hex)
    with pytest.raises(NotFound):
        taking_over.find(world.session, world.erin, row.id.hex)


def test_a_manager_who_is_like_somebody_in_it_never_hears_and_is_not_named(world: World) -> None:
    row = after.left_behind(world, perpetrator="Dana Wickfield")
    assert told(world, world.dana) == []
    with pytest.raises(NotFound):
        taking_over.find(world.session, world.dana, row.id.hex)
    with pytest.raises(NotAllowed):
        take(world, world.dana, row)
    assert stuck(world, world.ben) == [("left_lying", (), True)]


def test_a_manager_appointed_later_who_is_like_somebody_in_it_never_hears(world: World) -> None:
    row = after.left_behind(world, perpetrator="Derrin Quillfeather")
    new = make.a_user(
        world.session,
        world.agencies["HSG"],
        Role.REPRESENTATIVE,
        "Derrin Quillfeather",
        "derrin@hsg.example",
        world.now,
        None,
    )
    conflicts.look_at_user(world.session, new, now=world.now + NEXT)
    assert told(world, new) == []
    assert stuck(world, world.ben) == [("left_lying", ("Dana Wickfield",), True)]
    assert row in [one.referral for one in taking_over.lying(world.session, world.dana)]


def test_a_name_that_became_like_theirs_meanwhile_is_found_before_anything_opens(world: World) -> None:
    row, s = after.left_behind(world), world.session
    seal(s, row.case.involvements[1].person, "name", "Dana Wickfield")
    with pytest.raises(NotFound):
        take(world, world.dana, row)
    assert told(world, world.dana) == []


def test_where_nobody_at_the_agency_may_know_the_coordinator_takes_it_over(world: World) -> None:
    row, s = after.left_behind(world), world.session
    with pytest.raises(NotAllowed):
        take(world, world.ben, row)
    nobody_at_housing(world)
    assert stuck(world, world.ben) == [("left_lying", (), True)]
    take(world, world.ben, row, "Nobody at Housing can.")
    assert row.agency == world.agencies["HSG"]
    after.asks_first(world)
    referrals.submit(s, world.ben, row, now=world.now + NEXT)
    assert (row.status, row.signoff_skipped) == (R.SUBMITTED, None)


def test_where_no_coordinator_may_know_of_it_the_chair_does(world: World) -> None:
    row = after.left_behind(world, perpetrator="Ben Oakhurst")
    nobody_at_housing(world)
    with pytest.raises(NotAllowed):
        take(world, world.ben, row)
    assert told(world, world.ben) == []
    take(world, world.chidi, row)
    assert row.referrer == world.chidi


def test_a_coordinator_does_not_take_over_what_need_not_be_heard(world: World) -> None:
    row = after.left_behind(world, **BELOW)
    nobody_at_housing(world)
    assert told(world, world.ben) == []
    with pytest.raises(NotAllowed):
        take(world, world.ben, row)


def test_it_is_taken_in_although_its_writer_has_left(world: World) -> None:
    row = after.left_behind(world)
    signing.take_in(world.session, world.ben, row, reason="Dana is away.", now=world.now + NEXT)
    assert (row.status, row.writer_gone_at, told(world, world.dana)) == (R.SUBMITTED, None, [])


def test_it_needs_a_reason_and_the_version_that_was_read(world: World) -> None:
    row = after.left_behind(world)
    with pytest.raises(Refused, match="Say why you take it over"):
        take(world, world.dana, row, " ")
    with pytest.raises(Stale):
        taking_over.take_over(world.session, world.dana, row, reason="Now", now=world.now, version=99)


def test_two_take_it_over_and_one_has_it(world: World) -> None:
    row = after.left_behind(world)
    take(world, world.dana, row)
    nobody_at_housing(world)
    with pytest.raises(NotAllowed):
        take(world, world.ben, row)


def test_the_draft_itself_stays_shut_to_who_is_only_told(world: World) -> None:
    row, s = after.left_behind(world), world.session
    for who in (world.dana, world.ben):
        assert not any(may(who, one, row) for one in (Permission.VIEW_REFERRAL, Permission.EDIT_REFERRAL))
        assert row.case not in s.scalars(visible_to(who, type(row.case))).all()
    said = repr([(one.writer, one.case_reference) for one in taking_over.lying(s, world.dana)])
    assert people.name_of(s, people.victim_of(row.case)) not in said


def test_what_was_sent_has_not_lost_its_writer(world: World) -> None:
    row = make.sent_referral(world)
    row.writer_gone_at = world.now
    with pytest.raises(IntegrityError, match="writer_gone_is_a_draft"):
        world.session.flush()


def placed(world: World, who: User) -> Membership:
    wanted = select(Membership).where(Membership.user_id == who.id, Membership.ended_at.is_(None))
    return world.session.scalars(wanted).one()


def moved(world: World, who: User, code: str, role: Role = Role.FRONTLINE) -> None:
    """They work for another agency from now on."""
    s = world.session
    placed(world, who).ended_at = world.now
    s.flush()
    place = Membership(user_id=who.id, agency_id=world.agencies[code].id, role=role, started_at=world.now)
    s.add(place)
    s.flush()
    s.expire(who, ["membership"])


def test_who_moves_to_another_agency_leaves_what_they_began_with_the_first(world: World) -> None:
    hana, s = after.hana(world), world.session
    row = make.filled_draft(world, by=hana)
    moved(world, hana, "EDU")
    for kind, thing in ((Referral, row), (Case, row.case)):
        with pytest.raises(NotFound):
            find(s, hana, kind, thing.id)
    asked = (Permission.EDIT_REFERRAL, Permission.VIEW_REFERRAL)
    asked_of_case = (Permission.VIEW_ADDRESS, Permission.VIEW_CONTACT, Permission.EXCLUDE)
    assert not any(may(hana, one, row) for one in asked)
    assert not any(may(hana, one, row.case) for one in asked_of_case)
    drafts.tidy(s, now=world.now + NEXT)
    assert told(world, world.dana) == [("Hana Birchwood", True)]
    assert stuck(world, world.ben) == [("left_lying", ("Dana Wickfield",), True)]
    take(world, world.dana, row, "She works for the school now.")
    assert row.referrer == world.dana
    lines = s.scalars(select(AuditEntry.kind).where(AuditEntry.subject_id == row.id)).all()
    assert {"referral.writer_gone", "referral.taken_over"} <= set(lines)


def test_who_comes_back_before_that_finds_it_as_it_was(world: World) -> None:
    hana, s = after.hana(world), world.session
    row = make.filled_draft(world, by=hana)
    moved(world, hana, "EDU")
    drafts.tidy(s, now=world.now + NEXT)
    placed(world, hana).agency_id = world.agencies["HSG"].id
    s.flush()
    s.expire(hana, ["membership"])
    assert find(s, hana, Referral, row.id) == row
    assert told(world, world.dana) == [("Hana Birchwood", False)]


def test_what_was_sent_stays_its_writers_and_who_runs_the_meeting_writes_for_any_agency(world: World) -> None:
    hana, s = after.hana(world), world.session
    sent = make.sent_referral(world, by=hana)
    begun = make.filled_draft(world, by=hana)
    moved(world, hana, "CNL", Role.COORDINATOR)
    assert find(s, hana, Referral, begun.id) == begun
    drafts.tidy(s, now=world.now + NEXT)
    assert told(world, world.dana) == []
    moved_on = s.scalars(
        select(Membership).where(Membership.user_id == hana.id, Membership.ended_at.is_(None))
    )
    moved_on.one().role = Role.FRONTLINE
    s.flush()
    s.expire(hana, ["membership"])
    assert find(s, hana, Referral, sent.id) == sent
    with pytest.raises(NotFound):
        find(s, hana, Referral, begun.id)
