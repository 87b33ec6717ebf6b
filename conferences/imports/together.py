"""Which rows of one list are about the same two people, as the matcher judges; in doubt they stay apart.

Rows that say the same words are about the same people, unless they give the person causing harm another
birth. Others come together only where the matcher is sure of both, and only when nobody of the two groups
is forbidden to be the other: no father and son, no twins and no namesakes come together through a third.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from conferences.imports.pairs import Pair, birth_keys
from conferences.matching.judging import STRONG
from conferences.person import pairs

# What so many of a list share is no date of birth, such as the first of January 1900.
MOST_OF_A_KEY = 60
Both = tuple[str, str]


@dataclass(frozen=True)
class Together:
    """For each pair of people all of its group, and the pairs of other groups it may be the same as."""

    of: Mapping[str, tuple[str, ...]]
    perhaps: Mapping[str, tuple[str, ...]]

    def first(self, name: str) -> str:
        """Returns by what a pair's group is known, whatever order its rows stand in."""
        return self.of[name][0]


def group(wanted: Mapping[str, Pair]) -> Together:
    """Brings pairs together, each under its words; the order in which they come does not matter.

    The words are victim, birth, perpetrator, and the perpetrator's birth or nothing, between bars.
    """
    told = {both: bits for both in _beside(wanted) if (bits := _bits(wanted, *both)) is not None}
    of = {name: [name] for name in wanted}
    for one, other in sorted(told, key=lambda both: (-told[both], both)):
        if told[one, other] >= STRONG and of[one] is not of[other]:
            _join(wanted, told, of, one, other)
    perhaps: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(told):
        if of[one] is not of[other]:
            perhaps[one].append(other)
            perhaps[other].append(one)
    return Together(
        {name: tuple(sorted(some)) for name, some in of.items()},
        {name: tuple(some) for name, some in perhaps.items()},
    )


def _beside(wanted: Mapping[str, Pair]) -> set[Both]:
    """Those worth comparing: they share what is told of a birth, or every word."""
    held: dict[str, list[str]] = defaultdict(list)
    words: dict[str, list[str]] = defaultdict(list)
    for name in wanted:
        words[_words(name)].append(name)
        for key in birth_keys(wanted[name][0], asking=False):
            held[key].append(name)
    found = {both for some in words.values() for both in _two_by_two(some)}
    crowded = {name for some in held.values() if len(some) > MOST_OF_A_KEY for name in some}
    for name in wanted.keys() - crowded:
        for key in birth_keys(wanted[name][0], asking=True):
            some = held.get(key, ())
            found |= {_both(name, other) for other in some if other != name and other not in crowded}
    return found


def _words(name: str) -> str:
    return name.rpartition("|")[0]


def _both(one: str, other: str) -> Both:
    return (one, other) if one < other else (other, one)


def _two_by_two(some: Iterable[str]) -> set[Both]:
    return {_both(*two) for two in combinations(sorted(some)[:MOST_OF_A_KEY], 2)}


def _bits(wanted: Mapping[str, Pair], one: str, other: str) -> float | None:
    """What speaks for two pairs being one, or None where something forbids it."""
    (victim, harming), (her, him) = wanted[one], wanted[other]
    if _words(one) == _words(other):
        return None if _other_birth(harming.born, him.born) else 2 * STRONG
    victims = pairs.strength(victim, her)
    others = pairs.strength(harming, him) if victims is not None else None
    return None if victims is None or others is None else victims + others


def _other_birth(one: str | None, other: str | None) -> bool:
    """Two births of which neither is the other told less precisely."""
    return bool(one and other) and not (str(one).startswith(str(other)) or str(other).startswith(str(one)))


def _join(
    wanted: Mapping[str, Pair], told: Mapping[Both, float], of: dict[str, list[str]], one: str, other: str
) -> None:
    """Makes two groups one, unless somebody in them is forbidden to be somebody else."""
    mine, theirs = of[one], of[other]
    for a in mine:
        for b in theirs:
            if _both(a, b) not in told and _bits(wanted, *_both(a, b)) is None:
                return
    mine += theirs
    for name in theirs:
        of[name] = mine
