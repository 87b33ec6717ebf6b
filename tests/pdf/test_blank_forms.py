"""Empty forms on paper and for the screen, drawn from the same definitions as the pages."""

from io import BytesIO

import pytest
from pypdf import PdfReader

import risk
from app import pdf
from app.pages.words.referral import ANSWERS
from conferences import fields
from conferences.referral import blanks
from tests.browse import Browse
from tests.make import World
from tests.pdf.reading import letters, words
from tests.sign_in import as_user

DASH = risk.edition("safelives-dash-ric")


@pytest.fixture(scope="module")
def checklist() -> bytes:
    return pdf.render_blank(blanks.checklist(DASH, ANSWERS, fillable=True), strict=True)


def test_the_form_on_paper_asks_what_the_pages_ask() -> None:
    form = blanks.referral(fillable=False)
    said = {one.label for _, parts in form.chapters for part in parts for one in part.fields}
    for sheet in fields.form().sheets.values():
        if not sheet.page:
            assert {one.label for one in sheet.fields} <= said, sheet.key
    assert not any("Where they are now" in label for label in said)
    keys = [one.key for _, parts in form.chapters for part in parts for one in part.fields]
    assert len(keys) == len(set(keys))


def test_a_checklist_can_be_filled_in_on_a_screen(checklist: bytes) -> None:
    found = PdfReader(BytesIO(checklist)).get_fields() or {}
    for item in DASH.items:
        question = found[f"answer-{item.id}"]
        assert question["/FT"] == "/Btn"
        assert set(question["/Opt"]) == set(item.answers)
    assert {"case_reference", "asked_on", "asked_by", "first_judgement", "last_judgement"} <= set(found)
    text = letters(" ".join(words(checklist)))
    assert all(letters(item.topic) in text for item in DASH.items)


def test_a_printed_checklist_has_boxes_and_no_fields() -> None:
    drawn = pdf.render_blank(blanks.checklist(DASH, ANSWERS, fillable=False), strict=True)
    assert not PdfReader(BytesIO(drawn)).get_fields()
    assert "Declined" in " ".join(words(drawn))


def test_they_are_handed_out(client: Browse, world: World) -> None:
    assert client.get("/instruments/safelives-dash-ric/blank").status_code == 303
    as_user(client, world, world.amara)
    got = client.get("/instruments/safelives-dash-ric/blank?fillable=true")
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"].endswith('"blank-checklist-safelives-dash-ric-to-fill-in.pdf"')
    assert client.get("/instruments/caada-ric-precursor/blank").status_code in (200, 404)
    assert client.get("/instruments/viogen-vpr/blank?version=nothing").status_code == 404
    assert client.get("/instruments/safelives-dash-ric/blank?fillable=perhaps").status_code == 422
    assert "/help/blank-referral" in client.get("/help").text


@pytest.mark.slow
def test_the_whole_referral_can_be_filled_in_on_a_screen() -> None:
    drawn = pdf.render_blank(blanks.referral(fillable=True), strict=True)
    found = PdfReader(BytesIO(drawn)).get_fields() or {}
    for sheet in fields.form().sheets.values():
        for one in () if sheet.page else sheet.fields:
            names = [f"{one.key}-{code}" for code in one.choices] if one.kind == "many" else [one.key]
            assert set(names) <= set(found), one.key
