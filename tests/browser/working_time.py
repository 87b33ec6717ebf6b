"""How long a practised user works on a referral: `python -m tests.browser.working_time`, in `make bench`.

Chromium does the work at 390 pixels; taps, keys, swipes and page loads are counted as they happen, page loads
timed, and the rest reckoned by the keystroke-level model. A model of a skilled hand, and no measurement of
people: talking, and finding the words, come on top.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests import server
from tests.browser import watching
from tests.browser.serving import Served, serve_demo
from tests.browser.watching import DESK, PHONE
from tests.journeys import story
from tests.journeys.people import Someone
from tests.journeys.story import NOT_YES, Story

# Seconds. Card, Moran and Newell, The Psychology of Human-Computer Interaction (1983): deciding what to do
# next, pointing, a key for an average typist, and moving a hand between keys and pointer.
THINK, POINT, KEY, HAND = 1.35, 1.10, 0.28, 0.40
# Palin and others, How do people type on mobile devices (MobileHCI 2019): 36.2 words a minute of five letters
THUMB = 60 / (36.2 * 5)
SWIPED = 0.7  # of the window that one swipe moves
AMARA = "amara@education.example"
PAPER = "20", "11", "2026", "The night nurse"


@dataclass
class Work:
    """What was done, and how long the machine took."""

    key: float
    taps: int = 0
    keys: int = 0
    swipes: int = 0
    thoughts: int = 0
    pages: int = 0
    hands: int = 0
    machine: float = 0.0

    def seconds(self) -> float:
        """The seconds of hand and head by the model."""
        pointing = (self.taps + self.swipes) * POINT
        return pointing + self.keys * self.key + self.thoughts * THINK + self.hands * HAND

    def said(self, what: str, goal: int) -> str:
        """One line of the table."""
        whole = self.seconds() + self.machine
        return (
            f"| {what} | {self.taps} | {self.keys} | {self.swipes} | {self.pages} | {self.seconds():.0f} "
            f"| {self.machine:.1f} | {whole:.0f} | {goal} |"
        )


@dataclass
class Hands(Someone):
    """A practised user at a telephone: knows every page, and still looks before each answer."""

    work: Work = field(default_factory=lambda: Work(THUMB))

    def tap(self, place: Locator, *, thinks: int = 1) -> None:
        """Moves the page until a place can be seen, and taps it."""
        box, size = place.bounding_box(), self.page.viewport_size
        assert box is not None
        assert size is not None
        middle = box["y"] + box["height"] / 2
        away = max(-middle, middle - size["height"], 0)
        self.work.swipes += ceil(away / (SWIPED * size["height"]))
        self.work.taps, self.work.thoughts = self.work.taps + 1, self.work.thoughts + thinks
        place.scroll_into_view_if_needed()

    def load(self, act: Callable[[], None]) -> None:
        """Does what leads to another page, and times until that is there."""
        started = time.perf_counter()
        with self.page.expect_event("load"):
            act()
        self.work.machine += time.perf_counter() - started
        self.work.pages += 1

    def write(self, label: str, words: str) -> None:
        """Taps a box and types."""
        self.tap(self.page.get_by_label(label, exact=True))
        self.work.keys += len(words)
        super().write(label, words)

    def write_in(self, name: str, words: str) -> None:
        """Taps a box and types."""
        self.tap(self.page.locator(f"#{name}"))
        self.work.keys += len(words)
        super().write_in(name, words)

    def write_day(self, name: str, day: date) -> None:
        """Taps each of three boxes and types."""
        for at, (part, value) in enumerate((("day", day.day), ("month", day.month), ("year", day.year))):
            self.tap(self.page.locator(f"#{name}-{part}"), thinks=0 if at else 1)
            self.work.keys += len(str(value))
        super().write_day(name, day)

    def choose(self, question: str, answer: str) -> None:
        """Taps one answer."""
        self.tap(self.page.get_by_role("group", name=question).get_by_label(answer, exact=True))
        super().choose(question, answer)

    def pick(self, label: str, option: str) -> None:
        """Taps a list and one of its lines."""
        self.tap(self.page.get_by_label(label, exact=True))
        self.work.taps += 1
        super().pick(label, option)

    def press(self, name: str) -> None:
        """Taps a button that leads on."""
        self.tap(self.page.get_by_role("button", name=name, exact=True), thinks=0)
        self.load(lambda: Someone.press(self, name))

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Taps a link."""
        self.tap((within or self.page).get_by_role("link", name=name, exact=True).first)
        self.load(lambda: Someone.follow(self, name, within))


