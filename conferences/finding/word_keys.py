"""The keys a search by a few words needs beside the matcher's: parts of names, ends of numbers, postcodes.

A slip of the finger leaves the beginning, the end or the sound of a word as it was: three keys for each.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import anyascii
import jellyfish

from conferences.matching import Facts

PART = 3
TAIL = 6
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """Returns the words of a name in plain small letters: `Ó Súilleabháin-Wren` is o, suilleabhain, wren."""
    found: list[str] = []
    for word in re.split(r"[\s\-–—.,_/]+", name):
        plain = anyascii.anyascii(word)
        parts = _JOINED.split(plain) if _is_foreign(word) else [plain]
        found += [kept for part in parts if (kept := re.sub(r"[^a-z0-9]", "", part.lower()))]
    return tuple(found)


@lru_cache(maxsize=50_000)
def sound_of(word: str) -> str:
    """Returns how a word sounds, roughly."""
    return jellyfish.metaphone(word)


def _is_foreign(word: str) -> bool:
    """Characters of other scripts become syllables written together, each with a capital."""
    return not word.isascii() and any(
        letter.isalpha() and "LATIN" not in unicodedata.name(letter, "LATIN") for letter in word
    )


def of_word(word: str) -> set[str]:
    """Returns the keys of one word of a name: its beginning, its end, its sound."""
    found = {f"s:a:{word[:PART]}"}
    if len(word) > PART:
        found.add(f"s:z:{word[-PART:]}")
    sound = sound_of(word)
    if len(sound) > 1:
        found.add(f"s:m:{sound}")
    return found


def digits_of(number: str) -> str:
    """Returns the digits of a telephone number without spaces, signs, or the country before it."""
    digits = re.sub(r"\D", "", number)
    return digits.lstrip("0")


def of_phone(number: str) -> set[str]:
    """Returns the key of a telephone number: its last six digits, however it was written."""
    digits = digits_of(number)
    return {f"s:t:{digits[-TAIL:]}"} if len(digits) >= TAIL else set()


def of_postcode(postcode: str) -> set[str]:
    """Returns the key of a postcode, with or without its space."""
    tight = re.sub(r"\s", "", postcode).upper()
    return {f"s:c:{tight}"} if tight else set()


def of_birth(born: str | None) -> set[str]:
    """Returns the key of a whole date of birth; of a month or a year alone there is none."""
    return {f"s:b:{born}"} if born and len(born) == len("1991-07-19") else set()


def of_person(facts: Facts) -> frozenset[str]:
    """Returns every key a search can find this person by."""
    names = [facts.name or "", *facts.aliases, *facts.former_names]
    words = {word for name in names for word in words_of(name) if len(word) > 1}
    return _all([of_word(word) for word in words], map(of_phone, facts.phones),
                map(of_postcode, facts.postcodes), [of_birth(facts.born)])  # fmt: skip


def _all(*groups: Iterable[set[str]]) -> frozenset[str]:
    return frozenset(key for group in groups for keys in group for key in keys)
