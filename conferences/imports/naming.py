"""Whom a cell names: one person, with another name in brackets; whatever else stands there is put right."""

import re
from typing import Final

from conferences.imports.cells import same

_OTHER_NAME = re.compile(
    r"^(?P<name>[^()]+?)[\s,(]+(?:aka|a\.k\.a\.?|also known as|known as|née|nee|formerly|previously)[\s:]+"
    r"(?P<other>[^()]+?)\)?$",
    re.I,
)
_NOT_A_NAME = re.compile(
    r"[\d+&/;:*#|]|\b(?:and|children|unborn|dob|repeat)\b|"
    r"\((?:[^()]* [^()]*|.*\b(?:ex|partner|husband|wife|boyfriend|girlfriend|son|daughter|brother)\b.*)\)",
    re.I,
)
_PARTS = re.compile(r"\s*(?:[\n;&/]|\band\b)\s*", re.I)
_NOBODY: Final = {
    *("unknown male", "unknown female", "unknown man", "unknown woman", "unknown person", "male unknown"),
    *("name unknown", "name not known", "unidentified", "unidentified male", "not named", "not disclosed"),
}
_BEFORE_A_SURNAME: Final = {
    "van",
    "der",
    "den",
    "de",
    "da",
    "di",
    "dos",
    "la",
    "le",
    "al",
    "el",
    "bin",
    "von",
    "st",
}


class NotOneName(ValueError):
    """A cell says more than the name of one person."""


def one_name(cell: str) -> tuple[str | None, str | None]:
    """Returns the name in a cell and the other name beside it; raises NotOneName.

    “Smith, Jane” is turned round; “unknown male” names nobody.
    """
    lines = [line for line in (" ".join(part.split()) for part in cell.split("\n")) if line]
    if len(lines) > 1 and not lines[0].endswith(",") and any(" " in line for line in lines):
        raise NotOneName
    words, other = " ".join(lines), None
    if same(words) in _NOBODY:
        return None, None
    beside = _OTHER_NAME.match(words)
    if beside:
        words, other = beside["name"].strip(" ,"), beside["other"].strip(" ,")
    if any(_NOT_A_NAME.search(said) for said in (words, other or "")):
        raise NotOneName
    return _turned(words), other


def _turned(words: str) -> str:
    last, comma, first = (part.strip() for part in words.partition(","))
    if not comma or not first:
        return last
    surname = [part for part in last.lower().split() if part not in _BEFORE_A_SURNAME]
    if "," in first or (len(surname) > 1 and len(first.split()) > 1):
        raise NotOneName
    return f"{first} {last}"


def several_names(cell: str) -> tuple[str, ...]:
    """Returns several people's names in one cell, each with first name and surname; raises NotOneName."""
    found = [one_name(part) for part in _PARTS.split(cell) if part.strip()]
    if len(found) < 2 or any(name is None or other or " " not in name for name, other in found):
        raise NotOneName
    return tuple(name for name, _ in found if name)
