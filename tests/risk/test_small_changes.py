"""The fewest answers to change, on small made-up checklists where they can be counted on the fingers."""

import pytest

import risk
from risk.answers import read_answers, settle
from risk.changes import to_fail, to_hold
from risk.conditions import parse
from risk.loading import read_edition
from tests.risk.broken import EDITION

HEAD = EDITION[: EDITION.index("[[items]]")]
DANGER = risk.edition("danger-assessment")
HEAVY = {*map(str, range(1, 10))}  # 1 + 5 + 4 + 4 + 3 + 3 + 3 + 2 + 2 = 27 points


def read(tmp_path, text):
    file = tmp_path / "small.toml"
    file.write_text(text)
    return read_edition(file)


def item(number, points="{ yes = 1 }", more=""):
    said = f'id = "{number}"\ntopic = "T"\nsection = "one"\nanswers = "ynd"\npoints = {points}'
    return f"[[items]]\n{said}\n{more}\n"


def small(tmp_path, items, most, method="weighted", measures=""):
    """A checklist with a line of three and these items, and nothing that names an item."""
    text = HEAD
    for find, put in (
        ("max_score = 6", f"max_score = {most}"),
        ('method = "weighted"', f'method = "{method}"'),
        ('pair = { count = { items = ["1", "2"], is = "yes" } }', measures),
    ):
        text = text.replace(find, put)
    flags, levels = text.index("[flags]"), text.index("[[levels]]")
    prompts, sections = text.index("[[prompts]]"), text.index("[[sections]]")
    return read(tmp_path, text[:flags] + text[levels:prompts] + text[sections:] + items)


def stands(edition, answers):
    """The plan of an edition, and its answers read."""
    plan = risk.plan_for(edition)
    readings = read_answers(plan, answers)
    settle(plan, readings)
    return plan, readings


def danger(yes, **more):
    answers = {entry.id: "yes" if entry.id in yes else "no" for entry in DANGER.items}
    return stands(DANGER, answers | more)


def at_least(points, measure="total"):
    return parse({"measure": measure, "gte": points})


def test_what_is_not_known_is_named_before_what_was_answered_no():
    assert to_hold(
        *danger(HEAVY - {"3"} | {"10", "11", "12", "13"}, **{"15": "dont_know"}), at_least(28)
    ) == {"15": "yes"}


def test_each_point_over_the_line_is_one_answer_to_lose():
    eleven = {"1", "3a", *map(str, range(10, 20))}  # eleven answers worth one, less three
    assert len(to_fail(*danger(eleven), at_least(8))) == 1
    assert len(to_fail(*danger(eleven), at_least(7))) == 2
    assert to_fail(*danger(eleven), at_least(9)) == {}


def test_what_does_not_hold_has_nothing_to_lose():
    dash = risk.edition("safelives-dash-ric")
    assert to_fail(*stands(dash, {"1": "yes", "2": "yes"}), at_least(14)) == {}
    assert to_fail(*stands(dash, {"1": "yes", "2": "yes"}), at_least(2)) == {"1": "no"}


def test_an_answer_asked_for_by_name_counts_towards_the_sum():
    dash = risk.edition("safelives-dash-ric")
    rule = parse({"all": [{"measure": "total", "gte": 2}, {"item": "3", "is": "yes"}]})
    assert to_hold(*stands(dash, {}), rule) == {"3": "yes", "1": "yes"}


def test_two_answered_no_of_which_one_may_be_yes_stand_at_nought():
    assert len(to_hold(*danger(HEAVY - {"3"} | {"10", "11", "12", "13"}), at_least(28))) == 1


def test_an_answer_that_takes_points_away_is_a_way_to_fall_below_the_line(tmp_path):
    edition = small(tmp_path, item(1, "{ yes = 3 }") + item(2, "{ yes = -1 }"), 3)
    assert to_fail(*stands(edition, {"1": "yes", "2": "no"}), at_least(3)) == {"1": "no"}
    assert to_fail(*stands(edition, {"1": "yes", "2": "yes"}), at_least(2)) == {"1": "no"}
    worse = small(tmp_path, item(1, "{ yes = 1 }") + item(2, "{ yes = -3 }") + item(3, "{ yes = 3 }"), 4)
    assert to_fail(*stands(worse, {"1": "yes", "2": "no", "3": "yes"}), at_least(2)) == {"2": "yes"}


