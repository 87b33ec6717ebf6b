"""A name as typed, read into the words a person is called by and the words of a family."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from conferences.matching.letters import plain, read_han, without_apostrophes
from conferences.matching.pets import pinyin
from conferences.matching.rarity import weak
from conferences.matching.variants import book, read

MOST_WORDS = 6  # words read of each half; a longer name is read by its first and last words

_WORDS = read("common.toml")["around"]
TITLES, FAMILY_TITLES, BETWEEN, ARTICLES, JOINED, DAUGHTERS, WESTERN, YOUNGER, ELDER = (
    frozenset(_WORDS[kind].split())
    for kind in (
        "titles", "family_titles", "between", "articles", "joined", "daughters", "western", "younger", "elder"
    )
)  # fmt: skip
SERVANT = re.compile(r"^abd(?:[aeiou]+[lrsd]?|ou?l)?$")
SERVANT_JOINED = re.compile(r"^abd(?:i|(?:[aeu]|ou)(?:l|r(?=r)|s(?=s)))(?=[a-z]{3})")
LENITED = re.compile(r"^([bcdfgmpst])h")
WHOLE_INITIALS = re.compile(r"[A-Z]{2,4}")
SPACED_INITIALS = re.compile(r"[A-Z](?:(?:\. ?| )[A-Z]){1,3}\.?")
WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Name(NamedTuple):
    """The words someone is called by, the words of the family, and whether the order is a guess."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    guessed: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of the name."""
        return self.given + self.family


@lru_cache(maxsize=300_000)
def parse(text: str) -> Name:
    """Reads one name of any script and order: `Shivaun O'Neill`, `O'NEILL, Siobhán`, `张伟`."""
    if han := read_han(text):
        return Name((han[1],), (han[0],))
    latin = without_apostrophes(plain(text)).replace("_", " ")
    if letters := read_initials(latin):
        return Name(letters[:-1], letters[-1:], guessed=len(letters) == 2)
    before, comma, after = latin.partition(",")
    if comma and after.strip():
        _, family = _words(before)
        _, given = _words(after)
        return Name(_flat(given), _flat(family))
    if comma:
        latin = before
    return _by_capitals(latin) or _by_place(*_words(latin))


@lru_cache(maxsize=300_000)
def generation(text: str) -> str | None:
    """Returns `younger` for Daniel Marsh Jr, `elder` for Daniel Marsh Sr, None where nothing is said."""
    later = set(WORDS.findall(plain(text).lower())[1:])  # Sr before a name is a sister
    if later & YOUNGER:
        return "younger"
    return "elder" if later & ELDER else None


def read_initials(latin: str) -> tuple[str, ...]:
    """Returns the letters of a name that is nothing but initials: MK, Mr L.H.B., M K; else nothing."""
    typed = [word for word in latin.split() if word.lower().strip(".") not in TITLES]
    rest = " ".join(typed)
    whole = WHOLE_INITIALS.fullmatch(rest) and rest.lower() not in book().given | book().family
    if whole or SPACED_INITIALS.fullmatch(rest):
        return tuple(letter.lower() for letter in rest if letter.isalpha())
    return ()


def _by_capitals(latin: str) -> Name | None:
    """Reads a name whose surname alone is in capitals: OKONKWO Chinedu."""
    typed = latin.split()
    loud = [word.isupper() and len(word) > 2 for word in typed]
    if not any(loud) or all(loud):
        return None
    given = _words(" ".join(word for word, is_loud in zip(typed, loud, strict=True) if not is_loud))[1]
    family = _words(" ".join(word for word, is_loud in zip(typed, loud, strict=True) if is_loud))[1]
    return Name(_flat(given), _flat(family)) if given and family else None


def _words(text: str) -> tuple[bool, list[list[str]]]:
    """Returns whether a title promises a surname, and the words; hyphens hold words together."""
    found = WORDS.findall(text.lower())
    titled = bool(found) and found[0] in FAMILY_TITLES and not _surname_too(found[0], found)
    kept = [word for word in found if word not in TITLES or _surname_too(word, found)] or found
    if len(kept) > 2 and kept[-1] in YOUNGER | ELDER:
        kept.pop()
    if len(kept) > 2 * MOST_WORDS:
        kept = kept[:MOST_WORDS] + kept[-MOST_WORDS:]
    return titled, _joined([word.split("-") for word in kept])


