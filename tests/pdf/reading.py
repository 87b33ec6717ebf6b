"""What a finished PDF says: its words page by page, and who owns each painted mark."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pypdf import PdfReader


def words(document: bytes) -> list[str]:
    """Give the text of each page with runs of white space as single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(document)).pages]


def letters(text: str) -> str:
    """Drop white space and the ways of writing one accent, so that line breaks do not matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def bookmarks(document: bytes) -> list[str]:
    """List the titles of the outline from top to bottom."""

    def titles(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            yield from titles(entry) if isinstance(entry, list) else [entry.title]

    return list(titles(PdfReader(BytesIO(document)).outline))


def everything(document: bytes) -> bytes:
    """Give the raw bytes and every stream unpacked, for searching what must not be inside."""
    found = [document]
    with pikepdf.open(BytesIO(document)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                found.append(thing.read_bytes())
            found.append(thing.unparse())
        found += [str(value).encode() for value in pdf.docinfo.values()]
    return b"\n".join(found)


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """List every element that can be reached from the root of the structure tree."""
    waiting, found = [pdf.Root.StructTreeRoot], []
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            found.append(element)
        waiting += [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return found


def kids(element: Any) -> list[Any]:
    """List what hangs directly below an element: elements, marks and references to marks."""
    below = element.get("/K", [])
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def owned_marks(pdf: pikepdf.Pdf) -> dict[tuple[int, int], set[int]]:
    """List per page object the marked content that some reachable element owns."""
    owned: dict[tuple[int, int], set[int]] = {}
    for element in elements(pdf):
        for kid in kids(element):
            if isinstance(kid, int):
                owned.setdefault(element.Pg.objgen, set()).add(kid)
            elif "/MCID" in kid:
                owned.setdefault(kid.get("/Pg", element.get("/Pg")).objgen, set()).add(int(kid.MCID))
    return owned


def painted_marks(page: pikepdf.Page) -> tuple[set[int], int]:
    """List the marks on a page, and count the painting of text that lies in no mark and no artifact."""
    marks: set[int] = set()
    depth: list[bool] = []
    loose = 0
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator in ("BDC", "BMC"):
            depth.append(True)
            if operator == "BDC" and "/MCID" in step.operands[1]:
                marks.add(int(step.operands[1].MCID))
        elif operator == "EMC":
            depth.pop()
        elif operator in ("Tj", "TJ", "S", "f", "f*", "B", "Do", "sh") and not depth:
            loose += 1
    return marks, loose
