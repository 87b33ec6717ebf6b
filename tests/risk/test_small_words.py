"""Small words and defaults that decide what somebody reads, and what is kept between two checklists."""

import pytest

import risk
from risk.changes import to_hold, with_answers
from risk.conditions import Compare
from risk.schema import EventWindow, Measure
from risk.sentences import _window
from risk.worked import read_examples

DASH, DANGER = risk.edition("safelives-dash-ric"), risk.edition("danger-assessment")
ONE = {str(number): "yes" if number == 1 else "no" for number in range(1, 25)}


def test_a_weighted_form_without_a_yes_has_no_points():
    assert risk.assess(DANGER, {item.id: "no" for item in DANGER.items}).why[0] == "0 points from 20 items"


def test_an_open_item_that_adds_nothing_leaves_the_count_alone():
    answers = {item.id: "no" for item in DANGER.items} | {"20": "dont_know"}
    assert "1 not known" in risk.assess(DANGER, answers).why


@pytest.mark.parametrize(
    ("days", "said"), [(364, "364 days"), (365, "12 months"), (366, "12 months"), (367, "367 days")]
)
def test_a_year_is_said_as_twelve_months(days, said):
    window = EventWindow(within_days=days, kinds=("crime",))
    assert _window(Measure(events=window)) == said


def test_the_victims_own_view_raises_only_where_the_edition_says_so():
    five = risk.edition("danger-assessment-5")
    for edition in (DASH, five):
        answers = {item.id: "no" for item in edition.items}
        found = risk.assess(edition, answers, {"victim_view": "high"})
        assert (found.level, found.level_set_by) == ("below_threshold", "computed")


def test_one_worked_example_is_enough_for_a_file(tmp_path):
    file = tmp_path / "one.toml"
    file.write_text('schema = 1\n[[examples]]\nform = "F"\nbecause = "B"\nrefers = false\n')
    assert len(read_examples(file)) == 1


def test_what_a_worker_wrote_is_kept_in_no_plan_and_in_no_other_result():
    wrote = {"judgement": {"refer": True, "reason": "Her brother Wes said so."}}
    assert "Her brother Wes said so." in str(risk.assess(DASH, ONE, wrote))
    declined = {"judgement": {"refer": False, "reason": "Her brother Wes said so."}}
    risk.assess(DASH, ONE, declined)
    assert "Wes" not in str(risk.plan_for(DASH).said)
    assert "Wes" not in str(risk.assess(DASH, ONE))


def test_what_is_kept_is_what_would_be_said_anew():
    contexts = [{}, {"events": [{"date": "2026-11-01"}], "assessed_on": "2026-11-20"}, {"escalating": True}]
    for profile in ("safelives-national", "kingston", "local-bands-9-13"):
        first = [risk.assess(DASH, ONE, one, profile=profile) for one in contexts]
        risk.plan_for(DASH, profile).said.clear()
        assert [risk.assess(DASH, ONE, one, profile=profile) for one in contexts[::-1]] == first[::-1]


def test_no_more_is_kept_than_has_room():
    plan = risk.plan_for(DASH)
    plan.said.clear()
    plan.said.update({("x", "met", str(n)): None for n in range(4096)})
    try:
        full = risk.assess(DASH, ONE)
        assert len(plan.said) == 4096
    finally:
        plan.said.clear()
    assert risk.assess(DASH, ONE) == full
    assert len(plan.said) == len(full.considered)


def test_a_line_that_no_answers_reach_has_no_change_to_it():
    plan = risk.plan_for(DASH)
    readings = dict(plan.blank)
    assert len(to_hold(plan, readings, Compare("measure", "total", "gte", 24))) == 24
    assert to_hold(plan, readings, Compare("measure", "total", "gte", 25)) is None
    one = with_answers(plan, readings, {"1": "yes"})
    assert to_hold(plan, one, Compare("measure", "total", "gte", 25)) is None
