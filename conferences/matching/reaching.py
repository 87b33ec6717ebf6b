"""A telephone number, a postcode, an address line and a mail address, each in one spelling."""

import re
import unicodedata
from functools import lru_cache

from conferences.matching.letters import plain

_SHORT = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "cl": "close", "dr": "drive", "ln": "lane",
    "ct": "court", "cres": "crescent", "cresc": "crescent", "pl": "place", "sq": "square", "gdns": "gardens",
    "gdn": "gardens", "ter": "terrace", "terr": "terrace", "hse": "house", "apt": "flat", "apartment": "flat",
    "gr": "grove", "gro": "grove", "pk": "park", "bldgs": "buildings", "nr": "near", "saint": "street",
}  # fmt: skip


_EXTENSION = re.compile(r"(?i)(?<=\d)[ ,;.(]*(?:x|ext(?:ension|n)?|#)[ .:]*\d{1,6}\)?\s*$")
_MAIL = re.compile(r"[^\s<>@,;:()]+@[^\s<>@,;:()]+\.[^\s<>@,;:().]+")
_NO_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


@lru_cache(maxsize=200_000)
def mail(typed: str) -> str:
    """Returns a mail address in small letters, without a `+tag` or Gmail's dots; nothing if none."""
    found = _MAIL.search(unicodedata.normalize("NFKC", typed).casefold())
    if found is None:
        return ""
    box, _, host = found[0].rpartition("@")
    box = box.partition("+")[0] or box
    return f"{box.replace('.', '')}@{_NO_DOTS[host]}" if host in _NO_DOTS else f"{box}@{host}"


@lru_cache(maxsize=200_000)
def phone(typed: str) -> str:
    """Returns the digits of a telephone number, a British one from its 0; nothing for fewer than six."""
    number = _EXTENSION.split(plain(typed), maxsplit=1)[0].replace("(0)", "")
    digits = re.sub(r"\D", "", number)
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
