"""What is said, in which order, and what would change it."""

from itertools import combinations

import pytest

import risk
from risk.changes import to_fail, to_hold, with_answers
from risk.conditions import All, Any_, Compare, Evidence, ItemIs, Judged, Not, parse
from risk.loading import read_edition
from risk.measures import columns_of, gather
from risk.plan import plan_for
from risk.sentences import because
from tests.risk.broken import EDITION

DASH = risk.edition("safelives-dash-ric")
THIRTEEN = {str(number): "yes" if number <= 13 else "no" for number in range(1, 25)}
MORE = """\
three = { k_of_n = { items = ["1", "2"], is = "yes", k = 2 } }
some = { sum = ["1", "1a", "2"] }
plain = { count = { items = ["2"] } }
incidents = { number = "incidents" }
since = { days_since = "last_referral_on" }

[threshold]"""


def small(tmp_path, text=EDITION):
    file = tmp_path / "small.toml"
    file.write_text(text)
    return read_edition(file)


def test_grounds_come_first_then_the_count_then_the_unknown():
    answers = THIRTEEN | {"22": "dont_know", "23": "refused"}
    context = {"judgement": {"refer": True, "reason": "He has a key."}}
    found = risk.assess(DASH, answers, context)
    assert found.why == (
        "Professional judgement: He has a key.",
        "13 yes of 24; 14 would refer by count",
        "1 not known, 1 declined: the count could be 13 to 15",
    )
    assert found.not_why == (
        "The answers (possible): 13 to 15 yes answers; the line is 14",
        "It is happening more often: 0 qualifying events in 12 months; the line is 3",
        "It has happened again within 12 months: no earlier referral is recorded",
    )
    assert found.limits[0] == "A count of indicators, not a probability."
    assert [(one.item, one.could_help, one.could_decide) for one in found.unknown] == [
        ("22", ("mental_health", "health", "police"), True),
        ("23", ("police", "probation"), True),
    ]


def test_what_would_raise_it():
    change = risk.assess(DASH, THIRTEEN | {"22": "dont_know", "23": "refused"}).counterfactual.up
    assert (change.to, change.choose, change.items) == ("high", 1, ("22", "23"))
    assert change.sentence == "If 1 of these 2 is in fact yes, the answers alone give high."
    assert risk.assess(DASH, THIRTEEN).counterfactual.up.sentence == (
        "If 1 answer was different, the answers alone give high."
    )
    two_open = risk.assess(DASH, THIRTEEN | {"12": "dont_know", "13": "dont_know"}).counterfactual.up
    assert two_open.sentence == "If 3 answers were different, the answers alone give high."
    one_open = risk.assess(DASH, THIRTEEN | {"14": "dont_know"}).counterfactual.up
    assert one_open.sentence == "If this one is in fact yes, the answers alone give high."


def test_what_would_lower_it():
    sixteen = {str(number): "yes" if number <= 16 else "no" for number in range(1, 25)}
    change = risk.assess(DASH, sixteen).counterfactual.down
    assert (change.to, change.choose) == ("below_threshold", 3)
    assert change.sentence == "If 3 answers were in fact no, the answers alone give less."
    judged = {"judgement": {"refer": True, "reason": "He has a key."}}
    change = risk.assess(DASH, sixteen, judged).counterfactual.down
    assert (change.to, change.items, change.facts) == (None, (), ("professional_judgement",))
    assert change.sentence == "Nothing on this form would lower it: professional judgement is enough."
    assert risk.assess(DASH, THIRTEEN).counterfactual.down is None
    fourteen = {**sixteen, "15": "no", "16": "no"}
    assert "If 1 answer were" in risk.assess(DASH, fourteen).counterfactual.down.sentence


def test_two_grounds_apart_from_the_form_are_each_enough():
    context = {
        "judgement": {"refer": True, "reason": "He has a key."},
        "last_referral_on": "2026-01-01",
        "new_incident": {"date": "2026-05-01"},
    }
    change = risk.assess(DASH, {}, context).counterfactual.down
    assert change.facts == ("professional_judgement", "repeat")
    assert change.sentence.endswith("professional judgement and repeat are each enough.")


