"""Whatever is sent, nothing breaks: every page, every method, asked with what no person would type.

`BAD_INPUT=all` tries every odd value in every place, which takes half an hour; without it they take turns.
The API has the same in tests/api/test_refusals.py, from the bodies that are good.
"""

import os
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from app import db
from app.auth import links
from app.auth.tokens import form_token, new_token, token_hash
from conferences.referral import outside
from conferences.sealing import Keyring
from tests.browse import Browse
from tests.conftest import MOMENT
from tests.house import access
from tests.house.access import Row
from tests.house.bad_input import BODIES, IN_A_PATH, ODD, Form, sent_to, title
from tests.make import World
from tests.settled import Settled, meet
from tests.sign_in import as_user

ROWS = access.rows()
ALL = os.environ.get("BAD_INPUT") == "all"
KEPT = "Canary 7731 kept"
INTERNALS = re.compile(r"Traceback|psycopg|sqlalchemy|pydantic|site-packages|object at 0x|\.py\b", re.I)
QUERY = ("page", "show", "next", "version", "fillable", "item", "agency", "open", "form", "done", "then")
GUESSED = Form(given={"reason": "", "version": "1"}, words={"reason"})
Addresses = dict[str, str]


def with_tokens(session: Session, world: World) -> dict[str, str]:
    """Opens the two doors that need no account, and says what their addresses end with."""
    given = new_token()
    outside.give_link(
        session, world.ben, world.agencies["EDU"], token_hash=token_hash(given), days=7, now=MOMENT
    )
    return {"/refer/": given, "/welcome/": links.make(session, world.noor, now=MOMENT)}


@pytest.fixture(scope="module")
def prepared(
    settled_engine: Engine, keyring: Keyring, settled: Settled
) -> Iterator[tuple[Connection, Addresses]]:
    """One thing of every kind, made once for all of these, and the address of each route."""
    with settled_engine.connect() as opened:
        outer = opened.begin()
        with db.session_factory(opened, keyring, join_transaction_mode="create_savepoint").begin() as session:
            world = meet(session, MOMENT, settled)
            firsts = {row.thing: row for row in ROWS}
            things = {thing: access._another(world, row) for thing, row in firsts.items()}
            found = {str(row): access._address(row, things[row.thing]) for row in ROWS}
            for begins, token in with_tokens(session, world).items():
                changed = {key: one.replace("no-such-token", token) for key, one in found.items()}
                found |= {key: one for key, one in changed.items() if one.startswith(begins)}
        yield opened, found
        outer.rollback()


class Asker:
    """Somebody's browser in which nothing that was sent has any effect on what is sent next."""

    def __init__(self, client: Browse, world: World, connection: Connection) -> None:
        self.client, self.connection = client, connection
        self.cookies: dict[str, str] = {}
        client.moment = MOMENT.replace(hour=15, minute=0)  # after everything that was made
        for name, user in world.cast().items():
            as_user(client, world, user)
            self.cookies[name] = client.cookies["__Host-session"]
        client.cookies.clear()
        client.get("/sign-in")
        self.cookies["nobody"] = client.cookies["__Host-visitor"]
        world.session.commit()

    def ask(self, name: str, method: str, address: str, **more: Any) -> Any:
        """Sends one request, checks what every answer must be, and undoes it."""
        cookie = "__Host-visitor" if name == "nobody" else "__Host-session"
        self.client.cookies.clear()
        self.client.cookies.set(cookie, self.cookies[name], domain="testserver.local")
        undone = self.connection.begin_nested()
        answer = self.client.request(method, address, **more)
        undone.rollback()
        self.client._session.expire_all()
        where = (name, method, address[:100], str(more)[:200])
        assert answer.status_code < 500, where
        if answer.status_code >= 400 and answer.content:
            assert not INTERNALS.search(answer.text), where
            kind = answer.headers["content-type"].partition(";")[0]
            by_script = kind == "application/json" and address.endswith("/answers")
            wanted = "application/problem+json" if address.startswith("/api/") else "text/html"
            assert kind == wanted or by_script, where
            assert kind != "text/html" or title(answer.text), where
        return answer

    def token(self, name: str) -> str:
        """The token that this person's forms carry."""
        return form_token(self.client.app.state.keyring, self.cookies[name])  # type: ignore[attr-defined]

    def post(self, name: str, address: str, pairs: str) -> Any:
        """Sends a form as it travels."""
        body = f"csrf_token={self.token(name)}{pairs}"
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(name, "POST", address, headers=kind, content=body.encode())


