"""A manager signs off where the area asks for it: never in an emergency, and nothing is stopped silently."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from conferences import policies
from conferences.checklist import assessments
from conferences.clocks import State
from conferences.errors import NotAllowed, NotFound, Refused, Stale, WrongState
from conferences.models import (
    AuditEntry,
    DecisionKind,
    Part,
    Policy,
    Referral,
    ReferralStatus,
    Role,
    SignOffSkipped,
    Urgency,
    User,
)
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import referral_clocks, referrals, signing
from conferences.referral.deciding import reason_of
from conferences.triage import queue_views
from conferences.visibility import visible_to
from conferences.wall import walls
from tests import after, make
from tests.make import World

R, K = ReferralStatus, DecisionKind
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # the sign-off was due on Tuesday at 5pm


def queue(world: World, who: User | None = None) -> list[Referral]:
    rows = queue_views.queue(world.session, who or world.ben, now=world.now)
    return [world.session.get_one(Referral, row.referral_id) for row in rows]


def why(world: World, who: User | None = None, now: datetime | None = None) -> list[str]:
    return [one.why for one in signing.stuck(world.session, who or world.ben, now=now or world.now)]


def lines(world: World, kind: str) -> int:
    return world.session.query(AuditEntry).filter_by(kind=kind).count()


def another_manager(world: World, name: str = "Orla Fenby") -> User:
    return make.a_user(
        world.session, world.agencies["HSG"], Role.REPRESENTATIVE, name, "o@hsg.example", world.now, None
    )


# --- where it is asked, and where it is not


def test_without_the_policy_a_referral_goes_straight_to_the_queue(world: World) -> None:
    row = make.sent_referral(world, by=after.hana(world))
    assert (row.status, row.signoff_asked_at, row.signoff_skipped) == (R.SUBMITTED, None, None)
    assert lines(world, "referral.sign_off_asked") == 0


def test_with_the_policy_it_waits_for_the_manager_and_nobody_else_knows(world: World) -> None:
    row = after.handed_in(world)
    assert (row.status, row.submitted_at, row.qualifies) == (R.AWAITING_SIGNOFF, None, None)
    assert row.signoff_asked_at == world.now
    assert lines(world, "referral.sign_off_asked") == 1
    assert signing.to_sign(world.session, world.dana) == [row]
    assert (queue(world), why(world)) == ([], [])
    for who in (world.amara, world.ben, world.chidi, world.noor, world.erin):
        assert row not in world.session.scalars(visible_to(who, Referral)).all()
    referrals.submit(world.session, row.referrer, row, now=world.now)  # twice is harmless
    assert lines(world, "referral.sign_off_asked") == 1


def test_another_agencys_referral_is_not_asked_about(world: World) -> None:
    after.asks_first(world, "HSG")
    assert make.sent_referral(world).status is R.SUBMITTED


def test_what_a_coordinator_sends_for_an_agency_is_not_asked_about(world: World) -> None:
    after.asks_first(world, "HSG")
    row = make.filled_draft(world, by=world.ben)
    row.agency_id = world.agencies["HSG"].id
    world.session.flush()
    world.session.refresh(row)
    referrals.submit(world.session, world.ben, row, now=world.now)
    assert (row.status, row.signoff_skipped) == (R.SUBMITTED, None)


def test_an_emergency_never_waits(world: World) -> None:
    row = after.handed_in(world, urgency=Urgency.EMERGENCY)
    assert (row.status, row.signoff_skipped) == (R.SUBMITTED, SignOffSkipped.EMERGENCY)
    assert queue(world) == [row]
    assert lines(world, "referral.sign_off_skipped") == 1


def test_nobody_signs_off_their_own(world: World) -> None:
    row = after.handed_in(world, by=world.dana)
    assert (row.status, row.signoff_skipped) == (R.SUBMITTED, SignOffSkipped.NOBODY)
    other = another_manager(world)
    second = after.handed_in(world, by=world.dana)
    assert signing.managers(world.session, second) == [other]
    assert signing.to_sign(world.session, world.dana) == []
    with pytest.raises(NotAllowed):
        signing.sign_off(world.session, world.dana, second, now=world.now)
    signing.sign_off(world.session, other, second, now=world.now)


def test_a_closed_account_signs_nothing_off(world: World) -> None:
    world.dana.is_active = False
    assert after.handed_in(world).signoff_skipped is SignOffSkipped.NOBODY


def test_a_manager_who_is_shut_out_never_gets_it(world: World) -> None:
    after.asks_first(world)
    row, s = make.filled_draft(world, by=after.hana(world)), world.session
    people.exclude(s, row.referrer, row.case, user_id=world.dana.id, reason="His aunt", now=world.now)
    referrals.submit(s, row.referrer, row, now=world.now)
    assert (row.status, row.signoff_skipped) == (R.SUBMITTED, SignOffSkipped.NOBODY)
    assert signing.to_sign(s, world.dana) == []
    assert row not in s.scalars(visible_to(world.dana, Referral)).all()


def test_a_manager_who_is_like_somebody_in_it_never_gets_it(world: World) -> None:
    row = after.handed_in(world, perpetrator="Dana Wickfield")
    assert (row.status, row.signoff_skipped) == (R.SUBMITTED, SignOffSkipped.NOBODY)
    assert row not in world.session.scalars(visible_to(world.dana, Referral)).all()
    other = another_manager(world)
    second = after.handed_in(world, perpetrator="Dana Wickfield")
    assert second.status is R.AWAITING_SIGNOFF
    assert signing.managers(world.session, second) == [other]


# --- what the manager says


def test_signing_off_sends_it_exactly_as_its_writer_would_have(world: World) -> None:
    told = lines(world, "advocate.told")
    row, later = after.handed_in(world), world.now + timedelta(hours=1)
    signing.sign_off(world.session, world.dana, row, now=later, version=row.version)
    assert (row.status, row.submitted_at, row.qualifies) == (R.SUBMITTED, later, True)
    assert row.case.shared_at == later
    assert row.assessment.completed_by_id == row.referrer_id
    assert queue(world) == [row]
    assert [(one.kind, one.by_id) for one in row.decisions] == [(K.SIGNED_OFF, world.dana.id)]
    assert (lines(world, "referral.signed_off"), lines(world, "advocate.told")) == (1, told + 1)
    assert (signing.to_sign(world.session, world.dana), why(world, now=WEDNESDAY)) == ([], [])


def test_giving_back_needs_a_reason_and_reaches_the_writer_and_the_coordinator(world: World) -> None:
    row = after.handed_in(world)
    with pytest.raises(Refused) as refused:
        signing.give_back(world.session, world.dana, row, reason=" ", now=world.now)
    assert (refused.value.field, row.status) == ("reason", R.AWAITING_SIGNOFF)
    later = world.now + timedelta(days=13)
    signing.give_back(world.session, world.dana, row, reason="Say which school.", now=later)
    assert (row.status, row.given_back_at, row.expires_on) == (R.DRAFT, later, date(2026, 12, 20))
    assert signing.to_sign(world.session, world.dana) == []
    (told,) = signing.stuck(world.session, world.ben, now=later)
    assert (told.why, told.reason, told.agency) == ("given_back", "Say which school.", "Housing")
    (kept,) = row.decisions
    assert (kept.kind, reason_of(world.session, kept)) == (K.GIVEN_BACK, "Say which school.")


def test_what_was_given_back_is_mended_and_handed_in_again(world: World) -> None:
    row, s = after.given_back(world), world.session
    told = {"reason": "St Cuthbert’s.", "wishes": None, "urgency": Urgency.STANDARD, "history": {}}
    referrals.save_reason(s, row.referrer, row, **told, now=world.now)
    referrals.submit(s, row.referrer, row, now=world.now)
    assert (row.status, row.given_back_at, why(world)) == (R.AWAITING_SIGNOFF, None, [])
    signing.sign_off(s, world.dana, row, now=world.now)
    assert [one.kind for one in row.decisions] == [K.GIVEN_BACK, K.SIGNED_OFF]


@pytest.mark.parametrize("name", ["amara", "ben", "chidi", "noor", "ada", "erin"])
def test_nobody_else_signs_off_or_gives_back(world: World, name: str) -> None:
    row, who = after.handed_in(world), world.cast()[name]
    with pytest.raises(NotAllowed):
        signing.sign_off(world.session, who, row, now=world.now)
    with pytest.raises(NotAllowed):
        signing.give_back(world.session, who, row, reason="No", now=world.now)
    assert signing.to_sign(world.session, who) == []


def test_what_was_sent_or_changed_is_not_signed_off_again(world: World) -> None:
    row = after.handed_in(world)
    with pytest.raises(Stale):
        signing.sign_off(world.session, world.dana, row, now=world.now, version=row.version - 1)
    signing.sign_off(world.session, world.dana, row, now=world.now)
    with pytest.raises(WrongState):
        signing.sign_off(world.session, world.dana, row, now=world.now)
    with pytest.raises(WrongState):
        signing.give_back(world.session, world.dana, row, reason="Too late", now=world.now)


def test_a_referral_that_cannot_be_scored_is_sent_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = after.handed_in(world)
    monkeypatch.setattr(assessments, "explain", lambda *a, **k: 1 / 0)
    signing.sign_off(world.session, world.dana, row, now=world.now)
    assert (row.status, row.qualifies) == (R.SUBMITTED, None)


# --- what nobody lets go


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (datetime(2026, 11, 24, 16, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 17, 1, tzinfo=UTC), True),  # handed in on Monday: due on Tuesday at 5pm
        (WEDNESDAY, True),
    ],
)
def test_after_one_working_day_the_coordinator_is_told(world: World, moment: datetime, late: bool) -> None:
    row = after.handed_in(world)
    assert why(world, now=moment) == (["overdue"] if late else [])
    clock = signing.clock_of(world.session, row, now=moment)
    assert clock is not None
    assert (clock.state is State.OVERDUE, clock.allowed) == (late, 1)


def test_a_weekend_does_not_make_it_late(world: World) -> None:
    friday = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    policy = policies.in_force(world.session, world.area.id, friday.date())
    clocks = [
        referral_clocks.sign_off(friday, policy, world.area.nation, now)
        for now in (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), datetime(2026, 11, 30, 17, 30, tzinfo=UTC))
    ]
    assert [one.state for one in clocks] == [State.RUNNING, State.OVERDUE]


def test_it_is_told_at_once_when_the_last_manager_goes(world: World) -> None:
    row, s = after.handed_in(world), world.session
    people.exclude(s, row.referrer, row.case, user_id=world.dana.id, reason="His aunt", now=world.now)
    assert why(world) == ["nobody_left"]
    assert signing.to_sign(s, world.dana) == []


def test_the_coordinator_takes_in_what_is_late_or_was_given_back(world: World) -> None:
    late, back = after.handed_in(world), after.given_back(world)
    for row in (late, back):
        with pytest.raises(Refused) as refused:
            signing.take_in(world.session, world.ben, row, reason="", now=WEDNESDAY)
        assert refused.value.field == "reason"
        signing.take_in(world.session, world.ben, row, reason="She is in danger.", now=WEDNESDAY)
        assert (row.status, row.given_back_at, row.submitted_at) == (R.SUBMITTED, None, WEDNESDAY)
        assert row.decisions[-1].kind is K.TAKEN_IN
        with pytest.raises(NotAllowed):
            signing.take_in(world.session, world.ben, row, reason="Again", now=WEDNESDAY)
    assert set(queue(world)) == {late, back}
    assert why(world, now=WEDNESDAY) == []


def test_a_manager_has_their_day_before_anything_is_taken_in(world: World) -> None:
    row = after.handed_in(world)
    with pytest.raises(WrongState, match="still has time"):
        signing.take_in(world.session, world.ben, row, reason="At once", now=world.now)
    with pytest.raises(NotFound):
        signing.find_stuck(world.session, world.ben, row.id.hex, now=world.now)


def test_what_its_writer_is_still_changing_is_not_taken_in(world: World) -> None:
    row, s = after.given_back(world), world.session
    for one in people.in_part(row.case, Part.PERPETRATOR):
        referrals.remove_person(s, row.referrer, row, one, now=world.now)
    with pytest.raises(Refused, match="Ring them"):
        signing.take_in(s, world.ben, row, reason="Now", now=world.now)
    assert row.status is R.DRAFT


@pytest.mark.parametrize("name", ["amara", "dana", "noor", "ada", "erin", "chidi"])
def test_nobody_else_is_told_or_takes_in(world: World, name: str) -> None:
    row, who = after.given_back(world), world.cast()[name]
    assert why(world, who) == []
    with pytest.raises(NotAllowed):
        signing.take_in(world.session, who, row, reason="Mine", now=world.now)
    with pytest.raises(NotFound):
        signing.find_stuck(world.session, who, row.id.hex, now=world.now)


def test_a_coordinator_who_is_shut_out_is_not_told_and_the_chair_stands_in(world: World) -> None:
    row, s = after.given_back(world), world.session
    walls.exclude(s, row.referrer, row.case, user_id=world.ben.id, reason="Kin", now=world.now)
    assert why(world) == []
    with pytest.raises(NotFound):
        signing.find_stuck(s, world.ben, row.id.hex, now=world.now)
    assert why(world, world.chidi) == ["given_back"]
    signing.take_in(s, world.chidi, row, reason="No coordinator may.", now=world.now)
    assert queue(world, world.chidi) == [row]


def test_a_draft_that_was_never_handed_in_is_nobodys_business(world: World) -> None:
    after.asks_first(world)
    row = make.filled_draft(world, by=after.hana(world))
    assert (why(world, now=WEDNESDAY), signing.to_sign(world.session, world.dana)) == ([], [])
    with pytest.raises(NotAllowed):
        signing.take_in(world.session, world.ben, row, reason="Now", now=WEDNESDAY)
    assert signing.clock_of(world.session, row, now=WEDNESDAY) is None


def test_a_name_added_to_what_was_given_back_is_looked_at_again(world: World) -> None:
    row, s = after.given_back(world), world.session
    known = PersonDetails(name="Dana Wickfield", relationship="sister")
    referrals.save_person(s, row.referrer, row, Part.OTHER_ADULT, known, now=world.now)
    referrals.submit(s, row.referrer, row, now=world.now)
    assert (row.status, row.signoff_skipped) == (R.SUBMITTED, SignOffSkipped.NOBODY)
    assert row not in s.scalars(visible_to(world.dana, Referral)).all()


# --- the setting


def test_an_area_sets_whose_referrals_are_signed_off(world: World) -> None:
    s, starting = world.session, date(2026, 12, 1)
    with pytest.raises(Refused, match="no agency XYZ"):
        policies.sign_off_first(s, world.area, agencies=["XYZ"], days=1, starting=starting, now=world.now)
    policies.sign_off_first(s, world.area, agencies=["EDU"], days=2, starting=starting, now=world.now)
    before, then = (policies.in_force(s, world.area.id, day) for day in (world.now.date(), starting))
    assert (before.sign_off, before.sign_off_days) == ([], 1)
    assert (then.sign_off, then.sign_off_days, then.profile) == (["EDU"], 2, before.profile)
    with pytest.raises(Refused, match="begins on that day already"):
        policies.sign_off_first(s, world.area, agencies=[], days=1, starting=starting, now=world.now)


@pytest.mark.parametrize("change", [{"signoff_asked_at": None}, {"given_back_at": WEDNESDAY}])
def test_the_database_refuses_a_wait_without_a_day_and_giving_back_what_waits(
    world: World, change: dict[str, datetime | None]
) -> None:
    row = after.handed_in(world)
    for column, value in change.items():
        setattr(row, column, value)
    with pytest.raises(IntegrityError, match=r"signing_off_is_dated|given_back_is_a_draft"):
        world.session.flush()


def test_the_database_refuses_a_clock_that_runs_backwards(world: World) -> None:
    policy = world.session.query(Policy).filter_by(area_id=world.area.id).one()
    policy.sign_off_days = -1
    with pytest.raises(IntegrityError, match="clocks_run"):
        world.session.flush()
