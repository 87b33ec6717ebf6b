"""A job exists when, and only when, what asked for it was kept."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext

import pytest
from procrastinate.exceptions import ConnectorException
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from app import db, jobs
from conferences.sealing import Keyring


@pytest.fixture
def real_sessions(engine: Engine, keyring: Keyring) -> Iterator[sessionmaker[Session]]:
    """Sessions that truly commit; the queue is emptied afterwards."""
    made = db.session_factory(engine, keyring)
    yield made
    with made.begin() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))


@jobs.queue.task(name="tests.nothing")
def nothing(word: str) -> None:
    """Does nothing."""


def asked(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(text("SELECT args ->> 'word' FROM procrastinate_jobs ORDER BY id")))


def test_a_job_comes_with_the_commit(real_sessions: sessionmaker[Session]) -> None:
    with real_sessions.begin() as session:
        jobs.ask(session, nothing, word="kept")
        assert asked(real_sessions) == []
    assert asked(real_sessions) == ["kept"]


def test_a_job_goes_with_the_rollback(real_sessions: sessionmaker[Session]) -> None:
    def fail() -> None:
        with real_sessions.begin() as session:
            jobs.ask(session, nothing, word="lost")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert asked(real_sessions) == []


def test_a_jobs_session_commits_at_its_end_and_undoes_a_failure(real_sessions: sessionmaker[Session]) -> None:
    def work(word: str, *, fail: bool) -> None:
        with jobs.unit_of_work() as session:
            jobs.ask(session, nothing, word=word)
            if fail:
                raise LookupError

    with jobs.working_on(real_sessions):
        work("one", fail=False)
        with pytest.raises(LookupError):
            work("two", fail=True)
    assert asked(real_sessions) == ["one"]


class Opened:
    """A queue whose worker ends in a way of its own."""

    def __init__(self, ends: Callable[[], None]) -> None:
        self.ends = ends

    @asynccontextmanager
    async def open_async(self) -> AsyncIterator[None]:
        yield

    async def run_worker_async(self, **_said: object) -> None:
        self.ends()
        await asyncio.sleep(0.05)


def database_goes() -> None:
    raise ConnectorException


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (database_goes, False),
        (lambda: None, False),  # so it ends when what listens has lost the database
        (lambda: os.kill(os.getpid(), signal.SIGTERM), True),
        (lambda: os.kill(os.getpid(), signal.SIGINT), True),
    ],
    ids=["it fails", "it ends", "SIGTERM", "Ctrl-C"],
)
def test_the_worker_ends_only_when_it_is_told_to(
    monkeypatch: pytest.MonkeyPatch, ends: Callable[[], None], told: bool
) -> None:
    before = [signal.getsignal(one) for one in jobs.STOPS]
    monkeypatch.setattr(jobs.queue, "replace_connector", lambda _: nullcontext(Opened(ends)))
    assert jobs._worked("postgresql://nowhere") is told
    assert [signal.getsignal(one) for one in jobs.STOPS] == before
