"""What is looked at before a file that came from outside is opened: its size, its parts, what hides in it."""

import io
import re
import zipfile

from conferences.errors import Refused

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 5 * MEBIBYTE
LARGEST_UNPACKED = 30 * MEBIBYTE
MOST_PARTS = 400
# Spreadsheets pack tightly; what packs a hundred times tighter than itself is made to fill a memory.
TIGHTEST, TOO_SMALL_TO_MIND = 100, 256 * 1024
ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
_XML = (".xml", ".rels", ".vml")
_MACROS = re.compile(r"vbaproject|macrosheets?/|vbadata", re.I)
_DRAWS_FROM_ELSEWHERE = re.compile(r"externallinks/|/connections\.xml$|querytables/", re.I)
_ENCODING = re.compile(rb"""^[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_-]+)""")
_RELATION = re.compile(r"<[^<>]*Relationship\s[^<>]*>")


class Unreadable(Refused):
    """A file that is not read at all, with the sentence that says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


def check_size(body: bytes) -> None:
    """Raises Unreadable for a file that is empty or too large to read at once."""
    if not body.strip():
        raise Unreadable("There is no file, or it is empty. Choose the file again.")
    if len(body) > LARGEST_FILE:
        raise Unreadable("The file is larger than 5 MB. Split it, for example by year.")


def open_package(body: bytes, *, harmless: tuple[str, ...] = ("hyperlink",)) -> zipfile.ZipFile:
    """Opens an Office file's parts once nothing in them can do harm; raises Unreadable otherwise.

    `harmless` names the kinds of link that may point outside: nobody follows them here.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(body))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise Unreadable("The file is damaged. Open it where it was made, save it again and try that.") from (
            problem
        )
    _check_parts(parts)
    for part in parts:
        if part.filename.lower().endswith(_XML):
            _check_xml(part.filename, read_part(package, part.filename), harmless)
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Unpacks one part; never more than the part said it holds."""
    try:
        return package.read(name)
    except Exception as problem:  # zlib, wrong sums, unknown methods, passwords: each has an error of its own
        raise Unreadable("The file is damaged or has a password. Save it again without one.") from problem


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if any(_MACROS.search(name) for name in names):
        raise Unreadable("The file holds macros. Save it as an ordinary workbook or document, without them.")
    if any(_DRAWS_FROM_ELSEWHERE.search(name) for name in names):
        raise Unreadable("The file draws on other files. Save a copy that holds only its own values.")
    if len(names) > MOST_PARTS or len(set(names)) != len(names):
        raise Unreadable("The file is not built like a workbook or a document. Save it again and try that.")
    swollen = any(
        part.file_size > TOO_SMALL_TO_MIND and part.file_size > TIGHTEST * max(part.compress_size, 1)
        for part in parts
    )
    if swollen or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable(
            "The file unpacks to far more than it should, so it was not opened. "
            "Split the list, for example by year."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("The file has a password. Save it without one.")


def _check_xml(name: str, body: bytes, harmless: tuple[str, ...]) -> None:
    """Office writes UTF-8 or UTF-16 without a document type; anything else is an attempt at something."""
    squeezed = body.replace(b"\0", b"")
    start = squeezed[:200].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    said = _ENCODING.match(start)
    plain = said is None or said[1].lower() in (b"utf-8", b"utf8", b"utf-16", b"us-ascii")
    if (start and not start.lstrip().startswith(b"<")) or not plain or b"<!DOCTYPE" in squeezed.upper():
        raise Unreadable("The file is not built like a workbook or a document. Save it again and try that.")
    if name.lower().endswith(".rels"):
        _check_relations(squeezed.decode("utf-8", "replace"), harmless)
    if b"macroenabled" in squeezed[:4096].lower() and name.lower() == "[content_types].xml":
        raise Unreadable("The file holds macros. Save it as an ordinary workbook or document, without them.")


def _check_relations(words: str, harmless: tuple[str, ...]) -> None:
    """A link somebody can press is harmless; anything else that points outside is fetched or read."""
    for relation in _RELATION.findall(words):
        outside = re.search(r"""TargetMode\s*=\s*["']External""", relation, re.I)
        if outside and not any(f'/{kind}"' in relation for kind in harmless):
            raise Unreadable("The file draws on other files. Save a copy that holds only its own values.")
