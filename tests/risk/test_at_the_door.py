"""Requests as they come in at the door, each as a line of JSON: every instrument, both sides of its lines."""

import json
from datetime import date
from pathlib import Path

import pytest

import risk
from risk.doors import score_line

TODAY = date(2026, 11, 21)
AFRAID = {"judgement": {"refer": True, "reason": "She thinks she will be killed."}}


def ask(slug, answers, context=None, **more):
    """The answer to one line of JSON."""
    request = {"instrument": slug, "answers": answers, **more}
    if context is not None:
        request["context"] = context
    return score_line(json.dumps(request), today=TODAY)


def filled(whole, yes, rest="no"):
    """The first items yes and the rest of the form answered alike."""
    return {str(item): "yes" if item <= yes else rest for item in range(1, whole + 1)}


def short(said):
    """Level, whether it refers, and the names of the grounds."""
    return said["level"], said["refer"], [ground["id"] for ground in said["grounds"]]


def dash(yes, rest="no"):
    return filled(24, yes, rest)


def named(numbers, whole):
    """These items yes, every other no."""
    return {str(item): "yes" if item in numbers else "no" for item in range(1, whole + 1)}


NOTHING = [None, False, []]
BELOW = ["below_threshold", False, []]
COUNTED = ["high", True, ["visible_high_risk"]]
RISING = {"escalating": True}
FIVE = {"events": [{"date": f"2026-0{month}-01"} for month in range(1, 6)]}
THREE_CRIMES = {"events": [{"date": f"2026-0{month}-01", "kind": "crime"} for month in range(1, 4)]}
AGAIN = {"last_referral_on": "2026-02-01", "new_incident": {"date": "2026-11-01", "kind": "breach_of_order"}}


@pytest.mark.parametrize(
    ("profile", "answers", "context", "expected"),
    [
        (None, dash(13), None, BELOW),
        (None, dash(14), None, COUNTED),
        (None, dash(13, "dont_know"), None, NOTHING),
        (None, dash(14, "refused"), None, COUNTED),
        (None, {}, None, NOTHING),
        (None, dash(0), AFRAID, ["high", True, ["professional_judgement"]]),
        (None, dash(14), AFRAID, ["high", True, ["visible_high_risk", "professional_judgement"]]),
        (None, dash(0), AGAIN, ["high", True, ["repeat"]]),
        (None, dash(0), FIVE, ["high", True, ["potential_escalation"]]),
        ("safelives-national", dash(13), RISING, BELOW),
        ("safelives-national", dash(13), {"suspected_honour_based_abuse": True}, BELOW),
        ("local-bands-9-13", dash(0), None, ["none_recorded", False, []]),
        ("local-bands-9-13", dash(1), None, ["standard", False, []]),
        ("local-bands-9-13", dash(9), None, ["standard", False, []]),
        ("local-bands-9-13", dash(10), None, ["medium", False, []]),
        ("local-bands-9-13", dash(13), None, ["medium", False, []]),
        ("local-bands-9-13", dash(14), None, COUNTED),
        ("local-bands-9-13", dash(10) | {"24": "dont_know"}, None, ["medium", False, []]),
        ("local-bands-9-13", dash(5) | {"24": "dont_know"}, None, NOTHING),
        ("local-threshold-10", dash(9), None, BELOW),
        ("local-threshold-10", dash(10), None, COUNTED),
        ("kingston", dash(13), FIVE, BELOW),
        ("kingston", dash(13), FIVE | RISING, ["high", True, ["potential_escalation"]]),
        ("kingston", dash(13), THREE_CRIMES | RISING, ["high", True, ["potential_escalation"]]),
        ("kingston", dash(13), {"events": FIVE["events"][1:]} | RISING, BELOW),
        ("kingston", dash(13), {"events": THREE_CRIMES["events"][1:]} | RISING, BELOW),
        (
            "kingston",
            dash(13),
            {"suspected_honour_based_abuse": True},
            ["high", True, ["honour_based_abuse_automatic"]],
        ),
        ("repeat-definition-legacy", dash(13), AGAIN, BELOW),
        (
            "repeat-definition-legacy",
            dash(13),
            {"last_referral_on": "2026-02-01", "new_incident": {"date": "2026-11-01", "kind": "threat"}},
            ["high", True, ["repeat"]],
        ),
    ],
)
def test_the_dash_under_each_profile(profile, answers, context, expected):
    said = ask("safelives-dash-ric", answers, context, profile=profile)
    assert list(short(said)) == expected


