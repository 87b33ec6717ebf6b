"""Reads names and homes that were copied out of a spreadsheet, one person a line, the name first.

No headings are needed: a mail address, a telephone number and a postcode are told by how they look.
"""

import csv
import re
from collections.abc import Sequence

from conferences.errors import Refused
from conferences.finding.indexing import postcodes_in
from conferences.matching.reaching import mail, phone, postcode
from conferences.wall import staff
from conferences.wall.colleagues import MOST, Colleague
from conferences.wall.staff import Home

_NUMBERED = re.compile(r"\d")
_NUMBER = re.compile(r"^\+?[\d\s().-]+$")


def read(words: str) -> list[Colleague]:
    """Returns the people of a list; Refused, naming the line, for what is no name or cannot be compared."""
    lines = [(number, line) for number, line in enumerate(words.splitlines(), 1) if line.strip()]
    if not lines or len(lines) > MOST:
        raise Refused(f"Give at least one name and at most {MOST}, one on a line.", field="names")
    return [_person(number, _cells(line)) for number, line in lines]


def _cells(line: str) -> list[str]:
    sign = next((one for one in "\t;" if one in line), ",")
    return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=sign), [])]


def _person(number: int, cells: Sequence[str]) -> Colleague:
    name, rest = cells[0] if cells else "", [cell for cell in cells[1:] if cell]
    if not name or len(name) > 200 or not any(letter.isalpha() for letter in name) or mail(name):
        raise Refused(f"Line {number} does not begin with a name.", field="names")
    home = _home(rest)
    try:
        staff.check(home)
    except Refused as problem:
        raise Refused(f"Line {number}: {problem.sentence}", field="names") from problem
    return Colleague(name, home)


def _home(cells: Sequence[str]) -> Home:
    mails = [cell for cell in cells if mail(cell)]
    phones = [cell for cell in cells if _NUMBER.match(cell) and phone(cell)]
    others = [cell for cell in cells if cell not in mails and cell not in phones]
    codes = [code for cell in others for code in postcodes_in(cell)]
    streets = [cell for cell in others if not _is_code(cell)]
    streets.sort(key=lambda cell: not _NUMBERED.search(cell))  # a job is not a house
    street, code = next(iter(streets), None), next(iter(codes), None)
    return Home("\n".join(phones) or None, street, code, "\n".join(mails) or None)


def _is_code(cell: str) -> bool:
    return [postcode(cell)] == [postcode(code) for code in postcodes_in(cell)]
