"""What the API refuses: strangers, narrow tokens, other people, broken and odd bodies; each as a problem."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import Session

from app import db
from app.auth import api_tokens
from conferences.models import AuditEntry
from conferences.sealing import Keyring
from tests.api.conftest import Programs
from tests.api.endpoints import ENDPOINTS, Endpoint, placed, things
from tests.browse import Browse
from tests.conftest import MOMENT
from tests.make import World
from tests.settled import Settled, meet

OF_AN_OBJECT = [one for one in ENDPOINTS if "{" in one.path]
WITH_BODY = [one for one in ENDPOINTS if one.body is not None]
LISTS = {"/instruments", "/queue", "/agencies", "/chairs", "/conferences", "/actions", "/documents"} | {
    "/unsent",
    "/left-behind",
}
Things = dict[str, str]
CANARY = "canary7731"
# Wrong in kind, put into every field at once; and wrong in content, put into one field after another.
KINDS: list[Any] = [True, -1, 10**30, 1.5, [CANARY], {CANARY: CANARY}, [[]] * 60]
ODD: list[Any] = [None, "\ud800", "\x00", CANARY * 3000, "9999-12-31T23:59:59Z", "0001-01-01", "نص"]


def test_the_table_names_every_operation(program: Programs, world: World) -> None:
    described = program(world.ben).get("/openapi.json")
    found = {
        (method.upper(), path)
        for path, operations in described["paths"].items()
        for method in operations
        if path.startswith("/api/v1/")
    }
    wanted = {(one.method, _shape(one.path)) for one in ENDPOINTS}
    assert {(method, _anonymous(path)) for method, path in found} == wanted
    assert len(wanted) > 80


def _shape(path: str) -> str:
    concrete = re.sub(r"/(safelives-dash-ric|form/needs|form/perpetrator)", _named, path)
    return "/api/v1" + re.sub(r"\{\w*\}", "{}", concrete)


def _named(found: re.Match[str]) -> str:
    return "/form/{}" if found[1].startswith("form/") else "/{}"


def _anonymous(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


def test_without_a_living_token_nothing_is_answered(client: Browse, world: World, made: Things) -> None:
    for one in ENDPOINTS:
        for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eA=="}):
            answer = client.request(one.method, f"/api/v1{one.path.format(**made)}", headers=headers)
            bare_write = one.method != "GET" and not headers.get("Authorization", "").startswith("Bearer")
            assert answer.status_code == (403 if bare_write else 401), one
            assert answer.headers["content-type"] == "application/problem+json"


def test_each_operation_needs_its_scope(
    program: Programs, world: World, session: Session, made: Things
) -> None:
    programs: dict[tuple[str, str], Any] = {}
    for one in ENDPOINTS:
        others = [scope for scope in api_tokens.SCOPES if scope != one.scope]
        key = (one.by, one.scope)
        if key not in programs:
            programs[key] = program(world.cast()[one.by], *others)
        answer = programs[key].ask(one.method, one.path.format(**made), placed(one.body, made))
        assert answer.status_code == 403, one
        assert one.scope in answer.headers["www-authenticate"]


def test_another_area_learns_of_nothing(
    program: Programs, world: World, session: Session, made: Things
) -> None:
    erin = program(world.erin)
    before = changes(session, world)
    for one in OF_AN_OBJECT:
        answer = erin.ask(one.method, one.path.format(**made), placed(one.body, made))
        assert answer.status_code == 404, one
    for one in ENDPOINTS:
        if one.method == "GET" and one.path in LISTS:
            shown = erin.ask("GET", one.path).text
            assert not any(ref in shown for ref in made.values()), one
            assert "Testa" not in shown
    assert changes(session, world) == before


def test_an_administrator_is_refused_everything_about_people(
    program: Programs, world: World, made: Things
) -> None:
    ada = program(world.ada)
    allowed = {"/referral-form", "/instruments", "/instruments/safelives-dash-ric", "/agencies"}
    allowed |= {"/documents", "/sign-offs", "/left-behind"}  # one's own, so that they are empty
    for one in ENDPOINTS:
        elsewhere = one.path.endswith("/score") or "colleague" in one.path
        if not ((one.method == "GET" and one.path in allowed) or elsewhere):
            answer = ada.ask(one.method, one.path.format(**made), placed(one.body, made))
            assert answer.status_code in (403, 404), one


@pytest.fixture(scope="module")
def prepared(
    settled_engine: Engine, keyring: Keyring, settled: Settled
) -> Iterator[tuple[Connection, Things]]:
    """One case of every kind, made once for all of these."""
    with settled_engine.connect() as opened:
        outer = opened.begin()
        with db.session_factory(opened, keyring, join_transaction_mode="create_savepoint").begin() as session:
            made = things(meet(session, MOMENT, settled))
        yield opened, made
        outer.rollback()


@pytest.fixture
def connection(prepared: tuple[Connection, Things]) -> Iterator[Connection]:
    """What a test changes is undone at its end; what was prepared stays."""
    opened, _ = prepared
    nested = opened.begin_nested()
    yield opened
    nested.rollback()


@pytest.fixture
def made(prepared: tuple[Connection, Things]) -> Things:
    """Where each thing is, by the name it has in the table of endpoints."""
    return prepared[1]


def changes(session: Session, world: World) -> int:
    """Counts the lines of the trail in the cast's area."""
    wanted = select(func.count()).select_from(AuditEntry).where(AuditEntry.area_id == world.area.id)
    return session.scalar(wanted) or 0


