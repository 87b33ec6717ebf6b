"""Lists as offices keep them by hand: each is read as it is meant, or the sentence says what to do."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from conferences.imports import mapping, merged, sheets
from conferences.imports.naming import NotOneName, one_name, several_names
from conferences.imports.reading import Reading, read_row
from conferences.imports.safety import Unreadable
from conferences.imports.sheets import Sheet
from conferences.imports.words import NOTES
from tests.imports import files

TODAY = date(2026, 11, 21)
PEOPLE = ("Victim", "DOB", "Perpetrator", "Agency")
TESTA = ("Testa Marrowby", "04/05/1992", "Derrin Quillfeather", "Police")
KEZIA = ("Kezia Lumley", "11/1999", "Anders Vole", "Police")


def book_of(
    *rows: tuple[object, ...], name: str = "Cases", change: Callable[[Any], object] | None = None
) -> bytes:
    """A workbook of one sheet, changed as somebody would by hand."""
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read(sheet: Sheet) -> list[Reading]:
    columns = mapping.guess(sheet.headings)
    return [read_row(one.cells, columns, lambda _: "p1", today=TODAY) for one in sheet.lines]


def heard(sheet: Sheet) -> list[tuple[str | None, str]]:
    return [(one.record.victim_name, str(one.record.heard_on)) for one in read(sheet) if one.record]


def test_headings_in_two_rows_say_together_what_a_column_means() -> None:
    upper = ("Case", "Victim", None, "Perpetrator", None, "Meeting", "Agency")
    lower = ("Ref", "Name", "DOB", "Name", "DOB", "Date", "Referring")
    row = ("A1", "Testa Marrowby", "04/05/1992", "Derrin Quillfeather", "1987", "10/12/2025", "Police")
    (sheet,) = sheets.read(book_of(upper, lower, row))
    assert sheet.headings[1:5] == ("Victim Name", "Victim DOB", "Perpetrator Name", "Perpetrator DOB")
    assert sheet.notes == ("two_headings",)
    (reading,) = read(sheet)
    assert reading.record is not None
    assert (reading.record.victim_born, reading.record.perpetrator_born) == ("1992-05-04", "1987")


def test_a_first_case_full_of_known_words_is_no_second_row_of_headings() -> None:
    rows = (
        ("Ref", "Meeting date", "Agency", "Victim", "Repeat"),
        ("A1", "10/12/2025", "Housing", "Ada", "Repeat"),
    )
    (sheet,) = sheets.read(book_of(*rows))
    assert [one.number for one in sheet.lines] == [2]


def test_cells_merged_over_the_actions_of_a_case_are_said_of_each() -> None:
    headings = ("Ref", "Meeting date", "Agency", "Victim", "Action")
    rows = (("A1", "10/12/2025", "Police", "Testa Marrowby", "Ring"), (None,) * 4 + ("Change the lock",))
    merge = lambda book: [book.active.merge_cells(f"{one}2:{one}3") for one in "ABCD"]  # noqa: E731
    (sheet,) = sheets.read(book_of(headings, *rows, change=merge))
    assert [one.cells for one in sheet.lines] == [rows[0], (*rows[0][:4], "Change the lock")]
    assert sheet.notes == ("merged",)


def test_a_cell_merged_over_a_million_rows_makes_none() -> None:
    rows = [["Ref", "Victim"], ["A1", "Testa Marrowby"]]
    assert not merged.fill(rows, [(0, 1, 1_048_575)])
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("10 Dec 2025", ()),
        ("Cases", (("MARAC held on Wednesday 10th December 2025",), ())),
        ("10.12.25", (("Ashmere",),)),
    ],
)
def test_a_sheet_for_each_meeting_gives_its_day_to_every_case(
    name: str, above: tuple[tuple[str, ...], ...]
) -> None:
    (sheet,) = sheets.read(book_of(*above, PEOPLE, TESTA, name=name))
    assert heard(sheet) == [("Testa Marrowby", "2025-12-10")]
    assert "sheet_day" in sheet.notes


def test_meetings_one_below_the_other_each_give_their_own_day() -> None:
    first, second = ("Meeting 10/12/2025",), ("Meeting: 07/01/2026",)
    (sheet,) = sheets.read(book_of(first, PEOPLE, TESTA, (), second, PEOPLE, KEZIA))
    assert heard(sheet) == [("Testa Marrowby", "2025-12-10"), ("Kezia Lumley", "2026-01-07")]
    assert [one.number for one in sheet.lines] == [3, 7]


@pytest.mark.parametrize(
    "title", ["MARAC list printed 10/12/2025", "MARAC 10/12/2025 to 20/12/2025", "10/12/2025"]
)
def test_a_day_that_may_be_another_is_not_put_beside_a_case(title: str) -> None:
    (sheet,) = sheets.read(book_of((title,), PEOPLE, TESTA))
    assert sheet.headings == PEOPLE


def test_a_line_that_says_more_than_a_day_stays_a_row() -> None:
    (sheet,) = sheets.read(
        book_of(PEOPLE, ("10/12/2025",), TESTA, ("Meeting 07/01/2026, Sue is not to know",), KEZIA)
    )
    assert [one.number for one in sheet.lines] == [3, 4, 5]


def hide_a_sheet(book: Any) -> None:
    book.create_sheet("Archive").append(["Victim"])
    book["Archive"].sheet_state = "hidden"


def hide_a_row(book: Any) -> None:
    book.active.row_dimensions[2].hidden = True


def write_beside(book: Any) -> None:
    book.active["A2"].comment = Comment("Do not ring", "Ben")


@pytest.mark.parametrize(
    ("change", "note"), [(hide_a_sheet, "hidden_sheets"), (hide_a_row, "hidden"), (write_beside, "comments")]
)
def test_what_is_hidden_or_beside_the_cells_is_told(change: Callable[[Any], object], note: str) -> None:
    (sheet,) = sheets.read(book_of(PEOPLE, TESTA, change=change))
    assert note in sheet.notes
    assert note in NOTES
    assert len(sheet.lines) == 1


def test_a_list_without_headings_is_not_quietly_one_case_shorter() -> None:
    (sheet,) = sheets.read(book_of(TESTA, KEZIA))
    assert sheet.notes == ("no_headings",)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><table><tr><td>Victim</td></tr><tr><td>Testa</td></tr></table></html>",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook/>',
        b"{\\rtf1\\ansi Victim, DOB\r\nTesta, 1992}",
        b'[{"victim": "Testa"},\n {"victim": "Kezia"}]',
    ],
)
def test_a_page_or_a_letter_named_like_a_list_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable, match="the file is no list"):
        sheets.read(body)


def test_an_open_document_sheet_is_refused_with_what_to_do() -> None:
    body = files.with_parts(
        files.workbook(PEOPLE, TESTA), xl__workbook__xml=None, **{"xl/workbook.xml": None}
    )
    with pytest.raises(Unreadable, match=r"Save the list as \.xlsx"):
        sheets.read(body)


@pytest.mark.parametrize(
    ("cell", "name", "other"),
    [
        ("Smith, Jane", "Jane Smith", None),
        ("SMITH,\nJane", "Jane SMITH", None),
        ("van der Berg, Anna Maria", "Anna Maria van der Berg", None),
        ("Jane Smith (aka Jones)", "Jane Smith", "Jones"),
        ("Jane Smith née Jones", "Jane Smith", "Jones"),
        ("Elizabeth (Liz) Smith", "Elizabeth (Liz) Smith", None),
        ("Son Nguyen", "Son Nguyen", None),
        ("unknown male", None, None),
    ],
)
def test_a_cell_that_names_one_person_is_read(cell: str, name: str | None, other: str | None) -> None:
    assert one_name(cell) == (name, other)


@pytest.mark.parametrize(
    "cell",
    [
        "Jane Smith + 2 children (Tom 4, Amy 2)",
        "Jane Smith\nTom Smith",
        "Smith, Jane, Tom",
        "Jane Smith, Tom Smith",
        "Jane Smith and children",
        "Jane Smith DOB 04/05/1992",
        "**REPEAT** Jane Smith",
        "Mother: Sue Brown",
        "John Brown (ex-partner)",
    ],
)
def test_a_cell_that_says_more_than_a_name_is_nobodys_to_guess(cell: str) -> None:
    with pytest.raises(NotOneName):
        one_name(cell)


def test_two_who_cause_harm_are_two_people_unless_one_birth_stands_beside_them() -> None:
    assert several_names("Tariq Kestrel & Kestrel, Imran") == ("Tariq Kestrel", "Imran Kestrel")
    rows = (
        ("Meeting date", *PEOPLE, "Perp DOB"),
        ("10/12/2025", "Samina Kestrel", "2007", "Tariq Kestrel/Imran Kestrel", "Police"),
    )
    (sheet,) = sheets.read(book_of(*rows))
    (one,) = read(sheet)
    assert one.record is not None
    assert (one.record.perpetrator_name, one.record.others) == ("Tariq Kestrel", ("Imran Kestrel",))
    (sheet,) = sheets.read(book_of(rows[0], (*rows[1], "1980")))
    assert [problem.code for problem in read(sheet)[0].problems] == ["more_than_a_name"]


def test_a_birth_that_stands_for_nothing_is_not_taken() -> None:
    row = ("10/12/2025", "Testa Marrowby", "01/01/1900", "", "Police")
    (sheet,) = sheets.read(book_of(("Meeting date", *PEOPLE), row, (*row[:2], "DOB unknown", *row[3:])))
    first, second = read(sheet)
    assert [problem.code for problem in first.problems] == ["not_a_birth"]
    assert second.record is not None
    assert second.record.victim_born is None