def test_nothing_is_said_where_nothing_can_change():
    top = risk.assess(DASH, {item.id: "yes" for item in DASH.items})
    assert top.counterfactual.up is None
    chosen = risk.assess(risk.edition("maram"), {"level": "elevated"})
    assert chosen.counterfactual.up is None
    assert chosen.counterfactual.down.facts == ("chosen",)
    assert risk.assess(DASH, {}, profile="local-bands-9-13").counterfactual.up.to == "standard"


def smaller(codes, answers, size):
    """Every way to give fewer than so many items the answers that push one way."""
    changing = [number for number in codes if answers[number] != codes[number]]
    for count in range(size):
        for chosen in combinations(changing, count):
            tried = {**answers, **{number: codes[number] for number in chosen}}
            if not tried.get("3") == tried.get("3a") == "yes":
                yield tried


@pytest.mark.parametrize("slug", ["danger-assessment", "danger-assessment-5", "lap-lethality-screen"])
@pytest.mark.parametrize("code", ["no", "yes", "dont_know"])
def test_no_smaller_change_would_do(slug, code):
    plan = plan_for(risk.edition(slug))
    answers = dict.fromkeys(plan.items, code)
    if code == "yes":
        answers |= {number: "no" for number in ("3a", "5a", "20") if number in answers}
    order = [level.id for level in plan.rules.levels]

    def rank(tried):
        return order.index(risk.score(plan, tried, None, None).level_min)

    found = risk.assess(plan.edition, answers).counterfactual
    yes, no = dict.fromkeys(answers, "yes"), dict.fromkeys(answers, "no")
    for change, codes in ((found.up, yes | {"3a": "no"}), (found.down, no | {"3a": "yes"})):
        codes = {number: codes[number] for number in answers}
        if change:
            done = {**answers, **{number: codes[number] for number in change.items[: change.choose]}}
            assert rank(done) == order.index(change.to)
            assert all(rank(tried) == rank(answers) for tried in smaller(codes, answers, change.choose))


def test_the_pair_that_excludes_each_other_is_changed_together():
    plan = plan_for(risk.edition("danger-assessment"))
    answers = dict.fromkeys(plan.items, "yes") | {"3": "no"}
    found = risk.score(plan, answers, None, None)
    assert found.score == 30
    assert to_hold(plan, found.readings, Compare("measure", "total", "gte", 33)) == {"3a": "no"}
    assert to_hold(plan, found.readings, Compare("measure", "total", "gte", 37)) == {"3": "yes", "3a": "no"}
    assert to_hold(plan, found.readings, Compare("measure", "total", "gte", 38)) is None


def test_a_change_that_just_reaches_the_line_is_enough():
    assessment = risk.edition("danger-assessment")
    no = {item.id: "no" for item in assessment.items}
    change = risk.assess(assessment, no | {"5": "yes"}).counterfactual.up
    assert (change.to, change.items, change.choose) == ("increased", ("2",), 1)
    down = risk.assess(assessment, no | {"2": "yes", "5": "yes"}).counterfactual.down
    assert (down.to, down.items, down.choose) == ("variable", ("2",), 1)
    just = risk.assess(assessment, no | {"2": "yes", "3": "yes"}).counterfactual.down
    assert (just.items, just.choose) == (("2",), 1)


def test_a_level_no_answer_can_reach_is_not_offered(tmp_path):
    first = EDITION.index("[[levels]]")
    top = (
        '[[levels]]\nid = "top"\ntitle = "top"\nwhen = { measure = "calls", gte = 3 }\nsource = "paper"\n\n'
        '[[levels]]\nid = "rest"\ntitle = "rest"\nonly_when_complete = true\nsource = "paper"\n\n'
    )
    text = (
        EDITION[:first]
        + top
        + EDITION[EDITION.index("[[grounds]]") :].replace('sets = "high"', 'sets = "top"')
    )
    text = text.replace("[threshold]", 'calls = { number = "police_callouts" }\n\n[threshold]')
    edition = small(tmp_path, text)
    assert risk.assess(edition, {}).counterfactual.up is None
    assert risk.assess(edition, {}, {"police_callouts": 3}).counterfactual.down is None


