"""Every page, in every role that may open it: no barrier, no complaint, nothing kept, nothing cut off."""

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.main import routers
from tests.browser.conftest import Desk
from tests.browser.scene import BEN
from tests.browser.slips import SLIPS, Slip
from tests.browser.visits import ASTRAY, NOT_PAGES, VISITS, Visit
from tests.browser.watching import NARROW, PHONE, Watched

pytestmark = pytest.mark.browser


def pages() -> set[str]:
    """Every address that answers GET with a page."""
    listed = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for router, _ in routers():
        listed.include_router(router)
    found = {route.path for route in iter_route_contexts(listed.routes) if "GET" in (route.methods or ())}
    return {path for path in found if path and not path.startswith("/api/")}


def test_every_page_is_visited_and_nothing_else() -> None:
    assert {visit.route for visit in VISITS} == pages() - NOT_PAGES
    assert pages() >= NOT_PAGES
    assert len(pages()) > 40


def check(watched: Watched) -> None:
    """Looks at a page on a desk, on a phone, and in the narrowest window."""
    assert watched.barriers() == []
    watched.resize(PHONE)
    assert watched.barriers() == [], "on a phone"
    assert not watched.spills(), "at 390 px"
    watched.resize(NARROW)
    assert not watched.spills(), "at 320 px"
    assert watched.complaints == []
    assert watched.keeps() == 0
    watched.page.close()


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_a_page_is_usable_by_everyone_and_keeps_to_itself(desk: Desk, visit: Visit) -> None:
    watched = desk.visit(visit)
    title = watched.page.title()
    assert title
    assert not title.startswith("Error")
    check(watched)


@pytest.mark.parametrize("visit", ASTRAY, ids=str)
def test_a_page_for_somebody_astray_is_usable_too(desk: Desk, visit: Visit) -> None:
    check(desk.visit(visit))


OPEN_EVERYTHING = "for (const part of document.querySelectorAll('main details')) part.open = true"


def send(watched: Watched, slip: Slip) -> int:
    """Fills in what the slip says, presses its button, and returns the status of the answer."""
    page = watched.page
    page.evaluate(OPEN_EVERYTHING)
    for selector, words in slip.typed.items():
        page.locator(selector).fill(words)
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as answered:
        page.locator("main").get_by_role("button", name=slip.button, exact=True).click()
    page.wait_for_load_state()
    return answered.value.status


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_a_form_with_a_slip_comes_back_saying_so(desk: Desk, slip: Slip) -> None:
    watched = desk.visit(slip.visit)
    assert send(watched, slip) == 422
    assert watched.page.title().startswith("Error: ")
    summary = watched.page.locator(".govuk-error-summary")
    assert summary.evaluate("one => document.activeElement === one || one.contains(document.activeElement)")
    for link in summary.get_by_role("link").all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        assert watched.page.locator(f"[id='{target}']").count() == 1, target
    kept = {name: watched.page.locator(name).input_value() for name in slip.typed if name != "#password"}
    assert kept == {name: words for name, words in slip.typed.items() if name != "#password"}
    check(watched)


UNDER_THE_BAR = """() => {
    const one = document.activeElement, bar = document.querySelector('.om-closebar');
    const [mine, its] = [one.getBoundingClientRect(), bar.getBoundingClientRect()];
    const under = mine.bottom > its.top + 2 && mine.top < its.bottom - 2;
    return one !== document.body && !bar.contains(one) && under;
}"""


def test_what_the_keyboard_reaches_is_not_under_the_bar(desk: Desk) -> None:
    watched = desk.visit(Visit("", BEN, "/queue/{referral-AS-0455}"))
    for _ in range(45):
        watched.page.keyboard.press("Tab")
        assert not watched.page.evaluate(UNDER_THE_BAR)
    watched.page.close()


@pytest.mark.parametrize(
    ("spoil", "noticed"),
    [
        ("document.querySelector('label').remove()", "label"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("document.querySelector('h1').style.color = '#eee'", "color-contrast"),
    ],
)
def test_a_barrier_would_be_noticed(desk: Desk, spoil: str, noticed: str) -> None:
    watched = desk.visit(Visit("", None, "/sign-in"))
    watched.page.evaluate(spoil)
    assert [line.split(":")[0] for line in watched.barriers()] == [noticed]
    watched.page.close()


def test_what_a_page_must_not_do_would_be_noticed(desk: Desk) -> None:
    watched = desk.visit(Visit("", None, "/help"))
    watched.page.evaluate(
        """() => {
        localStorage.setItem('a', 'b');
        document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/a.png" alt="">');
        document.body.insertAdjacentHTML('beforeend', '<p style="width: 900px">wide</p>');
        document.body.lastChild.style.width = '2000px';
        }"""
    )
    watched.page.wait_for_timeout(200)
    assert watched.keeps() == 1
    assert watched.spills()
    assert any("Content Security Policy" in line for line in watched.complaints)
    watched.page.evaluate("localStorage.clear()")
    watched.page.close()
