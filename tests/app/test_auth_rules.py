"""Passwords, codes, next addresses, fresh codes and tokens, each rule by itself."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth import accounts, api_tokens, codes, passwords
from app.auth.addresses import safe_next
from app.auth.who import CurrentUser, fresh_factor, needs
from conferences.errors import Refused
from conferences.models import Membership
from tests.app.people import SECRET, ben, code
from tests.browse import Browse

ABOUT = ("Ben", "Ormerod", "ben.ormerod", "Ashmere", "partnership")


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("fourteen chars", False),
        ("fifteen letters", True),
        ("x" * 129, False),
        ("violet ladder sings " * 6, True),
        ("aaaaaaaaaaaaaaaaaaaa", False),
        ("12345678901234567890", False),
        ("correct horse battery staple", False),
        ("Password Password 1!", False),
        ("Ashmere partnership 1", False),
        ("ben.ormerod.ashmere", False),
        ("wet tea cups orbit", True),
        ("ψηλό πράσινο βουνό", True),
        ("               ", False),
    ],
)
def test_passwords_are_long_and_not_guessable_from_the_place(password: str, good: bool) -> None:
    assert (passwords.objection(password, about=ABOUT) is None) is good


def test_a_kept_password_is_argon2id_at_full_cost(password: str, password_hash: str) -> None:
    assert password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(password_hash, password)
    assert not passwords.matches(password_hash, password + " ")
    assert not passwords.matches("not a hash", password)
    assert not passwords.matches(None, "a password that nobody has")
    assert not passwords.costs_too_little(password_hash)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B gives 07081804 for the first moment; we show the last six digits."""
    secret = codes.secret_from(b"12345678901234567890")
    assert codes.code_at(secret, datetime.fromtimestamp(1111111109, UTC)) == "081804"
    assert codes.code_at(secret, datetime.fromtimestamp(2000000000, UTC)) == "279037"


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_phone_may_be_half_a_minute_off(now: datetime, seconds: int, accepted: bool) -> None:
    typed = codes.code_at(SECRET, now + timedelta(seconds=seconds))
    assert (codes.accepted_step(SECRET, typed, last=None, now=now) is not None) is accepted


def test_a_code_may_be_typed_with_spaces_and_only_once(now: datetime) -> None:
    typed = code(now)
    step = codes.accepted_step(SECRET, f" {typed[:3]} {typed[3:]} ", last=None, now=now)
    assert step == codes.step_at(now)
    assert codes.accepted_step(SECRET, typed, last=step, now=now) is None
    assert codes.accepted_step(SECRET, "", last=None, now=now) is None
    assert codes.accepted_step(SECRET, "١٢٣٤٥٦", last=None, now=now) is None


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/actions?late=1", "/actions?late=1"),
        (None, "/"),
        ("", "/"),
        ("actions", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
    ],
)
def test_next_stays_on_the_site(wanted: str | None, led_to: str) -> None:
    assert safe_next(wanted) == led_to


def test_an_address_is_found_however_it_is_typed(session: Session, password_hash: str, now: datetime) -> None:
    user = ben(session, password_hash, now)
    assert accounts.find(session, "  BEN@Ashmere.EXAMPLE ") == user
    assert accounts.find(session, "ben@ashmere.example.org") is None


def with_routes(client: Browse) -> None:
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/api/v1/reading", dependencies=[Depends(needs("referrals:read"))])
    def reading(user: CurrentUser) -> str:
        return user.id.hex

    @app.post("/api/v1/writing")
    def writing(_allowed: Annotated[None, Depends(needs("referrals:write"))]) -> dict[str, Any]:
        return {}

    @app.get("/secret", dependencies=[Depends(fresh_factor)])
    def secret() -> str:
        return "shown"


def test_a_token_opens_only_what_it_was_made_for(
    client: Browse, session: Session, password_hash: str, now: datetime
) -> None:
    with_routes(client)
    user = ben(session, password_hash, now)
    token = api_tokens.make(session, user, ["referrals:write"], now=now)
    headers = {"Authorization": f"Bearer {token}", "Origin": "", "Sec-Fetch-Site": ""}
    assert client.post("/api/v1/writing", headers=headers).status_code == 200
    answer = client.get("/api/v1/reading", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["detail"] == "The token needs the scope referrals:read."
    assert "insufficient_scope" in answer.headers["www-authenticate"]
    assert client.get("/secret", headers=headers).status_code == 303


def test_a_token_ends_after_ninety_days_or_when_revoked(
    client: Browse, session: Session, password_hash: str, now: datetime
) -> None:
    with_routes(client)
    user = ben(session, password_hash, now)
    token = api_tokens.make(session, user, ["referrals:read"], now=now)
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/reading", headers=headers).json() == user.id.hex
    client.moment = now + timedelta(days=90)
    answer = client.get("/api/v1/reading", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    client.moment = now
    assert api_tokens.revoke_all(session, user, now=now) == 1
    assert client.get("/api/v1/reading", headers=headers).status_code == 401


def test_a_made_up_token_is_refused(client: Browse) -> None:
    headers = {"Authorization": "Bearer made-up"}
    assert client.get("/api/v1/openapi.json", headers=headers).status_code == 401
    assert client.post("/api/v1/none", headers=headers).status_code == 404


@pytest.mark.parametrize("scopes", [[], ["everything"], ["referrals:read", "root"]])
def test_scopes_come_from_the_list(
    session: Session, password_hash: str, now: datetime, scopes: list[str]
) -> None:
    user = ben(session, password_hash, now)
    with pytest.raises(Refused, match="Choose scopes from"):
        api_tokens.make(session, user, scopes, now=now)


def test_five_minutes_after_a_code_another_is_asked_for(
    client: Browse, session: Session, password_hash: str, now: datetime
) -> None:
    with_routes(client)
    client.become(ben(session, password_hash, now))
    client.moment = now + timedelta(minutes=4, seconds=59)
    assert client.get("/secret").json() == "shown"
    client.moment = now + timedelta(minutes=5)
    answer = client.get("/secret")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/code?next=/secret")
    assert client.post_form("/sign-in/code", {"code": code(client.moment)}).status_code == 303
    assert client.get("/secret").json() == "shown"


def test_a_page_can_be_drawn_for_a_signed_in_person(
    client: Browse, session: Session, password_hash: str, now: datetime
) -> None:
    client.become(ben(session, password_hash, now))
    app = client.app
    assert isinstance(app, FastAPI)

    @app.get("/missing")
    def missing(user: CurrentUser) -> None:
        from conferences.errors import NotFound

        raise NotFound

    page = client.get("/missing").text
    assert "Ben Ormerod · Coordinator" in page
    assert "Ashmere partnership" in page
    assert "<title>Page not found – Ashmere partnership</title>" in page


def test_an_older_cheaper_hash_is_replaced_at_sign_in(
    client: Browse, session: Session, password: str, password_hash: str, now: datetime
) -> None:
    user = ben(session, password_hash, now)
    user.password_hash = passwords.PasswordHasher(time_cost=1, memory_cost=1024).hash(password)
    client.post_form("/sign-in", {"email": "ben@ashmere.example", "password": password})
    assert user.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_somebody_whose_membership_ended_is_out(
    client: Browse, session: Session, password_hash: str, now: datetime
) -> None:
    user = ben(session, password_hash, now)
    client.become(user)
    assert client.get("/api/v1/openapi.json").status_code == 200
    session.scalars(select(Membership).where(Membership.user_id == user.id)).one().ended_at = now
    session.commit()
    session.expunge_all()
    assert client.get("/api/v1/openapi.json").status_code == 401