def test_rules_over_items_and_counts_know_what_would_change_them(tmp_path):
    text = EDITION.replace("[threshold]", MORE)
    plan = plan_for(small(tmp_path, text))
    found = risk.score(plan, {"1": "no", "2": "no", "3": "never"}, {"assessed_on": "2026-01-02"}, None)
    first, second = ItemIs("1", ("yes",)), ItemIs("2", ("yes",))
    three = Compare("measure", "three", "gte", 1)
    assert to_hold(plan, found.readings, All((three, first))) == {"1": "yes", "2": "yes"}
    assert to_hold(plan, found.readings, Any_((three, first))) == {"1": "yes"}
    assert to_hold(plan, found.readings, Compare("measure", "some", "gte", 3)) == {"1": "yes", "2": "yes"}
    assert to_hold(plan, found.readings, Compare("measure", "some", "gte", 9)) is None
    assert to_hold(plan, found.readings, Compare("measure", "pair", "gte", 3)) is None
    assert to_hold(plan, found.readings, Compare("measure", "incidents", "gte", 1)) is None
    assert to_hold(plan, found.readings, All((first, Judged()))) is None
    assert to_fail(plan, found.readings, Judged()) is None
    for beyond in (Compare("fact", "escalating", "eq", True), Compare("measure", "total", "lte", 2)):
        assert to_hold(plan, found.readings, beyond) is None
        assert to_fail(plan, found.readings, beyond) is None
    assert to_fail(plan, found.readings, Any_((first, Judged()))) is None
    both = with_answers(plan, found.readings, {"1": "yes", "2": "yes"})
    assert to_hold(plan, both, first) == {}
    assert to_hold(plan, both, Compare("measure", "pair", "gte", 2)) == {}
    assert to_hold(plan, both, Compare("measure", "pair", "gte", 1)) == {}
    assert to_fail(plan, found.readings, Compare("measure", "pair", "gte", 1)) == {}
    assert to_fail(plan, both, Compare("measure", "pair", "gte", 2)) == {"1": "no"}
    assert to_fail(plan, both, three) == {"1": "no"}
    assert to_fail(plan, both, All((three, Judged()))) == {"1": "no"}
    assert to_fail(plan, both, Any_((first, second))) == {"1": "no", "2": "no"}
    assert to_fail(plan, found.readings, first) == {}


def test_measures_over_days_and_numbers(tmp_path):
    text = EDITION.replace("[threshold]", MORE)
    plan = plan_for(small(tmp_path, text))
    context = {"assessed_on": "2026-01-31", "last_referral_on": "2026-01-01", "incidents": 4}
    found = risk.score(plan, {"2": "yes"}, context, None)
    assert found.evidence.low == {
        "total": 0,
        "pair": 1,
        "three": 0,
        "some": 0,
        "plain": 1,
        "incidents": 4,
        "since": 30,
    }
    assert found.evidence.high == {
        "total": 6,
        "pair": 2,
        "three": 1,
        "some": 3,
        "plain": 1,
        "incidents": 4,
        "since": 30,
    }
    assert gather(plan, found.readings, columns_of(found.readings), {"assessed_on": None}).low["since"] == 0


def test_of_two_items_that_exclude_each_other_only_one_can_count(tmp_path):
    text = EDITION.replace("points = { yes = -1 }", "points = { yes = 3 }").replace(
        "max_score = 6", "max_score = 7"
    )
    plan = plan_for(small(tmp_path, text.replace("[threshold]", MORE)))
    found = risk.score(plan, {"2": "no", "3": "never"}, {"assessed_on": "2026-01-31"}, None)
    assert (found.score_min, found.score_max) == (0, 3)
    assert (found.evidence.low["some"], found.evidence.high["some"]) == (0, 3)


def test_a_sub_item_that_does_not_arise_is_settled(tmp_path):
    small_one = small(tmp_path)
    never = risk.assess(small_one, {"1": "no", "1a": "no", "2": "no", "3": "never"})
    assert (never.state, never.score_max) == ("complete", 0)
    always = risk.assess(small_one, {"1": "no", "1a": "no", "2": "no", "3": "always"})
    assert (always.state, always.score_min, always.score_max) == ("in_progress", 2, 3)


