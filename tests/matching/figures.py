"""How well the product finds people, and how fast: `python -m tests.matching.figures --people 1200000`.

The seed is drawn anew each time unless it is given; it is printed, so that a run can be repeated.
"""

import argparse
import random
import resource
import sys
import time

from tests.matching.failures import failures
from tests.matching.judge import examine
from tests.matching.product import finder
from tests.matching.tables import tables
from tests.matching.world import build


def wanted(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=1_200_000)
    reader.add_argument("--queries", type=int, default=6_000)
    reader.add_argument("--seed", type=int, default=None)
    reader.add_argument("--failures", type=int, default=0, help="print so many examples of each fault")
    return reader.parse_args(arguments)


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> None:
    """Builds a world, asks every question, prints the tables."""
    told = wanted(arguments)
    seed = random.SystemRandom().randrange(10**9) if told.seed is None else told.seed
    say(f"{told.people:,} people, {told.queries:,} questions, --seed {seed}\n")
    began = time.perf_counter()
    world = build(told.people, told.queries, seed)
    say(f"World made in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    find = finder(world.records)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    say(f"Register read in {time.perf_counter() - began:.0f} s; {held:.1f} GB held with the world\n")
    made = examine(world.questions, find)
    for line in tables(made):
        say(line)
    if told.failures:
        for line in failures(made, world.records, told.failures):
            say(line)


if __name__ == "__main__":
    main()
