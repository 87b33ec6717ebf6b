"""What stands in a Word document as somebody reads it: typed, ticked, chosen from a list, not struck out."""

import re
from collections.abc import Iterator
from typing import Any, Final

from docx.oxml import parse_xml

from conferences.imports.cells import LONGEST, tidy

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Taken out by whoever tracked changes, or read by itself: the words of a box that floats on the page.
_NOT_HERE: Final = {f"{W}del", f"{W}moveFrom", f"{W}txbxContent", _FALLBACK}
_AROUND: Final = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo")}
_SYMBOLS: Final = {
    **dict.fromkeys((0xFE, 0x52), "☑"),
    **dict.fromkeys((0xFD, 0x53, 0x54), "☒"),
    **dict.fromkeys((0xFC, 0x50), "✓"),
    0xFB: "✗",
    **dict.fromkeys((0xA8, 0x6F, 0xA3), "☐"),
}
_PROMPT: Final = re.compile(
    r"(?:click|tap|choose|select|enter|insert)\b.{0,40}\b(?:text|date|item|here|option|one)\.?", re.I
)
BESIDE: Final = ("footnotes", "endnotes", "comments")


def children(parent: Any, *names: str) -> Iterator[Any]:
    """Yields the elements of these names, also from inside content controls and tracked insertions."""
    wanted = {f"{W}{name}" for name in names}
    for child in parent.iterchildren():
        if child.tag in wanted:
            yield child
        elif child.tag in _AROUND:
            yield from children(child, *names)


def words(paragraph: Any) -> str:
    """Returns what a paragraph says; what only prompts for words says nothing."""
    said = tidy("".join(_said(paragraph))[:LONGEST])
    return "" if _PROMPT.fullmatch(said) else said


def boxes(paragraph: Any) -> Iterator[Any]:
    """Yields the text boxes that hang on a paragraph, each once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        around = {one.tag for one in box.iterancestors()}
        inner = any(one is not paragraph and one.tag == f"{W}txbxContent" for one in box.iterancestors())
        if _FALLBACK not in around and not inner:
            yield box


def _said(element: Any) -> Iterator[str]:
    for part in element.iterchildren():
        name = part.tag.removeprefix(W) if isinstance(part.tag, str) else ""
        if part.tag in _NOT_HERE or (name == "sdt" and _prompts(part)):
            continue
        if name in _WAYS:
            yield _WAYS[name](part)
        else:
            yield from _said(part)


def _prompts(control: Any) -> bool:
    """Returns whether a content control still shows what to type there."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _symbol(part: Any) -> str:
    try:
        code = int(part.get(f"{W}char", ""), 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOLS.get(code, "") if "wingdings" in str(part.get(f"{W}font", "")).lower() else ""


def _is_ticked(box: Any) -> bool:
    """An old form field keeps its tick beside the words: as it was left, or else as it was made."""
    for name in ("checked", "default"):
        state = box.find(f"{W}{name}")
        if state is not None:
            return str(state.get(f"{W}val", "1")) in ("1", "true", "on")
    return False


def _chosen(part: Any) -> str:
    """What was chosen from an old drop-down list; nothing while nobody has chosen."""
    result, entries = part.find(f"{W}result"), part.findall(f"{W}listEntry")
    at = str(result.get(f"{W}val", "")) if result is not None else ""
    return str(entries[int(at)].get(f"{W}val", "")) if at.isdecimal() and int(at) < len(entries) else ""


_WAYS: Final = {
    "t": lambda part: part.text or "",
    "tab": lambda _: " ",
    "br": lambda _: " ",
    "cr": lambda _: " ",
    "noBreakHyphen": lambda _: "-",
    "sym": _symbol,
    "checkBox": lambda part: "☒ " if _is_ticked(part) else "☐ ",
    "ddList": _chosen,
}


def stories(document: Any, *kinds: str) -> Iterator[Any]:
    """Yields what stands outside the page's own text, such as headers and comments, each once."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in kinds:
            yield parse_xml(relation.target_part.blob)
