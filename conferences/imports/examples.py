"""A small list of made-up people, as CSV and as a workbook, to copy the shape of."""

import csv
import io
from datetime import datetime
from typing import Final

import openpyxl

HEADINGS: Final = (
    *("Ref", "Date referred", "Meeting date", "Referring agency", "Accepted or declined", "Victim name"),
    *("Victim DOB", "Perpetrator name", "Perpetrator DOB", "Relationship", "Children", "DASH score"),
    *("Reason for referral", "Summary", "Action", "Action agency", "Action owner", "Due date"),
    *("Action status", "Date completed"),
)
_MARROWBY = ("Testa Marrowby", "04/05/1992", "Derrin Quillfeather", "1987", "Ex-partner", "Pim; Oona")
_GATE = ("16", "Threats at the school gate.", "He still has a key.")
ROWS: Final = (
    ("12", "24/11/2025", "10/12/2025", "Police", "Accepted", *_MARROWBY, *_GATE,
     "Ring within two days", "IDVA", "Noor Hadley", "12/12/2025", "Done", "11/12/2025"),
    ("12", "24/11/2025", "10/12/2025", "Police", "Accepted", *_MARROWBY, *_GATE,
     "Change the front door lock", "Housing", "Joel Amory", "17/12/2025", "Not done", ""),
    ("13", "02/02/2026", "", "Housing", "Declined", "Ottoline Brack", "1968", "Rufus Brack", "",
     "Brother", "", "6", "Noise reported by a neighbour.", "", "", "", "", "", "", ""),
    ("14", "20/03/2026", "01/04/2026", "Education", "Accepted", "Kezia Lumley", "11/1999", "Anders Vole",
     "03/07/1995", "Partner", "not known", "not known", "She said he stopped her leaving.",
     "Nobody knew where he was staying.", "", "", "", "", "", ""),
)  # fmt: skip


def as_csv() -> bytes:
    """Returns the example as CSV that Excel opens with its letters right."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([HEADINGS, *ROWS])
    return written.getvalue().encode("utf-8-sig")


def as_workbook() -> bytes:
    """Returns the example as a workbook of plain words, the same bytes each time."""
    book = openpyxl.Workbook()
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - no zone there
    sheet = book.active
    sheet.title = "Cases"
    for row in (HEADINGS, *ROWS):
        sheet.append(list(row))
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
