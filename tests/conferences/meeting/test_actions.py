"""Commitments: kept, late, not possible and not done are different things, and nothing is deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from conferences.errors import NotAllowed, Refused, Stale, WrongState
from conferences.meeting import actions, meetings
from conferences.models import Action, ActionStatus, RiskNow
from conferences.sealing import unseal
from tests import make
from tests.make import World


def test_an_action_offered_is_accepted_and_one_for_an_absent_agency_is_proposed(world: World) -> None:
    turn = make.opened_listing(world)
    assert make.action(world, turn).status is ActionStatus.ACCEPTED
    assert make.action(world, turn, offered=False).status is ActionStatus.PROPOSED


@pytest.mark.parametrize("field", ["what", "owner", "evidence"])
def test_a_promise_has_words_a_named_person_and_evidence(world: World, field: str) -> None:
    turn = make.opened_listing(world)
    whole = {"what": "Change the lock", "owner": "Joel", "evidence": "Job number"}
    promise = actions.Promise(due_on=world.now.date(), **(whole | {field: ""}))
    with pytest.raises(Refused) as refused:
        actions.agree(
            world.session, world.chidi, turn, world.agencies["HSG"], make.risk(world, turn), promise,
            now=world.now,
        )  # fmt: skip
    assert refused.value.field == field


def test_a_date_in_the_past_a_foreign_agency_and_a_foreign_risk_are_refused(world: World) -> None:
    turn = make.opened_listing(world)
    other = make.listing(world, meeting=make.conference(world, days=16), victim="Other Person")
    promise = actions.Promise("Change the lock", "Joel", world.now.date(), "Job number")
    past = actions.Promise("Change the lock", "Joel", world.now.date() - timedelta(days=1), "Job number")
    risk, foreign = make.risk(world, turn), make.risk(world, turn)
    foreign.listing_id = other.id
    assert world.erin.agency is not None
    for agency, lowers, said, field in (
        (world.agencies["HSG"], risk, past, "due_on"),
        (world.erin.agency, risk, promise, "agency"),
        (world.agencies["HSG"], foreign, promise, "risk"),
    ):
        with pytest.raises(Refused) as refused:
            actions.agree(world.session, world.chidi, turn, agency, lowers, said, now=world.now)
        assert refused.value.field == field


def test_actions_are_agreed_while_the_case_is_heard(world: World) -> None:
    turn = make.action(world).listing
    meetings.conclude(world.session, world.chidi, turn, make.conclusion(), now=world.now)
    promise = actions.Promise("Change the lock", "Joel", world.now.date(), "Job number")
    with pytest.raises(WrongState):
        actions.agree(
            world.session, world.chidi, turn, world.agencies["HSG"], turn.risks[0], promise, now=world.now
        )


def test_an_agency_keeps_its_word(world: World) -> None:
    s, row = world.session, make.action(world)
    actions.start(s, world.dana, row, note="Booked", now=world.now)
    actions.note(s, world.dana, row, words="Contractor comes Friday", now=world.now)
    actions.complete(s, world.dana, row, outcome="Fitted, job 12", risk_now=RiskNow.LOWER, now=world.now)
    assert (row.status, row.completed_by_id) == (ActionStatus.DONE, world.dana.id)
    history = [(u.status, unseal(s, u, "note")) for u in row.updates]
    assert history == [
        (ActionStatus.IN_PROGRESS, "Booked"),
        (ActionStatus.IN_PROGRESS, "Contractor comes Friday"),
        (ActionStatus.DONE, "Fitted, job 12"),
    ]
    with pytest.raises(WrongState):
        actions.complete(s, world.dana, row, outcome="Again", risk_now=RiskNow.LOWER, now=world.now)


def test_completing_needs_what_happened_and_the_risk_now(world: World) -> None:
    row = make.action(world)
    with pytest.raises(Refused) as first:
        actions.complete(world.session, world.dana, row, outcome="", risk_now=RiskNow.SAME, now=world.now)
    with pytest.raises(Refused) as second:
        actions.complete(world.session, world.dana, row, outcome="Done", risk_now=None, now=world.now)
    assert (first.value.field, second.value.field) == ("outcome", "risk_now")
    assert row.status is ActionStatus.ACCEPTED


def test_another_agency_or_a_stranger_answers_nothing(world: World) -> None:
    row = make.action(world)
    for user in (world.amara, world.noor, world.chidi, world.erin, world.ada):
        with pytest.raises(NotAllowed):
            actions.not_done(world.session, user, row, reason="x", now=world.now)


def test_not_possible_waits_for_the_coordinator_and_not_done_does_not(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    moved, missed = make.action(world, turn), make.action(world, turn)
    actions.not_possible(s, world.dana, moved, reason="She moved", now=world.now)
    actions.not_done(s, world.dana, missed, reason="Nobody rebooked", now=world.now)
    with pytest.raises(NotAllowed):
        actions.confirm_not_possible(s, world.dana, moved, now=world.now)
    actions.confirm_not_possible(s, world.ben, moved, now=world.now)
    assert moved.confirmed_by_id == world.ben.id
    for settled in (moved, missed):
        with pytest.raises(WrongState):
            actions.confirm_not_possible(s, world.ben, settled, now=world.now)


def test_the_coordinator_may_send_it_back_but_not_after_confirming(world: World) -> None:
    s, row = world.session, make.action(world)
    actions.not_possible(s, world.dana, row, reason="Landlord refused", now=world.now)
    with pytest.raises(Refused):
        actions.send_back(s, world.ben, row, reason="", now=world.now)
    actions.send_back(s, world.ben, row, reason="Ask the new landlord", now=world.now)
    assert row.status is ActionStatus.IN_PROGRESS
    actions.not_possible(s, world.dana, row, reason="New landlord refused", now=world.now)
    actions.confirm_not_possible(s, world.ben, row, now=world.now)
    with pytest.raises(WrongState):
        actions.send_back(s, world.ben, row, reason="Again", now=world.now)


@pytest.mark.parametrize("verb", ["not_possible", "not_done"])
def test_an_unkept_promise_needs_a_reason(world: World, verb: str) -> None:
    with pytest.raises(Refused):
        getattr(actions, verb)(world.session, world.dana, make.action(world), reason="", now=world.now)


def test_an_absent_agency_accepts_and_names_someone(world: World) -> None:
    row = make.action(world, offered=False)
    actions.accept(world.session, world.dana, row, owner="Dana Wickfield", now=world.now)
    assert row.status is ActionStatus.ACCEPTED
    assert actions.promise_of(world.session, row).owner == "Dana Wickfield"


def test_the_chair_releases_with_a_reason(world: World) -> None:
    s, row = world.session, make.action(world)
    with pytest.raises(NotAllowed):
        actions.release(s, world.ben, row, reason="x", now=world.now)
    with pytest.raises(Refused):
        actions.release(s, world.chidi, row, reason="", now=world.now)
    actions.not_possible(s, world.dana, row, reason="She moved", now=world.now)
    actions.confirm_not_possible(s, world.ben, row, now=world.now)
    actions.release(s, world.chidi, row, reason="She is safe elsewhere", now=world.now)
    assert (row.status, row.confirmed_at) == (ActionStatus.RELEASED, None)


def test_another_agency_takes_a_promise_over_and_the_first_stays_in_the_record(world: World) -> None:
    s, row = world.session, make.action(world)
    due = world.now.date() + timedelta(days=3)
    with pytest.raises(NotAllowed):
        actions.reassign(
            s, world.dana, row, world.agencies["POL"], owner="Orla", due_on=due, reason="x", now=world.now
        )
    for agency, reason, field in (("HSG", "They have a key", "agency"), ("POL", "", "reason")):
        with pytest.raises(Refused) as refused:
            actions.reassign(
                s, world.ben, row, world.agencies[agency], owner="Orla", due_on=due, reason=reason,
                now=world.now,
            )  # fmt: skip
        assert refused.value.field == field
    taken = actions.reassign(
        s, world.ben, row, world.agencies["POL"], owner="Orla", due_on=due, reason="They fit locks",
        now=world.now,
    )  # fmt: skip
    assert (row.status, taken.status, taken.instead_of_id) == (
        ActionStatus.REASSIGNED,
        ActionStatus.PROPOSED,
        row.id,
    )
    assert actions.promise_of(s, taken).what == "Change the front door lock"


def test_overdue_and_late_are_counted_in_working_days_and_never_stored(world: World) -> None:
    s, row = world.session, make.action(world, due_in=2)
    due = row.due_on
    assert actions.overdue_by(s, row, due) == 0
    assert actions.overdue_by(s, row, due + timedelta(days=1)) == 1
    assert actions.overdue_by(s, row, due + timedelta(days=7)) == 5
    later = world.now + timedelta(days=5)
    actions.complete(s, world.dana, row, outcome="Fitted", risk_now=RiskNow.LOWER, now=later)
    assert actions.was_late(row)
    assert actions.overdue_by(s, row, due + timedelta(days=7)) == 0
    assert row.due_on == due


def test_one_day_over_a_weekend_is_still_overdue(world: World) -> None:
    row = make.action(world, due_in=4)
    assert row.due_on.isoformat() == "2026-11-27"
    assert actions.overdue_by(world.session, row, row.due_on + timedelta(days=1)) == 1


def test_an_agency_sees_its_own_list_in_order_of_date(world: World) -> None:
    s, turn = world.session, make.opened_listing(world)
    late, soon = make.action(world, turn, due_in=9), make.action(world, turn, due_in=1)
    make.action(world, turn, agency="POL")
    assert actions.list_for(s, world.dana) == [soon, late]
    assert len(actions.list_for(s, world.ben)) == 3
    assert actions.list_for(s, world.ben, world.agencies["POL"])[0].agency.code == "POL"
    assert actions.list_for(s, world.noor) == []


def test_a_stale_form_changes_nothing(world: World) -> None:
    row = make.action(world)
    with pytest.raises(Stale):
        actions.start(world.session, world.dana, row, now=world.now, version=row.version + 1)


def test_the_database_refuses_a_done_action_without_words_or_a_signature(world: World) -> None:
    row = make.action(world)
    row.status = ActionStatus.DONE
    with pytest.raises(IntegrityError, match="completed_is_signed_and_dated"):
        world.session.flush()


def test_the_service_cannot_delete_anything(world: World) -> None:
    row = make.action(world)
    world.session.flush()
    with pytest.raises(ProgrammingError, match="permission denied"):
        world.session.execute(text("DELETE FROM action WHERE id = :id"), {"id": row.id})


def test_the_trail_can_only_be_added_to(world: World) -> None:
    make.action(world)
    for statement in ("UPDATE audit_entry SET kind = 'x'", "DELETE FROM audit_entry"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            world.session.begin_nested(),
        ):
            world.session.execute(text(statement))
    assert world.session.query(Action).count() == 1
