"""Reads what a browser sent and tidies each value."""

import re
import unicodedata
from typing import Annotated, Final

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

Typed = dict[str, list[str]]

MOST_FIELDS: Final = 200
MOST_BYTES: Final = 100 * 1024
THREE_FOR_ONE: Final = 3  # a byte outside ASCII travels as three, such as %D8
NO_FILES: Final = 0
JOINERS: Final = "\u200c\u200d"
FIRST_LETTER_WITH_JOINERS: Final = "\u0590"


async def typed_form(request: Request) -> Typed:
    """Read a form as lists of strings by field name; 413 when it is too long or carries a file."""
    try:
        form = await request.form(
            max_files=NO_FILES, max_fields=MOST_FIELDS, max_part_size=THREE_FOR_ONE * MOST_BYTES
        )
    except HTTPException as refusal:
        raise HTTPException(413) from refusal
    typed: Typed = {}
    for name, value in form.multi_items():
        if not isinstance(value, str) or len(value.encode()) > MOST_BYTES:
            raise HTTPException(413)
        typed.setdefault(name, []).append(value)
    return typed


TypedForm = Annotated[Typed, Depends(typed_form)]


def form_key(typed: Typed) -> str:
    """Give the key that makes sending a form twice harmless; empty when the form carries none."""
    return tidy(next(iter(typed.get("form_key", [])), ""))[:64]


def tidy(value: str, *, lines: bool = False) -> str:
    """Compose letters (NFC), drop what cannot be seen, trim the ends; line breaks stay only where `lines`."""
    value = unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", value))
    kept = "".join(c for i, c in enumerate(value) if _is_kept(value, i))
    if not lines:
        kept = re.sub(r"\s+", " ", kept)
    return kept.strip()


def _is_kept(value: str, i: int) -> bool:
    letter = value[i]
    if letter in "\n\t":
        return True
    if letter in JOINERS:
        return _inside_word(value[i - 1 : i]) and _inside_word(value[i + 1 : i + 2])
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def _inside_word(letter: str) -> bool:
    """Joiners carry meaning inside words of scripts such as Persian and Hindi, and only there."""
    return letter >= FIRST_LETTER_WITH_JOINERS and unicodedata.category(letter)[0] in "LM"
