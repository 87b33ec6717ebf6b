"""Whether two people can be reached at one telephone or one address."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from conferences.matching.letters import plain

PHONE_BITS, LINE_BITS, POSTCODE_BITS, MOST_BITS = 12.0, 10.0, 8.0, 18.0
_SHORT = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "cl": "close", "dr": "drive", "ln": "lane",
    "ct": "court", "cres": "crescent", "cresc": "crescent", "pl": "place", "sq": "square", "gdns": "gardens",
    "gdn": "gardens", "ter": "terrace", "terr": "terrace", "hse": "house", "apt": "flat", "apartment": "flat",
    "gr": "grove", "gro": "grove", "pk": "park", "bldgs": "buildings", "nr": "near", "saint": "street",
}  # fmt: skip


class Contact(NamedTuple):
    """Telephones, postcodes and address lines, each in one spelling."""

    phones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()


class Shared(NamedTuple):
    """What two people have in common: words for a worker, and bits."""

    words: tuple[str, ...]
    bits: float
    home: bool
    phone: bool


@lru_cache(maxsize=200_000)
def phone(typed: str) -> str:
    """Returns the digits of a telephone number, a British one from its 0; nothing for fewer than six."""
    digits = re.sub(r"\D", "", plain(typed).replace("(0)", ""))
    digits = digits.removeprefix("00") if digits.startswith("00") else digits
    if digits.startswith("44") and len(digits) > 10:
        digits = "0" + digits[2:].removeprefix("0")
    elif len(digits) == 10 and digits.startswith("7"):
        digits = "0" + digits
    return digits if 6 <= len(digits) <= 16 else ""


@lru_cache(maxsize=200_000)
def postcode(typed: str) -> str:
    """Returns a postcode in capitals without spaces."""
    return re.sub(r"[^A-Z0-9]", "", plain(typed).upper())[:10]


@lru_cache(maxsize=200_000)
def line(typed: str) -> str:
    """Returns an address line in lower case, short words written out: `flat 2 12 elm road`."""
    words = re.findall(r"[a-z]+|\d+", plain(typed).lower().replace("'", ""))
    return " ".join(_SHORT.get(word, word) for word in words)


def read_contact(phones: Iterable[str], postcodes: Iterable[str], lines: Iterable[str]) -> Contact:
    """Reads what was typed; what cannot be a number, postcode or line is left out."""
    return Contact(
        frozenset(filter(None, map(phone, phones))),
        frozenset(code for code in map(postcode, postcodes) if len(code) > 3),
        frozenset(found for found in map(line, lines) if len(found) > 4),
    )


def _same_line(one: str, other: str) -> bool:
    if one == other:
        return True
    numbers = re.findall(r"\d+", one), re.findall(r"\d+", other)
    shorter, longer = sorted(numbers, key=len)
    if not shorter or longer[-len(shorter) :] != shorter:
        return False
    return fuzz.ratio(re.sub(r"[\d ]|flat", "", one), re.sub(r"[\d ]|flat", "", other)) >= 80


def compare(one: Contact, other: Contact) -> Shared:
    """Returns what two people share; the order does not matter."""
    words: list[str] = []
    bits = 0.0
    same_phone = not one.phones.isdisjoint(other.phones)
    if same_phone:
        words.append("Same telephone number")
        bits += PHONE_BITS
    same_code = not one.postcodes.isdisjoint(other.postcodes)
    other_code = bool(one.postcodes and other.postcodes) and not same_code
    same_line = any(_same_line(mine, theirs) for mine in one.lines for theirs in other.lines)
    if same_line and not other_code:
        words.append("Same address")
        bits += LINE_BITS + (2.0 if same_code else 0.0)
    elif same_code:
        words.append("Same postcode")
        bits += POSTCODE_BITS - (2.0 if one.lines and other.lines else 0.0)
    return Shared(tuple(words), min(bits, MOST_BITS), same_line or same_code, same_phone)
