"""One running service with the fictional area for all visits, and a browser per module."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from app.embedded import Embedded
from tests.browser import scene, watching
from tests.browser.scene import Scene
from tests.browser.serving import PATIENCE, Served, serve_demo
from tests.browser.visits import Visit
from tests.browser.watching import DESK, Watched

RENEWED = 120  # seconds; a code is enough for an address for five minutes


@pytest.fixture(scope="session")
def served(
    embedded: Embedded, worker: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, dict[str, str]]]:
    """The running service, and what addresses are filled in with."""
    folder: Path = tmp_path_factory.mktemp("visits")
    played = Scene()
    running = serve_demo(embedded, f"visits_{worker}", folder, played.set_up)
    try:
        _wait_for_copies(running)
        with running.sessions() as session:
            found = scene.places(session, played)
        yield running, found
    finally:
        running.stop()


def _wait_for_copies(running: Served) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with running.sessions() as session:
            if scene.copies_left(session) == 0:
                return
        time.sleep(0.3)
    raise AssertionError(running.log.read_text())


@dataclass
class Desk:
    """A browser in which each person has a window of their own."""

    browser: Browser
    served: Served
    places: dict[str, str]
    windows: dict[tuple[str | None, bool], BrowserContext] = field(default_factory=dict)
    opened: dict[tuple[str | None, bool], float] = field(default_factory=dict)

    def window(self, who: str | None, *, half: bool = False) -> BrowserContext:
        """Returns the person's window, signed in not long ago however long all the visits take."""
        one = (who, half)
        if one not in self.windows or time.monotonic() - self.opened[one] > RENEWED:
            if one in self.windows:
                self.windows[one].close()
            cookie = self.served.cookie(who, half=half) if who else None
            self.windows[one] = watching.window(self.browser, cookie, DESK)
            self.opened[one] = time.monotonic()
        return self.windows[one]

    def visit(self, visit: Visit) -> Watched:
        """Opens a page and checks that it answers as it should."""
        watched = Watched(self.window(visit.who, half=visit.half).new_page(), self.served.address)
        watched.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        answer = watched.page.goto(self.served.address + visit.path.format(**self.places))
        assert answer is not None
        assert answer.status == visit.status, visit
        return watched


@pytest.fixture(scope="module")
def desk(served: tuple[Served, dict[str, str]]) -> Iterator[Desk]:
    """The browser."""
    running, found = served
    with sync_playwright() as playwright:
        browser = watching.chromium(playwright)
        yield Desk(browser, running, found)
        browser.close()
