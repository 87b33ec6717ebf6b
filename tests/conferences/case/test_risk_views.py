"""How old a case's assessment is, and how the risk has moved: like with like only."""

from datetime import UTC, datetime, timedelta

import pytest

from conferences import policies
from conferences.case import risk_views
from conferences.checklist import assessments
from conferences.models import Case, Referral
from tests import make
from tests.make import World


def again(
    world: World, case: Case, *, yes: int, days: int, history: dict[str, object] | None = None
) -> Referral:
    """A further referral of the same people, so many days later, put onto their case."""
    row = make.sent_referral(world, yes=yes, history=history, now=world.now + timedelta(days=days))
    row.case = case
    world.session.flush()
    return row


def test_the_clock_counts_days_from_the_last_signed_checklist(world: World) -> None:
    sent = make.sent_referral(world)
    clock = risk_views.clock(world.session, world.ben, sent.case, world.now + timedelta(days=12))
    assert clock is not None
    assert (clock.days, clock.title) == (12, "SafeLives Dash risk checklist")
    assert clock.level == "high: at or above the referral count"
    assert (clock.due_at, clock.reopened_by) == (None, None)
    assert clock.reopen_on == ("new_incident", "separation", "release", "breach", "birth", "hearing")
    assert clock.is_due(world.now) is False


def test_a_level_raised_on_judgement_says_so_and_nothing_of_a_count(world: World) -> None:
    sent = make.sent_referral(world, yes=4)
    clock = risk_views.clock(world.session, world.ben, sent.case, world.now)
    assert clock is not None
    assert clock.level == "high: professional judgement"


def test_an_unfinished_checklist_starts_no_clock(world: World) -> None:
    assert risk_views.clock(world.session, world.amara, make.filled_draft(world).case, world.now) is None


def test_the_checklists_own_incidents_do_not_reopen_it(world: World) -> None:
    today = {"incidents": [world.now.date().isoformat()]}
    sent = make.sent_referral(world, history=today)
    clock = risk_views.clock(world.session, world.ben, sent.case, world.now)
    assert clock is not None
    assert clock.due_at is None


@pytest.mark.parametrize(("kind", "told"), [(None, "new_incident"), ("breach_of_order", "breach")])
def test_what_is_told_later_reopens_it(world: World, kind: str | None, told: str) -> None:
    sent = make.sent_referral(world)
    later = make.filled_draft(
        world,
        now=world.now + timedelta(days=5),
        history={"incidents": ["2026-11-27"], "incident_kind": kind},
    )
    later.case = sent.case
    world.session.flush()
    clock = risk_views.clock(world.session, world.amara, sent.case, world.now + timedelta(days=6))
    assert clock is not None
    assert clock.due_at == datetime(2026, 11, 27, tzinfo=UTC)
    assert clock.reopened_by == told
    assert clock.is_due(world.now + timedelta(days=6)) is True


def test_one_checklist_is_no_trend(world: World) -> None:
    assert risk_views.trend(world.session, world.ben, make.sent_referral(world).case) is None


def test_two_of_a_kind_are_put_side_by_side(world: World) -> None:
    case = make.sent_referral(world, yes=13).case
    again(world, case, yes=15, days=30)
    trend = risk_views.trend(world.session, world.ben, case)
    assert trend is not None
    assert [(row.low, row.high) for row in trend.rows] == [(15, 15), (13, 13)]
    assert [(change.item, change.before, change.after) for change in trend.changes] == [
        ("14", "no", "yes"),
        ("15", "no", "yes"),
    ]
    assert trend.others == 0


def test_another_checklist_is_never_compared(world: World) -> None:
    case = make.sent_referral(world).case
    policies.in_force(world.session, world.area.id, world.now.date()).checklists = ["s-dash"]
    other = make.draft(world)
    assessments.choose(world.session, world.amara, other, "s-dash", now=world.now)
    other.case = case
    other.assessment.completed_at = world.now - timedelta(days=1)
    other.assessment.completed_by_id = world.amara.id
    world.session.flush()
    assert risk_views.trend(world.session, world.amara, case) is None
    again(world, case, yes=14, days=2)
    trend = risk_views.trend(world.session, world.amara, case)
    assert trend is not None
    assert (len(trend.rows), trend.others) == (2, 1)


def test_a_checklist_whose_edition_changed_is_left_out(world: World) -> None:
    sent = make.sent_referral(world)
    sent.assessment.definition_hash = "0" * 64
    assert risk_views.clock(world.session, world.ben, sent.case, world.now) is None


def test_somebody_who_may_not_know_of_it_sees_no_clock(world: World) -> None:
    case = make.sent_referral(world).case
    assert risk_views.clock(world.session, world.erin, case, world.now) is None
    assert risk_views.trend(world.session, world.erin, case) is None
