"""What somebody typed into the search box, read as reference, telephone, postcode, birth or name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from conferences import matching
from conferences.finding import indexing, word_keys
from conferences.matching import Facts

LIKE = 0.78
OTHER_BIRTH = 0.85
LONGEST = 200
MOST_WORDS = 8
_NUMBER = re.compile(r"(?:\+|\b)\d[\d\s().\-]{4,18}\d\b")
_WHOLE_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b|\b(\d{1,2})[./\-](\d{1,2})[./\-](\d{4})\b")
# What people mistake for each other when they read a reference aloud or off paper.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_WORTH = {"s:a:": 1.0, "s:z:": 1.0, "s:m:": 1.2, "s:t:": 6.0, "s:c:": 4.0, "s:b:": 2.0}
_WHOLE = 3.0


@dataclass(frozen=True)
class Asked:
    """What to look for: references as they may be written, and what a person may be known by."""

    references: tuple[str, ...]
    facts: Facts
    words: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Nothing that was typed can be looked for."""
        return not self.tried

    @property
    def tried(self) -> tuple[str, ...]:
        """How the words were understood: reference, name, phone, postcode, born."""
        known = self.facts
        ways = (
            ("reference", self.references),
            ("name", self.words),
            ("phone", known.phones),
            ("postcode", known.postcodes),
            ("born", known.born),
        )
        return tuple(way for way, found in ways if found)


def read(typed: str, prefix: str) -> Asked:
    """Reads what was typed; `prefix` is what the area's references begin with."""
    typed = " ".join(typed[:LONGEST].split())
    references = _references(typed, prefix)
    postcodes = indexing.postcodes_in(typed)
    rest = typed
    for postcode in postcodes:
        rest = re.sub(re.escape(postcode).replace(r"\ ", r"\s*"), " ", rest, flags=re.I)
    born, rest = _born(rest)
    phones = tuple(found.strip() for found in _NUMBER.findall(rest))
    name = _NUMBER.sub(" ", rest).strip(" ,;")
    words = tuple(word for word in word_keys.words_of(name) if not word.isdigit())[:MOST_WORDS]
    facts = Facts(name=name if words else "", born=born, phones=phones, postcodes=postcodes)
    return Asked(references, facts, words)


def _references(typed: str, prefix: str) -> tuple[str, ...]:
    """A reference with or without its dash or prefix, in any case, with letters misread as digits."""
    tight = re.sub(r"[\s\-–—_/.]", "", typed).upper()
    begins = prefix.upper()
    if not tight.isalnum() or not 3 <= len(tight) <= len(begins) + 8:
        return ()
    ends = [tight.removeprefix(begins), tight]
    return tuple(
        dict.fromkeys(f"{begins}-{end}" for one in ends if one for end in (one, one.translate(_MISREAD)))
    )


def _born(typed: str) -> tuple[str | None, str]:
    found = _WHOLE_DAY.search(typed)
    if found is None:
        return None, typed
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        born = date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None, typed
    return born, f"{typed[: found.start()]} {typed[found.end() :]}"


def keys(asked: Asked) -> dict[str, float]:
    """Returns the keys to look under, with what sharing each is worth: a whole name more than its parts."""
    found = dict.fromkeys(matching.keys(asked.facts, asking=True), _WHOLE)
    for word in asked.words:
        found |= {key: _WORTH[key[:4]] for key in word_keys.of_word(word)}
    for number in asked.facts.phones:
        found |= {key: _WORTH[key[:4]] for key in word_keys.of_phone(number)}
    for postcode in asked.facts.postcodes:
        found |= {key: _WORTH[key[:4]] for key in word_keys.of_postcode(postcode)}
    return found | {key: _WORTH[key[:4]] for key in word_keys.of_birth(asked.facts.born)}


def likeness(asked: Asked, known: Facts) -> tuple[float, str]:
    """Returns how well a person answers what was typed, 0 to 1, and by what (see `Asked.tried`; or alias)."""
    ways = [
        (_of_numbers(asked.facts.phones, known.phones), "phone"),
        (_of_postcodes(asked.facts.postcodes, known.postcodes), "postcode"),
        (_of_birth(asked, known), "born"),
    ]
    ways += [(_of_words(asked.words, name), "alias") for name in (*known.aliases, *known.former_names)]
    ways.insert(0, (_of_words(asked.words, known.name or ""), "name"))
    # Judging takes longest, and nobody is liker than word for word.
    is_whole = any(score == 1.0 for score, _ in ways)
    judged = matching.judge(asked.facts, known) if asked.words and not is_whole else None
    if judged is not None:
        ways.insert(1, (judged.score, "name"))
    best = max(ways, key=lambda way: way[0])
    born, held = asked.facts.born, known.born or ""
    other_birth = bool(born) and len(held) == len(born or "") and held != born
    return (best[0] * OTHER_BIRTH, best[1]) if other_birth else best


def _of_words(words: Iterable[str], name: str) -> float:
    """Every word that was typed must be somewhere in the name, in any order, nearly as typed."""
    held, words = word_keys.words_of(name), list(words)
    if not held or not words:
        return 0.0
    each = [max(_alike(word, other) for other in held) for word in words]
    return sum(each) / len(each) if min(each) >= LIKE - 0.1 else 0.0


def _alike(typed: str, held: str) -> float:
    if typed == held:
        return 1.0
    if len(typed) == 1 or len(held) == 1:
        return 0.8 if typed[0] == held[0] else 0.0
    if len(typed) >= word_keys.PART and held.startswith(typed):
        return 0.95
    near = max(fuzz.ratio(typed, held) / 100, JaroWinkler.similarity(typed, held) - 0.05)
    same_sound = word_keys.sound_of(typed) == word_keys.sound_of(held)
    return max(near, 0.85 if same_sound and typed[0] == held[0] else 0.0)


def _of_numbers(asked: Iterable[str], held: Iterable[str]) -> float:
    known = [word_keys.digits_of(number) for number in held]
    return (
        1.0 if any(_same_number(word_keys.digits_of(one), other) for one in asked for other in known) else 0.0
    )


def _same_number(typed: str, held: str) -> bool:
    """The last nine digits are the same, or the few that were typed are its last."""
    return typed[-9:] == held[-9:] or (len(typed) < 9 and held.endswith(typed))


def _of_postcodes(asked: Iterable[str], held: Iterable[str]) -> float:
    wanted = {key for postcode in asked for key in word_keys.of_postcode(postcode)}
    return 0.9 if any(wanted & word_keys.of_postcode(postcode) for postcode in held) else 0.0


def _of_birth(asked: Asked, known: Facts) -> float:
    """A birth alone answers only a search for a birth alone."""
    alone = not (asked.words or asked.facts.phones or asked.facts.postcodes)
    return 0.9 if alone and asked.facts.born and asked.facts.born == known.born else 0.0