def _surname_too(title: str, found: list[str]) -> bool:
    """Tells whether a Polish title is a Chinese surname here: Pan Wei Ming."""
    rest = [word for word in found if word not in TITLES]
    parts = {part for word in rest for part in word.split("-")}
    western = parts & book().family - book().eastern
    return title in book().eastern and not western and all(map(pinyin, parts))


def _joined(words: list[list[str]]) -> list[list[str]]:
    """Puts together what belongs together: Mc Donald, Abdul Rahman; leaves out what only stands between."""
    made: list[list[str]] = []
    place = 0
    eastern = bool(words) and not {words[0][0], words[-1][-1]}.isdisjoint(book().eastern)
    while place < len(words):
        word, last = words[place], place == len(words) - 1
        first = word[0]
        if len(word) > 1 and first in ARTICLES | JOINED | BETWEEN | DAUGHTERS:
            words[place : place + 1] = [[first], word[1:]]
            if first in ARTICLES:
                words.pop(place)
            continue
        if not last and len(word) == 1:
            following = words[place + 1]
            if first in JOINED or (first in ("abu", "umm") and len(words) > 2):
                words[place + 1] = [first + following[0], *following[1:]]
                place += 1
                continue
            if SERVANT.match(first) and following[0] in ARTICLES:
                words[place + 1 : place + 2] = [following[1:]] if len(following) > 1 else []  # Abd el-Kader
                continue
            servant = "abdul" + following[0]
            if SERVANT.match(first) and place + 2 < len(words) and servant in book().given:
                words[place + 1] = [servant, *following[1:]]
                place += 1
                continue
            if first in DAUGHTERS and place:
                words[place + 1] = [LENITED.sub(r"\1", following[0]), *following[1:]]
                place += 1
                continue
            if place and first in (BETWEEN | ARTICLES) and not eastern:
                place += 1
                continue
        made.append([_one(part) for part in word])
        place += 1
    return made


def _one(word: str) -> str:
    """Returns one word in the spelling that stands for its like: Abdurrahman as abdulrahman."""
    return SERVANT_JOINED.sub("abdul", word)


def _flat(words: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(part for word in words for part in word if part)[: 2 * MOST_WORDS]


def _by_place(titled: bool, words: list[list[str]]) -> Name:
    """Reads a name by the place of its words, and by which of them are known as surnames."""
    if titled:
        words = [word for word in words if word[0] not in BETWEEN] or words
    if len(words) < 2:
        only = _flat(words)
        return Name((), only) if titled else Name(only, ())
    first, last = words[0][0], words[-1][-1]
    if first in book().eastern or last in book().eastern:
        words = [["".join(word)] for word in words]  # Hsiao-ming is one name
    if _family_first(first, last) or (first in book().eastern and words[1][0] == "thi"):  # Ho Thi Hoa
        return Name(_flat(words[1:]), _flat(words[:1]))
    tail = len(words) - 1
    if weak(last) and tail > 1 and not weak(words[tail - 1][-1]) and last not in ("kaur", "singh"):
        return Name(_flat(words[:1]), _flat(words[1:]))  # Fatima Akhtar Begum, Shah Alam Miah
    strength, last_strength = _surname(first), _surname(last)
    if strength > last_strength and strength and last_strength:
        return Name(_flat(words[1:]), _flat(words[:1]))
    return Name(_flat(words[:tail]), _flat(words[tail:]), strength == last_strength > 0)


def _surname(word: str) -> int:
    """Returns how surely an eastern word is a surname: 2 for Zhou, 1 for Lin or Yan, 0 for what is none."""
    written = book()
    if word not in written.eastern:
        return 0
    return 1 if word in written.given else 2


def _family_first(first: str, last: str) -> bool:
    written = book()
    if first in written.eastern and last not in written.eastern:
        return first not in written.given or (last not in written.family and first not in WESTERN)
    return (
        first in written.family
        and first not in written.given
        and last in written.given
        and last not in written.family
    )
