"""Reads what a browser sent and tidies each value."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

Typed = dict[str, list[str]]

MOST_FIELDS: Final = 200
MOST_BYTES: Final = 100 * 1024
THREE_FOR_ONE: Final = 3  # a byte outside ASCII travels as three, such as %D8
NO_FILES: Final = 0
MOST_IN_MEMORY: Final = 16 * 1024 * 1024  # more than a request can bring, so nothing is spooled
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


@dataclass(frozen=True)
class Upload:
    """A form that carries one file: what was typed, the file's name and its bytes; both empty without one."""

    typed: Typed
    file_name: str = ""
    body: bytes = b""


async def upload_form(request: Request) -> Upload:
    """Read a form with at most one file, which stays in memory and is never written to a disk."""
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        return Upload(await typed_form(request))
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=1, max_fields=20, max_part_size=MOST_BYTES
    )
    parser.spool_max_size = MOST_IN_MEMORY
    try:
        form = await parser.parse()
    except (MultiPartException, ValueError, KeyError) as refusal:
        raise HTTPException(413) from refusal
    typed: Typed = {}
    file_name, body = "", b""
    for name, value in form.multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
        elif name == "file":
            file_name, body = value.filename or "", await value.read()
    await form.close()
    return Upload(typed, file_name, body)


UploadForm = Annotated[Upload, Depends(upload_form)]


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
