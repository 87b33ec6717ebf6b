"""Files become rows of words, or are refused with a sentence: never opened blindly, never worked out."""

import time
from datetime import date, datetime

import pytest

from conferences.imports import examples, sheets
from conferences.imports.safety import Unreadable
from tests.imports import files
from tests.imports.files import HEADINGS, ROW


def refused(body: bytes) -> str:
    with pytest.raises(Unreadable) as found:
        sheets.read(body)
    assert found.value.field == "file"
    return found.value.sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_list_is_read_in_every_encoding_an_office_saves(encoding: str) -> None:
    body = files.csv_of(
        HEADINGS, ("7", "10/12/2025", "Police", "Zoë Ó Briain", "1992", "Å"), encoding=encoding
    )
    (sheet,) = sheets.read(body)
    assert sheet.headings == HEADINGS
    assert sheet.lines[0].number == 2
    assert sheet.lines[0].cells[3] == "Zoë Ó Briain"
    assert sheet.notes == (("cp1252",) if encoding == "cp1252" else ())


@pytest.mark.parametrize("sign", list(",;\t|"))
def test_a_list_is_cut_where_it_was_put_together(sign: str) -> None:
    (sheet,) = sheets.read(files.csv_of(HEADINGS, ROW, sign=sign))
    assert sheet.lines[0].cells == ROW


def test_a_quoted_cell_keeps_its_commas_and_lines() -> None:
    (sheet,) = sheets.read(b'Ref,Notes\r\n1,"One, two\r\nthree ""four"""\r\n')
    assert sheet.lines[0].cells == ("1", 'One, two\nthree "four"')


def test_a_title_and_empty_rows_above_the_headings_are_passed_over_and_numbers_stay_those_of_the_file() -> (
    None
):
    (sheet,) = sheets.read(files.csv_of(("Ashmere list 2025",), ("",), HEADINGS, ROW, ("",), ROW))
    assert sheet.headings == HEADINGS
    assert [line.number for line in sheet.lines] == [4, 6]


def test_a_workbook_gives_days_and_whole_numbers_as_people_read_them() -> None:
    row = (7.0, datetime(2025, 12, 10), date(1992, 5, 4), True, 1.5, None)  # noqa: DTZ001 - cells have no zone
    (sheet,) = sheets.read(files.workbook(HEADINGS, row))
    assert sheet.name == "Cases"
    assert sheet.lines[0].cells == ("7", "2025-12-10", "1992-05-04", "yes", "1.5", "")


def test_every_sheet_with_rows_is_a_list_of_its_own() -> None:
    body = files.workbook(HEADINGS, ROW, sheets=("Cases", "Actions"))
    assert [sheet.name for sheet in sheets.read(body)] == ["Cases", "Actions"]


def test_a_formula_is_never_worked_out() -> None:
    (sheet,) = sheets.read(files.workbook(HEADINGS, ("=1+1", *ROW[1:])))
    assert sheet.notes == ("formulas",)
    assert sheet.lines[0].cells[0] == ""  # openpyxl wrote no value beside it, and none is invented


def test_the_examples_are_read_as_they_are_written() -> None:
    (text,), (book,) = sheets.read(examples.as_csv()), sheets.read(examples.as_workbook())
    assert text.lines == book.lines
    assert len(text.lines) == 4
    assert examples.as_csv() == examples.as_csv()


def test_two_hundred_thousand_rows_are_refused_at_once_and_the_sentence_says_what_to_do() -> None:
    started = time.process_time()
    assert "more than 10,000 rows" in refused(b"Ref,Victim name\r\n" + b"1,A B\r\n" * 200_000)
    assert time.process_time() - started < 3
    assert "5 MB" in refused(b"Ref,Victim name\r\n" + b"1,Testa Marrowby of Ashmere\r\n" * 200_000)


def test_a_workbook_with_too_many_rows_is_refused() -> None:
    assert "more than 10,000 rows" in refused(files.workbook(HEADINGS, *[("1",)] * 10_001))


