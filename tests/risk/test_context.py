"""Facts beside the answers: each is checked, an unknown one is refused, and its key is named."""

from datetime import UTC, date, datetime

import pytest

import risk
from risk.context import read_context

DASH = risk.edition("safelives-dash-ric")


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"weather": "wet"}, "'weather' is not a fact"),
        ({1: "wet"}, "1 is not a fact"),
        (["x"], "context: must be an object"),
        ({"escalating": "yes"}, "context.escalating: must be true or false"),
        ({"police_callouts": "3"}, "context.police_callouts"),
        ({"police_callouts": -1}, "context.police_callouts"),
        ({"police_callouts": True}, "context.police_callouts"),
        ({"victim_age": 131}, "context.victim_age: must be an age"),
        ({"victim_age": 17.5}, "context.victim_age: must be an age"),
        ({"relationship": "friend"}, "context.relationship: must be one of intimate, family, other"),
        ({"relationship": 3}, "context.relationship"),
        ({"assessed_on": "yesterday"}, "context.assessed_on: must be a day"),
        ({"assessed_on": 20261121}, "context.assessed_on: must be a day"),
        ({"assessed_on": "2026-02-30"}, "context.assessed_on: must be a day"),
        ({"judgement": "refer"}, "context.judgement: must be an object"),
        ({"judgement": {"refer": True}}, "context.judgement.reason: a judgement needs its reason"),
        ({"judgement": {"refer": True, "reason": "  "}}, "needs its reason"),
        ({"judgement": {"refer": True, "reason": 3}}, "context.judgement.reason"),
        ({"judgement": {"refer": True, "reason": "x" * 20_001}}, "at most 20000"),
        ({"judgement": {"refer": "yes", "reason": "x"}}, "context.judgement.refer"),
        ({"judgement": {"refer": True, "reason": "x", "mood": "y"}}, "'mood' is not a key"),
        ({"judgement": {"level": "huge", "reason": "x"}}, "context.judgement.level: takes one of"),
        ({"judgement": {"level": "high"}}, "needs its reason"),
        ({"judgement": {"refer": True, "reason": "x", "role": "y" * 201}}, "context.judgement.role"),
        ({"events": "three"}, "context.events: must be a list"),
        ({"events": [{}] * 1001}, "at most 1000"),
        ({"events": ["x"]}, r"context.events\[0\]: must be an object"),
        ({"events": [{"date": "2026-01-01", "kind": "party"}]}, r"context.events\[0\].kind"),
        ({"events": [{"kind": "crime"}]}, r"context.events\[0\].date"),
        ({"events": [{"date": "2026-01-01", "same_pair": "no"}]}, r"context.events\[0\].same_pair"),
        ({"events": [{"date": "2026-01-01"}]}, "context.assessed_on: is needed"),
        ({"new_incident": {"date": "2026-01-01", "kind": "party"}}, "context.new_incident.kind"),
        ({"victim_view": "huge"}, "context.victim_view: takes one of"),
        ({"victim_view": ""}, "context.victim_view"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(context, message):
    with pytest.raises(risk.BadContext, match=message):
        risk.assess(DASH, {}, context)


def test_a_fact_left_empty_is_a_fact_not_given():
    assert read_context({"escalating": None, "victim_age": 20}) == {"victim_age": 20}


def test_days_may_come_as_days_or_as_words():
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    for said in (at, at.date(), "2026-11-21", "2026-11-21T09:30:00+00:00"):
        assert read_context({"assessed_at": said})["assessed_at"] == date(2026, 11, 21)


def test_today_stands_in_for_the_day_of_assessment():
    context = {"events": [{"date": "2026-11-20"}, {"date": "2026-11-19"}, {"date": "2026-11-18"}]}
    assert risk.assess(DASH, {}, context, today=date(2026, 11, 21)).refer
    assert not risk.assess(DASH, {}, context, today=date(2026, 11, 19)).refer


def test_who_judged_and_when_is_kept_with_the_ground():
    judgement = {"refer": True, "reason": "She is afraid.", "by": "Amara", "at": "2026-11-21T09:30:00Z"}
    ground = risk.assess(DASH, {}, {"judgement": judgement}).grounds[0]
    assert (ground.by, ground.at, ground.because) == ("Amara", "2026-11-21T09:30:00Z", "She is afraid.")


def test_an_instrument_without_levels_takes_no_level():
    with pytest.raises(risk.BadContext, match="this instrument has no levels"):
        risk.assess(risk.edition("s-dash"), {}, {"judgement": {"level": "high", "reason": "x"}})


def test_a_victims_view_is_kept_out_of_instruments_that_do_not_ask_for_it():
    assert risk.assess(DASH, {}, {"victim_view": "high"}).level is None
