"""Whether two people can be reached at one telephone, one mail address or one home."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from conferences.matching.reaching import line, mail, phone, postcode

SAME_MAIL = "Same mail address"
PHONE_BITS, MAIL_BITS, LINE_BITS, POSTCODE_BITS, MOST_BITS = 12.0, 12.0, 10.0, 8.0, 18.0


class Contact(NamedTuple):
    """Telephones, postcodes, address lines and mail addresses, each in one spelling."""

    phones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()


class Shared(NamedTuple):
    """What two people have in common: words for a worker, and bits; `phone` also for one mail address."""

    words: tuple[str, ...]
    bits: float
    home: bool
    phone: bool


def read_contact(
    phones: Iterable[str], postcodes: Iterable[str], lines: Iterable[str], mails: Iterable[str] = ()
) -> Contact:
    """Reads what was typed; what cannot be a number, postcode, line or mail address is left out."""
    return Contact(
        frozenset(filter(None, map(phone, phones))),
        frozenset(code for code in map(postcode, postcodes) if len(code) > 3),
        frozenset(found for found in map(line, lines) if len(found) > 4),
        frozenset(filter(None, map(mail, mails))),
    )


def _same_line(one: str, other: str) -> bool:
    if one == other:
        return True
    numbers = re.findall(r"\d+", one), re.findall(r"\d+", other)
    shorter, longer = sorted(numbers, key=len)
    if not shorter or (longer[-len(shorter) :] != shorter and sorted(shorter) != sorted(longer)):
        return False
    few, many = sorted((set(one.split()), set(other.split())), key=len)
    if few < many and len(few) > 2:
        return True  # a house has a name, or the town is added
    return fuzz.ratio(re.sub(r"[\d ]|flat", "", one), re.sub(r"[\d ]|flat", "", other)) >= 80


def compare(one: Contact, other: Contact) -> Shared:
    """Returns what two people share; the order does not matter."""
    words: list[str] = []
    bits = 0.0
    same_phone = not one.phones.isdisjoint(other.phones)
    if same_phone:
        words.append("Same telephone number")
        bits += PHONE_BITS
    same_mail = not one.mails.isdisjoint(other.mails)
    if same_mail:
        words.append(SAME_MAIL)
        bits += MAIL_BITS
    same_code = not one.postcodes.isdisjoint(other.postcodes)
    other_code = bool(one.postcodes and other.postcodes) and not same_code
    same_line = any(_same_line(mine, theirs) for mine in one.lines for theirs in other.lines)
    if same_line and not other_code:
        words.append("Same address")
        bits += LINE_BITS + (2.0 if same_code else 0.0)
    elif same_code:
        words.append("Same postcode")
        bits += POSTCODE_BITS - (2.0 if one.lines and other.lines else 0.0)
    return Shared(tuple(words), min(bits, MOST_BITS), same_line or same_code, same_phone or same_mail)
