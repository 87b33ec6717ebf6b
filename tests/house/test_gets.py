"""A GET changes nothing but the trail and when somebody was last seen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from conferences.models import Base
from tests import make
from tests.browse import Browse
from tests.house import seeded
from tests.make import World
from tests.sign_in import as_user

# What a GET may write: the trail, the time a session was last seen, and how often something was tried.
MAY_CHANGE = {"audit_entry", "sign_in_session", "rate_counter"}


def fingerprint(session: Session) -> dict[str, Any]:
    """Returns, table by table, how many rows there are and a hash of all of them."""
    session.flush()
    return {
        table.name: session.execute(
            text(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table.name} t")  # noqa: S608
        ).one()
        for table in Base.metadata.sorted_tables
        if table.name not in MAY_CHANGE
    }


@pytest.mark.parametrize("name", ["amara", "ben", "chidi", "dana", "noor"])
def test_following_every_link_changes_nothing(client: Browse, world: World, name: str) -> None:
    seeded.seed(world, "one")
    make.filled_draft(world)
    as_user(client, world, world.cast()[name])
    client.get("/")
    before, waiting, seen = fingerprint(world.session), ["/"], {"/"}
    while waiting:
        page = client.get(waiting.pop()).text
        for link in re.findall(r'href="(/[^"#]*)', unescape(page)):
            if link not in seen and not link.startswith(("/static", "/sign-in")):
                seen.add(link)
                waiting.append(link)
    world.session.expire_all()
    assert fingerprint(world.session) == before
    assert len(seen) > 6


@contextmanager
def counted(engine: Engine | Connection) -> Iterator[list[str]]:
    """Counts the statements sent to the database."""
    sent: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
