"""The product's matcher against a world it has never seen; another one in every run.

When it fails, the seed is in its output: `python -m tests.matching.figures --people 30000 --queries 4000
--seed … --failures 5` shows the same questions and what was answered.
"""

import random
import sys

import pytest

from tests.matching.failures import failures
from tests.matching.judge import Verdict, examine, gap_at_least
from tests.matching.product import finder
from tests.matching.tables import tables
from tests.matching.world import Built, build

PEOPLE, QUESTIONS = 30_000, 4_000
# The shares of questions in which a relative or namesake may be shown: over all, and of the worst kind.
BREACHES, BREACHES_OF_A_KIND = 0.01, 0.04

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world() -> Built:
    """A world of its own for this run."""
    return build(PEOPLE, QUESTIONS, random.SystemRandom().randrange(10**9))


@pytest.fixture(scope="module")
def verdict(world: Built) -> Verdict:
    """What the product answered."""
    return examine(world.questions, finder(world.records))


@pytest.fixture(autouse=True)
def repeatable(world: Built, verdict: Verdict) -> None:
    """Leaves the seed, the tables and some examples in the output of a test that fails."""
    sys.stdout.write(f"--people {PEOPLE} --queries {QUESTIONS} --seed {world.seed}\n")
    for line in (*tables(verdict), *failures(verdict, world.records, 2)):
        sys.stdout.write(f"{line}\n")


def test_the_world_is_as_large_as_promised(world: Built) -> None:
    assert len(world.records) == PEOPLE
    assert len(world.questions) >= 3_000


def test_at_least_98_of_100_are_found_among_at_most_five(verdict: Verdict) -> None:
    assert verdict.recall.value >= 0.98
    assert verdict.most_shown <= 5


def test_at_most_one_wrong_suggestion_for_two_new_people(verdict: Verdict) -> None:
    assert verdict.wrong_per_newcomer <= 0.5


def test_relatives_namesakes_and_hostel_mates_are_kept_apart(verdict: Verdict) -> None:
    assert verdict.all_breaches.value <= BREACHES
    over = {kind: share for kind, share in verdict.breaches.items() if share.interval[0] > BREACHES_OF_A_KIND}
    assert over == {}


def test_no_name_group_is_three_points_behind_another(verdict: Verdict) -> None:
    worst, best = verdict.worst_and_best()
    assert gap_at_least(verdict.groups[best], verdict.groups[worst]) <= 0.03
