"""Names by tradition: how often they are met, how else they are written, what people are called for short."""

import random
import tomllib
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import OSA

FOLDER = Path(__file__).parent / "names"
# How large a part of a register each tradition is; questions are asked of all alike.
SHARES = {
    "english": 46,
    "gaelic": 8,
    "welsh": 7,
    "south_asian_muslim": 10,
    "sikh_hindu": 8,
    "arabic": 7,
    "west_african": 6,
    "polish": 5,
    "chinese": 3,
}
LONG_TAIL = 0.3


def words(text: str) -> tuple[str, ...]:
    """Splits a table's text into names; an underscore is a space inside one."""
    return tuple(word.replace("_", " ") for word in text.split())


def plain(name: str) -> str:
    """A name as it sounds to someone with an English keyboard: letters only, lower case."""
    return "".join(letter for letter in anyascii(name).lower() if letter.isalpha())


@dataclass(frozen=True)
class Pool:
    """Names with skewed frequencies, the commonest first, and parts from which rarer ones are joined."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]

    @classmethod
    def of(cls, names: str, heads: str = "", tails: str = "") -> "Pool":
        """Weighs each name by its place in the list."""
        found = words(names)
        weights = tuple(accumulate(1 / (rank + 3) ** 0.8 for rank in range(len(found))))
        return cls(found, weights, words(heads), words(tails))

    def draw(self, chance: random.Random) -> str:
        """One name, mostly a common one."""
        if self.heads and chance.random() < LONG_TAIL:
            return chance.choice(self.heads) + chance.choice(self.tails)
        return self.names[bisect(self.weights, chance.random() * self.weights[-1])]


@dataclass(frozen=True)
class Stock:
    """The names of one tradition."""

    key: str
    label: str
    women: Pool
    men: Pool
    surnames: Pool
    spellings: dict[str, tuple[str, ...]]
    surname_spellings: dict[str, tuple[str, ...]]
    nicknames: dict[str, tuple[str, ...]]
    scripts: dict[str, str]
    parts: dict[str, tuple[str, ...]]

    def forenames(self, sex: str) -> Pool:
        """The names given to one sex."""
        return self.women if sex == "female" else self.men

    def may_be_one(self, one: str, other: str) -> bool:
        """Whether two forenames could be one name: spelled otherwise, shortened, or a slip apart."""
        first, second = plain(one), plain(other)
        if first.startswith(second) or second.startswith(first) or _close(first, second):
            return True
        families = (self.spellings, self.nicknames)
        theirs = [{one, *table.get(one, ())} | _owners(table, one) for table in families]
        others = [{other, *table.get(other, ())} | _owners(table, other) for table in families]
        return bool(set().union(*theirs) & set().union(*others))


def _owners(table: dict[str, tuple[str, ...]], name: str) -> set[str]:
    return {owner for owner, names in table.items() if name in names}


def _close(first: str, second: str) -> bool:
    apart = OSA.distance(first, second)
    if max(len(first), len(second)) <= 4:
        return apart < 2 or (apart == 2 and first[:1] == second[:1])
    return apart < 3


def _families(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """Each name with all the others of its families."""
    found: dict[str, set[str]] = {}
    for family in map(words, lines):
        for name in family:
            found.setdefault(name, set()).update(other for other in family if other != name)
    return {name: tuple(sorted(others)) for name, others in found.items()}


def _shortened(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """Each full name with what people are called for short."""
    return {family[0]: family[1:] for family in map(words, lines)}


PARTS = (
    "endings_women",
    "beginnings_women",
    "beginnings_men",
    "middle_women",
    "middle_men",
    "western_women",
    "western_men",
)


@cache
def stock(key: str) -> Stock:
    """Reads one tradition's tables."""
    told = tomllib.loads((FOLDER / f"{key}.toml").read_text())
    joined = (told.get("forename_heads", ""), told.get("forename_tails", ""))
    return Stock(
        key,
        told["label"],
        Pool.of(told["women"], *joined),
        Pool.of(told["men"], *joined),
        Pool.of(told["surnames"], told.get("surname_heads", ""), told.get("surname_tails", "")),
        _families(told["spellings"]),
        _families(told["surname_spellings"]),
        _shortened(told["nicknames"]),
        told.get("scripts", {}),
        {part: words(told.get(part, "")) for part in PARTS},
    )
