"""The first sign-in: a link that works once, a long password, a code from an app."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth import accounts, codes, links
from conferences.models import AuditEntry, SignInLink, SignInSession, User
from tests.app.people import ben
from tests.browse import Browse

LONG_ENOUGH = "violet ladder sings"


@pytest.fixture
def newcomer(session: Session, password_hash: str, now: datetime) -> User:
    return ben(session, password_hash, now)


@pytest.fixture
def link(session: Session, newcomer: User, now: datetime) -> str:
    return f"/welcome/{links.make(session, newcomer, now=now)}"


def shown_secret(client: Browse, link: str) -> str:
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(link).text)
    assert found is not None
    return found.group(1).replace(" ", "")


def set_up(client: Browse, link: str, password: str = LONG_ENOUGH) -> int:
    typed = {"password": password, "code": codes.code_at(shown_secret(client, link), client.moment)}
    return int(client.post_form(link, typed).status_code)


def test_a_password_and_a_code_set_the_account_up_and_sign_in(
    client: Browse, session: Session, newcomer: User, link: str
) -> None:
    assert set_up(client, link) == 303
    assert client.get("/api/v1/openapi.json").status_code == 200
    assert newcomer.password_hash is not None
    assert newcomer.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert "account.welcomed" in session.scalars(select(AuditEntry.kind)).all()


def test_looking_at_the_page_twice_shows_the_same_secret_and_changes_nothing(
    client: Browse, session: Session, link: str
) -> None:
    assert shown_secret(client, link) == shown_secret(client, link)
    assert session.scalars(select(SignInLink.used_at)).all() == [None]


def test_the_secret_can_be_scanned_or_typed(client: Browse, link: str) -> None:
    page = client.get(link).text
    assert 'src="data:image/svg+xml' in page
    assert re.search(r"<code>([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", page)


def test_the_code_that_set_the_account_up_is_used(
    client: Browse, session: Session, newcomer: User, link: str, now: datetime
) -> None:
    set_up(client, link)
    secret = accounts.code_secret(session, newcomer)
    assert secret is not None
    assert not accounts.use_code(session, newcomer, codes.code_at(secret, now), now=now)
    later = now + timedelta(seconds=30)
    assert accounts.use_code(session, newcomer, codes.code_at(secret, later), now=later)


def test_the_link_works_once(client: Browse, link: str) -> None:
    assert set_up(client, link) == 303
    answer = client.get(link)
    assert answer.status_code == 404
    assert "This link no longer works" in answer.text


@pytest.mark.parametrize(("after", "status"), [(timedelta(minutes=59), 200), (timedelta(hours=1), 404)])
def test_the_link_works_for_an_hour(client: Browse, link: str, after: timedelta, status: int) -> None:
    client.moment += after
    assert client.get(link).status_code == status


def test_a_newer_link_replaces_an_older_one(
    client: Browse, session: Session, newcomer: User, link: str, now: datetime
) -> None:
    newer = links.make(session, newcomer, now=now + timedelta(minutes=1))
    assert client.get(link).status_code == 404
    assert client.get(f"/welcome/{newer}").status_code == 200


def test_a_made_up_link_is_like_an_old_one(client: Browse, newcomer: User) -> None:
    assert client.get("/welcome/made-up").status_code == 404
    typed = {"csrf_token": client.csrf(), "password": LONG_ENOUGH, "code": "123456"}
    assert client.post("/welcome/made-up", data=typed).status_code == 404


def test_trying_links_is_limited(client: Browse, newcomer: User) -> None:
    token = client.csrf()
    answers = [client.post("/welcome/made-up", data={"csrf_token": token}).status_code for _ in range(21)]
    assert answers == [404] * 20 + [429]


def test_both_mistakes_are_named_and_nothing_is_kept(
    client: Browse, session: Session, newcomer: User, link: str
) -> None:
    before = newcomer.password_hash
    answer = client.post_form(link, {"password": "too short", "code": "000000"})
    assert answer.status_code == 422
    assert "Password must be 15 characters or more" in answer.text
    assert "Enter the six digits your authenticator app shows now" in answer.text
    assert "too short" not in answer.text
    assert newcomer.password_hash == before
    assert client.get(link).status_code == 200


def test_a_new_password_ends_the_sessions_of_the_old_one(
    client: Browse, session: Session, newcomer: User, link: str
) -> None:
    client.become(newcomer)
    old = client.cookies["__Host-session"]
    client.cookies.clear()
    set_up(client, link)
    client.cookies.clear()
    client.cookies.set("__Host-session", old, domain="testserver.local")
    assert client.get("/api/v1/openapi.json").status_code == 401
    assert len(session.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all()) == 1
