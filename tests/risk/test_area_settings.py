"""An area's dated policy, the risk clock, and two checklists side by side."""

from datetime import UTC, date, datetime, timedelta

import pytest

import risk
from risk.policy import Policy, policy_on

DASH = risk.edition("safelives-dash-ric")
OLD = Policy(in_force_from=date(2020, 4, 1), profile="repeat-definition-legacy")
NEW = Policy(in_force_from=date(2026, 4, 1), profile="safelives-national")
HEARD = Policy(
    in_force_from=date(2026, 4, 1), profile="safelives-national", repeat=risk.RepeatRule(anchor="last_heard")
)


def test_the_policy_in_force_is_the_latest_that_has_begun():
    assert policy_on([NEW, OLD], date(2026, 3, 31)) == OLD
    assert policy_on([OLD, NEW], date(2026, 4, 1)) == NEW
    with pytest.raises(risk.UnknownInstrument, match="none is in force on 1 January 2020"):
        policy_on([OLD, NEW], date(2020, 1, 1))


def test_an_area_may_choose_its_own_anchor():
    context = {
        "last_referral_on": "2025-01-01",
        "last_heard_on": "2025-02-01",
        "new_incident": {"date": "2026-01-15"},
    }
    assert not risk.assess(DASH, {}, context, profile=NEW.rules_profile()).refer
    found = risk.assess(DASH, {}, context, profile=HEARD.rules_profile())
    assert [ground.id for ground in found.grounds] == ["repeat"]
    assert found.profile_hash.endswith("+any_abuse-last_heard-12")


AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def test_a_level_has_its_review_interval():
    rules = risk.edition("viogen-vpr").rules
    assert risk.review_due(rules, "extreme", AT).at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert risk.review_due(rules, None, AT).at is None


def test_a_dated_event_brings_the_review_forward():
    rules = risk.edition("viogen-vpr").rules
    release = [
        (date(2026, 11, 23), "release"),
        (date(2026, 11, 1), "release"),
        (date(2026, 11, 22), "birthday"),
    ]
    due = risk.review_due(rules, "low", AT, release)
    assert (due.at, due.reopened_by) == (datetime(2026, 11, 23, tzinfo=UTC), "release")
    assert risk.review_due(rules, "extreme", AT, [(date(2027, 1, 1), "release")]).reopened_by is None
    at_the_moment = datetime(2026, 11, 24, tzinfo=UTC)
    before = at_the_moment - timedelta(hours=72)
    tie = risk.review_due(rules, "extreme", before, [(date(2026, 11, 24), "release")])
    assert tie == (at_the_moment, None)
    same_day = risk.review_due(DASH.rules, "high", AT, [(AT.date(), "breach")])
    assert (same_day.at, same_day.reopened_by) == (AT, "breach")


def test_a_period_of_days_may_end_before_the_levels_own():
    review = risk.edition("viogen-vpr").rules.review.model_copy(update={"stale_after_days": 5})
    rules = risk.edition("viogen-vpr").rules.model_copy(update={"review": review})
    assert risk.review_due(rules, "low", AT).at == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    assert risk.review_due(rules, "extreme", AT).at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert risk.review_due(rules, None, AT).at == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def test_two_checklists_of_one_edition_show_what_changed():
    found = risk.changed_items(DASH, {"1": "yes", "2": "no"}, DASH, {"1": "yes", "2": "yes", "3": "refused"})
    assert [(one.item, one.before, one.after) for one in found] == [
        ("2", "no", "yes"),
        ("3", "not_asked", "refused"),
    ]


def test_only_like_is_compared_with_like():
    with pytest.raises(risk.RiskError, match="cannot be compared"):
        risk.changed_items(DASH, {}, risk.edition("s-dash"), {})


def test_names_nobody_ships_are_refused():
    for ask in (
        lambda: risk.edition("dash-24"),
        lambda: risk.edition("dvsat", "1999.1"),
        lambda: risk.profile("x"),
    ):
        with pytest.raises(risk.UnknownInstrument):
            ask()
    with pytest.raises(risk.BadContext, match=r"kingston belongs to safelives-dash-ric@2009\.1"):
        risk.assess(risk.edition("dvsat"), {}, profile="kingston")


def test_the_edition_of_a_day():
    assert risk.edition("viogen-vpr", on=date(2020, 1, 1)).version == "2014.1"
    assert risk.edition("viogen-vpr", on=date(2026, 1, 1)).version == "2025.1"
    assert risk.edition("viogen-vpr", on=date(1990, 1, 1)).version == "2025.1"
    assert risk.edition("viogen-vpr", on=date(2014, 1, 1)).version == "2014.1"
    assert risk.edition("viogen-vpr", on=date(2024, 12, 31)).version == "2014.1"
    assert risk.edition("viogen-vpr", on=date(2025, 1, 1)).version == "2025.1"
    assert risk.edition("viogen-vpr").version == "2025.1"
    assert DASH.sections[0].title == "What has just happened"
    assert DASH.answer_set == ("yes", "no", "dont_know", "refused")
    assert risk.edition("viogen-vpr").answer_set == ()
