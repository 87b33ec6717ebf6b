"""What surrounds every request: headers, size, same origin, and what an error may say."""

import logging
from datetime import datetime

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app import errors
from app.auth.who import CurrentUser
from app.shell import SESSION_COOKIE
from conferences.errors import CannotOpen, Incomplete, NotAllowed, NotFound, Refused, Stale, WrongState
from conferences.models import AuditEntry, AuditOutcome, RateCounter
from tests.app.people import ben, code
from tests.browse import Browse

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def raising(client: Browse, error: Exception, path: str = "/trouble") -> None:
    """Adds a route that always fails in one way."""
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get(path)
    def trouble() -> None:
        raise error


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/healthz/live", "/static/0/none.css", "/api/v1/x"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "TRACE"])
def test_every_answer_carries_every_header(client: Browse, path: str, method: str) -> None:
    headers = client.request(method, path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert headers["permissions-policy"].startswith("camera=()")
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_only_static_files_may_be_kept(client: Browse) -> None:
    page = client.get("/sign-in").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-security-policy"] == POLICY


def test_head_is_get_without_the_body(client: Browse) -> None:
    answer = client.head("/sign-in")
    assert (answer.status_code, answer.content) == (200, b"")


NOBODYS = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("opened", "leads_to"),
    [
        ("/queue/0123456789abcdef0123456789abcdef/accept", "/queue/0123456789abcdef0123456789abcdef"),
        (
            "/cases/0123456789abcdef0123456789abcdef/people/9/contact",
            "/cases/0123456789abcdef0123456789abcdef",
        ),
        ("/sign-out", "/"),
    ],
)
def test_an_address_only_a_button_opens_leads_to_the_page_with_the_button(
    client: Browse, opened: str, leads_to: str
) -> None:
    """Somebody presses Enter in the address of a form that came back, or opens it from their history."""
    answer = client.get(opened, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert client.get("/api/v1" + opened).status_code in (401, 404, 405)


def test_an_unlisted_method_is_405_and_says_which_are_allowed(client: Browse) -> None:
    token = client.csrf()
    answer = client.put("/sign-in", headers={"X-CSRF-Token": token})
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"] or "POST" in answer.headers["allow"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null", "Sec-Fetch-Site": ""},
    ],
)
def test_another_sites_form_is_refused(client: Browse, session: Session, headers: dict[str, str]) -> None:
    token = client.csrf()
    answer = client.post(
        "/sign-in", data={"csrf_token": token, "email": "a", "password": "b"}, headers=headers
    )
    assert answer.status_code == 403
    assert session.scalars(select(RateCounter)).all() == []


def test_a_browser_that_vouches_for_neither_origin_nor_site_is_refused(client: Browse) -> None:
    token = client.csrf()
    del client.headers["Origin"], client.headers["Sec-Fetch-Site"]
    assert client.post("/sign-in", data={"csrf_token": token}).status_code == 403


def test_our_own_form_under_no_referrer_sends_a_null_origin(client: Browse) -> None:
    token = client.csrf()
    answer = client.post("/sign-in", data={"csrf_token": token}, headers={"Origin": "null"})
    assert answer.status_code == 422


@pytest.mark.parametrize("token", ["", "wrong", "0" * 64, "é"])
def test_a_form_without_its_token_is_refused(client: Browse, token: str) -> None:
    client.get("/sign-in")
    assert client.post("/sign-in", data={"csrf_token": token}).status_code == 403


def test_a_token_is_bound_to_the_browser_it_was_given_to(client: Browse) -> None:
    theirs = client.csrf()
    client.cookies.clear()
    client.csrf()
    assert client.post("/sign-in", data={"csrf_token": theirs}).status_code == 403


def test_a_token_given_twice_is_refused(client: Browse) -> None:
    token = client.csrf()
    answer = client.post("/sign-in", data={"csrf_token": [token, token]})
    assert answer.status_code == 403


def test_the_token_may_come_in_a_header(client: Browse) -> None:
    token = client.csrf()
    assert client.post("/sign-in", data={"email": ""}, headers={"X-CSRF-Token": token}).status_code == 422


def test_signing_in_changes_the_token(
    client: Browse, session: Session, password: str, password_hash: str, now: datetime
) -> None:
    ben(session, password_hash, now)
    before = client.csrf()
    client.post_form("/sign-in", {"email": "ben@ashmere.example", "password": password})
    assert client.post("/sign-in/code", data={"csrf_token": before, "code": code(now)}).status_code == 403
    assert client.cookies[SESSION_COOKIE]