def raw(client: Browse, token: str, one: Endpoint, made: dict[str, str], content: bytes) -> Any:
    """Sends bytes that say they are JSON."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return client.request(one.method, f"/api/v1{one.path.format(**made)}", headers=headers, content=content)


@pytest.fixture
def tokens(world: World) -> dict[str, str]:
    """A token with every scope for everybody."""
    return {
        name: api_tokens.make(world.session, user, list(api_tokens.SCOPES), now=world.now)
        for name, user in world.cast().items()
    }


BROKEN = [
    b"{", b"", b"null", b"[]", b"5", b'"x"', b"\xff\xfe", b"{" * 5000, b'{"a":' * 3000, b"1" * 6000,
    b'{"canary7731": 1}', b'{"\\ud800": 1}', b'{"version": NaN}', b"<xml/>",
]  # fmt: skip


def test_broken_bodies_are_problems(
    client: Browse, world: World, tokens: dict[str, str], made: Things
) -> None:
    for one in WITH_BODY:
        for content in BROKEN:
            answer = raw(client, tokens[one.by], one, made, content)
            lenient = content in (b"", b"null") and answer.status_code in (200, 201, 202, 409)
            assert lenient or answer.status_code in (400, 404, 409, 422), (one, content[:20], answer.text)
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"
                assert CANARY not in answer.text
                told = answer.json()
                assert (told["status"], bool(told["title"]), bool(told["detail"])) == (
                    answer.status_code,
                    True,
                    True,
                )


def spoiled(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Gives the good body with all fields of an odd kind, and with one field at a time of odd content."""
    yield from (dict.fromkeys(body, odd) for odd in KINDS)
    yield from (body | {field: odd} for field in body for odd in ODD)
    for answer in body.get("answers", []):
        yield from ({"answers": [dict.fromkeys(answer, odd)]} for odd in KINDS)
        yield from ({"answers": [answer | {field: odd}]} for field in answer for odd in ODD)


@pytest.mark.parametrize("one", WITH_BODY, ids=lambda one: f"{one.method} {one.path}")
def test_odd_values_never_break_anything(
    client: Browse, tokens: dict[str, str], one: Endpoint, made: Things
) -> None:
    for body in spoiled(placed(one.body, made)):
        answer = raw(client, tokens[one.by], one, made, json.dumps(body).encode())
        assert answer.status_code < 500, body
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            assert CANARY not in answer.text, body


def test_an_unknown_reference_is_not_found(program: Programs, world: World, made: Things) -> None:
    programs = {name: program(user) for name, user in world.cast().items()}
    for ref in ("x", "0" * 32, "%00", "%F0%9F%92%A9"):
        unknown = dict.fromkeys(made, ref)
        for one in OF_AN_OBJECT:
            body = placed(one.body, made)
            answer = programs[one.by].ask(one.method, one.path.format(**unknown), body)
            assert answer.status_code == 404, one
