"""What must hold for every edition, every profile and every set of answers."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import risk

PAIRS = [
    (edition, profile)
    for edition in risk.editions()
    for profile in (None, *(one for one in risk.profiles() if one.base == edition.name))
    if edition.level_rule != "chosen"
]
NAMES = [f"{edition.slug} {profile.slug if profile else ''}" for edition, profile in PAIRS]
OPEN = ("dont_know", "refused", "not_asked")
FEW = settings(max_examples=60, deadline=None)


@st.composite
def checklists(draw, codes=("yes", "no", "dont_know", "refused", "not_applicable", "not_asked")):
    edition, profile = draw(st.sampled_from(PAIRS))
    answers = {item.id: draw(st.sampled_from(codes)) for item in edition.items}
    if answers.get("3") == answers.get("3a") == "yes":
        answers["3a"] = "no"
    return edition, profile, answers


def ranks(edition, profile):
    levels = (profile or edition).rules.levels or risk.plan_for(edition, profile).rules.levels
    return {level.id: rank for rank, level in enumerate(reversed(levels))} | {None: -1}


@FEW
@given(checklists(), st.data())
def test_answering_an_unknown_never_widens_the_bounds(checklist, data):
    edition, profile, answers = checklist
    before = risk.assess(edition, answers, profile=profile)
    unknown = [item for item, code in answers.items() if code in OPEN]
    if not unknown:
        return
    item = data.draw(st.sampled_from(unknown))
    code = data.draw(st.sampled_from(("yes", "no", "not_applicable")))
    if code == "yes" and answers.get({"3": "3a", "3a": "3"}.get(item)) == "yes":
        code = "no"
    after = risk.assess(edition, {**answers, item: code}, profile=profile)
    assert before.score_min <= after.score_min <= after.score_max <= before.score_max
    order = ranks(edition, profile)
    assert (
        order[before.level_min] <= order[after.level_min] <= order[after.level_max] <= order[before.level_max]
    )
    assert {ground.id for ground in before.grounds} <= {ground.id for ground in after.grounds}


@FEW
@given(checklists(), st.data())
def test_a_yes_never_lowers_a_level_but_for_the_one_that_takes_points_away(checklist, data):
    edition, profile, answers = checklist
    item = data.draw(st.sampled_from([number for number in answers if number != "3a"]))
    if item == "3" and "3a" in answers:
        answers["3a"] = "no"
    order = ranks(edition, profile)
    no = risk.assess(edition, {**answers, item: "no"}, profile=profile)
    yes = risk.assess(edition, {**answers, item: "yes"}, profile=profile)
    assert order[no.level_min] <= order[yes.level_min]
    assert order[no.level_max] <= order[yes.level_max]
    assert {ground.id for ground in no.grounds} <= {ground.id for ground in yes.grounds}


@FEW
@given(checklists(), st.data())
def test_judgement_only_raises(checklist, data):
    edition, profile, answers = checklist
    order = ranks(edition, profile)
    named = [level for level in order if level]
    if not named:
        return
    without = risk.assess(edition, answers, profile=profile)
    judgement = {"refer": data.draw(st.booleans()), "level": data.draw(st.sampled_from(named)), "reason": "x"}
    found = risk.assess(edition, answers, {"judgement": judgement}, profile=profile)
    assert order[found.level] >= order[without.level]
    assert {ground.id for ground in without.grounds} <= {ground.id for ground in found.grounds}
    assert found.refer == bool(found.grounds)
    if judgement["refer"]:
        assert found.refer


@FEW
@given(checklists(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_a_result_can_be_made_again(checklist, chance):
    edition, profile, answers = checklist
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    first = risk.assess(edition, answers, profile=profile)
    again = risk.assess(edition, dict(shuffled), profile=profile)
    assert first.model_dump_json() == again.model_dump_json()


@FEW
@given(checklists())
def test_the_lowest_level_is_never_printed_for_an_unfinished_form(checklist):
    edition, profile, answers = checklist
    found = risk.assess(edition, answers, profile=profile)
    lowest = {level.id for level in risk.plan_for(edition, profile).rules.levels if level.only_when_complete}
    if found.state != "complete":
        assert found.level not in lowest
        assert found.computed_level not in lowest


@FEW
@given(checklists())
def test_no_line_speaks_of_low_risk_or_of_chance(checklist):
    edition, profile, answers = checklist
    found = risk.assess(edition, answers, profile=profile)
    told = " ".join((*found.why, *found.not_why, found.level_title or "")).lower()
    assert not any(word in told for word in ("low risk", "probab", "likely", "chance", "percent", "%"))


@pytest.mark.parametrize(("edition", "profile"), PAIRS, ids=NAMES)
def test_bounds_are_those_of_every_completion(edition, profile):
    """Six items left open, one of each kind of neighbour, and every way of completing them tried."""
    opened = [item.id for item in edition.items if item.id in {"1", "3", "3a", "5", "11", "c1"}]
    opened = (opened + [item.id for item in edition.items if item.id not in opened])[:6]
    rest = {item.id: ("yes" if at % 3 == 0 else "no") for at, item in enumerate(edition.items)}
    found = risk.assess(edition, {**rest, **dict.fromkeys(opened, "dont_know")}, profile=profile)
    whole = []
    for codes in product(("yes", "no"), repeat=len(opened)):
        answers = {**rest, **dict(zip(opened, codes, strict=True))}
        if not answers.get("3") == answers.get("3a") == "yes":
            whole.append(risk.assess(edition, answers, profile=profile))
    order = ranks(edition, profile)
    assert found.score_min == min(one.score for one in whole)
    assert found.score_max == max(one.score for one in whole)
    assert order[found.level_min] == min(order[one.level_min] for one in whole)
    assert order[found.level_max] == max(order[one.level_max] for one in whole)
    assert found.refer == all(one.refer for one in whole)
