"""What nobody knows yet points nowhere and counts for nothing; what is measured at its very edge."""

import risk
from risk.changes import to_hold
from risk.conditions import parse
from risk.lines import line_of
from risk.loading import read_edition
from risk.measures import gather
from tests.risk.broken import EDITION

DASH = risk.edition("safelives-dash-ric")
DVSAT = risk.edition("dvsat")


def test_an_open_item_brings_no_prompt_and_no_further_checklist():
    found = risk.assess(DASH, dict.fromkeys(map(str, range(1, 25)), "dont_know"))
    assert (found.prompts, found.followups, found.flags, found.alerts) == ((), (), (), ())


def test_half_a_pattern_with_the_rest_open_brings_no_prompt():
    found = risk.assess(DASH, {"6": "yes", "12": "yes", "13": "dont_know"})
    assert [one.id for one in found.prompts] == []
    assert [one.id for one in risk.assess(DASH, {"6": "yes", "12": "yes", "13": "yes"}).prompts] == [
        "cluster_of_three"
    ]


def test_an_age_or_relationship_nobody_recorded_sends_nobody_elsewhere():
    for slug in (
        "safelives-dash-ric",
        "danger-assessment",
        "lap-lethality-screen",
        "dvsat",
        "odara",
        "s-dash",
    ):
        assert risk.assess(risk.edition(slug), {}).routes == ()
    young = risk.assess(risk.edition("safelives-dash-yp"), {}).routes
    assert [route.gate for route in young] == ["always_childrens_services"]


def test_a_level_named_that_is_no_higher_raises_nothing_and_says_nothing():
    fourteen = {str(item): "yes" if item <= 14 else "no" for item in range(1, 25)}
    for level in ("high", "below_threshold"):
        found = risk.assess(DASH, fourteen, {"judgement": {"level": level, "reason": "x"}})
        assert (found.level, found.level_set_by) == ("high", "computed")
        assert not [line for line in found.why if line.startswith("Level")]
        assert (found.dissent is None) is (level == "high")


def test_a_number_nobody_gave_is_nought():
    found = risk.assess(DVSAT, {}, profile="dvsat-2014")
    assert "Three earlier incidents: 0 prior incidents; the line is 3" in found.not_why
    two = risk.assess(DVSAT, {}, {"prior_incidents": 2}, profile="dvsat-2014")
    assert "Three earlier incidents: 2 prior incidents; the line is 3" in two.not_why


def test_weights_are_counted_as_weights():
    plan = risk.plan_for(risk.edition("epv-r"))
    readings = risk.score(plan, {item.id: "no" for item in plan.edition.items}, None, None).readings
    for points, answers in ((9, 3), (10, 4), (24, 8), (33, 11), (34, 12), (48, 20)):
        assert len(to_hold(plan, readings, parse({"measure": "total", "gte": points}))) == answers


def measured(tmp_path, measure, answers, context=None):
    """Both ends of one more measure on the small checklist."""
    file = tmp_path / "small.toml"
    file.write_text(EDITION.replace("pair = {", f"more = {measure}\npair = {{", 1))
    found = risk.score(risk.plan_for(read_edition(file)), answers, context, None)
    assert gather(found.plan, found.readings, found.columns, found.facts).low == found.evidence.low
    return found.evidence.low["more"], found.evidence.high["more"]


def test_so_many_of_some_items_holds_from_that_many_on(tmp_path):
    two = '{ k_of_n = { items = ["1", "2", "3a"], is = "yes", k = 2 } }'
    yes = {"1": "yes", "2": "yes", "3": "always", "3a": "no"}
    assert measured(tmp_path, two, yes) == (1, 1)
    assert measured(tmp_path, two, yes | {"2": "no"}) == (0, 0)
    assert measured(tmp_path, two, yes | {"2": "dont_know"}) == (0, 1)
    assert measured(tmp_path, two, yes | {"1": "no", "2": "dont_know"}) == (0, 0)


def test_days_since_count_from_nought_and_never_backwards(tmp_path):
    since = '{ days_since = "last_referral_on" }'
    day = {"assessed_on": "2026-11-21"}
    assert measured(tmp_path, since, {}, day) == (0, 0)
    assert measured(tmp_path, since, {}, {"last_referral_on": "2026-11-21"}) == (0, 0)
    assert measured(tmp_path, since, {}, day | {"last_referral_on": "2026-11-21"}) == (0, 0)
    assert measured(tmp_path, since, {}, day | {"last_referral_on": "2026-11-20"}) == (1, 1)
    assert measured(tmp_path, since, {}, day | {"last_referral_on": "2026-11-30"}) == (0, 0)


def test_without_a_number_the_first_of_several_tables_is_meant():
    assert line_of("[[a]]\nx = 1\n[[a]]\nx = 2\n", ["a", "x"]) == 2
    assert line_of("[[a]]\nx = 1\n[[a]]\nx = 2\n", ["a", 1, "x"]) == 4


def test_an_open_item_worth_nothing_could_not_decide_anything():
    """The last item of the twenty and the kind of weapon count nothing; the gun counts five."""
    danger = risk.edition("danger-assessment")
    known = {one.id: "no" for one in danger.items if one.id not in {"2", "5a", "20"}}
    found = risk.assess(danger, known | {"5": "yes", "8": "yes"})
    assert {one.item: one.could_decide for one in found.unknown} == {"2": True, "5a": False, "20": False}
