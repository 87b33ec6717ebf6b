"""How alike two words of a name are, and what kind of likeness it is."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from conferences.matching.letters import skeleton, sound
from conferences.matching.pets import short_for
from conferences.matching.variants import book, known, only_cousins, relatives, share, share_first_name

_VOWELS = re.compile("[aeiou]")
_HARD = str.maketrans("gbd", "kpt")
_WEAK = re.compile("[aeiouyw]|h$")
_LIKE = str.maketrans("eo", "iu")  # vowels that one spelling of Arabic writes for another
_EASTERN = str.maketrans("hy", "gi")  # one letter of Ukrainian and of Russian
_HEARD = str.maketrans("qcj", "kkg")


class Kind(StrEnum):
    """What makes two words alike."""

    SAME = "same"
    VARIANT = "variant"
    SOUND = "sound"
    SLIP = "slip"
    SHORT = "short"
    NEAR = "near"  # two names in their own right, a letter apart or forms of a third
    INITIAL = "initial"
    DIFFERENT = "different"


class Likeness(NamedTuple):
    """A kind of likeness, and the bits it takes from what the same word would say."""

    kind: Kind
    cost: float


SAME = Likeness(Kind.SAME, 0.0)
DIFFERENT = Likeness(Kind.DIFFERENT, 0.0)


@lru_cache(maxsize=1_000_000)
def likeness(one: str, other: str, *, called: bool = False) -> Likeness:
    """Returns how alike two lower-case words are, in either order; `called` when both are first names."""
    if one == other:
        return SAME if len(one) > 1 else Likeness(Kind.INITIAL, 0.0)
    if one > other:
        return likeness(other, one, called=called)
    if len(one) == 1 or len(other) == 1:
        same = one[0] == other[0] or skeleton(one)[:1] == skeleton(other)[:1] != "a"
        return Likeness(Kind.INITIAL, 0.0) if same else DIFFERENT
    if share_first_name(one, other) if called else share(one, other):
        cousins = only_cousins(one, other) and not _one_sound(one, other)
        return Likeness(Kind.NEAR, 4.0) if cousins else Likeness(Kind.VARIANT, 1.5)
    edits = OSA.distance(one, other, score_cutoff=2)
    if _servant(one, other):
        found = Likeness(Kind.SHORT, 3.0)
    elif known(one) and known(other):
        found = _between_names(one, other, edits)
    else:
        found = _spelling(one, other, edits) or _by_relatives(one, other) or DIFFERENT
    unsure = found.kind is Kind.DIFFERENT or (found.kind is Kind.NEAR and edits > 1)
    return (_dear(one, other) if called and unsure else None) or found


def _servant(one: str, other: str) -> bool:
    """Tells whether a word is the other without the servant before it: Kareem, Abdulkareem."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return longer.startswith("abdul") and len(shorter) > 3 and sound(longer[5:]) == sound(shorter)


def _dear(one: str, other: str) -> Likeness | None:
    """A word that is no name in its own right and short for one that is."""
    given = book().given
    for short, name in ((one, other), (other, one)):
        if short not in given and (name in given or len(name) > len(short)):
            cost = short_for(short, name)
            if cost is not None:
                return Likeness(Kind.SHORT, cost)
    return None


def _one_sound(one: str, other: str) -> bool:
    """Tells whether two words are said alike to the end: Carolina and Karolina, not Mario and Maria."""
    return sound(one) == sound(other) and one[-1] == other[-1]


def _between_names(one: str, other: str, edits: int) -> Likeness:
    """Both are names in their own right: only the same sound, or one letter, makes them alike."""
    if _one_sound(one, other):
        return Likeness(Kind.SOUND, 3.0)
    if edits == 1 and min(len(one), len(other)) > 1:
        return Likeness(Kind.NEAR, 6.0)
    if skeleton(one) == skeleton(other) and one[0] == other[0] and fuzz.ratio(one, other) >= 80:
        return Likeness(Kind.NEAR, 6.0)
    return DIFFERENT


