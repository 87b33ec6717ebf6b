"""How fast the service finds people in a database of 1.2 million: `python -m tests.benchmarks.finding`.

As marac_app, each question in a session of its own, as a request has it: by the least privileged person (a
frontline worker), by an agency's representative, and by a coordinator, who may know of all. The database is
built once in a folder and kept there.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from app import db, embedded, keys
from conferences.finding import register, search
from conferences.models import Role, User
from tests.benchmarks import crowd
from tests.matching.product import asked
from tests.matching.world import Built, Record, build

SEED = 20261123
ROLES = {"amara": "frontline worker", "dana": "representative", "ben": "coordinator"}


def wanted(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=1_200_000)
    reader.add_argument("--questions", type=int, default=600)
    reader.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "openmarac-crowd")
    return reader.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Builds the database unless it is there, asks, prints one table."""
    told = wanted(arguments)
    folder = told.folder / str(told.people)
    world = build(told.people, 6_000, SEED)
    running = embedded.start(folder / "data")
    try:
        ring, done = keys.make_key_once(folder / "keys" / "sealing.key"), folder / "built"
        if not done.exists():
            crowd.build(running, ring, world.records[: told.people // 3])
            done.touch()
        factory = db.session_factory(db.engine_for(running.url("marac_app")), ring)
        _measure(factory, world, told.questions)
    finally:
        running.stop()


def _measure(factory: sessionmaker[Session], world: Built, count: int) -> None:
    say(f"{len(world.records):,} people, a third of them of one area; {count} questions each, seed {SEED}\n")
    say(f"{'':44}{'p50 ms':>8}{'p95 ms':>8}{'found':>8}{'opened':>8}")
    for name, role in ROLES.items():
        who = _who(factory, name)
        _line(f"candidates, {role}", *_candidates(factory, who, world, count))
        for kind, words in _searches(world, count).items():
            _line(f"search by {kind}, {role}", *_search(factory, who, words))


def _who(factory: sessionmaker[Session], name: str) -> Any:
    with factory() as session:
        wanted_role = {"amara": Role.FRONTLINE, "dana": Role.REPRESENTATIVE, "ben": Role.COORDINATOR}[name]
        users = session.scalars(select(User)).all()
        return next(u.id for u in users if u.role is wanted_role and u.area.name == "Ashmere"
                    and (name != "amara" or u.agency.code == "EDU"))  # type: ignore[union-attr]  # fmt: skip


def _timed(
    factory: sessionmaker[Session], who: Any, ask: Callable[[Session, User], Any]
) -> tuple[float, Any]:
    with factory() as session:
        user = session.get_one(User, who)
        user.role, user.area.reference_prefix  # noqa: B018 - signing in has loaded both
        began = time.perf_counter()
        found = ask(session, user)
        took = time.perf_counter() - began
        session.rollback()
    return took * 1000, found


def _candidates(
    factory: sessionmaker[Session], who: Any, world: Built, count: int
) -> tuple[list[float], str, str]:
    took, hits, known, shown = [], 0, 0, 0
    here = {one.id for one in _here(world)}
    for question in world.questions[:count]:
        facts = asked(question.query)
        milliseconds, found = _timed(
            factory, who, lambda s, u, f=facts: register.candidates(s, u, f, now=crowd.MOMENT)
        )
        took.append(milliseconds)
        shown += len(found)
        if question.expected in here:
            known += 1
            hits += crowd.id_of(question.expected).hex in [one.id for one in found]
    return took, f"{hits / known:.1%}", f"{shown / count:.2f}"


def _here(world: Built) -> list[Record]:
    return world.records[: len(world.records) // 3]


def _searches(world: Built, count: int) -> dict[str, list[str]]:
    chance = random.Random(SEED)
    some = chance.sample(_here(world), 4 * count)
    return {
        "name": [one.name for one in some[:count]],
        "misspelt name": [question.query.name for question in world.questions[:count]],
        "telephone": [one.phone for one in some if one.phone][:count],
        "postcode": [one.postcode for one in some if one.postcode][:count],
    }


def _search(factory: sessionmaker[Session], who: Any, words: list[str]) -> tuple[list[float], str, str]:
    made = [_timed(factory, who, lambda s, u, w=one: search.find(s, u, w, now=crowd.MOMENT)) for one in words]
    some = sum(bool(found.hits) for _, found in made) / len(made)
    return [took for took, _ in made], f"{some:.0%}", f"{statistics.mean(len(f.hits) for _, f in made):.1f}"


def _line(what: str, took: list[float], found: str, shown: str) -> None:
    ordered = sorted(took)
    p95 = ordered[int(len(ordered) * 0.95)]
    say(f"{what:44}{statistics.median(ordered):8.1f}{p95:8.1f}{found:>8}{shown:>8}")


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