def test_every_kind_of_condition_has_its_words(tmp_path):
    plan = plan_for(small(tmp_path))
    context = {"escalating": True, "incidents": 3, "last_heard_on": "2026-01-01"}
    found = risk.score(plan, {"1": "yes"}, {**context, "assessed_on": "2026-02-01"}, None)
    first = ItemIs("1", ("yes",))
    told = {
        first: "item 1, first, was answered yes",
        ItemIs("2", ("yes",)): "item 2, second, is not known",
        Not(ItemIs("1", ("yes",))): "not so: item 1, first, was answered yes",
        All(
            (Judged(), ItemIs("1", ("yes",)))
        ): "no judgement to refer is recorded; item 1, first, was answered yes",
        Any_((Judged(), ItemIs("1", ("yes",)))): "item 1, first, was answered yes",
        Any_((Judged(), Judged())): "no judgement to refer is recorded; or no judgement to refer is recorded",
        Compare("fact", "escalating", "eq", True): "escalating: yes",
        Compare("fact", "incidents", "gte", 1): "incidents: 3",
        Compare("fact", "last_heard_on", "eq", 1): "last heard on: 1 January 2026",
        Compare("fact", "cohabited", "eq", True): "nothing is recorded about: cohabited",
        Compare("measure", "pair", "gte", 2): "1 to 2 yes among items 1 to 2; the line is 2",
        Compare("measure", "total", "lte", 2): "2 to 6 points",
    }
    assert {condition: because(found, condition) for condition in told} == told


def test_conditions_are_read_at_both_ends():
    known = Evidence(low={"total": 3}, high={"total": 5}, facts={"relationship": "family"})
    for raw, low, high in (
        ({"measure": "total", "gte": 4}, False, True),
        ({"measure": "total", "lte": 4}, True, False),
        ({"measure": "total", "eq": 3}, True, False),
        ({"measure": "total", "between": [4, 5]}, False, True),
        ({"measure": "total", "between": [3, 3]}, True, False),
        ({"measure": "total", "in": [5, 6]}, False, True),
        ({"fact": "relationship", "in": ["family", "other"]}, True, True),
        ({"fact": "victim_age", "gte": 16}, False, True),
        ({"not": {"measure": "total", "gte": 4}}, False, True),
    ):
        condition = parse(raw)
        assert (condition.holds(known, False), condition.holds(known, True)) == (low, high), raw


def test_a_draft_says_why_its_count_does_not_refer():
    edition = risk.edition("safelives-dash-yp")
    fourteen = {str(number): "yes" if number <= 14 else "no" for number in range(1, 25)}
    alone = risk.assess(edition, fourteen)
    assert alone.not_why[-1] == "This edition is a draft: its count alone cannot refer. Your judgement can."
    assert "Draft: parts of this edition have not been checked against the original form." in alone.limits
    judged = risk.assess(edition, fourteen, {"judgement": {"refer": True, "reason": "He waits."}})
    assert not any("draft" in line for line in judged.not_why)
    below = risk.assess(edition, dict(fourteen, **{"14": "no"}))
    assert not any("draft" in line for line in below.not_why)


def test_a_superseded_edition_says_so():
    found = risk.assess(risk.edition("caada-ric-precursor"), {})
    assert "Superseded: kept to read older checklists, not for new ones." in found.limits
    assert not any("Superseded" in line for line in risk.assess(DASH, {}).limits)


def test_the_level_is_said_in_words_and_how_it_came_about():
    high = risk.assess(DASH, {str(number): "yes" for number in range(1, 15)})
    assert (high.level_title, high.level_set_by) == ("high: at or above the referral count", "computed")
    assert risk.assess(DASH, {}).level_title is None
    raised = risk.assess(DASH, {}, {"judgement": {"level": "high", "reason": "He has a key."}})
    assert raised.why[0] == "Level high: raised on judgement: He has a key."
    chosen = risk.assess(risk.edition("maram"), {"level": "at_risk"})
    assert chosen.why[0] == "Level at risk: chosen by the assessor"
    seen = risk.assess(risk.edition("maram"), {"level": "at_risk"}, {"victim_view": "serious"})
    assert seen.why[0] == "Level serious: raised to the victim's own view"
    waiting = risk.assess(risk.edition("maram"), {})
    assert waiting.why[-1] == "A person must choose the level and say why"


