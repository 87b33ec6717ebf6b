"""How long a hidden case takes beside one that never was: `python -m tests.house.wall_timing`.

Two databases that differ in one case, one person who may not know of it, and the same questions to both, one
after the other and in turn. Prints the medians and ends with 1 where any two are further apart than 5 %.
Where they seem to be, they are asked more often: what is only noise goes away, what is a trace stays.
"""

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from app import db
from app.auth import api_tokens, passwords
from app.main import create_app
from app.settings import Settings
from conferences.sealing import Keyring, new_keyring
from tests import make, server
from tests.browse import Browse
from tests.house import test_wall, wall
from tests.house.wall import Asking, Scene
from tests.sign_in import as_user

NOW = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)
WITHIN, MORE = 0.05, 6
Row = tuple[str, float, float]
SEARCHES = tuple({"words": words} for words in test_wall.SEARCHES)


@contextmanager
def _asked_by_ben(name: str, url: str, ring: Keyring, *, hidden: bool) -> Iterator[tuple[Asking, Scene]]:
    factory = db.session_factory(db.engine_for(url), ring)
    with factory() as session:
        world = make.world(session, NOW, passwords.hash_password("tall green kettle nine"))
        made = wall.scene(world, world.ben, wall.excluded if hidden else None)
        token = api_tokens.make(session, world.ben, list(api_tokens.SCOPES), now=NOW)
        app = create_app(Settings(), sessions=factory, keyring=ring, clock=lambda: browser.moment)
        browser = Browse(app, session, NOW)
        session.commit()
        with browser:
            yield Asking(browser, world, world.ben, token), made


def _seconds(who: Asking, method: str, path: str, ask: Callable[[], Any]) -> float:
    if not path.startswith("/api/"):
        as_user(who.client, who.world, who.user)
    who.world.session.commit()
    before = time.perf_counter()
    answer = ask()
    took = time.perf_counter() - before
    assert answer.status_code not in (401, 429, 500), (method, path, answer.status_code)
    return took


def _medians(times: int, one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """Asks both in turn, each first as often as the other, after a few that are not counted."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(5 + MORE * times):
        pair = ((one, taken[0]), (other, taken[1]))
        for ask, kept in pair if turn % 2 else reversed(pair):
            took = ask()
            if turn >= 5:
                kept.append(took)
        if taken[0] and len(taken[0]) % times == 0:
            hidden, never = (statistics.median(kept) for kept in taken)
            if abs(hidden / never - 1) <= WITHIN:
                break
    return hidden, never


def _of_kind(*kinds: str, only: str | None = None) -> Iterator[tuple[str, str]]:
    for method, path in test_wall.ROUTES:
        if test_wall.kind_of(method, path) in kinds and method == (only or method):
            yield method, path


def _rows(times: int, with_it: tuple[Asking, Scene], without: tuple[Asking, Scene]) -> Iterator[Row]:
    """The lists first: what is asked of one database alone fills it, and would make it the slower one."""
    yield from _of_lists(times, with_it, without)
    yield from _of_searches(times, with_it[0], without[0])
    yield from _of_the_case(times, *with_it)


def _of_the_case(times: int, who: Asking, made: Scene) -> Iterator[Row]:
    """Every route that names a thing of a case: one of the hidden case beside one that never was."""
    things = made.things()
    who.world.session.commit()
    for method, path in _of_kind("case"):
        hidden = things[path.removeprefix("/api/v1").split("/")[1]]

        def ask(ref: str, method: str = method, path: str = path) -> float:
            return _seconds(who, method, path, lambda: test_wall.asked(who, method, path, ref))

        yield f"{method} {path}", *_medians(times, lambda ref=hidden: ask(ref), lambda: ask(uuid4().hex))


def _of_lists(times: int, *worlds: tuple[Asking, Scene]) -> Iterator[Row]:
    """Every list, and every page of a meeting: in the database with the case beside the one without."""
    for method, path in _of_kind("list", "meeting", only="GET"):

        def ask(at: int, path: str = path) -> float:
            who, made = worlds[at]
            filled = test_wall.address(path, made.meeting.id.hex)
            return _seconds(who, "GET", path, lambda: who.ask("GET", filled))

        yield f"{method} {path}", *_medians(times, lambda: ask(0), lambda: ask(1))


def _of_searches(times: int, *askers: Asking) -> Iterator[Row]:
    path = "/api/v1/search"
    for body in SEARCHES:

        def ask(who: Asking, body: dict[str, str] = body) -> float:
            who.client.moment += timedelta(minutes=11)  # nobody may search as often as this asks
            return _seconds(who, "POST", path, lambda: who.ask("POST", path, body))

        yield f"POST {path} {body['words']}", *_medians(times, lambda: ask(askers[0]), lambda: ask(askers[1]))


def main(arguments: list[str] | None = None) -> int:
    """Builds both databases, asks, prints one table, and says by its result whether all were near enough."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--times", type=int, default=40)
    times = reader.parse_args(arguments).times
    with tempfile.TemporaryDirectory(prefix="openmarac-timing-") as folder, ExitStack() as open_:
        running = server.join(Path(folder))
        open_.callback(server.leave)
        urls = [
            running.url("marac_app", server.copy_of_template(running, name))
            for name in ("with_it", "without")
        ]
        ring = new_keyring()
        with_it = open_.enter_context(_asked_by_ben("with_it", urls[0], ring, hidden=True))
        without = open_.enter_context(_asked_by_ben("without", urls[1], ring, hidden=False))
        gc.disable()
        return _print(_rows(times, with_it, without))


def _print(rows: Iterator[Row]) -> int:
    far = 0
    _say(f"{'':58}{'hidden ms':>10}{'never ms':>10}{'apart':>8}")
    for name, hidden, never in rows:
        apart = hidden / never - 1
        far += abs(apart) > WITHIN
        _say(f"{name:58}{hidden * 1000:10.2f}{never * 1000:10.2f}{apart:+8.1%}")
    _say(f"\n{far} further apart than {WITHIN:.0%}" if far else f"\nall within {WITHIN:.0%}")
    return min(far, 1)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
