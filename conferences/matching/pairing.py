"""The words of two names, paired: the most telling first, each word once."""

from typing import NamedTuple

from rapidfuzz.distance import OSA

from conferences.matching.letters import skeleton
from conferences.matching.likeness import Kind, likeness
from conferences.matching.names import Name
from conferences.matching.pets import pinyin
from conferences.matching.rarity import bits
from conferences.matching.variants import book, known

INITIAL_BITS = 3.5


class Pair(NamedTuple):
    """Two words taken for one, what makes them alike, and what that is worth in bits."""

    asked: str
    held: str
    kind: Kind
    bits: float
    roles: str  # "gg", "ff", or "gf" and "fg" where one stands among the given names and one is a surname


def _worth(one: str, other: str, called: bool) -> tuple[Kind, float]:
    found = likeness(one, other, called=called)
    if found.kind is Kind.INITIAL:
        return found.kind, INITIAL_BITS
    if found.kind is Kind.DIFFERENT:
        return found.kind, 0.0
    return found.kind, max(min(bits(one), bits(other)) - found.cost, 0.5)


def _roles(name: Name) -> list[tuple[str, str]]:
    return [(word, "g") for word in name.given] + [(word, "f") for word in name.family]


def eastern(one: Name, other: Name) -> bool:
    """Tells whether both are names in which two syllables make one first name: Yu Xin, Yu Lan."""
    written = book()
    return all(not written.eastern.isdisjoint(name.words) for name in (one, other))


def _another_syllable(one: str, other: str, kind: Kind) -> bool:
    """Tells whether two eastern first names are two for all their likeness: Meiling, Weiming."""
    if kind is Kind.SOUND:
        return (
            len(skeleton(one)) < 2 and known(one) and known(other)
        )  # Ha, Hoa: nothing but a vowel is said otherwise
    slipped = kind in (Kind.SLIP, Kind.NEAR) and pinyin(one) and pinyin(other)
    return slipped and OSA.distance(one, other, score_cutoff=1) > 1


def align(one: Name, other: Name) -> tuple[list[Pair], list[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs the words, the most telling first; returns the pairs and the words left over on each side."""
    mine, theirs = _roles(one), _roles(other)
    possible = []
    syllables = eastern(one, other)
    for i, (word, role) in enumerate(mine):
        for j, (their_word, their_role) in enumerate(theirs):
            kind, worth = _worth(word, their_word, role == their_role == "g")
            if kind is Kind.DIFFERENT or (kind is Kind.INITIAL and role != their_role):
                continue
            if syllables and "g" in (role, their_role) and _another_syllable(word, their_word, kind):
                continue
            possible.append((worth + (1.0 if role == their_role else 0.0), -i, -j, kind, worth))
    possible.sort(reverse=True)
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[Pair] = []
    for _, i, j, kind, worth in possible:
        if -i not in taken[0] and -j not in taken[1]:
            taken[0].add(-i)
            taken[1].add(-j)
            pairs.append(Pair(mine[-i][0], theirs[-j][0], kind, worth, mine[-i][1] + theirs[-j][1]))
    left = [word for i, word in enumerate(mine) if i not in taken[0]]
    their_left = [word for j, word in enumerate(theirs) if j not in taken[1]]
    return pairs, left, their_left
