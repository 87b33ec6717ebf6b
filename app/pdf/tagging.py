"""Repairs to the tags of a drawn PDF that WeasyPrint 70 leaves undone.

Text in page margins gets marks that no element of the structure tree owns; it is page furniture and becomes
an artifact. Table headers get no scope. The boxes of one question are listed as if each were a field. The
document's own metadata stream is never opened, because opening it would write the time and two drawings of
one plan would differ.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator, Pdf

Owned = dict[tuple[int, int], set[int]]


def mended(drawn: bytes) -> bytes:
    """Give the PDF with furniture marked as artifacts and table headers scoped, byte for byte repeatable."""
    with pikepdf.open(BytesIO(drawn)) as pdf:
        owned = _own_marks(pdf)
        for page in pdf.pages:
            _furniture_to_artifacts(pdf, page, owned.get(page.obj.objgen, set()))
        _each_field_once(pdf)
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _each_field_once(pdf: Pdf) -> None:
    """Take the boxes of one question out of the list of fields: the question is there and holds them."""
    form = pdf.Root.get("/AcroForm")
    if form is not None:
        form.Fields = Array([field for field in form.Fields if "/Parent" not in field])


def _own_marks(pdf: Pdf) -> Owned:
    """Walk the tree from its root: scope its headers, and list per page the marks that it owns."""
    owned: Owned = {}
    for element, page, table_part in _elements(pdf.Root.StructTreeRoot):
        if element.get("/S") == Name.TH:
            _give_scope(element, "/Column" if table_part == "/THead" else "/Row")
        owned.setdefault(page, set()).update(kid for kid in _kids(element) if isinstance(kid, int))
    return owned


def _elements(root: pikepdf.Object) -> Iterator[tuple[pikepdf.Object, tuple[int, int], str]]:
    waiting = [(root, (0, 0), "")]
    while waiting:
        element, page, table_part = waiting.pop()
        page = element.Pg.objgen if "/Pg" in element else page
        kind = str(element.get("/S", ""))
        table_part = kind if kind in ("/THead", "/TBody") else table_part
        yield element, page, table_part
        waiting += [(kid, page, table_part) for kid in _kids(element) if _is_element(kid)]


def _is_element(kid: object) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _kids(element: pikepdf.Object) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _give_scope(header: pikepdf.Object, scope: str) -> None:
    said = header.get("/A", Dictionary(O=Name.Table))
    said.Scope = Name(scope)
    header.A = said


def _furniture_to_artifacts(pdf: Pdf, page: pikepdf.Page, owned: set[int]) -> None:
    orphans: set[int] = set()
    rewritten = []
    for step in pikepdf.parse_content_stream(page):
        mark = _mark(step)
        if mark is None or mark in owned:
            rewritten.append(step)
            continue
        orphans.add(mark)
        artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
        rewritten.append(ContentStreamInstruction(artifact, Operator("BDC")))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(rewritten))
    _forget_parents(pdf, int(page.obj.StructParents), orphans)


def _mark(step: ContentStreamInstruction | ContentStreamInlineImage) -> int | None:
    if str(step.operator) != "BDC" or not isinstance(step.operands[1], Dictionary):
        return None
    mark = step.operands[1].get("/MCID")
    return None if mark is None else int(mark)


def _forget_parents(pdf: Pdf, key: int, orphans: set[int]) -> None:
    slots = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = slots[[int(slot) for slot in slots[::2]].index(key) * 2 + 1]
    for mark in orphans:
        parents[mark] = None
