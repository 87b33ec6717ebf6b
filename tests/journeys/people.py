"""Somebody at a browser, doing what people do: reading, typing, choosing, pressing, downloading."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from app.demo import PASSWORD
from tests.browser import watching
from tests.browser.serving import Served
from tests.browser.watching import DESK, Watched

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"


@dataclass
class Someone:
    """A person, and the page in front of them."""

    page: Page
    served: Served
    scripts: bool

    def sign_in(self, email: str) -> None:
        """Signs in with password and one-time code."""
        self.page.goto(f"{self.served.address}/sign-in")
        self.write("Work email address", email)
        self.write("Password", PASSWORD)
        self.press("Continue")
        self.write("Six digits", self.served.code(email))
        self.press("Sign in")
        expect(self.page).to_have_url(f"{self.served.address}/")

    def write(self, label: str, words: str) -> None:
        """Types into the box with that label."""
        self.page.get_by_label(label, exact=True).fill(words)

    def write_day(self, name: str, day: date) -> None:
        """Types a date into its three boxes."""
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.page.locator(f"#{name}-{part}").fill(str(value))

    def write_in(self, name: str, words: str) -> None:
        """Types into the box of that name."""
        self.page.locator(f"#{name}").fill(words)

    def choose(self, question: str, answer: str) -> None:
        """Picks one answer to a question."""
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def pick(self, label: str, option: str) -> None:
        """Picks from a list, by what a choice begins with: a meeting may say more of itself."""
        chooser = self.page.get_by_label(label, exact=True)
        # Reading all options does not wait for them, choosing one does.
        expect(chooser.locator("option").filter(has_text=option).first).to_be_attached()
        offered = [words.strip() for words in chooser.locator("option").all_text_contents()]
        chosen = option if option in offered else next(one for one in offered if one.startswith(option))
        chooser.select_option(label=chosen)

    def press(self, name: str) -> None:
        """Presses a button."""
        self.go(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Follows a link."""
        self.go((within or self.page).get_by_role("link", name=name, exact=True).first)

    def go(self, place: Locator) -> None:
        """Clicks what may lead to another page, and waits until all of that has arrived.

        A click waits only until the next page begins: on a busy machine its rest may come later.
        """
        place.click()
        self.page.wait_for_load_state("domcontentloaded")

    def turn_to(self, part: str) -> None:
        """Goes to a main part of the service; with scripts a phone folds them behind a Menu button."""
        size = self.page.viewport_size
        if self.scripts and size is not None and size["width"] < DESK[0]:
            self.press("Menu")
        self.follow(part, self.page.get_by_role("navigation", name="Main"))

    def unfold(self, summary: str) -> None:
        """Opens a part of the page that is folded away, unless it is open."""
        part = self.page.locator("details").filter(has=self.page.get_by_text(summary, exact=True))
        if part.get_attribute("open") is None:
            part.locator("summary").click()

    def reads(self, *words: str) -> None:
        """Expects to read these words on the page."""
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def does_not_read(self, *words: str) -> None:
        """Expects these words nowhere on the page."""
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)

    def download(self) -> bytes:
        """Waits for a copy to be made and downloads it."""
        link = self.page.get_by_role("link", name="Download the PDF", exact=True)
        for _ in range(60):
            if self.scripts:
                expect(link).to_be_visible(timeout=60_000)
            if link.is_visible():
                break
            self.page.wait_for_timeout(500)
            self.follow("Check again")
        with self.page.expect_download() as given:
            link.click()
        return Path(given.value.path()).read_bytes()

    def picture(self, name: str) -> None:
        """Keeps a picture of the page for the guides, when asked to."""
        if os.environ.get("MARAC_SCREENSHOTS") and self.scripts:
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.evaluate("window.scrollTo(0, 0)")
            self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


@contextmanager
def sitting_down(
    browser: Browser, served: Served, email: str, size: tuple[int, int], *, scripts: bool
) -> Iterator[Someone]:
    """Opens a browser for somebody, signs them in, and checks afterwards that no page complained.

    Who has no scripts has a slow line too: a step that does not wait for its page then always fails.
    """
    context = watching.window(browser, None, size, scripts=scripts)
    watched = Watched(context.new_page(), served.address)
    if not scripts:
        watched.slow_down()
    someone = Someone(watched.page, served, scripts)
    someone.sign_in(email)
    yield someone
    assert watched.complaints == []
    context.close()
