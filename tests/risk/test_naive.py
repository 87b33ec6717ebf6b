"""The engine and the naive second implementation agree, on a great many random checklists."""

import os
import random

import pytest

import risk
from risk.grounds import grounds_held
from risk.levels import final_level
from risk.plan import plan_for
from tests.risk.naive.world import checklist

EACH = int(os.environ.get("RISK_ANSWER_SETS", "1000000")) // 10
COMPARED = ("score", "score_min", "score_max", "threshold_state", "needed", "level_min", "level_max")


def engine(slug, profile, answers, context):
    """The engine's figures without its sentences."""
    found = risk.score(plan_for(risk.edition(slug), profile), answers, context, None)
    held = grounds_held(found)
    levelled = final_level(found, tuple(held))
    line = None if found.judgement_only else found.plan.rules.threshold
    return {
        **{name: getattr(found, name) for name in COMPARED},
        "state": found.state,
        "threshold": line.at if line else None,
        "computed_level": levelled.computed,
        "level": levelled.level,
        "refer": bool(held),
        "grounds": sorted(held),
        "dissent": levelled.dissent is not None,
    }


def disagreements(seed, times):
    chance = random.Random(seed)
    for _ in range(times):
        slug, profile, answers, context, naive = checklist(chance)
        found = engine(slug, profile, answers, context)
        wrong = {name: (value, found[name]) for name, value in naive.items() if found[name] != value}
        if wrong:
            yield slug, profile, answers, context, wrong


def test_a_few_thousand_agree():
    assert next(disagreements(20261121, 5_000), None) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_million_agree(seed):
    assert next(disagreements(seed, EACH), None) is None


def test_the_whole_explanation_says_the_same_figures():
    chance = random.Random(7)
    for _ in range(500):
        slug, profile, answers, context, naive = checklist(chance)
        said = risk.assess(risk.edition(slug), answers, context, profile=profile)
        assert said.level == naive["level"]
        assert said.refer == naive["refer"]
        assert sorted(ground.id for ground in said.grounds) == naive["grounds"]
        assert (said.score_min, said.score_max) == (naive["score_min"], naive["score_max"])
