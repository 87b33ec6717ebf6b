"""The least and the most that may be typed in, on both sides."""

import pytest

import risk
from risk.context import MOST_EVENTS, read_context
from risk.errors import shown
from risk.loading import read_edition
from tests.risk.broken import EDITION

EVENT = {"date": "2026-01-01"}


@pytest.mark.parametrize(
    ("key", "fits", "does_not"),
    [
        ("police_callouts", 0, -1),
        ("police_callouts", 10_000, 10_001),
        ("victim_age", 0, -1),
        ("victim_age", 130, 131),
        ("victim_view", "x" * 200, "x" * 201),
        ("assessed_on", "2026-11-21", "2026-11-2"),
        ("assessed_at", "2026-11-21T09:30:00.123456+00:00", "2026-11-21T09:30:00" + "0" * 30),
        ("assessed_at", "2026-11-21T09:30", "2026-11-21T9:30"),
        ("assessed_at", "2026-11-21T09:30:00Z", "2026-11-21T09:30:00Y"),
        ("assessed_at", "2026-11-21 09:30:00", "2026-11-21T25:30:00"),
        ("assessed_on", "2026-11-21", "20261121T9"),
        ("events", [EVENT] * 1000, [EVENT] * 1001),
        ("judgement", {"refer": True, "reason": "x" * 20_000}, {"refer": True, "reason": "x" * 20_001}),
        ("judgement", {"refer": False}, {"refer": True}),
    ],
)
def test_what_fits_and_what_does_not(key, fits, does_not):
    assert key in read_context({key: fits})
    with pytest.raises(risk.BadContext, match=rf"context\.{key}"):
        read_context({key: does_not})


def test_the_limits_are_as_documented():
    assert MOST_EVENTS == 1000


def test_an_event_has_a_kind_and_a_pair_when_nothing_is_said():
    event = read_context({"events": [EVENT]})["events"][0]
    assert (event.kind, event.same_pair) == ("incident", True)
    incident = read_context({"new_incident": EVENT})["new_incident"]
    assert (incident.kind, incident.same_pair) == (None, True)
    apart = read_context({"new_incident": {**EVENT, "same_pair": False}})["new_incident"]
    assert apart.same_pair is False


def test_what_was_judged_is_trimmed_and_a_refusal_needs_a_reason_to_count():
    judged = read_context({"judgement": {"refer": False, "reason": "  Away. "}})["judgement"]
    assert (judged.refer, judged.declines, judged.reason) == (False, True, "Away.")
    assert not read_context({"judgement": {"refer": False}})["judgement"].declines
    assert not read_context({"judgement": {"reason": "Away."}})["judgement"].declines
    assert not read_context({"judgement": {"refer": True, "reason": "Near."}})["judgement"].declines


def test_what_is_repeated_in_a_message_is_cut_short():
    assert shown("x" * 58) == "'" + "x" * 58 + "'"
    assert shown("x" * 59) == "'" + "x" * 56 + "..."
    assert shown(None) == "None"
    assert shown({"a": 1}) == "dict"


def test_a_definition_has_a_greatest_length(tmp_path):
    file = tmp_path / "long.toml"
    file.write_text(EDITION + "#" * (400_000 - len(EDITION)))
    assert read_edition(file).slug == "small"
    file.write_text(EDITION + "#" * (400_001 - len(EDITION)))
    with pytest.raises(risk.BadDefinition, match="longer than 400000 bytes"):
        read_edition(file)


def test_numbers_of_children_up_to_fifty():
    assert risk.assess(risk.edition("odara"), {"8": 50}).score == 1
    assert risk.assess(risk.edition("odara"), {"8": 0}).score == 0


@pytest.mark.parametrize(("counts", "least", "most"), [({"present": 8}, 1, 1), ({"absent": 8}, 0, 0)])
def test_all_eight_parts_may_be_counted(counts, least, most):
    found = risk.assess(
        risk.edition("odara"), {"11": counts, **{str(n): "no" for n in (*range(1, 11), 12, 13)}}
    )
    assert (found.score_min, found.score_max) == (least, most)


def test_events_are_counted_by_window_kind_and_pair():
    def counted(*events):
        context = {"assessed_on": "2026-11-21", "events": list(events)}
        found = risk.score(risk.plan_for(risk.edition("safelives-dash-ric")), {}, context, None)
        return found.evidence.low["events12"]

    assert counted({"date": "2026-11-21"}, {"date": "2025-11-21"}) == 2
    assert counted({"date": "2026-11-22"}, {"date": "2025-11-20"}) == 0
    assert counted({"date": "2026-11-21", "kind": "callout"}) == 0
    assert counted({"date": "2026-11-21", "same_pair": False}) == 0