def test_what_is_not_asked_is_said():
    assert risk.assess(DASH, {}).why == (
        "0 yes of 24; 14 would refer by count",
        "24 not asked: the count could be 0 to 24",
    )
    nothing = risk.assess(DASH, dict.fromkeys(THIRTEEN, "no"))
    assert nothing.why[-1] == "No indicators recorded"
    assert risk.assess(risk.edition("police-dash"), {"1": "dont_know"}).why[0] == "1 not known, 26 not asked"
    weighted = risk.assess(risk.edition("danger-assessment"), {"1": "yes"})
    assert weighted.why[0] == "1 point from 20 items"
    assert risk.assess(risk.edition("danger-assessment"), {"2": "yes"}).why[0] == "5 points from 20 items"
    below = {"3a": "yes", "10": "yes", "11": "yes"}
    assert risk.assess(risk.edition("danger-assessment"), below).why[0] == "-1 point from 20 items"


def test_events_are_named_by_their_kind():
    context = {"assessed_on": "2026-11-21", "events": [{"date": "2026-11-01", "kind": "crime"}]}
    found = risk.assess(DASH, {}, context, profile="kingston")
    told = next(ground for ground in found.considered if ground.id == "potential_escalation")
    assert told.state == "not_shown"
    assert told.because == (
        "1 qualifying event in 12 months; the line is 5; nothing is recorded about: escalating; or "
        "1 crime event in 12 months; the line is 3; nothing is recorded about: escalating"
    )
    legacy = risk.assess(DASH, {}, {"police_callouts": 3}).considered[0]
    assert (legacy.state, legacy.because) == ("possible", "0 to 24 yes answers; the line is 14")
    old = risk.assess(risk.edition("caada-ric-precursor"), {}, {"police_callouts": 3}).considered[0]
    assert old.because.endswith("or 3 police callouts; the line is 5")


def test_sources_and_hashes_are_named():
    found = risk.assess(DASH, {})
    assert found.sources == (
        "safelives_form_2009",
        "safelives_criteria",
        "item_order",
        "turner_2019",
        "plymouth",
        "prompts_card",
        "safelives_repeat",
    )
    assert found.definition_hash == DASH.definition_hash
    assert found.profile_hash == risk.profile("safelives-national").definition_hash
    assert found.norms_hash is None
    assert len(risk.assess(risk.edition("odara"), {}).norms_hash) == 64
    assert risk.assess(risk.edition("s-dash"), {}).profile_hash is None


def test_a_norm_row_is_named_with_its_people_and_outcome():
    answers = {item.id: "no" for item in risk.edition("odara").items}
    row = risk.assess(risk.edition("odara"), answers | {"1": "yes"}).norm
    assert (row.set, row.scores) == ("odara-norms-2004@2004.1", "1")
    assert row.values == {"again": 10, "in_range": 16, "lower": 11, "higher": 73}
    assert row.sentence == (
        "ODARA norms of 2004, scores 1 (589 men in Ontario with a police-recorded assault on a partner; "
        "another recorded assault on a partner): seen again: 10 in 100; in this range: 16 in 100; "
        "scored lower: 11 in 100; scored higher: 73 in 100."
    )
    six = {str(number): "yes" for number in range(1, 7)}
    assert risk.assess(risk.edition("odara"), answers | six).norm.scores == "5 to 6"
    assert risk.assess(risk.edition("odara"), {}).norm is None
    assert risk.assess(risk.edition("danger-assessment"), {}).norm is None


def test_an_open_item_says_whether_it_could_decide():
    assessment = risk.edition("danger-assessment")
    no = {item.id: "no" for item in assessment.items}
    found = risk.assess(assessment, no | {"2": "yes", "4": "dont_know", "20": "dont_know"})
    assert [(one.item, one.could_decide) for one in found.unknown] == [("4", True), ("20", False)]
    settled = risk.assess(assessment, no | {"4": "dont_know"})
    assert [(one.item, one.could_decide) for one in settled.unknown] == [("4", False)]


def test_each_kind_of_silence_is_counted_apart():
    answers = (
        THIRTEEN | dict.fromkeys(("20", "21"), "dont_know") | dict.fromkeys(("22", "23", "24"), "refused")
    )
    assert risk.assess(DASH, answers).why[1] == "2 not known, 3 declined: the count could be 13 to 18"