def test_a_workbook_of_two_hundred_thousand_rows_is_refused_at_once() -> None:
    """However small it packs: nobody waits for two million cells to be read first."""
    rows = b"".join(b'<row r="%d"><c><v>%d</v></c></row>' % (n, n) for n in range(1, 200_001))
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet = start + rows + b"</sheetData></worksheet>"
    body = files.with_parts(files.workbook(HEADINGS, ROW), **{"xl/worksheets/sheet1.xml": sheet})
    started = time.process_time()
    assert "more than 10,000 rows. Split it, for example by year" in refused(body)
    assert time.process_time() - started < 2


def test_a_list_that_is_too_wide_is_refused() -> None:
    assert "100 columns" in refused(files.csv_of(["x"] * 101, ["y"] * 101))


def test_a_zip_bomb_is_not_unpacked() -> None:
    body = files.bomb()
    assert len(body) < 200_000
    started = time.process_time()
    assert "unpacks to far more" in refused(body)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_a_workbook_with_macros_is_refused(name: str) -> None:
    assert "macros" in refused(files.with_parts(files.workbook(HEADINGS, ROW), **{name: b"<x/>"}))


def test_a_macro_workbook_that_hides_its_project_is_refused_by_its_type() -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    body = files.with_parts(files.workbook(HEADINGS, ROW), **{"[Content_Types].xml": types})
    assert "macros" in refused(body)


@pytest.mark.parametrize("name", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_a_workbook_that_draws_on_other_files_is_refused(name: str) -> None:
    body = files.with_parts(files.workbook(HEADINGS, ROW), **{name: b"<x/>"})
    assert "draws on other files" in refused(body)


def test_an_outside_link_is_refused_unless_somebody_has_to_press_it() -> None:
    def linked(kind: str) -> bytes:
        relation = (
            f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="http://far.example"'
            ' TargetMode="External"/></Relationships>'
        )
        name = "xl/worksheets/_rels/sheet1.xml.rels"
        return files.with_parts(files.workbook(HEADINGS, ROW), **{name: relation.encode()})

    assert "draws on other files" in refused(linked("attachedTemplate"))
    assert sheets.read(linked("hyperlink"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_inside_a_workbook_is_refused(encoding: str) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><worksheet>&b;</worksheet>'.encode(encoding)
    body = files.with_parts(files.workbook(HEADINGS, ROW), **{"xl/worksheets/sheet1.xml": laughs})
    assert "not built like" in refused(body)


def test_a_sheet_that_claims_a_million_rows_and_columns_costs_no_more_than_its_cells() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
        b"<t>Ref</t></is></c>"
        b'</row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        b"</worksheet>"
    )
    body = files.with_parts(files.workbook(HEADINGS, ROW), **{"xl/worksheets/sheet1.xml": sheet})
    started = time.process_time()
    assert refused(body)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"Ref,Victim name\r\n", "no row below"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password, or is an old .xls"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"PK\x03\x04 but nothing more", "damaged"),
        (b"Ref,Victim\x81 name\r\n1,\x8d\r\n", "letters"),
        (b"Ref,Victim name\r\n" + b"1,A\0B\r\n" * 90, "letters"),
        (b'Ref,Victim name\r\n1,"' + b"never closed, " * 20_000, "quotation mark"),
    ],
)
def test_what_is_not_a_list_is_refused_with_what_to_do(body: bytes, words: str) -> None:
    assert words in refused(body)


def test_a_word_document_is_no_list() -> None:
    body = files.with_parts(files.workbook(HEADINGS, ROW), **{"word/document.xml": b"<x/>"})
    assert "Word document" in refused(body)


def test_a_zip_of_something_else_is_no_workbook() -> None:
    body = files.with_parts(files.workbook(HEADINGS, ROW), **{"xl/workbook.xml": None})
    assert "not a workbook" in refused(body)
