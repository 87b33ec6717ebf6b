"""How fast a checklist is scored, beside a function that only walks the answers; a script, no test."""

import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

import risk

CODES = ("yes", "no", "no", "dont_know")
BATCH = 20_000


def walk(answers: dict[str, str]) -> dict[str, int]:
    """The baseline: go through the answers and count each code."""
    counted: dict[str, int] = {}
    for _, code in answers.items():
        counted[code] = counted.get(code, 0) + 1
    return counted


def checklists(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Random complete answers to the 24 items."""
    chance = random.Random(seed)
    return [{str(item): chance.choice(CODES) for item in range(1, 25)} for _ in range(count)]


def rates(answers: list[dict[str, str]], *works: Callable[[dict[str, str]], object]) -> list[float]:
    """The best of five rounds of each, in checklists a second of processor time.

    The rounds take turns, so that a busy minute falls on all alike.
    """
    best = [0.0] * len(works)
    for _ in range(5):
        for at, work in enumerate(works):
            started = time.process_time()
            for one in answers:
                work(one)
            best[at] = max(best[at], len(answers) / (time.process_time() - started))
    return best


def rescored(seed: int) -> int:
    """One batch of stored checklists under a lower line; how many would be referred."""
    dash = risk.edition("safelives-dash-ric")
    stored = [(answers, None) for answers in checklists(BATCH, seed)]
    return sum(outcome.refer for outcome in risk.what_if(dash, "local-threshold-10", stored))


def bar(done: int, whole: int) -> str:
    """A progress bar of fifty marks."""
    marks = 50 * done // whole
    return f"\r[{'#' * marks}{' ' * (50 - marks)}] {done:,} of {whole:,}"


def lines(count: int) -> Iterator[str]:
    """The figures, one line each; the rescoring draws its bar on standard error."""
    dash = risk.edition("safelives-dash-ric")
    plan, answers = risk.plan_for(dash), checklists(4_000)
    walked, scored, explained = rates(
        answers, walk, lambda one: risk.score(plan, one, None, None), lambda one: risk.assess(dash, one)
    )
    yield f"walking the answers: {walked:,.0f} a second"
    yield f"scored with bounds and grounds: {scored:,.0f} a second, {scored / walked:.3f} of walking"
    yield f"explained with counterfactual: {explained:,.0f} a second, {explained / walked:.3f} of walking"
    started, batches = time.perf_counter(), count // BATCH
    with ProcessPoolExecutor(2) as pool:
        for done, _ in enumerate(pool.map(rescored, range(batches)), 1):
            sys.stderr.write(bar(done * BATCH, batches * BATCH))
    sys.stderr.write("\n")
    took = time.perf_counter() - started
    yield f"re-scoring {batches * BATCH:,} checklists on two cores: {took:.0f} seconds"


if __name__ == "__main__":
    for line in lines(int(sys.argv[1]) if len(sys.argv) > 1 else 1_200_000):
        sys.stdout.write(f"{line}\n")
