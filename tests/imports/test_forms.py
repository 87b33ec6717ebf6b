"""A Word form becomes a draft: only what is plain is taken, what is not is listed, and nothing is sent."""

import io
from typing import Any

import docx
import pytest

from app.auth.tokens import form_token
from conferences.checklist import assessments
from conferences.imports import documents, forms
from conferences.imports.safety import Unreadable
from conferences.models import Part, ReferralStatus
from conferences.person import people
from conferences.visibility import visible_to
from tests.browse import Browse
from tests.imports import files
from tests.make import World
from tests.sign_in import as_user

Rows = list[tuple[str, ...]]
VICTIM: Rows = [("Name", "Testa Marrowby", "DOB", "04/05/1992"), ("Gender", "woman", "Phone", "07700 900123")]
HARM: Rows = [("Name", "Derrin Quillfeather"), ("Date of birth", "1987"), ("Relationship", "Ex-partner")]


def form(*parts: str | Rows) -> bytes:
    """Writes a Word document of paragraphs and tables."""
    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        table = made.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def checklist(ticks: dict[int, str], count: int = 24) -> Rows:
    """A table of questions with ticks: {number: column}."""
    rows: Rows = [("No", "Question", "Yes", "No", "Don’t know")]
    for number in range(1, count + 1):
        row = ["☒" if ticks.get(number) == column else "☐" for column in ("yes", "no", "dont_know")]
        rows.append((str(number), f"Question {number}", *row))
    return rows


WHOLE = ("Details of the victim", VICTIM, "Perpetrator details", HARM, "Children: Pim; Oona",
         "Reason for referral: Waiting at the gate.")  # fmt: skip


def test_labels_and_values_become_a_draft_of_ones_own(world: World) -> None:
    s = world.session
    referral, read = forms.draft_from(s, world.amara, form(*WHOLE), now=world.now)
    assert referral.status is ReferralStatus.DRAFT
    assert referral.referrer_id == world.amara.id
    assert referral.id in {row.id for row in s.scalars(visible_to(world.amara, type(referral)))}
    assert referral.id not in {row.id for row in s.scalars(visible_to(world.ben, type(referral)))}
    victim = people.details_of(s, people.victim_of(referral.case))
    (harming,) = people.in_part(referral.case, Part.PERPETRATOR)
    known = people.details_of(s, harming)
    assert (victim.name, victim.born, victim.gender) == ("Testa Marrowby", "1992-05-04", "woman")
    assert (known.name, known.born, known.relationship) == ("Derrin Quillfeather", "1987", "Ex-partner")
    names = [people.name_of(s, row) for row in people.in_part(referral.case, Part.CHILD)]
    assert names == ["Pim", "Oona"]
    assert read.unread == ["Telephone of the person at risk"]


def test_a_name_nobody_says_whose_and_a_label_said_twice_are_left_to_a_person() -> None:
    read = forms.understand(documents.read(form("Name: Testa", "Victim name: A B", "Victim name: C D")), [])
    assert read.values == {}
    assert read.unread == ["Name", "Name of the person at risk"]


def test_a_birth_that_is_no_day_is_listed_and_the_rest_taken(world: World) -> None:
    body = form("Victim name: Testa Marrowby", "Victim DOB: spring of 92")
    referral, read = forms.draft_from(world.session, world.amara, body, now=world.now)
    assert people.details_of(world.session, people.victim_of(referral.case)).born is None
    assert read.unread == ["Date of birth of the person at risk"]


def test_ticks_are_read_where_there_is_exactly_one(world: World) -> None:
    rows = checklist({1: "yes", 2: "no", 3: "dont_know"})
    rows[4] = ("4", "Question 4", "☒", "☒", "☐")
    rows[5] = ("5", "Question 5", "sometimes", "", "")
    body = form("Victim name: Testa Marrowby", rows)
    referral, read = forms.draft_from(world.session, world.amara, body, now=world.now)
    given = assessments.values(assessments.answers_of(world.session, referral.assessment))
    assert given == {"1": "yes", "2": "no", "3": "dont_know"}
    assert read.unread == ["Checklist 4", "Checklist 5"]


@pytest.mark.parametrize("count", [15, 27])
def test_ticks_of_another_checklist_are_not_read(world: World, count: int) -> None:
    body = form("Victim name: Testa Marrowby", checklist({1: "yes"}, count))
    referral, read = forms.draft_from(world.session, world.amara, body, now=world.now)
    assert assessments.answers_of(world.session, referral.assessment) == {}
    assert read.unread == ["Checklist"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "empty"),
        (b"Victim name: Testa", "not a Word document"),
        (b"%PDF-1.7", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "password, or is an old .doc"),
        (files.workbook(("Ref",), ("1",)), "not a Word document"),
        (files.bomb(), "unpacks to far more"),
        (files.with_parts(form("A: b"), **{"word/vbaProject.bin": b"x"}), "macros"),
        (files.with_parts(form("A: b"), **{"word/document.xml": b"<!DOCTYPE a><a/>"}), "not built like"),
        (files.with_parts(form("A: b"), **{"word/document.xml": b"<a"}), "damaged"),
    ],
)
def test_what_is_no_word_form_is_refused_with_what_to_do(body: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as found:
        documents.read(body)
    assert sentence in found.value.sentence


def send(client: Browse, body: bytes, **more: str) -> Any:
    keyring = client.app.state.keyring  # type: ignore[attr-defined]
    typed = {"csrf_token": form_token(keyring, client.cookies["__Host-session"])} | more
    return client.post("/referrals/from-word", data=typed, files={"file": ("Testa.docx", body)})


def test_the_page_says_what_was_read_and_what_was_not_and_leads_to_the_draft(
    client: Browse, world: World
) -> None:
    as_user(client, world, world.amara)
    answer = send(client, form(*WHOLE), form_key="once")
    assert answer.status_code == 200
    assert "Name of the person at risk" in answer.text
    assert "Telephone of the person at risk" in answer.text
    assert "Marrowby" not in answer.text
    again = send(client, form(*WHOLE), form_key="once")
    assert again.status_code == 303
    assert client.get(again.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "There is no file, or it is empty. Choose the file again."),
        (b"PK\x03\x04 nothing", "damaged"),
        (form("Colour: blue"), "Nothing in this form could be read."),
    ],
)
def test_a_form_that_cannot_be_read_says_so_and_opens_no_draft(
    client: Browse, world: World, body: bytes, sentence: str
) -> None:
    from conferences.models import Referral

    as_user(client, world, world.amara)
    answer = send(client, body)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert world.session.scalars(visible_to(world.amara, Referral)).all() == []
