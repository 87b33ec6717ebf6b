"""The script of the checklist in a real browser: each answer saved, told when it is not, and sent again."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse
from playwright.sync_api import Page, expect, sync_playwright
from starlette.requests import Request
from starlette.responses import Response

import risk
from app.assets import mount_static
from app.forms import Filled, TypedForm
from app.pages.checklist.views.section import Asked, as_asked
from app.templating import Shell, environment

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
CHECKLIST = """
{% extends "base_quiet.html" %}
{% from "components/forms.html" import form_open, button %}
{% from "referrals/question.html" import question %}
{% from "components/checklist.html" import saved_status, certain_line %}
{% from "components/bars.html" import progress %}
{% block heading %}Questions{% endblock %}
{% block content %}
{{ saved_status() }}{{ progress(0, 24, "{done} of {total} answered") }}
{{ certain_line("It goes forward.", false) }}
{% call form_open(shell, "/sent", autosave="/save") %}
{% for one in asked %}
{{ question(one, form, sources=[("them", "The person")], alert="Ask today." if one.item.id == "3") }}
{% endfor %}
{{ button("Save and continue") }}
{% endcall %}
{% endblock %}
"""


class Desk:
    """A small server that keeps what it is sent, and can be told to be out of order."""

    def __init__(self) -> None:
        self.kept: list[dict[str, str]] = []
        self.tokens: list[str | None] = []
        self.sent = 0
        self.broken = False
        self.refused_item = ""
        self.ready = False
        self.address = ""

    def reply(self) -> Response:
        if self.broken:
            return JSONResponse({}, 503)
        items = {k["item"] for k in self.kept}
        certain = len(items) > 1
        return JSONResponse({"answered": len(items), "total": 24, "saved_at": "10:42am", "certain": certain})


def three() -> list[Asked]:
    """The first three questions of the checklist most used."""
    dash = risk.edition("safelives-dash-ric", "2009.1")
    return [as_asked(dash, item) for item in dash.items[:3]]


def service(desk: Desk) -> FastAPI:
    app = FastAPI()
    mount_static(app)
    shell = Shell(csrf_token="token-of-amara", exit_button=True)

    def shown(source: str) -> HTMLResponse:
        page = {"shell": shell, "errors": (), "lang": "en", "form": Filled(), "asked": three()}
        html = environment().from_string(source).render(**page)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    @app.get("/checklist")
    def checklist() -> Response:
        return shown(CHECKLIST)

    @app.post("/save")
    def save(request: Request, typed: TypedForm) -> Response:
        if typed["item"] == [desk.refused_item]:
            return JSONResponse({}, 422)
        if not desk.broken:
            desk.kept.append({name: values[0] for name, values in typed.items()})
            desk.tokens.append(request.headers.get("X-CSRF-Token"))
        return desk.reply()

    @app.post("/sent")
    def sent() -> Response:
        desk.sent += 1
        time.sleep(0.3)
        return shown(CHECKLIST)

    @app.get("/waiting")
    def waiting() -> Response:
        body = "<p>Here it is</p>" if desk.ready else '<p data-poll="/asked">Being made</p>'
        return shown('{% extends "base_quiet.html" %}{% block content %}' + body + "{% endblock %}")

    @app.get("/asked")
    def asked() -> Response:
        desk.ready = True
        return JSONResponse({"ready": True})

    return app


@pytest.fixture(scope="module")
def served() -> Iterator[Desk]:
    desk = Desk()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(service(desk), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    desk.address = f"http://localhost:{port}"
    yield desk
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def desk(served: Desk) -> Desk:
    served.refused_item = ""
    served.kept, served.tokens, served.sent, served.broken, served.ready = [], [], 0, False, False
    return served


@pytest.fixture
def phone(chromium: Any, desk: Desk) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Security Policy" in line.text else None)
    page.goto(f"{desk.address}/checklist")
    yield page
    page.close()
    assert complaints == []


def answer(page: Page, item: str, words: str) -> None:
    page.locator(f"[data-item='{item}']").get_by_role("radio", name=words, exact=True).check()


def test_each_answer_is_saved_as_it_is_given(phone: Page, desk: Desk) -> None:
    answer(phone, "1", "Don’t know")
    expect(phone.get_by_role("status")).to_have_text("Saved 10:42am")
    expect(phone.get_by_text("1 of 24 answered")).to_be_visible()
    assert desk.kept == [{"item": "1", "answer": "dont_know", "source": "", "note": ""}]
    assert desk.tokens == ["token-of-amara"]
    expect(phone.locator("#referral-certain")).to_be_hidden()
    answer(phone, "2", "Yes")
    expect(phone.locator("#referral-certain")).to_be_visible()


def test_a_note_and_who_said_it_are_saved_too(phone: Page, desk: Desk) -> None:
    item = phone.locator("[data-item='1']")
    item.get_by_text("Add a note or who said this").click()
    item.get_by_label("Who said this?").select_option("them")
    item.get_by_label("Note").fill("In their own words")
    expect(phone.get_by_role("status")).to_have_text("Saved 10:42am")
    phone.wait_for_function("!document.querySelector('.is-lost')")
    while len(desk.kept) < 2:
        phone.wait_for_timeout(50)
    assert desk.kept[-1] == {"item": "1", "answer": "", "source": "them", "note": "In their own words"}


def test_a_lost_connection_is_said_and_the_answers_are_sent_again(phone: Page, desk: Desk) -> None:
    phone.context.set_offline(True)
    answer(phone, "1", "Yes")
    answer(phone, "2", "No")
    expect(phone.get_by_role("status")).to_contain_text("Not saved. No connection since")
    expect(phone.get_by_role("status")).to_contain_text("Keep this page open.")
    assert desk.kept == []
    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_have_text("Saved 10:42am", timeout=15_000)
    assert {k["item"]: k["answer"] for k in desk.kept} == {"1": "yes", "2": "no"}


def test_a_service_out_of_order_is_tried_again(phone: Page, desk: Desk) -> None:
    desk.broken = True
    answer(phone, "1", "Declined")
    expect(phone.get_by_role("status")).to_contain_text("Not saved at")
    desk.broken = False
    expect(phone.get_by_role("status")).to_have_text("Saved 10:42am", timeout=15_000)
    assert desk.kept[-1]["answer"] == "refused"


def test_an_answer_that_is_refused_does_not_hold_up_the_others(phone: Page, desk: Desk) -> None:
    desk.refused_item = "1"
    answer(phone, "1", "Yes")
    expect(phone.get_by_role("status")).to_contain_text("Not saved at")
    answer(phone, "2", "Yes")
    while not desk.kept:
        phone.wait_for_timeout(50)
    assert [k["item"] for k in desk.kept] == ["2"]
    expect(phone.get_by_role("status")).to_contain_text("Not saved at")
    desk.refused_item = ""
    expect(phone.get_by_role("status")).to_have_text("Saved 10:42am", timeout=15_000)


def test_a_serious_answer_opens_its_note_in_place(phone: Page) -> None:
    expect(phone.get_by_text("Ask today.")).to_be_hidden()
    answer(phone, "3", "Yes")
    expect(phone.get_by_text("Ask today.")).to_be_visible()
    answer(phone, "3", "No")
    expect(phone.get_by_text("Ask today.")).to_be_hidden()


def test_four_answers_stay_side_by_side_on_the_smallest_phone(phone: Page) -> None:
    boxes = [label.bounding_box() for label in phone.locator("[data-item='1'] .om-three label").all()]
    assert len(boxes) == 4
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def test_a_form_sent_twice_in_a_hurry_is_sent_once(phone: Page, desk: Desk) -> None:
    phone.get_by_role("button", name="Save and continue").dblclick()
    phone.wait_for_url("**/sent")
    assert desk.sent == 1


def test_three_presses_of_shift_leave_the_page(phone: Page) -> None:
    phone.route("https://www.gov.uk/", lambda route: route.fulfill(body="elsewhere"))
    for _ in range(3):
        phone.keyboard.press("Shift")
    phone.wait_for_url("https://www.gov.uk/")


def test_a_page_that_waits_for_a_document_shows_itself_again(phone: Page, desk: Desk) -> None:
    phone.goto(f"{desk.address}/waiting")
    expect(phone.get_by_text("Here it is")).to_be_visible(timeout=15_000)


def test_without_script_everything_is_there(chromium: Any, desk: Desk) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{desk.address}/checklist")
    expect(page.get_by_text("Ask today.")).to_be_visible()
    answer(page, "1", "Yes")
    page.get_by_role("button", name="Save and continue").click()
    assert desk.sent == 1
    page.close()
