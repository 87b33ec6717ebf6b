"""What one cell says: tidied words, days as people write them, and the many ways to say nothing."""

import re
import unicodedata
from datetime import date

from conferences import births
from risk.repeats import MONTHS

LONGEST = 10_000
# Everything here is how a list says that nobody knows; none of it is an answer.
NOTHING = {
    *("", "-", "–", "—", "--", ".", "?", "/", "n/a", "na", "n.a.", "nk", "n/k", "not known", "unknown"),
    *("unk", "u/k", "dnk", "dob unknown", "dob not known", "dob n/k", "not given", "not disclosed", "no dob"),
    *("none", "nil", "tbc", "tba", "not recorded", "not stated", "not available", "null", "blank"),
}
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_NUMBER_OR_PHONE = re.compile(r"^[+-]?[\d ().,/-]+$")
_JOINERS, _FIRST_WITH_JOINERS = "\u200c\u200d", "\u0590"
_MONTH = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_NUMERIC = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")
_WORDS = re.compile(
    r"^(?:[a-z]{2,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/.](?:of )?([a-z]{3,9})[ \-/.,]+(\d{4}|\d{2})$"
)
_TIME = re.compile(r"[ t]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[ap]m)?z?$")
_AGE_BESIDE = re.compile(r"\s*\((?:aged? )?\d{1,3}(?: ?y(?:ea)?rs?)?\)$", re.I)
_MONTH_OF_A_YEAR = re.compile(r"^([a-z]{3,9})[ ,.-]+(\d{4})$", re.I)
_YEAR, _MONTH_YEAR = re.compile(r"^\d{4}$"), re.compile(r"^(\d{1,2})[./\-](\d{4})$")


class NotADay(ValueError):
    """Words that are no day; `code` says in which way: not_a_day, short_year or day_number."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def tidy(cell: str) -> str:
    """Composes letters, drops what cannot be seen and trims; line breaks stay."""
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    cell = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
    kept = [letter for at, letter in enumerate(cell) if _is_kept(cell, at)]
    return "".join(kept).replace("\u00a0", " ").strip()


def _is_kept(cell: str, at: int) -> bool:
    letter = cell[at]
    if letter in "\n\t":
        return True
    if letter in _JOINERS:  # they carry meaning inside words of some scripts, and only there
        beside = (cell[at - 1 : at], cell[at + 1 : at + 2])
        return all(one >= _FIRST_WITH_JOINERS and one.isalpha() for one in beside)
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def says_nothing(cell: str) -> bool:
    """Returns whether a cell is empty or holds one of the many words for not knowing."""
    return cell.strip().lower() in NOTHING


def is_formula(cell: str) -> bool:
    """Returns whether a spreadsheet would take these words for a formula."""
    return bool(_FORMULA.match(cell)) and not _NUMBER_OR_PHONE.match(cell) and not says_nothing(cell)


def harmless(cell: str) -> str:
    """Returns words that no spreadsheet takes for a formula: an apostrophe goes before those it would."""
    cell = cell.replace("\0", "")
    return f"'{cell}" if _FORMULA.match(cell.lstrip(" ")) else cell


def parse_day(cell: str) -> date:
    """Reads a day as it is written here, day before month, or year first; raises NotADay."""
    words = re.sub(r"\s+", " ", _TIME.sub("", cell.strip().lower()))
    if re.fullmatch(r"\d{5}", words):
        raise NotADay("day_number")
    for shape, order in ((_ISO, (0, 1, 2)), (_NUMERIC, (2, 1, 0)), (_WORDS, (2, 1, 0))):
        found = shape.match(words)
        if found:
            year, month, day = (found.groups()[place] for place in order)
            return _day(year, month, day)
    raise NotADay("not_a_day")


def month_first(cell: str) -> bool | None:
    """Returns whether a day in numbers can only stand month first; None where nobody can tell."""
    found = _NUMERIC.match(_TIME.sub("", cell.strip().lower()))
    first, second = (int(found[1]), int(found[2])) if found else (0, 0)
    if 1 <= first <= 12 < second <= 31:
        return True
    return None if 1 <= first <= 12 and 1 <= second <= 12 and first != second else False


def _day(year: str, month: str, day: str) -> date:
    number = _MONTH.get(month[:3]) if month.isalpha() else int(month)
    if month.isalpha() and not MONTHS[(number or 1) - 1].lower().startswith(month) and month != "sept":
        raise NotADay("not_a_day")
    try:
        # Lists of meetings reach back years, not a century: two digits are of this one.
        return date(int(year) + (2000 if len(year) == 2 else 0), number or 0, int(day))
    except ValueError as problem:
        raise NotADay("not_a_day") from problem


def parse_birth(cell: str) -> str:
    """Reads a date of birth as precise as it is given: `1991-03-12`, `1991-03` or `1991`; raises NotADay."""
    words = _AGE_BESIDE.sub("", cell.strip())
    found, named = _MONTH_YEAR.match(words), _MONTH_OF_A_YEAR.match(words)
    if named:
        words = _day(named[2], named[1].lower(), "1").isoformat()[:7]
    elif found:
        words = f"{found[2]}-{int(found[1]):02d}"
    elif not _YEAR.match(words) and not re.fullmatch(r"\d{4}-\d{2}", words):
        if re.search(r"(?<!\d)\d{1,2}[./\- ][a-z\d]+[./\- ]\d{2}$", words.lower()):
            raise NotADay("short_year")
        words = parse_day(words).isoformat()
    try:
        births.parse(words)
    except ValueError as problem:
        raise NotADay("not_a_day") from problem
    return words


def same(words: str) -> str:
    """Returns words as they are compared: without case, accents, punctuation or double spaces."""
    bare = unicodedata.normalize("NFKD", words).casefold()
    letters = "".join(one if one.isalnum() else " " for one in bare if not unicodedata.combining(one))
    return " ".join(letters.split())