@pytest.mark.parametrize(
    ("slug", "profile", "answers", "context", "expected"),
    [
        ("safelives-dash-yp", None, filled(24, 14), None, ["high", False, []]),
        ("safelives-dash-yp", "bolton", filled(24, 13), AFRAID, ["high", True, ["professional_judgement"]]),
        ("caada-ric-precursor", None, {}, {"police_callouts": 5}, ["very_high", True, ["score"]]),
        ("caada-ric-precursor", None, {}, {"police_callouts": 4}, NOTHING),
        ("s-dash", None, filled(11, 11), None, NOTHING),
        ("s-dash", None, filled(11, 1), AFRAID, [None, True, ["professional_judgement"]]),
        ("danger-assessment-5", None, filled(5, 2), None, BELOW),
        ("danger-assessment-5", None, filled(5, 3), None, ["high", True, ["score"]]),
        ("danger-assessment-5", None, filled(5, 3, "dont_know"), None, ["high", True, ["score"]]),
        ("danger-assessment-le", None, filled(11, 6), None, ["not_high", False, []]),
        ("danger-assessment-le", None, filled(11, 7), None, ["high", True, ["score"]]),
        ("danger-assessment-le", None, filled(11, 0), AFRAID, ["high", True, ["officer_override"]]),
        ("lap-lethality-screen", None, named({4, 6, 7}, 11), None, ["not_screened_in", False, []]),
        ("lap-lethality-screen", None, named({2}, 11), None, ["high_danger", True, ["any_of_1_3"]]),
        (
            "lap-lethality-screen",
            None,
            dict.fromkeys("4567", "yes"),
            None,
            ["high_danger", True, ["four_of_4_11"]],
        ),
        ("lap-lethality-screen", "lap-maryland", {"5": "yes"}, None, NOTHING),
        (
            "lap-lethality-screen",
            "lap-2.0",
            {"5": "yes"},
            None,
            ["high_danger", True, ["strangulation_auto"]],
        ),
        (
            "lap-lethality-screen",
            "lap-2.0",
            named({4, 6, 7}, 11),
            AFRAID,
            ["high_danger", True, ["officer_belief"]],
        ),
        ("dvsat", None, filled(25, 0), None, ["none_identified", False, []]),
        ("dvsat", None, filled(25, 1), {"relationship": "intimate"}, ["at_threat", False, []]),
        ("dvsat", "dvsat-current", filled(25, 11), {"prior_incidents": 3}, ["at_threat", False, []]),
        ("dvsat", "dvsat-2014", filled(25, 11), {"prior_incidents": 2}, ["at_threat", False, []]),
        (
            "dvsat",
            "dvsat-2014",
            filled(25, 1),
            {"prior_incidents": 3},
            ["at_serious_threat", True, ["repeat_trigger"]],
        ),
        ("dvsat", None, filled(25, 12), None, ["at_serious_threat", True, ["score"]]),
        ("dvsat", None, filled(25, 25), {"relationship": "other"}, ["requires_judgement", False, []]),
        ("epv", None, filled(20, 4), None, ["low", False, []]),
        ("epv", None, filled(20, 10), None, ["high", False, []]),
        ("epv-r", None, named({6, 7, 8}, 20), None, ["low", False, []]),
        ("epv-r", None, named({6, 7, 8, 1}, 20), None, ["moderate", False, []]),
        (
            "epv-r",
            "chihuahua-2020",
            named({6, 7, 8, 9, 11, 13, 14}, 20),
            AFRAID,
            ["high", True, ["score", "professional_judgement"]],
        ),
        ("police-dash", None, {"level": "medium"}, None, ["medium", False, []]),
        ("maram", None, {"level": "at_risk"}, {"victim_view": "elevated"}, ["elevated", False, []]),
        ("b-safer", None, {"level": "high", "factors": {"1": "absent"}}, None, ["high", False, []]),
        ("viogen-vpr", None, {"level": "extreme"}, None, ["extreme", False, []]),
        ("odara", "norms-2004", {"8": 2}, AFRAID, [None, True, ["professional_judgement"]]),
    ],
)
def test_every_other_instrument(slug, profile, answers, context, expected):
    assert list(short(ask(slug, answers, context, profile=profile))) == expected


