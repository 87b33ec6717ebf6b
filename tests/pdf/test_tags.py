"""The structure a screen reader needs, in both documents."""

from dataclasses import replace
from io import BytesIO

import pikepdf

from app import pdf
from tests.pdf import make, reading


def opened(document: bytes) -> pikepdf.Pdf:
    """Opens the document; the caller closes it."""
    return pikepdf.open(BytesIO(document))


def test_it_declares_what_it_is(document: bytes) -> None:
    with opened(document) as file:
        assert str(file.Root.Lang) == "en-GB"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in file.Root
        assert b'pdfuaid:part="1"' in file.Root.Metadata.read_bytes()
        assert all(page.get("/Tabs") == pikepdf.Name.S for page in file.pages)


def test_its_title_is_a_number_and_it_has_no_author(document: bytes) -> None:
    with opened(document) as file:
        assert set(file.docinfo.keys()) == {"/Title", "/Producer"}
        assert str(file.docinfo.Title) in ("Document D-7F3K9", "Document D-2HN8C")
        metadata = file.Root.Metadata.read_bytes().decode()
    for name in ("Chidi", "Dana", "Ashmere", "Testa", "Marrowby", "AS-04", "creator"):
        assert name not in metadata


def test_it_carries_no_attachment_script_form_or_link(document: bytes) -> None:
    with opened(document) as file:
        for key in ("/Names", "/AF", "/AcroForm", "/OpenAction", "/AA"):
            assert key not in file.Root
        assert all("/Annots" not in page for page in file.pages)
    assert b"/JavaScript" not in reading.everything(document)


def test_everything_painted_is_owned_by_an_element_or_is_an_artifact(document: bytes) -> None:
    with opened(document) as file:
        owned = reading.owned_marks(file)
        for page in file.pages:
            marks, loose = reading.painted_marks(page)
            assert loose == 0
            assert marks
            assert marks == owned[page.obj.objgen]


def test_the_way_back_from_a_mark_leads_to_an_element_in_the_tree(document: bytes) -> None:
    with opened(document) as file:
        reachable = {element.objgen for element in reading.elements(file)}
        slots = list(file.Root.StructTreeRoot.ParentTree.Nums)
        for page in file.pages:
            parents = slots[slots[::2].index(page.StructParents) * 2 + 1]
            owned = reading.owned_marks(file)[page.obj.objgen]
            assert {mark for mark, parent in enumerate(parents) if parent is not None} == owned
            for mark in owned:
                assert parents[mark].objgen in reachable
                assert mark in reading.kids(parents[mark])


def test_table_headers_have_a_scope_and_cells_point_to_headers_that_exist(document: bytes) -> None:
    with opened(document) as file:
        every = reading.elements(file)
        headers = [element for element in every if element.S == pikepdf.Name.TH]
        assert {str(header.A.Scope) for header in headers} == {"/Row", "/Column"}
        known = {str(header.ID) for header in headers}
        for cell in (element for element in every if element.S == pikepdf.Name.TD):
            for attributes in cell.get("/A", []) if isinstance(cell.get("/A"), pikepdf.Array) else [cell.A]:
                assert {str(name) for name in attributes.get("/Headers", [])} <= known


def test_the_one_picture_has_words_in_its_place(document: bytes) -> None:
    with opened(document) as file:
        figures = [element for element in reading.elements(file) if pikepdf.Name.Figure == element.S]
        assert [str(figure.Alt) for figure in figures] == [
            "QR code that holds the code below, to check this copy"
        ]


def test_headings_start_at_one_and_skip_no_level(document: bytes) -> None:
    with opened(document) as file:
        kinds = {str(element.S) for element in reading.elements(file)}
    assert {"/H1", "/H2", "/H3"} <= kinds
    assert "/H4" not in kinds


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert pdf.render_agenda(make.agenda()) == pdf.render_agenda(make.agenda())
    assert pdf.render_action_plan(make.action_plan()) == pdf.render_action_plan(make.action_plan())


def test_another_copy_gives_other_bytes(agenda: bytes) -> None:
    assert pdf.render_agenda(make.agenda(copy=replace(make.COPY, copy_no=2))) != agenda
