"""A list through the browser: brought, explained, checked, taken by the worker, undone."""

import re
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from app import importing, jobs
from app.auth.tokens import form_token
from conferences.imports import taking
from conferences.models import BatchStatus, Case, ImportBatch
from conferences.person import people
from conferences.visibility import visible_to
from tests import make
from tests.browse import Browse
from tests.imports import files, lists
from tests.imports.lists import KEZIA, LOCK, TESTA
from tests.make import World
from tests.sign_in import as_user


def text_of(answer: Any) -> str:
    """The words of a page, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def send(client: Browse, body: bytes | None, source: str = "Old tracker", **more: str) -> Any:
    """Sends a file as a browser does: the token first, the file last."""
    keyring = client.app.state.keyring  # type: ignore[attr-defined]
    typed = {"csrf_token": form_token(keyring, client.cookies["__Host-session"]), "source": source} | more
    sent = {"file": ("Testa Marrowby.csv", body)} if body is not None else {"other": ("", b"")}
    return client.post("/imports/new", data=typed, files=sent)


def work(session: Session, sessions: sessionmaker[Session], batch: ImportBatch) -> None:
    """Runs the worker's own task on the test's transaction."""
    session.commit()
    with jobs.working_on(sessions):
        importing.take(batch_id=batch.id.hex, actor_id=batch.by_id.hex)
    session.expire_all()


@pytest.fixture
def ben(client: Browse, world: World) -> Browse:
    return as_user(client, world, world.ben)


def test_a_list_goes_all_the_way_and_back(
    ben: Browse, world: World, session: Session, sessions: sessionmaker[Session]
) -> None:
    answer = send(ben, lists.a_list(TESTA | LOCK, KEZIA | {"Meeting date": "31/02/2026"}))
    assert answer.status_code == 303
    here = answer.headers["location"]
    page = ben.get(here)
    assert "What do the columns mean?" in page.text
    assert "Testa Marrowby" in page.text
    batch = session.get_one(ImportBatch, here.rsplit("/", 1)[1])
    typed = {f"column-{at}": key for at, key in enumerate(batch.columns)}
    assert ben.submit(f"{here}/columns", typed).headers["location"] == here
    words = text_of(ben.get(here))
    assert "New 1 Matches a case on record 0 Already here 0 To put right 1" in words
    assert "Day heard: this is not a day; write it as 27/3/2026" in words
    assert "Take 1 row" in words
    assert ben.submit(f"{here}/take", {}).status_code == 303
    waiting = ben.get(here)
    assert "0 of 1 rows" in waiting.text
    assert ben.get(f"{here}/state?done=0").json() == {"ready": False, "done": 0}
    work(session, sessions, batch)
    assert ben.get(f"{here}/state?done=0").json()["ready"] is True
    words = text_of(ben.get(here))
    (case,) = session.scalars(visible_to(world.ben, Case))
    assert case.reference in words
    assert "Marrowby" not in words
    assert "You can undo the whole list until" in words
    turn = re.findall(r'href="(/listings/\w+)"', ben.get(f"/cases/{case.id.hex}").text)[0]
    heard = text_of(ben.get(turn))
    assert "This was taken from an earlier list." in heard
    assert "Change the front door lock" in heard
    assert ben.submit(f"{here}/undo", {}).status_code == 303
    assert "This list was undone." in ben.get(here).text
    assert ben.get(f"/cases/{case.id.hex}").status_code == 404
    assert ben.get(turn).status_code == 404


def test_the_job_names_the_list_and_its_coordinator_and_nothing_else(world: World, session: Session) -> None:
    from sqlalchemy import text

    batch = lists.checked(world, TESTA)
    importing.ask_to_take(session, world.ben, batch, joins_matches=False, now=world.now)
    wanted = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'imports.take'")
    assert list(session.scalars(wanted)) == [{"batch_id": batch.id.hex, "actor_id": world.ben.id.hex}]


def test_taking_that_breaks_off_is_said_and_can_be_tried_again(
    ben: Browse, world: World, session: Session, sessions: sessionmaker[Session], monkeypatch: Any
) -> None:
    batch = lists.checked(world, TESTA, KEZIA)
    ben.submit(f"/imports/{batch.id.hex}/take", {})
    real = taking.take_some
    with monkeypatch.context() as broken:
        broken.setattr(taking, "take_some", lambda *a, **k: 1 / 0)
        work(session, sessions, batch)
    assert "Taking this list broke off." in ben.get(f"/imports/{batch.id.hex}").text
    assert taking.take_some is real
    ben.submit(f"/imports/{batch.id.hex}/take", {})
    work(session, sessions, batch)
    assert batch.status is BatchStatus.TAKEN


def test_rows_that_match_need_a_word_about_what_becomes_of_them(ben: Browse, world: World) -> None:
    make.sent_referral(world)
    batch = lists.checked(world, TESTA)
    answer = ben.submit(f"/imports/{batch.id.hex}/take", {})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert "Say what becomes of the rows that match a case" in answer.text
    assert ben.submit(f"/imports/{batch.id.hex}/take", {"matches": "join"}).status_code == 303


def test_a_list_that_gave_a_waiting_case_its_history_says_to_look_again(ben: Browse, world: World) -> None:
    live = make.sent_referral(world)
    batch = lists.taken(world, TESTA, joins=True)
    words = text_of(ben.get(f"/imports/{batch.id.hex}"))
    assert "they may be repeats now" in words
    assert live.case.reference in words


@pytest.mark.parametrize(
    ("body", "source", "sentence"),
    [
        (None, "Old", "Choose the file that holds the list"),
        (None, "", "Choose the file that holds the list"),
        (None, "", "Say where the list comes from"),
        (b"", "Old", "There is no file, or it is empty. Choose the file again."),
        (b"Ref,Victim name\r\n1,A B\r\n", "", "Say where the list comes from"),
        (files.bomb(), "Old", "The file unpacks to far more than it should"),
        (b"Ref,Victim name\r\n" + b"1,A B\r\n" * 200_000, "Old", "more than 10,000 rows"),
        (files.with_parts(files.workbook(("Ref",), ("1",)), **{"xl/vbaProject.bin": b"x"}), "Old", "macros"),
        (b"Ref,Victim\x81 name\r\n1,\x8d\r\n", "Old", "letters of the file cannot be read"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_what_to_do(
    ben: Browse, body: bytes | None, source: str, sentence: str
) -> None:
    answer = send(ben, body, source)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert sentence in answer.text
    assert "Testa Marrowby" not in answer.text


def test_a_file_beyond_what_is_read_at_all_is_too_large(ben: Browse) -> None:
    too_large = send(ben, b"x" * (7 * 1024 * 1024))
    assert too_large.status_code == 413
    assert "The file is larger than 5 MB. Split it, for example by year." in too_large.text


def test_a_file_without_the_forms_token_is_refused(ben: Browse) -> None:
    for typed in ({}, {"csrf_token": "made up"}, {"source": "x", "csrf_token": "late"}):
        answer = ben.post("/imports/new", data=typed, files={"file": ("x.csv", b"Ref\r\n1")})
        assert answer.status_code == 403


def test_a_large_body_is_let_in_only_where_files_are_read(ben: Browse) -> None:
    assert ben.submit("/conferences/new", {"venue": "x" * 2_000_000}).status_code == 413


def test_the_same_file_sent_twice_is_one_list(ben: Browse, world: World, session: Session) -> None:
    first, second = (send(ben, lists.a_list(TESTA), form_key="one") for _ in range(2))
    assert first.headers["location"] == second.headers["location"]


def test_a_workbook_with_two_sheets_is_two_lists(ben: Browse, session: Session, world: World) -> None:
    row = [TESTA.get(heading, "") for heading in lists.HEADINGS]
    answer = send(ben, files.workbook(lists.HEADINGS, row, sheets=("Cases", "Older")))
    assert answer.headers["location"] == "/imports"
    words = text_of(ben.get("/imports"))
    assert "Cases" in words
    assert "Older" in words


def test_columns_that_cannot_be_come_back_with_what_was_chosen(ben: Browse, world: World) -> None:
    batch = lists.brought(world, TESTA)
    typed = {f"column-{at}": "victim_name" for at in range(len(batch.columns))}
    answer = ben.submit(f"/imports/{batch.id.hex}/columns", typed)
    assert answer.status_code == 422
    assert "Two columns cannot mean the same." in answer.text
    assert answer.text.count('value="victim_name" selected') == len(batch.columns)


def test_a_name_for_an_agency_is_explained_once(ben: Browse, world: World) -> None:
    batch = lists.brought(world, TESTA | {"Referring agency": "The Moon"})
    here = f"/imports/{batch.id.hex}"
    assert "The Moon" in ben.get(here).text
    typed = {f"column-{at}": key for at, key in enumerate(batch.columns)}
    typed |= {"name-0": "The Moon", "means-0": world.agencies["HSG"].id.hex}
    assert ben.submit(f"{here}/columns", typed).status_code == 303
    assert lists.verdicts(world, batch) == ["new"]
    later = lists.brought(world, KEZIA | {"Referring agency": "The Moon"})
    assert f'value="{world.agencies["HSG"].id.hex}" selected' in ben.get(f"/imports/{later.id.hex}").text


def test_rows_to_put_right_can_do_nothing_in_a_spreadsheet(ben: Browse, world: World) -> None:
    wrong = TESTA | {"Victim name": "=cmd|' /C calc'!A0", "Meeting date": "31/02/2026", "Reason": "@SUM(A1)"}
    batch = lists.checked(world, wrong)
    answer = ben.get(f"/imports/{batch.id.hex}/to-put-right.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="rows-to-put-right.csv"'
    assert "'=cmd|" in answer.text
    assert "'@SUM(A1)" in answer.text
    assert not re.search(r"(^|,)[=+\-@]", answer.text, re.M)


def test_rows_are_shown_by_verdict_and_page_by_page(ben: Browse, world: World) -> None:
    names = [f"Testa {chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    rows = [TESTA | {"Ref": str(at), "Victim name": name} for at, name in enumerate(names)]
    batch = lists.checked(world, *rows, KEZIA | {"Victim name": ""})
    here = f"/imports/{batch.id.hex}"
    assert "Rows after" in ben.get(here).text
    assert "Rows after" not in ben.get(f"{here}?page=2").text
    wrong = text_of(ben.get(f"{here}?show=wrong"))
    assert "Name of the person at risk: nothing is given" in wrong
    assert "Testa" not in wrong
    assert ben.get(f"{here}?page=nonsense&show=nonsense").status_code == 200


def test_a_result_names_no_case_its_reader_may_no_longer_know_of(ben: Browse, world: World) -> None:
    batch = lists.taken(world, TESTA)
    (case,) = world.session.scalars(visible_to(world.ben, Case))
    people.exclude(world.session, world.ben, case, user_id=world.ben.id, reason="Related", now=world.now)
    page = ben.get(f"/imports/{batch.id.hex}").text
    assert case.reference not in page
    assert case.id.hex not in page


def test_the_examples_are_handed_over(ben: Browse) -> None:
    assert ben.get("/imports/example.csv").content.startswith(b"\xef\xbb\xbfRef,")
    assert ben.get("/imports/example.xlsx").content.startswith(b"PK")


def test_an_undo_that_comes_too_early_is_said(ben: Browse, world: World) -> None:
    batch = lists.checked(world, TESTA)
    answer = ben.submit(f"/imports/{batch.id.hex}/undo", {})
    assert answer.status_code == 422
    assert "within 30 days" in answer.text


def test_a_file_name_is_in_no_log(ben: Browse, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    send(ben, lists.a_list(TESTA))
    assert "Marrowby" not in caplog.text


def test_doubtful_rows_are_decided_on_the_page_before_the_list_is_taken(ben: Browse, world: World) -> None:
    sarah = TESTA | {"Victim name": "Sarah Jones", "Victim DOB": "1990", "Perpetrator name": "David Smith"}
    sara = sarah | {"Ref": "2", "Victim name": "Sara Jones", "Perpetrator name": "Dave Smith"}
    batch = lists.checked(world, sarah, sara)
    here = f"/imports/{batch.id.hex}"
    assert "2 doubtful rows wait for your decision" in text_of(ben.get(here))
    refused = ben.submit(f"{here}/doubts", {"row-2": "", "row-3": "", "row-" + "9" * 5000: "take"})
    assert refused.status_code == 422
    assert "Say of a row whether it is taken or left out" in refused.text
    assert ben.submit(f"{here}/doubts", {"row-2": "take", "rest": "leave"}).status_code == 303
    page = text_of(ben.get(here))
    assert "1 doubtful row is left out." in page
    assert "Take 1 row" in page


def test_before_a_list_is_undone_the_page_says_what_goes_and_what_stays(ben: Browse, world: World) -> None:
    batch = lists.taken(world, TESTA, KEZIA)
    here = f"/imports/{batch.id.hex}"
    kept, hidden = world.session.scalars(visible_to(world.ben, Case).order_by(Case.reference))
    page = text_of(ben.get(f"{here}/undo"))
    assert "What the list brought to 2 cases goes: 2 rows." in page
    assert "Nobody has worked on any of them since" in page
    for case in (kept, hidden):
        people.exclude(world.session, world.ben, case, user_id=world.dana.id, reason="Related", now=world.now)
    people.exclude(world.session, world.ben, hidden, user_id=world.ben.id, reason="Related", now=world.now)
    page = text_of(ben.get(f"{here}/undo"))
    assert "What the list brought to 0 cases goes: 0 rows." in page
    assert kept.reference in page
    assert hidden.reference not in page
    assert ben.submit(f"{here}/undo", {}).status_code == 303
    assert ben.get(f"{here}/undo").headers["location"] == here
