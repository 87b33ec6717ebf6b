"""Which unlisted words can be what someone is called for short: Immy for Imran, Andzia for Anna."""

import re
from functools import lru_cache

from conferences.matching.letters import skeleton

# Endings that make a name small or dear, in English, Irish, Welsh, Polish, Arabic, Punjabi, Urdu and others.
_ENDINGS = (
    "eczka", "eczek", "unia", "usia", "uska", "usza", "oudi", "oodi", "ouda", "ooda", "ulka", "enka", "ichka",
    "ushka", "ina", "een", "dzia", "dzio", "zia", "zio", "sia", "sio", "cia", "cio", "nia", "nio", "lka",
    "nka", "tka", "ito", "ita", "ico", "yn", "an", "in", "ka", "ek", "ko", "us", "os", "as", "ie", "ey", "ee",
    "oo", "ou", "o", "a", "i", "y", "s", "z", "e", "u",
)  # fmt: skip
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxyz])([aeiou]+)\1\2")
_BEGINS = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
_RHYMES = r"(?:i?ang|iong|uang|[aeio]ng|i?ao|[iu]?an|u?ai|[aeiu]n|[aeo]i|[aeiou]|i[aeu]|ou|u[aeio])"
_CHINESE = re.compile(f"(?:{_BEGINS}{_RHYMES})+")
_VOWELS = "aeiou"
_LONGER = 5  # letters of a name that is likely to be shortened


@lru_cache(maxsize=200_000)
def _stems(short: str) -> frozenset[str]:
    """The word itself and what is left of it without an ending, a doubled letter written once."""
    found = {short} | {short.removesuffix(ending) for ending in _ENDINGS if short.endswith(ending)}
    found |= {stem[:-1] for stem in found if len(stem) > 2 and stem[-1] == stem[-2]}
    return frozenset(stem for stem in found if len(stem) > 1)


@lru_cache(maxsize=200_000)
def _heard_stems(short: str) -> frozenset[str]:
    """What the longer stems of a short form sound like, where that is enough to tell a name by."""
    heard = {skeleton(stem) for stem in _stems(short) if len(stem) > 2}
    return frozenset(stem for stem in heard if len(stem) > 1 + (stem[0] == "a"))


def pinyin(word: str) -> bool:
    """Tells whether a word is made of Chinese syllables alone."""
    return _CHINESE.fullmatch(word) is not None


@lru_cache(maxsize=500_000)
def short_for(short: str, name: str) -> float | None:
    """Returns the bits it costs to take a word for the short form of a longer name, None where it is none."""
    if len(short) < 3 or (pinyin(short) and pinyin(name)):
        return None
    most = max((len(stem) for stem in _stems(short) if name.startswith(stem)), default=0)
    if most > 2 and len(name) > most:
        return 4.0
    if most == 2:
        return 5.5
    if len(name) < _LONGER:
        return None
    if _DOUBLED.fullmatch(short) and name[0] == short[0]:
        return 5.5
    if name[0] != short[0] and name[0] in _VOWELS:
        return None  # Asli is not Ozlem for short, though every first vowel sounds alike
    if len(short) + 1 >= len(name):
        return None
    bones = skeleton(name)
    return 5.5 if any(bones.startswith(stem) for stem in _heard_stems(short)) else None
