"""The whole path in a browser, as five people, with scripts and without them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import Browser, sync_playwright

from conferences.calendars import local_day
from tests.browser import watching
from tests.browser.serving import Served
from tests.browser.watching import DESK, PHONE
from tests.journeys import story as path
from tests.journeys.people import Someone, sitting_down
from tests.journeys.story import POSTCODE, STREET, Promise, Story
from tests.pdf.reading import everything, words

pytestmark = pytest.mark.browser

CAN_FOLLOW, CAN_GET_IN = "He can follow her home.", "He can get into her home."
LOCK = Promise("Housing", "Change the front door lock", "Joel Amory", CAN_GET_IN, needs_address=True)
LIGHT = Promise("Housing", "Mend the light in the entrance", "Joel Amory", CAN_GET_IN)
RING = Promise("Ashmere IDVA", "Agree a safe way home with her", "Noor Hadley", CAN_FOLLOW)
Sit = Callable[[str, tuple[int, int]], AbstractContextManager[Someone]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        opened = watching.chromium(playwright)
        yield opened
        opened.close()


def refer(amara: Someone, story: Story) -> None:
    """From the first question to the reference."""
    path.begin(amara)
    path.ask(amara)
    path.name_people(amara, story)
    path.say_how_to_reach(amara)
    path.say_why(amara)
    path.send(amara, story)


def hear(chidi: Someone, story: Story) -> None:
    """From opening the meeting to concluding it."""
    path.open_agenda(chidi, story)
    chidi.press("Open the meeting")
    chidi.follow(story.reference)
    path.contribute(chidi, "Ashmere Police", "Two calls from her number, both cut off.")
    path.contribute(chidi, "Housing", None)
    path.name_risk(chidi, "To the person at risk", CAN_FOLLOW)
    path.name_risk(chidi, "To the person at risk", CAN_GET_IN)
    for promise in (LOCK, LIGHT, RING):
        path.agree(chidi, story, promise)
    chidi.picture("09-a-case-in-the-room")
    path.conclude(chidi)
    path.open_agenda(chidi, story)
    chidi.press("Conclude the meeting")
    chidi.reads("Concluded")


def keep(dana: Someone, story: Story) -> bytes:
    """Housing sees its own actions alone, takes its plan, does one and cannot do the other."""
    dana.turn_to("Actions")
    dana.reads(LOCK.what, LIGHT.what, story.reference)
    dana.does_not_read(RING.what, story.victim, STREET, POSTCODE)
    dana.picture("10-actions-of-an-agency")
    dana.press("Action plan (PDF)")
    plan = dana.download()
    reveal(dana)
    answer(dana, LOCK.what, "Done")
    dana.write("What happened, and how do you know?", "Fitted this morning; the tenant has both keys.")
    dana.choose("What is the risk now?", "Lower")
    dana.press("Record as done")
    answer(dana, LIGHT.what, "Can’t do")
    dana.choose("What stopped it?", "It could no longer be done")
    dana.write(
        "What happened?", "The entrance belongs to the shop below, and they have mended it themselves."
    )
    dana.press("Tell the coordinator")
    return plan


def reveal(dana: Someone) -> None:
    """The action that needs it opens the address, to a reason and a fresh code, and nothing else does."""
    dana.turn_to("Actions")
    dana.follow(LOCK.what)
    dana.does_not_read(STREET)
    dana.follow("Show where they are")
    if "/sign-in/code" in dana.page.url:
        dana.write("Six digits", dana.served.code("dana@housing.example"))
        dana.press("Sign in")
    dana.write("Why do you need to know?", "The locksmith goes today.")
    dana.press("Show it once")
    dana.reads(STREET)


def answer(dana: Someone, what: str, button: str) -> None:
    """Opens the form on an action in the list."""
    dana.turn_to("Actions")
    row = dana.page.locator("li").filter(has=dana.page.get_by_role("link", name=what, exact=True))
    dana.go(row.locator("a.om-btn").filter(has_text=button))


def check_agenda(pages: list[str], story: Story) -> None:
    """The chair's agenda holds the case, and no address."""
    whole = " ".join(pages)
    assert story.reference in whole
    assert story.victim.split()[0] in whole
    assert "Ash" in whole
    assert "I want to walk home without looking back." in whole
    assert STREET not in whole
    assert POSTCODE not in whole
    check_marks(pages, "Chidi Ravenhall")


def check_plan(pages: list[str], story: Story) -> None:
    """Housing's plan holds Housing's actions, the least context, and no address or name."""
    whole = " ".join(pages)
    assert story.reference in whole
    assert LOCK.what in whole
    assert LIGHT.what in whole
    assert "Only through the school office." in whole
    for word in (RING.what, story.victim, story.victim.split()[0], story.perpetrator, STREET, POSTCODE):
        assert word not in whole
    check_marks(pages, "Dana Wickfield")


def check_marks(pages: list[str], recipient: str) -> None:
    """Every page says how it is to be handled, whose copy it is, and which page of how many."""
    for number, page in enumerate(pages, start=1):
        assert "OFFICIAL-SENSITIVE" in page
        assert recipient in page
        assert f"Page {number} of {len(pages)}" in page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_case_goes_the_whole_way(browser: Browser, service: Served, scripts: bool) -> None:
    name, other = ("Junia Testerly", "Rafe Madeupson") if scripts else ("Marla Pretendo", "Gus Inventall")
    story = Story(name, other, local_day(datetime.now(UTC)) + timedelta(days=9 if scripts else 10))
    sit: Sit = partial(sitting_down, browser, service, scripts=scripts)
    with sit("amara@education.example", PHONE) as amara:
        refer(amara, story)
    with sit("ben@council.example", DESK) as ben:
        path.plan(ben, story)
        path.accept(ben, story)
        path.issue(ben, story)
        path.look_at_tomorrow(ben)
    with sit("chidi@police.example", DESK) as chidi:
        agenda = path.take_agenda(chidi, story)
        hear(chidi, story)
    with sit("dana@housing.example", DESK) as dana:
        plan = keep(dana, story)
    with sit("noor@idva.example", PHONE) as noor:
        answer(noor, RING.what, "Done")
        noor.write(
            "What happened, and how do you know?", "She takes the bus with a friend. She told me so today."
        )
        noor.choose("What is the risk now?", "Lower")
        noor.press("Record as done")
        noor.does_not_read(LOCK.what)
    with sit("ben@council.example", DESK) as ben:
        ben.picture("11-my-work")
        answer(ben, LIGHT.what, "Confirm")
        ben.press("Confirm not possible")
        ben.follow(LIGHT.what)
        ben.reads("The entrance belongs to the shop below")
    check_agenda(words(agenda), story)
    check_plan(words(plan), story)
    for paper in (agenda, plan):
        assert STREET.encode() not in everything(paper)
        assert POSTCODE.encode() not in everything(paper)
