"""Which letters the packaged typefaces can draw, and what stands for those they cannot.

A typeface of the machine is never borrowed, or a document would differ from machine to machine. A letter
without a shape is never left to the engine either: some programs can then read no word of the document.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FONTS: Final = Path(__file__).resolve().parent.parent / "static" / "fonts"
MISSING: Final = "\ufffd"
# Marks that reverse the order of reading could make a name read as another.
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@cache
def covered() -> frozenset[str]:
    """List the letters that the text typefaces have."""
    found: set[str] = set()
    for name in ("IBMPlexSans-Medium.woff", "IBMPlexSansArabic-Medium.woff"):
        with TTFont(FONTS / name) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


def drawable(text: str) -> str:
    """Give the text as it can be drawn: silent marks left out, a letter without a shape as a replacement."""
    return "".join(map(_shape, text))


@cache
def _shape(letter: str) -> str:
    if letter in "\n\t":
        return letter
    if letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs"):
        return ""
    if letter in covered():
        return letter
    if unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f":
        return ""
    parts = unicodedata.normalize("NFD", letter)
    # Only letters are taken apart: a crossed-out angle bracket would become markup after escaping.
    return parts if parts[0].isalpha() and covered().issuperset(parts) else MISSING