@pytest.mark.parametrize(
    ("numbers", "level"),
    [
        ({1, 2, 10}, "variable"),  # 1 + 5 + 1 = 7
        ({2, 5}, "increased"),  # 5 + 3 = 8
        ({2, 3, 4}, "increased"),  # 5 + 4 + 4 = 13
        ({1, 2, 3, 4}, "severe"),  # 14
        ({2, 3, 4, 8, 9}, "severe"),  # 17
        ({2, 3, 4, 5, 8}, "extreme"),  # 5 + 4 + 4 + 3 + 2 = 18
    ],
)
def test_the_danger_assessments_bands(numbers, level):
    assert short(ask("danger-assessment", named(numbers, 20) | {"3a": "no"})) == (level, False, [])


def test_a_norm_tables_row_is_given_only_where_every_completion_falls_in_it():
    five = named({1, 2, 3, 4, 5}, 13)
    assert ask("odara", five | {"8": 1, "11": {"present": 1, "absent": 7}})["norm"]["values"]["again"] == 59
    assert ask("odara", five | {"6": "dont_know"})["norm"]["values"]["again"] == 59
    assert ask("odara", five | {"5": "dont_know"})["norm"] is None


def test_the_first_and_the_last_year_fit():
    for day in ("1900-01-01", "2199-12-31"):
        context = {
            "assessed_on": day,
            "last_referral_on": day,
            "new_incident": {"date": day},
            "events": [{"date": day}],
        }
        assert short(ask("safelives-dash-ric", {}, context)) == ("high", True, ["repeat"])


def test_the_day_of_assessment_chooses_the_version_however_it_is_written():
    level = {"level": "not_appreciated"}
    for context in (
        {"assessed_on": "2020-05-05"},
        {"assessed_on": "2020-05-05T10:00"},
        {"assessed_at": "2020-05-05T10:00:00Z"},
        {"assessed_on": "2024-12-31", "assessed_at": "2026-01-01"},
    ):
        assert ask("viogen-vpr", level, context)["instrument"] == "viogen-vpr@2014.1"
    assert "error" in ask("viogen-vpr", level, {"assessed_on": "2025-01-01"})


@pytest.mark.parametrize(
    ("slug", "answers", "context", "title"),
    [
        ("safelives-dash-ric", dash(14), AFRAID, "high: at or above the referral count"),
        ("safelives-dash-ric", dash(3), AFRAID, "high: professional judgement"),
        ("safelives-dash-ric", dash(3), AGAIN, "high: it has happened again within 12 months"),
        (
            "safelives-dash-ric",
            dash(3),
            {"judgement": {"level": "high", "reason": "x"}},
            "high: raised on judgement",
        ),
        ("maram", {"level": "at_risk"}, {"victim_view": "serious"}, "serious: the victim's own view"),
        ("dvsat", {}, {"relationship": "family"}, "requires judgement"),
        ("s-dash", filled(11, 11), AFRAID, None),
    ],
)
def test_a_level_is_named_with_what_gave_it(slug, answers, context, title):
    assert ask(slug, answers, context)["level_title"] == title


def test_every_shipped_instrument_and_profile_is_asked_above():
    text = Path(__file__).read_text()
    for one in (*risk.editions(), *risk.profiles()):
        assert f'"{one.slug}"' in text


def test_a_judgement_against_is_dissent_and_no_line_among_the_reasons():
    said = ask("safelives-dash-ric", dash(14), {"judgement": {"refer": False, "reason": "Away."}})
    assert said["dissent"]["reason"] == "Away."
    assert said["why"] == [
        "The answers: 14 yes answers; the line is 14",
        "14 yes of 24; 14 would refer by count",
    ]
    assert said["counterfactual"]["down"]["choose"] == 1
