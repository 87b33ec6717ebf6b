"""A job exists when, and only when, what asked for it was kept."""

from collections.abc import Iterator

import pytest
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
