"""Signing in and out, as a browser meets it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.models import AuditEntry, SignInSession, User
from tests.app.people import ben, code
from tests.browse import Browse


@pytest.fixture
def coordinator(session: Session, password_hash: str, now: datetime) -> User:
    return ben(session, password_hash, now)


def with_password(client: Browse, password: str, email: str = "ben@ashmere.example", next: str = "/") -> int:
    answer = client.post_form("/sign-in", {"email": email, "password": password, "next": next})
    return int(answer.status_code)


def with_both(client: Browse, password: str) -> None:
    assert with_password(client, password) == 303
    assert client.post_form("/sign-in/code", {"code": code(client.moment)}).status_code == 303


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.seq)))


def test_password_then_code_signs_in(
    client: Browse, session: Session, coordinator: User, password: str
) -> None:
    answer = client.post_form(
        "/sign-in", {"email": " Ben@Ashmere.example ", "password": password, "next": "/conferences"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/code?next=/conferences")
    answer = client.post_form("/sign-in/code", {"code": code(client.moment), "next": "/conferences"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/conferences")
    assert client.get("/api/v1/openapi.json").status_code == 200
    assert "session.signed_in" in kinds(session)
    assert coordinator.last_sign_in_at == client.moment


def test_a_password_alone_opens_nothing(client: Browse, coordinator: User, password: str) -> None:
    assert with_password(client, password) == 303
    assert client.get("/api/v1/openapi.json").status_code == 401


def test_the_session_token_changes_with_each_step(client: Browse, coordinator: User, password: str) -> None:
    with_password(client, password)
    half = client.cookies["__Host-session"]
    client.post_form("/sign-in/code", {"code": code(client.moment)})
    whole = client.cookies["__Host-session"]
    assert half != whole
    client.cookies.set("__Host-session", half, domain="testserver.local")
    assert client.get("/sign-in/code").status_code == 303


def test_the_token_itself_is_not_stored(
    client: Browse, session: Session, coordinator: User, password: str
) -> None:
    with_both(client, password)
    token = client.cookies["__Host-session"]
    stored = session.scalars(select(SignInSession.token_hash)).all()
    assert token.encode() not in stored
    assert {len(kept) for kept in stored} == {32}


def test_a_wrong_password_and_an_unknown_address_say_the_same(
    client: Browse, coordinator: User, password: str
) -> None:
    pages = []
    for email, typed in (("ben@ashmere.example", "not this password"), ("noone@ashmere.example", password)):
        answer = client.post_form("/sign-in", {"email": email, "password": typed})
        assert answer.status_code == 422
        pages.append(answer.text.replace(email, "ADDRESS"))
    assert pages[0] == pages[1]
    assert "<title>Error: Sign in" in pages[0]
    assert "The email address or the password is not right" in pages[0]


def test_what_was_typed_is_kept_but_never_the_password(client: Browse, coordinator: User) -> None:
    answer = client.post_form(
        "/sign-in", {"email": "ben@ashmere.example", "password": "unforgettable-canary"}
    )
    assert 'value="ben@ashmere.example"' in answer.text
    assert "unforgettable-canary" not in answer.text


def test_an_empty_form_says_what_to_enter(client: Browse) -> None:
    answer = client.post_form("/sign-in", {"email": "", "password": ""})
    assert answer.status_code == 422
    assert "Enter your password" in answer.text


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_next_never_leads_off_the_site(
    client: Browse, coordinator: User, password: str, elsewhere: str
) -> None:
    answer = client.post_form(
        "/sign-in", {"email": "ben@ashmere.example", "password": password, "next": elsewhere}
    )
    assert answer.headers["location"] == "/sign-in/code?next=/"


def test_a_code_works_once(client: Browse, coordinator: User, password: str) -> None:
    with_both(client, password)
    client.cookies.clear()
    with_password(client, password)
    answer = client.post_form("/sign-in/code", {"code": code(client.moment)})
    assert answer.status_code == 422
    assert "has been used" in answer.text


def test_the_eleventh_try_in_a_quarter_of_an_hour_is_too_many(
    client: Browse, coordinator: User, password: str
) -> None:
    for _ in range(10):
        assert with_password(client, "wrong words here") == 422
    answer = client.post_form("/sign-in", {"email": "ben@ashmere.example", "password": password})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "900")
    client.moment += timedelta(minutes=15)
    assert with_password(client, password) == 303


def test_the_eleventh_code_is_too_many(client: Browse, coordinator: User, password: str) -> None:
    with_password(client, password)
    for _ in range(10):
        assert client.post_form("/sign-in/code", {"code": "000000"}).status_code == 422
    assert client.post_form("/sign-in/code", {"code": code(client.moment)}).status_code == 429


@pytest.mark.parametrize(
    ("pause", "status"), [(timedelta(minutes=29, seconds=59), 200), (timedelta(minutes=30), 401)]
)
def test_thirty_idle_minutes_end_a_session(
    client: Browse, coordinator: User, password: str, pause: timedelta, status: int
) -> None:
    with_both(client, password)
    client.moment += pause
    assert client.get("/api/v1/openapi.json").status_code == status


def test_twelve_hours_end_a_session_however_busy(client: Browse, coordinator: User, password: str) -> None:
    with_both(client, password)
    started = client.moment
    while client.moment - started < timedelta(hours=11, minutes=40):
        client.moment += timedelta(minutes=20)
        assert client.get("/api/v1/openapi.json").status_code == 200
    client.moment += timedelta(minutes=20)
    assert client.get("/api/v1/openapi.json").status_code == 401


def test_ten_minutes_between_password_and_code_are_too_long(
    client: Browse, coordinator: User, password: str
) -> None:
    with_password(client, password)
    client.moment += timedelta(minutes=10)
    answer = client.get("/sign-in/code")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/sign-in/code")


def test_signing_out_ends_the_session_at_once(
    client: Browse, session: Session, coordinator: User, password: str
) -> None:
    with_both(client, password)
    token = client.cookies["__Host-session"]
    answer = client.post("/sign-out", data={"csrf_token": client.csrf("/sign-in/code")})
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    client.cookies.set("__Host-session", token, domain="testserver.local")
    assert client.get("/api/v1/openapi.json").status_code == 401
    assert kinds(session)[-1] == "session.signed_out"


def test_somebody_who_left_is_out_at_the_next_request(
    client: Browse, session: Session, coordinator: User, password: str
) -> None:
    with_both(client, password)
    coordinator.is_active = False
    assert client.get("/api/v1/openapi.json").status_code == 401


def test_every_cookie_is_locked_down(client: Browse, coordinator: User, password: str) -> None:
    token = client.csrf("/sign-in")
    answers = [client.get("/sign-in"), client.post("/sign-in", data={"csrf_token": token})]
    client.cookies.clear()
    answers.append(client.get("/sign-in"))
    answers.append(client.post_form("/sign-in", {"email": "ben@ashmere.example", "password": password}))
    cookies = [value for answer in answers for value in answer.headers.get_list("set-cookie")]
    assert len(cookies) == 2
    for value in cookies:
        assert value.startswith("__Host-")
        assert value.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax")


def test_a_session_that_ran_out_is_said(client: Browse, coordinator: User, password: str) -> None:
    note = "You were signed out because you had not used this page for a while."
    assert note not in client.get("/sign-in").text
    with_both(client, password)
    assert note not in client.get("/sign-in").text
    client.moment += timedelta(minutes=30)
    assert note in client.get("/sign-in").text


def test_signing_in_again_ends_the_browsers_earlier_session(
    client: Browse, session: Session, coordinator: User, password: str
) -> None:
    with_both(client, password)
    earlier = client.cookies["__Host-session"]
    assert with_password(client, password) == 303
    client.cookies.clear()
    client.cookies.set("__Host-session", earlier, domain="testserver.local")
    assert client.get("/api/v1/openapi.json").status_code == 401