@pytest.fixture
def connection(prepared: tuple[Connection, Addresses]) -> Iterator[Connection]:
    """What a test changes is undone at its end; what was prepared stays."""
    nested = prepared[0].begin_nested()
    yield prepared[0]
    nested.rollback()


@pytest.fixture
def asker(client: Browse, world: World, connection: Connection) -> Asker:
    """Everybody, signed in."""
    return Asker(client, world, connection)


def able(row: Row) -> str:
    """Somebody whom the matrix lets come as far as reading what was sent; else nobody at all."""
    let = [name for name in access.PEOPLE[1:-1] if row.expected[name] in (200, 303, 422)]
    return let[0] if let else "nobody"


def turns(some: tuple[Any, ...], most: int, step: Iterator[int]) -> list[Any]:
    """The next few of some values, or with `BAD_INPUT=all` each of them."""
    return list(some) if ALL else [some[next(step) % len(some)] for _ in range(most)]


def test_no_address_breaks_a_page(asker: Asker, prepared: tuple[Connection, Addresses]) -> None:
    step, more = count(), count()
    for row in ROWS:
        name = able(row)
        for odd in turns(IN_A_PATH, 1, step) if "{" in row.path else ():
            spoiled = re.sub(r"\{\w+\}", odd, row.path)
            asker.ask(name, "GET", spoiled) if row.method == "GET" else asker.post(name, spoiled, "")
        if row.method == "GET":
            for odd in turns(IN_A_PATH, 1, more):
                query = "&".join(f"{one}={odd}" for one in QUERY)
                asker.ask(name, "GET", f"{prepared[1][str(row)]}?{query}&page=2&{odd}={odd}")


def fields_of(asker: Asker, row: Row, name: str, address: str) -> Form:
    """Returns the fields a page offers there: its own, or those it shows again when nothing is filled in."""
    shown = asker.post(name, address, "")
    form = sent_to(shown.text, address)
    if not form.given and shown.status_code != 404:
        above = address.rpartition("/")[0]
        form = sent_to(asker.ask(name, "GET", above).text, address)
    return form if form.given else GUESSED


def test_no_form_breaks_a_page_and_what_was_typed_is_kept(
    asker: Asker, prepared: tuple[Connection, Addresses]
) -> None:
    step, bodies, kept = count(), count(), 0
    for row in ROWS:
        if row.method != "POST":
            continue
        name, address = able(row), prepared[1][str(row)]
        form = fields_of(asker, row, name, address)
        for odd in turns(ODD, 1, step):
            asker.post(name, address, form.filled(odd) * (2 if odd == "0" else 1))
        for odd in turns(ODD, 1, step):
            asker.post(name, address, form.filled(odd, words_only=True))
        for kind, body in turns(BODIES, 1, bodies):
            headers = {"X-CSRF-Token": asker.token(name), "Content-Type": kind}
            asker.ask(name, "POST", address, headers=headers, content=body)
        asker.ask("nobody", "POST", address, data={"reason": "no token"})
        kept += keeps(asker, form, name, address) if form is not GUESSED else 0
    assert kept > 40


def keeps(asker: Asker, form: Form, name: str, address: str) -> int:
    """Types words into each field; where they are refused, every one of them must stand in the page."""
    unsaid = (
        "-day",
        "-month",
        "-year",
        "code",
    )  # a date is shown in its boxes; a secret is never shown again
    words = sorted(word for word in form.words if not word.endswith(unsaid))
    typed = {word: f"{KEPT} {number}" for number, word in enumerate(words)}
    said = asker.post(name, address, "".join(f"&{word}={one}" for word, one in typed.items()))
    if said.status_code != 422 or "<form" not in said.text:
        return 0
    lost = [word for word, one in typed.items() if one not in said.text]
    assert lost == [], address
    return bool(typed)


def test_no_method_breaks_a_page(asker: Asker, prepared: tuple[Connection, Addresses]) -> None:
    methods, step = ("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"), count()
    for row in ROWS:
        for method in turns(methods, 1, step):
            headers = {"X-CSRF-Token": asker.token("ben")}
            asker.ask("ben", method, prepared[1][str(row)], headers=headers)
