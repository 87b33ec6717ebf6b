"""Copies of documents: asked for once, waited for honestly, fetched by their reader alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from app import copies, jobs
from conferences.meeting import agenda, documents
from conferences.models import AuditEntry, Document, DocumentStatus, Membership, Role, User
from tests import make
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user


@pytest.fixture
def dana(client: Browse, world: World) -> Browse:
    make.action(world)
    return as_user(client, world, world.dana)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Document)) or 0


def ask(browser: Browse, **typed: str) -> str:
    answer = browser.post_form("/actions/plan", typed, page="/help")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def work(session: Session, sessions: sessionmaker[Session]) -> None:
    """Does every job there is, as the worker does."""
    session.commit()
    with jobs.working_on(sessions):
        for row in session.scalars(select(Document)).all():
            copies.make_copy(document_id=row.id.hex, actor_id=row.recipient_id.hex)
    session.expire_all()


def test_a_representative_waits_for_the_plan_and_downloads_it(
    dana: Browse, session: Session, sessions: sessionmaker[Session]
) -> None:
    place = ask(dana)
    waiting = dana.get(place)
    assert "Your copy is being made" in waiting.text
    assert f'data-poll="{place}/state"' in waiting.text
    assert "Check again" in waiting.text
    assert dana.get(f"{place}/state").json() == {"ready": False, "state": "waiting"}
    assert dana.get(f"{place}/file").status_code == 422
    work(session, sessions)
    assert dana.get(f"{place}/state").json() == {"ready": True, "state": "ready"}
    assert "Download the PDF" in dana.get(place).text
    file = dana.get(f"{place}/file")
    row = session.scalars(select(Document)).one()
    assert file.content[:5] == b"%PDF-"
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"] == f'attachment; filename="{row.number}-v1.pdf"'
    assert file.headers["cache-control"] == "no-store"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-security-policy"].startswith("sandbox")
    kinds = session.scalars(select(AuditEntry.kind).where(AuditEntry.subject_id == row.id)).all()
    assert sorted(kinds) == ["document.asked", "document.fetched", "document.made"]


def test_a_copy_belongs_to_one_reader(
    dana: Browse, world: World, session: Session, sessions: sessionmaker[Session]
) -> None:
    place = ask(dana)
    work(session, sessions)
    for other in (world.ben, world.chidi, world.amara, world.erin, world.ada):
        as_user(dana, world, other)
        for path in (place, f"{place}/state", f"{place}/file"):
            assert dana.get(path).status_code == 404
        assert "D-" not in dana.get("/documents").text


def test_only_the_agency_itself_and_those_who_run_the_meeting_ask_for_a_plan(
    client: Browse, world: World, session: Session
) -> None:
    housing = world.agencies["HSG"].id.hex
    for user in (world.amara, world.noor, world.erin, world.ada):
        as_user(client, world, user)
        answer = client.post_form("/actions/plan", {"agency": housing}, page="/help")
        assert answer.status_code == 404
    assert count(session) == 0
    for user in (world.ben, world.chidi):
        as_user(client, world, user)
        assert ask(client, agency=housing).startswith("/documents/")


@pytest.mark.parametrize("agency", ["x", "0" * 32, "\x00", "é" * 400])
def test_an_unknown_agency_is_not_found(dana: Browse, session: Session, agency: str) -> None:
    assert dana.post_form("/actions/plan", {"agency": agency}, page="/help").status_code == 404
    assert count(session) == 0


def test_asking_twice_with_one_form_makes_one_copy(dana: Browse, session: Session) -> None:
    assert ask(dana, form_key="same") == ask(dana, form_key="same")
    assert count(session) == 1
    ask(dana, form_key="another")
    assert session.scalars(select(Document.version).order_by(Document.version)).all() == [1, 2]


def test_an_agenda_is_copied_only_after_it_was_issued(client: Browse, world: World, session: Session) -> None:
    turn = make.listing(world)
    path = f"/conferences/{turn.conference.id.hex}/agenda/copy"
    as_user(client, world, world.chidi)
    refused = client.post_form(path, {}, page="/help")
    assert refused.status_code == 422
    assert "Issue the agenda first" in refused.text
    agenda.issue(world.session, world.ben, turn.conference, now=world.now)
    first = client.post_form(path, {"form_key": "k"}, page="/help")
    again = client.post_form(path, {"form_key": "k"}, page="/help")
    assert first.headers["location"] == again.headers["location"]
    assert count(session) == 1
    documents.give_up(session.scalars(select(Document)).one())
    page = client.get(first.headers["location"]).text
    assert "Meeting on 2 December 2026" in page
    assert f'action="{path}"' in page


def test_others_may_not_copy_an_agenda(client: Browse, world: World, session: Session) -> None:
    turn = make.opened_listing(world)
    path = f"/conferences/{turn.conference.id.hex}/agenda/copy"
    expected = ((world.dana, 403), (world.noor, 403), (world.amara, 404), (world.ada, 404), (world.erin, 404))
    for user, status in expected:
        as_user(client, world, user)
        assert client.post_form(path, {}, page="/help").status_code == status
    assert count(session) == 0


def test_a_copy_that_failed_says_what_to_do(dana: Browse, session: Session) -> None:
    place = ask(dana)
    documents.give_up(session.scalars(select(Document)).one())
    page = dana.get(place).text
    assert "This copy could not be made" in page
    assert "Ask for another copy" in page
    assert "01632 960100" in page
    assert dana.get(f"{place}/state").json() == {"ready": True, "state": "failed"}
    assert "Could not be made" in dana.get("/documents").text


def test_a_copy_nobody_makes_is_called_late(dana: Browse, world: World, session: Session) -> None:
    place = ask(dana)
    dana.moment = world.now + timedelta(minutes=4)
    page = dana.get(place).text
    assert "longer than it should" in page
    assert "Ask for another copy" in page
    assert session.scalars(select(Document)).one().status is DocumentStatus.ASKED


def test_somebody_who_moved_agency_no_longer_gets_the_file(
    dana: Browse, world: World, session: Session, sessions: sessionmaker[Session]
) -> None:
    place = ask(dana)
    work(session, sessions)
    move(session, world.dana, world)
    as_user(dana, world, world.dana)
    assert dana.get(f"{place}/file").status_code == 404


def move(session: Session, user: User, world: World) -> None:
    """Puts somebody into another agency."""
    assert user.membership is not None
    user.membership.ended_at = world.now
    session.flush()
    school = world.agencies["EDU"]
    session.add(Membership(user_id=user.id, agency_id=school.id, role=Role.FRONTLINE, started_at=world.now))
    session.commit()
    session.expire_all()
