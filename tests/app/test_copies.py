"""Copies made by the worker: the job comes with the request, and asks again whether the reader may."""

import logging
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from app import copies, db, jobs, keys, pdf
from app.embedded import Embedded
from conferences.meeting import documents
from conferences.models import Document, DocumentStatus, User
from conferences.sealing import Keyring
from tests import make, server
from tests.make import World


def make_it(session: Session, sessions: sessionmaker[Session], document: Document, actor: User) -> Document:
    """Runs the worker's own task on the test's transaction."""
    session.commit()
    with jobs.working_on(sessions):
        copies.make_copy(document_id=document.id.hex, actor_id=actor.id.hex)
    session.expire_all()
    return document


def waiting_jobs(session: Session) -> list[dict[str, str]]:
    wanted = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'documents.make_copy' ORDER BY id")
    return list(session.scalars(wanted))


@pytest.fixture
def plan(world: World, session: Session) -> Document:
    make.action(world)
    return copies.ask_for_plan(session, world.dana, world.agencies["HSG"], now=world.now)


def test_the_job_names_the_copy_and_its_reader_and_nothing_else(
    world: World, session: Session, plan: Document
) -> None:
    assert waiting_jobs(session) == [{"document_id": plan.id.hex, "actor_id": world.dana.id.hex}]


def test_a_copy_that_is_not_allowed_leaves_no_job(world: World, session: Session) -> None:
    turn = make.listing(world)
    with pytest.raises(Exception, match="Issue the agenda first"):
        copies.ask_for_agenda(session, world.chidi, turn.conference, now=world.now)
    assert waiting_jobs(session) == []


def test_an_agenda_is_made_for_its_chair(
    world: World, session: Session, sessions: sessionmaker[Session]
) -> None:
    turn = make.opened_listing(world)
    copy = copies.ask_for_agenda(session, world.chidi, turn.conference, now=world.now)
    make_it(session, sessions, copy, world.chidi)
    assert copy.status is DocumentStatus.READY
    assert documents.fetch(session, world.chidi, copy, now=world.now)[:5] == b"%PDF-"


def test_making_a_copy_twice_changes_nothing(
    world: World, session: Session, sessions: sessionmaker[Session], plan: Document
) -> None:
    make_it(session, sessions, plan, world.dana)
    first = (plan.sha256, plan.made_at)
    make_it(session, sessions, plan, world.dana)
    assert (plan.sha256, plan.made_at) == first


def test_a_copy_that_is_made_stays_made_when_its_reader_leaves(
    world: World, session: Session, sessions: sessionmaker[Session], plan: Document
) -> None:
    make_it(session, sessions, plan, world.dana)
    world.dana.is_active = False
    make_it(session, sessions, plan, world.dana)
    assert plan.status is DocumentStatus.READY


def test_somebody_who_left_meanwhile_gets_nothing(
    world: World, session: Session, sessions: sessionmaker[Session], plan: Document
) -> None:
    world.dana.is_active = False
    make_it(session, sessions, plan, world.dana)
    assert plan.status is DocumentStatus.FAILED
    assert plan.body_sealed is None


def test_a_job_for_another_reader_gives_the_copy_up(
    world: World, session: Session, sessions: sessionmaker[Session], plan: Document
) -> None:
    make_it(session, sessions, plan, world.ben)
    assert plan.status is DocumentStatus.FAILED


def test_a_fault_while_drawing_is_logged_without_words(
    world: World,
    session: Session,
    sessions: sessionmaker[Session],
    plan: Document,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(plan: Any) -> bytes:
        raise pdf.RenderRefused(f"cannot draw {plan.actions[0].what}")

    monkeypatch.setattr(pdf, "render_action_plan", broken)
    with caplog.at_level(logging.ERROR):
        make_it(session, sessions, plan, world.dana)
    assert plan.status is DocumentStatus.FAILED
    assert "RenderRefused" in caplog.text
    assert "lock" not in caplog.text


@pytest.fixture
def apart(embedded: Embedded, worker: str) -> str:
    """A database of its own, because a worker outside the test sees only what was truly committed."""
    return server.copy_of_template(embedded, f"copies_{worker}")


def test_a_real_worker_makes_what_was_asked_for(
    embedded: Embedded, apart: str, keyring: Keyring, now: Any, tmp_path: Path
) -> None:
    url = embedded.url("marac_app", apart)
    keys.write_keyring(tmp_path / "keys" / "sealing.key", keyring)
    engine = db.engine_for(url)
    sessions = db.session_factory(engine, keyring)
    with sessions.begin() as session:
        world = make.world(session, now)
        make.action(world)
        copy = copies.ask_for_plan(session, world.dana, world.agencies["HSG"], now=now).id
    status = made_by_a_worker(engine, url, tmp_path / "keys" / "sealing.key", copy.hex)
    engine.dispose()
    assert status == "ready"


def made_by_a_worker(engine: Engine, url: str, key: Path, copy: str) -> str:
    """Starts `marac worker`, waits until the copy is no longer only asked for, and stops it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "worker"],
        env={"DATABASE_URL": url, "MARAC_KEY_FILE": str(key), "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).parents[2],
    )
    try:
        return until_made(engine, copy)
    finally:
        process.terminate()
        process.wait(20)


def until_made(engine: Engine, copy: str) -> str:
    """Looks every tenth of a second, at most for a minute."""
    for _ in range(600):
        with engine.connect() as connection:
            status = connection.scalar(text("SELECT status FROM document WHERE id = :id"), {"id": copy})
        if status != "asked":
            return str(status)
        time.sleep(0.1)
    return "never made"