def answer_everything(hands: Hands) -> None:
    """One tap a question, section by section."""
    page = hands.page
    while "/checklist/" in page.url:
        expect(page.locator("[data-item]").first).to_be_visible()
        for item in page.locator("[data-item]").all():
            answer = item.get_by_label(NOT_YES.get(item.get_attribute("data-item") or "", "Yes"), exact=True)
            hands.tap(answer)
            answer.check()
        hands.press("Save and continue")


def refer(hands: Hands) -> None:
    """A whole referral, from the list of referrals to the result."""
    told = Story("Junia Testerly", "Rafe Madeupson", date(2026, 12, 2))
    story.begin(hands)
    answer_everything(hands)
    hands.choose("Do you think this should go to the meeting on your own judgement?", "Yes")
    hands.write("What makes you think so?", "He has found her twice since she left.")
    hands.press("Save and continue")
    story.name_people(hands, told)
    story.say_how_to_reach(hands)
    story.say_why(hands)
    story.send(hands, told)


def transcribe(hands: Hands) -> None:
    """A paper checklist keyed in at a desk: one key a question, the pointer only for the first box."""
    page, work = hands.page, hands.work
    hands.follow("Key in a checklist from paper")
    hands.tap(page.locator("#filled_on-day"))
    page.locator("#filled_on-day").click()
    work.hands += 2
    for words in PAPER:
        page.keyboard.type(words)
        page.keyboard.press("Tab")
        work.keys, work.thoughts = work.keys + len(words) + 1, work.thoughts + (words in (PAPER[0], PAPER[3]))
    rows = page.locator("[data-row]").count()
    for _ in range(rows):
        page.keyboard.press("y")
        work.keys, work.thoughts = work.keys + 1, work.thoughts + 1
    assert page.locator("[data-row] input:checked").count() == rows
    work.keys += 1
    hands.load(lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("/final")


def main() -> None:
    """Starts the service with the fictional area, works, and prints the table."""
    with tempfile.TemporaryDirectory(prefix="openmarac-work-") as folder:
        served = serve_demo(server.join(server.new_folder()), "working_time", Path(folder))
        try:
            with sync_playwright() as playwright:
                _measure(watching.chromium(playwright), served)
        finally:
            served.stop()
            server.leave()


def _measure(browser: Browser, served: Served) -> None:
    phone, desk = (_sit(browser, served, size) for size in (PHONE, DESK))
    telephone = Hands(phone, served, scripts=True)
    phone.goto(f"{served.address}/referrals")
    refer(telephone)
    keyboard = Hands(desk, served, scripts=True, work=Work(KEY))
    desk.goto(f"{served.address}/referrals/new")
    draft = Someone(desk, served, scripts=True)
    draft.choose("Are you alone with the person, and is it safe to talk?", _NOTES)
    draft.press("Continue")
    desk.wait_for_url("**/judgement")
    desk.goto(desk.url.removesuffix("/judgement"))
    transcribe(keyboard)
    print("| What | taps or clicks | keys | swipes | pages | modelled s | machine s | together | goal |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    print(telephone.work.said("a whole referral on a telephone, 390 pixels", 600))
    print(keyboard.work.said("a paper checklist by keys, at a desk", 120))


_NOTES = "I am keying in from my notes"


def _sit(browser: Browser, served: Served, size: tuple[int, int]) -> Page:
    return watching.window(browser, served.cookie(AMARA), size).new_page()


if __name__ == "__main__":
    main()
