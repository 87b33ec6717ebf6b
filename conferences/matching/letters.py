"""A name of any script in plain letters, and what it sounds like once spelling habits are folded away."""

import re
from functools import lru_cache

from anyascii import anyascii

LONGEST_NAME = 300  # letters read of one name; the rest cannot be a name
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HAMZA = re.compile(r"(?<![A-Za-z])['`](?=[A-Za-z])")
_VOWELS = re.compile("[aio]")
_APOSTROPHES = re.compile(r"['’‘`ʻʼ´]")

# Read in order. Each habit is one language's way of writing a sound another writes differently.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^ma?c(?=[a-z]{3})", "mk"),  # MacDonald, McDonald
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^(?:hs|x)(?=[aeiouy])", "s"),  # Hsu, Xu
        (r"^(?:ts|tz|ps)", "s"),  # Tsai, Tzu
        (r"x", "ks"),
        (r"aoi|eoi", "i"),  # Aoife, Eoin
        (r"eigh|aigh", "e"),
        (r"^([bm])h(?=[aeiou])", r"\1"),  # Bhavna, and Ní Bhriain is O'Brien's daughter
        (r"bhf|(?<=[aeiou])[bm]h|[bm]h(?=[aeiou])", "v"),  # Siobhan, Niamh
        (r"(?:tsch|tch|tsz|cz|ch|tj|ty(?=[aou]))", "C"),  # Chukwu, Cziko
        (r"sch|sh|sz|sj|sy(?=[aou])", "s"),
        (r"s[ie](?=[aou])", "s"),  # Siobhan, Sean, Sian
        (r"zh|dj|dzh|dz|rz(?=[aeiouy])|j", "C"),  # Zheng, Djamila
        (r"g(?=[ei])", "C"),  # Gillian, Jillian
        (r"q(?=i)", "C"),  # Qian
        (r"ph", "f"),
        (r"ff", "f"),
        (r"gh(?=[aeiou])|^gh", "g"),
        (r"(?<=[aeiou])gh", ""),
        (r"ck|kh|q", "k"),
        (r"c(?=[eiy])", "s"),  # Cecilia
        (r"c", "k"),
        (r"dh|dd", "d"),
        (r"th", "t"),
        (r"(?<=[rwl])h", ""),
        (r"[aeo]w(?![aeiouy])", "o"),  # Chowdhury, Owen keeps its w
        (r"w", "v"),
        (r"z", "s"),
        (r"([^aeiou])\1+", r"\1"),
        (r"(?<!^)h", ""),
        (r"ee|ie|ea|ey|ei|ii|iy|yi|y", "i"),
        (r"oo|ou|uu|oe|au", "o"),
        (r"ai|ae|e", "i"),
        (r"u", "o"),
        (r"([aio])\1+", r"\1"),
        (r"(?<=[a-z])[aio]+$", "a"),  # the last vowel says least: -ski and -ska
    )
)


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Returns the text in ASCII letters; a change of script or of capitals inside a word parts it."""
    text = text[:LONGEST_NAME]
    if text.isascii():
        return text
    latin = anyascii(text)
    latin = _HAMZA.sub("a", latin)
    if any(ord(letter) > 0x2E7F for letter in text):
        latin = _CAMEL.sub(" ", latin)
    return latin


def without_apostrophes(text: str) -> str:
    """Returns the text with O'Neill as ONeill."""
    return _APOSTROPHES.sub("", text)


@lru_cache(maxsize=500_000)
def sound(token: str) -> str:
    """Returns how one lower-case word sounds, in few letters, whichever language spelt it."""
    for pattern, plainly in _SOUNDS:
        token = pattern.sub(plainly, token)
    return token.lower()


@lru_cache(maxsize=500_000)
def skeleton(token: str) -> str:
    """Returns the consonants of how a word sounds, its first vowel kept as a place."""
    heard = sound(token)
    first = "a" if heard[:1] in ("a", "i", "o") else heard[:1]
    return (first + _VOWELS.sub("", heard[1:])).replace("v", "f")
