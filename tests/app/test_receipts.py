"""A form sent twice leads to the same place, once."""

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session, sessionmaker

from app import db
from app.receipts import once, remember
from conferences.models import FormReceipt
from conferences.sealing import Keyring
from tests import make
from tests.make import World


def test_the_first_time_leads_nowhere_yet(world: World) -> None:
    assert once(world.session, world.amara, "k1", world.now) is None


def test_the_second_time_leads_where_the_first_led(world: World) -> None:
    s = world.session
    assert once(s, world.amara, "k1", world.now) is None
    assert remember(s, world.amara, "k1", "/referrals/1", world.now) == "/referrals/1"
    assert once(s, world.amara, "k1", world.now) == "/referrals/1"
    remember(s, world.amara, "k1", "/referrals/2", world.now)
    assert once(s, world.amara, "k1", world.now) == "/referrals/1"


def test_another_person_may_have_the_same_key(world: World) -> None:
    s = world.session
    remember(s, world.amara, "k1", "/referrals/1", world.now)
    assert once(s, world.ben, "k1", world.now) is None


@pytest.mark.parametrize("key", ["", "k" * 65, "a\0b"])
def test_a_key_that_is_none_is_always_new_and_never_kept(world: World, key: str) -> None:
    s = world.session
    assert once(s, world.amara, key, world.now) is None
    assert remember(s, world.amara, key, "/referrals/1", world.now) == "/referrals/1"
    assert once(s, world.amara, key, world.now) is None
    assert s.scalars(select(FormReceipt)).all() == []


@pytest.fixture
def lasting(
    engine: Engine, owner_engine: Engine, keyring: Keyring, now: datetime
) -> Iterator[tuple[sessionmaker[Session], World]]:
    """The cast in rows that two connections can see; cleared away afterwards."""
    factory = db.session_factory(engine, keyring, expire_on_commit=False)
    try:
        with factory.begin() as session:
            made = make.world(session, now)
        yield factory, made
    finally:
        with owner_engine.begin() as owner:
            owner.execute(text("TRUNCATE area, data_key CASCADE"))


def test_of_two_at_once_the_second_waits_and_follows_the_first(
    lasting: tuple[sessionmaker[Session], World], owner_engine: Engine
) -> None:
    factory, world = lasting
    led: list[str | None] = []

    def second() -> None:
        with factory.begin() as session:
            led.append(once(session, world.amara, "k1", world.now))

    other = threading.Thread(target=second)
    with factory.begin() as session:
        assert once(session, world.amara, "k1", world.now) is None
        other.start()
        wait_for_somebody_to_wait(owner_engine)
        remember(session, world.amara, "k1", "/referrals/1", world.now)
    other.join()
    assert led == ["/referrals/1"]


def wait_for_somebody_to_wait(owner_engine: Engine) -> None:
    """Returns once a connection waits for an advisory lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    while True:
        with owner_engine.connect() as owner:
            if owner.scalar(waiting):
                return