def test_a_sum_of_one_exclusive_pair_and_nothing_else(tmp_path):
    pair = item("1", "{ yes = 2 }", 'excludes = ["1a"]') + item("1a", "{ yes = 1 }", 'excludes = ["1"]')
    edition = small(tmp_path, pair + item("2"), 3, measures='pair = { sum = ["1", "1a"] }')
    plan, readings = stands(edition, {"1": "dont_know", "1a": "dont_know", "2": "no"})
    assert to_hold(plan, readings, at_least(3, "pair")) is None
    assert len(to_hold(plan, readings, at_least(2, "pair"))) == 1


def test_a_count_without_a_word_counts_yes(tmp_path):
    edition = small(
        tmp_path, item(1) + item(2) + item(3), 3, measures='two = { count = { items = ["1", "2"] } }'
    )
    answers = {"1": "yes", "2": "no", "3": "yes"}
    assert risk.score(risk.plan_for(edition), answers, None, None).evidence.low["two"] == 1
    assert to_hold(*stands(edition, answers), at_least(2, "two")) == {"2": "yes"}


def test_open_items_that_count_nothing_are_not_offered(tmp_path):
    silent = item("9", "{}", "scored = false")
    edition = small(tmp_path, item(1) + item(2) + item(3) + silent, 3, method="count")
    up = risk.assess(edition, {"1": "yes", "2": "yes", "3": "dont_know", "9": "dont_know"}).counterfactual.up
    assert (up.items, up.choose) == (("3",), 1)
    assert up.sentence == "If this one is in fact yes, the answers alone give high."


def test_what_no_answer_would_lower_names_no_items():
    judged = {"judgement": {"refer": True, "reason": "x"}}
    down = risk.assess(risk.edition("safelives-dash-ric"), {}, judged).counterfactual.down
    assert (down.to, down.items, down.choose) == (None, (), 0)
    assert down.facts == ("professional_judgement",)


@pytest.mark.parametrize(
    "more",
    [
        'compose = { k_of_n = { k = 2 } }\nparts = [{ id = "a", topic = "A" }, { id = "b", topic = "B" }]',
        'ask_if = { item = "1", is = "yes" }',
    ],
)
def test_all_of_an_items_parts_may_be_asked_for_and_a_further_question_may_be_worth_nothing(tmp_path, more):
    worth = "{ yes = 0 }" if "ask_if" in more else "{ yes = 2 }"
    most = 3 if "ask_if" in more else 5
    assert small(tmp_path, item(1, "{ yes = 3 }") + item(2, worth, more), most).slug == "small"


def test_every_item_may_be_flagged_or_needed(tmp_path):
    text = EDITION.replace('look = ["1"]', 'look = ["1", "1a", "2", "3", "3a"]')
    text = text.replace(
        "[[sections]]", '[missing]\nmin_answered_in = [["1", "1a", "2", "3", "3a"], 1]\n\n[[sections]]'
    )
    assert len(read(tmp_path, text).rules.flags["look"]) == 5


def test_a_chosen_level_may_count_events_though_never_factors(tmp_path):
    shipped = (risk.shelf.HERE / "instruments" / "viogen-vpr-2025.1.toml").read_text()
    event = '[measures]\nlately = { events = { within_days = 30, kinds = ["crime"] } }\n\n[[levels]]'
    assert "lately" in read(tmp_path, shipped.replace("[[levels]]", event, 1)).rules.measures


def test_a_line_above_what_the_items_add_up_to_is_refused_whatever_is_declared(tmp_path):
    items = item(1) + item(2)
    with pytest.raises(risk.BadDefinition) as caught:
        small(tmp_path, items, 9)
    told = [fault.message for fault in caught.value.faults]
    assert told == ["declares 9, the items add up to 2", "is above the greatest score, 2"]


def test_a_page_holds_five_items_and_no_more(tmp_path):
    assert len(small(tmp_path, "".join(map(item, range(1, 6))), 5).items) == 5
    with pytest.raises(risk.BadDefinition, match="at most 5 items"):
        small(tmp_path, "".join(map(item, range(1, 7))), 6)


def test_what_would_have_to_be_less_is_answered_no():
    assert set(to_fail(*danger(HEAVY), at_least(20)).values()) == {"no"}
    drink = stands(risk.edition("odara"), {"11": "yes", "8": "yes"})
    assert to_fail(*drink, at_least(1)) == {"8": "no", "11": "no"}


def test_the_next_level_up_is_aimed_at_and_not_the_highest():
    """Eight points are increased danger; severe begins at 14, six more, extreme at 18."""
    whole = dict.fromkeys((one.id for one in risk.edition("danger-assessment").items), "no")
    up = risk.assess(risk.edition("danger-assessment"), whole | {"2": "yes", "5": "yes"}).counterfactual.up
    assert (up.to, up.choose) == ("severe", 2)
