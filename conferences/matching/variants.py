"""Which words are spellings or short forms of one name, and which are known to be two names."""

import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from conferences.matching.letters import plain

HERE = Path(__file__).parent


class Book(NamedTuple):
    """The variant table: the lines a word stands in, the words of a line, and every word known as a name."""

    lines_of: dict[str, frozenset[int]]
    words_of: tuple[tuple[str, ...], ...]
    given: frozenset[str]
    family: frozenset[str]
    eastern: frozenset[str]
    families: int  # the first of the lines that are surnames
    shorts: frozenset[int]  # the lines whose words, but for the first, are no names in their own right


def read(name: str) -> dict[str, Any]:
    """Reads one of the tables that lie beside the code."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


def _plain(word: str) -> str:
    return plain(word).lower().replace("-", "").replace("'", "")


@cache
def book() -> Book:
    """Returns the table, read once."""
    lines_of: dict[str, set[int]] = defaultdict(set)
    words_of: list[tuple[str, ...]] = []
    known: dict[str, set[str]] = {"given": set(), "family": set()}
    families = 0
    shorts: set[int] = set()
    table = read("variants.toml")
    for role, people in table.items():
        families = len(words_of)
        for group, line in ((group, line) for group, lines in people.items() for line in lines):
            words = tuple(dict.fromkeys(_plain(word) for word in line.split()))
            for word in words:
                lines_of[word].add(len(words_of))
            if group.endswith("_short"):
                shorts.add(len(words_of))
            known[role].update(words[:1] if group.endswith("_short") else words)
            words_of.append(words)
    common = read("common.toml")
    known["given"].update(common["known"]["given"].split())
    eastern = {_plain(w) for line in table["family"]["chinese"] for w in line.split()}
    eastern |= set(common["around"]["eastern"].split())
    return Book(
        {word: frozenset(lines) for word, lines in lines_of.items()},
        tuple(words_of),
        frozenset(known["given"]),
        frozenset(known["family"]),
        frozenset(eastern),
        families,
        frozenset(shorts),
    )


@lru_cache(maxsize=500_000)
def lines(word: str) -> frozenset[int]:
    """Returns the lines of the table a word stands in, none for a word it does not know."""
    return book().lines_of.get(word, frozenset())


@lru_cache(maxsize=500_000)
def relatives(word: str) -> frozenset[str]:
    """Returns every word that shares a line with this one, itself left out."""
    written = book()
    return frozenset(other for line in lines(word) for other in written.words_of[line]) - {word}


def share(one: str, other: str) -> bool:
    """Tells whether two words are ways to write or call one name, a surname or a first name."""
    return not lines(one).isdisjoint(lines(other))


def share_first_name(one: str, other: str) -> bool:
    """Tells whether two words are ways to call one first name; Fang and Hong share only a surname."""
    return any(line < book().families for line in lines(one) & lines(other))


@lru_cache(maxsize=500_000)
def only_cousins(one: str, other: str) -> bool:
    """Tells whether two words are names in their own right, both forms of a third: Sinead, Siobhan, Jane."""
    words_of = book().words_of
    shorts = book().shorts
    if not any(words_of[line][0] == one for line in lines(one) - shorts):
        return False
    if not any(words_of[line][0] == other for line in lines(other) - shorts):
        return False
    return all(words_of[line][0] not in (one, other) for line in lines(one) & lines(other))


def known(word: str) -> bool:
    """Tells whether a word is known to be a name."""
    written = book()
    return word in written.given or word in written.family