def test_a_picture_or_script_of_another_site_gets_nothing(client: Browse) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get("/sign-in", headers=headers).status_code == 403
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/sign-in", headers=headers).status_code == 200


def test_a_megabyte_is_the_most(client: Browse) -> None:
    token = client.csrf()
    enough = {"X-CSRF-Token": token, "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=b"a" * (1024 * 1024 + 1), headers=enough).status_code == 413


def test_a_body_without_a_length_is_counted_as_it_comes(client: Browse) -> None:
    token = client.csrf()
    answer = client.post(
        "/sign-in", content=(b"a" * 65536 for _ in range(17)), headers={"X-CSRF-Token": token}
    )
    assert answer.status_code == 413


class Rule(Exception):
    """What the driver raises when the database refuses."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("canary-victim-name")
        self.sqlstate = sqlstate


CASES = [
    (NotFound(), 404),
    (NotAllowed("queue:view"), 403),
    (Stale(), 409),
    (WrongState("It has moved on."), 409),
    (Refused("That day is not a working day."), 422),
    (Incomplete([("outcome", "Say what was decided.")]), 422),
    (OperationalError("SELECT", {}, Exception("gone")), 503),
    (IntegrityError("INSERT", {}, Rule("23505")), 409),
    (IntegrityError("INSERT", {}, Rule("23514")), 500),
    (StaleDataError("canary-victim-name"), 409),
    (CannotOpen(), 500),
    (ValueError("canary-victim-name"), 500),
]


@pytest.mark.parametrize(("error", "status"), CASES)
def test_each_trouble_has_its_page(client: Browse, error: Exception, status: int) -> None:
    raising(client, error)
    answer = client.get("/trouble")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "canary" not in answer.text


@pytest.mark.parametrize(("error", "status"), CASES)
def test_each_trouble_has_its_problem(client: Browse, error: Exception, status: int) -> None:
    raising(client, error, "/api/v1/trouble")
    answer = client.get("/api/v1/trouble")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert "canary" not in answer.text


def test_what_is_missing_is_listed_by_field(client: Browse) -> None:
    raising(client, Incomplete([("outcome", "Say what was decided.")]), "/api/v1/trouble")
    assert client.get("/api/v1/trouble").json()["errors"] == [
        {"field": "outcome", "message": "Say what was decided."}
    ]


def test_a_refusal_is_recorded_though_the_request_is_undone(client: Browse, session: Session) -> None:
    raising(client, NotAllowed("queue:view", "referral"))
    client.get("/trouble")
    line = session.scalars(select(AuditEntry)).one()
    assert (line.kind, line.fields, line.subject_kind) == ("access.refused", "queue:view", "referral")
    assert line.outcome is AuditOutcome.REFUSED


def test_the_log_names_kind_and_place_but_no_words(
    client: Browse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.undo()
    raising(client, ValueError("canary-victim-name"))
    with caplog.at_level(logging.DEBUG):
        client.get("/trouble")
    assert "broken: ValueError at app." in caplog.text
    assert "canary" not in caplog.text


def test_the_log_names_the_route_and_not_the_address(
    client: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="app.requests"):
        client.get("/welcome/canary-token")
        client.get("/canary-unknown?name=canary")
    assert "GET /welcome/{token} 404" in caplog.text
    assert "canary" not in caplog.text


def test_an_unreadable_reference_is_not_found_and_not_repeated(client: Browse) -> None:
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/api/v1/numbers/{number}")
    def number(number: int, size: int) -> int:
        return number

    assert client.get("/api/v1/numbers/canary?size=1").status_code == 404
    answer = client.get("/api/v1/numbers/1?size=canary")
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"field": "size", "message": "int parsing"}],
    )
    assert "canary" not in answer.text


def test_a_page_sends_a_stranger_to_sign_in_and_back(client: Browse) -> None:
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/cases/{reference}")
    def case(reference: str, user: CurrentUser) -> str:
        return reference

    answer = client.get("/cases/AS-7KQ2?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/cases/AS-7KQ2")


def test_where_names_only_our_own_lines() -> None:
    assert errors.where(ValueError()) == "unknown"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("That day is not a working day."), "That day is not a working day."),
        (NotAllowed("queue:view"), "Your role does not include this. Ask the coordinator."),
        (WrongState("The meeting is over."), "The meeting is over."),
        (Stale(), "Someone else changed this"),
    ],
)
def test_a_refusal_says_why_in_its_own_sentence(client: Browse, error: Exception, said: str) -> None:
    raising(client, error)
    assert said in client.get("/trouble").text