def _spelling(one: str, other: str, edits: int) -> Likeness | None:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if sound(one) == sound(other):
        return Likeness(Kind.SOUND, 2.0)
    if edits == 1 and len(longer) > 2:
        return Likeness(Kind.SLIP, 3.0 if len(longer) > 3 else 5.0)
    if edits == 2 and len(longer) > 5:
        return Likeness(Kind.SLIP, 5.0 if len(longer) > 6 else 6.5)
    if _unvowelled(one, other):
        return Likeness(Kind.SOUND, 3.0)
    if (
        len(shorter) > 5
        and ("g" in one) != ("g" in other)
        and one.translate(_EASTERN) == other.translate(_EASTERN)
    ):
        return Likeness(Kind.SOUND, 3.5)  # Hryhorenko, Grigorenko
    if edits == 2 and len(longer) > 3 and (len(longer) > 4 or known(one) != known(other)):
        return Likeness(Kind.NEAR, 8.0)  # two slips in a short name, or another name
    if len(shorter) > 2 and longer.startswith(shorter):
        return Likeness(Kind.SHORT, 3.5)
    if len(shorter) > 3 and longer.endswith(shorter):
        return Likeness(Kind.SHORT, 4.0)
    begun = max(len(shorter) - 2, 3)
    if len(shorter) > 3 and one[:begun] == other[:begun] and known(longer) and not known(shorter):
        return Likeness(Kind.SHORT, 5.5)  # Sveta, Svetlana
    return _heard(one, other)


def _unvowelled(one: str, other: str) -> bool:
    """Tells whether one is written without the short vowels, as Arabic is, and the consonants agree."""
    if len(one) < 3 or len(other) < 3 or _bones(one) != _bones(other):
        return False
    few, many = sorted((_vowels(one), _vowels(other)), key=len)
    if len(few) == len(many) or (few and few[-1:] != many[-1:] and _ends(one) != _ends(other)):
        return False
    rest = iter(many)
    return all(vowel in rest for vowel in few)


def _vowels(word: str) -> str:
    return "".join(_VOWELS.findall(word[1:].translate(_LIKE)))


def _ends(word: str) -> bool:
    return word[-1] in "aeiouyh"


@lru_cache(maxsize=200_000)
def _bones(word: str) -> str:
    for written, heard in (("th", "s"), ("dh", "z"), ("kh", "k"), ("gh", "g"), ("ch", "sh"), ("ph", "f")):
        word = word.replace(written, heard)
    first = "a" if word[0] in "aeiou" else word[0]
    return re.sub(r"(.)\1+", r"\1", (first + _WEAK.sub("", word[1:])).translate(_HEARD))


def _heard(one: str, other: str) -> Likeness | None:
    heard, other_heard = sound(one), sound(other)
    if min(len(heard), len(other_heard)) > 3 and OSA.distance(heard, other_heard, score_cutoff=1) == 1:
        return Likeness(Kind.SOUND, 4.5)
    if skeleton(one) == skeleton(other) and len(skeleton(one)) > 1:
        alike = fuzz.ratio(heard.replace("v", "f"), other_heard.replace("v", "f"))
        if alike >= 60:
            return Likeness(Kind.SOUND, 3.5 if alike >= 75 else 5.0)
    if len(heard) > 3 and skeleton(one).translate(_HARD) == skeleton(other).translate(_HARD):
        return Likeness(Kind.SOUND, 6.0)  # Chien-kuo, Jianguo
    return None


def _by_relatives(one: str, other: str) -> Likeness | None:
    """Sees through a slip of the pen in a nickname: Kasai, Kasia, Katarzyna."""
    for typed, name in ((one, other), (other, one)):
        if len(typed) < 4 or known(typed):
            continue
        related, sounds = _relatives(name)
        if len(sound(typed)) > 3 and sound(typed) in sounds:
            return Likeness(Kind.VARIANT, 5.0)
        for length in (len(typed) - 1, len(typed), len(typed) + 1):
            words = related.get(length)
            if words and process.extractOne(typed, words, scorer=OSA.distance, score_cutoff=1):
                return Likeness(Kind.VARIANT, 5.0)
    return None


@lru_cache(maxsize=200_000)
def _relatives(name: str) -> tuple[dict[int, list[str]], frozenset[str]]:
    """Every longer form of a name by its length, and how they sound."""
    by_length: dict[int, list[str]] = {}
    for word in relatives(name):
        if len(word) > 3:
            by_length.setdefault(len(word), []).append(word)
    return by_length, frozenset(sound(word) for words in by_length.values() for word in words)
