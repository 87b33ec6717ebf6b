"""Answers at the door: what is accepted, what is refused with a sentence, and how composites are read."""

import pytest

import risk

DASH = risk.edition("safelives-dash-ric")
ODARA = risk.edition("odara")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"25": "yes"}, "has no item '25'"),
        ({1: "yes"}, "has no item 1"),
        (
            {"1": "maybe"},
            "answers.1: takes one of yes, no, dont_know, refused, not_applicable, not_asked, not 'maybe'",
        ),
        ({"1": True}, "not True"),
        ({"1": None}, "not None"),
        ({"1": 1}, "not 1"),
        ({"1": ["yes"]}, "not list"),
        ({"1": {"parts": {}}}, "an object with value and parts"),
        ({"1": {"value": "yes", "note": "x"}}, "an object with value and parts"),
        ({"1": {"value": "maybe"}}, "takes one of"),
        ({"1": {"value": {"value": "yes"}}}, "takes one of"),
        ({"9": {"value": "yes", "parts": {"twins": "yes"}}}, "no part 'twins'"),
        ({"9": {"value": "yes", "parts": {"baby": True}}}, "answers.9.parts.baby"),
        ({"9": {"value": "yes", "parts": {"baby": "maybe"}}}, "answers.9.parts.baby"),
        ({"9": {"value": "yes", "parts": ["baby"]}}, "answers.9.parts: must be an object"),
        ({"1": "x" * 500}, "..."),
        (["yes"], "answers: must be an object"),
        ({f"{number}x": "yes" for number in range(100_000)}, "has no item '0x'"),
    ],
)
def test_an_impossible_answer_is_refused(answers, message):
    with pytest.raises(risk.BadAnswer) as caught:
        risk.assess(DASH, answers)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 300


def test_detail_boxes_count_nothing():
    with_parts = risk.assess(
        DASH, {"24": {"value": "yes", "parts": {"domestic": "yes", "other": "dont_know"}}}
    )
    assert with_parts.score == risk.assess(DASH, {"24": "yes"}).score == 1


@pytest.mark.parametrize(
    ("answer", "bounds"),
    [
        ({"parts": {"alc_index": "yes", "drug_index": "yes"}}, (1, 1)),
        ({"parts": {}}, (0, 1)),
        ({"present": 2}, (1, 1)),
        ({"absent": 7}, (0, 0)),
        ({"absent": 6, "unknown": 2}, (0, 1)),
        ({"present": 1, "absent": 6, "unknown": 1}, (0, 1)),
        ("yes", (1, 1)),
        ("dont_know", (0, 1)),
        ({"value": "no"}, (0, 0)),
        ({"value": "no", "parts": {"alc_index": "yes"}}, (0, 0)),
    ],
)
def test_two_of_eight(answer, bounds):
    rest = {str(number): "no" for number in range(1, 14)}
    found = risk.assess(ODARA, {**rest, "11": answer})
    assert (found.score_min, found.score_max) == bounds


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (
            {
                "parts": dict.fromkeys(("alc_index", "drug_index"), "refused")
                | dict.fromkeys(
                    ("prior_abuse", "increase", "angrier", "prior_offence", "alc_problem", "drug_problem"),
                    "no",
                )
            },
            "refused",
        ),
        ({"present": 0, "absent": 6, "unknown": 2}, "dont_know"),
        ({"present": 1}, "not_asked"),
    ],
)
def test_an_open_composite_says_how_it_is_open(answer, state):
    found = risk.assess(ODARA, {**{str(number): "no" for number in range(1, 14)}, "11": answer})
    assert [(one.item, one.state) for one in found.unknown] == [("11", state)]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"8": -1}, "must be from 0 to 50"),
        ({"8": 51}, "must be from 0 to 50"),
        ({"8": 2.5}, "takes a whole number or one of"),
        ({"8": True}, "takes a whole number or one of"),
        ({"11": {"present": 9}}, "only 8 parts"),
        ({"11": {"present": -1}}, "answers.11.present"),
        ({"11": {"present": True}}, "answers.11.present"),
        ({"11": 2}, "takes its parts, or counts"),
        ({"11": {}}, "an object with value and parts"),
    ],
)
def test_an_impossible_number_is_refused(answers, message):
    with pytest.raises(risk.BadAnswer, match=message):
        risk.assess(ODARA, answers)


@pytest.mark.parametrize("number", [0, 1])
def test_a_number_may_stand_under_value(number):
    assert risk.assess(ODARA, {"8": {"value": number}}).score == 0
    assert risk.assess(ODARA, {"8": {"value": number + 2}}).score == 1


def test_both_halves_of_an_exclusive_pair_are_refused():
    with pytest.raises(risk.BadAnswer, match=r"answers\.3a: cannot be yes together with 3"):
        risk.assess(risk.edition("danger-assessment"), {"3": "yes", "3a": "yes"})


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"level": "huge"}, "takes one of high, medium, standard"),
        ({"level": True}, "takes one of"),
        ({"level": "high", "factors": ["1"]}, "answers.factors"),
        ({"level": "high", "1": "yes", "factors": {"1": "no"}}, "answered twice"),
        ({"level": "high", "factors": {"28": "yes"}}, "has no item '28'"),
        ("high", "must be an object"),
    ],
)
def test_a_chosen_level_is_checked(answers, message):
    with pytest.raises(risk.BadAnswer, match=message):
        risk.assess(risk.edition("police-dash"), answers)


def test_a_sum_of_chosen_factors_is_an_error():
    with pytest.raises(risk.NoTotal, match="a person chooses the level"):
        risk.total(risk.edition("maram"), {"level": "serious"})
    assert risk.total(DASH, {"1": "yes", "2": "no"}) == 1


def test_of_two_that_exclude_each_other_the_second_is_at_fault():
    with pytest.raises(risk.BadAnswer, match=r"^answers\.3a: cannot be yes together with 3$"):
        risk.assess(risk.edition("danger-assessment"), {"3a": "yes", "3": "yes"})
