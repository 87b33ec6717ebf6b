"""How two whole names resemble each other, word by word, in whatever order they were typed."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from conferences.matching.apart import borne_by, both_left, called_apart, shifted, two_tongues
from conferences.matching.letters import sound
from conferences.matching.likeness import Kind
from conferences.matching.names import Name
from conferences.matching.pairing import Pair, align, eastern
from conferences.matching.rarity import bits, weak
from conferences.matching.variants import book

CALLED_BY_MANY = 8.0  # bits; a first name more common than this does not outweigh a second that differs
BORNE = 7.0  # bits; a first name as common as Mohammed does not make up for another surname
DOUBTFUL = frozenset({Kind.SHORT, Kind.SLIP, Kind.NEAR})  # what two first names of one family may be too


class Half(Enum):
    """How the given names agree, or the family names."""

    FULL = "full"
    WEAK = "weak"  # only a word that very many carry: Kaur, Begum
    INITIAL = "initial"
    OTHER_TONGUE = "other tongue"  # Jimmy for Chi Ming: one chosen name and one that was given
    MISSING = "missing"
    DIFFERENT = "different"


class Resemblance(NamedTuple):
    """Two names side by side."""

    bits: float
    given: Half
    family: Half
    pairs: tuple[Pair, ...]
    guessed: bool = False  # whether the first name and the surname may have changed places
    his_and_hers: bool = False  # whether one bears a man's second name and the other a woman's

    @property
    def near(self) -> bool:
        """Tells whether the first names are two names in their own right, a letter apart."""
        return any(pair.kind is Kind.NEAR for pair in self.pairs if self.guessed or pair.roles == "gg")

    @property
    def doubtful(self) -> bool:
        """Tells whether the first names agree in a slip or a short form alone: Xiaoming, Xiaoling."""
        return all(pair.kind in DOUBTFUL for pair in self._called) and bool(self._called)

    @property
    def paired(self) -> bool:
        """Tells whether they may be his and hers: doubtful, or alike but for the end (Marcio, Marcia)."""
        return bool(self._called) and all(
            pair.kind in DOUBTFUL or (pair.kind is Kind.SOUND and pair.asked[-1] != pair.held[-1])
            for pair in self._called
        )

    @property
    def guesswork(self) -> bool:
        """Tells whether a word is taken for another through two slips, or is a name in its own right."""
        return any(
            pair.kind in (Kind.SLIP, Kind.NEAR) and OSA.distance(pair.asked, pair.held, score_cutoff=1) > 1
            for pair in self.pairs
        )

    @property
    def _called(self) -> list[Pair]:
        called = (pair for pair in self.pairs if pair.roles == "gg")
        return [pair for pair in called if pair.kind is not Kind.INITIAL and not weak(pair.asked)]


def _telling(left: list[tuple[str, str]], role: str) -> list[str]:
    return [word for word, its in left if its == role and len(word) > 1 and not weak(word)]


def _judge(one: Name, other: Name) -> Resemblance:
    pairs, left, their_left = align(one, other)
    strong = [pair for pair in pairs if pair.kind is not Kind.INITIAL]
    crossed = [pair for pair in strong if pair.roles in ("gf", "fg") and not weak(pair.asked)]
    if called_apart(one, other, pairs) or (crossed and shifted(one, other, pairs, left, their_left)):
        return Resemblance(_sum(pairs), Half.DIFFERENT, Half.FULL, tuple(pairs))
    if crossed:
        if len({pair.roles for pair in crossed}) == 2:
            two = bool(left and their_left) and eastern(one, other)
            return Resemblance(_sum(pairs), Half.DIFFERENT if two else Half.FULL, Half.FULL, tuple(pairs))
        if not any(pair.roles in ("gg", "ff") and not weak(pair.asked) for pair in strong):
            return _one_crossing(one, other, pairs, left, their_left)
    called = [pair for pair in pairs if pair.roles == "gg"]
    given = _half(one.given, other.given, called)
    family = _half(one.family, other.family, [pair for pair in pairs if pair.roles == "ff"])
    total = _sum(pairs)
    mine, theirs = _telling(left, "g"), _telling(their_left, "g")
    if given in (Half.FULL, Half.WEAK) and mine and theirs:
        shared = max((pair.bits for pair in called), default=0.0)
        given = Half.DIFFERENT if shared < CALLED_BY_MANY else given
        total -= 4.0
    if not crossed and eastern(one, other) and both_left(left, their_left):
        given = Half.DIFFERENT  # Yu Xin, Yu Lan
    if given is Half.WEAK:
        given = Half.DIFFERENT if mine and theirs else Half.FULL
    if family is Half.DIFFERENT and (all(map(weak, one.family)) or all(map(weak, other.family))):
        family = Half.MISSING
    if family is Half.DIFFERENT and crossed:
        family = Half.FULL  # a maiden name kept in the middle
    if family is Half.DIFFERENT and (one.guessed or other.guessed or _too_little(called)):
        given = Half.DIFFERENT
    if given is Half.DIFFERENT and family is Half.FULL and not crossed and two_tongues(one, other):
        given = Half.OTHER_TONGUE
    return Resemblance(total, given, family, tuple(pairs))


def _too_little(called: list[Pair]) -> bool:
    """Tells whether first names say too little beside another surname.

    What stands among them is a surname put first (Zhang Ling, Zhang Wei), or brothers bear it (Muhammad Ali,
    Muhammad Asif).
    """
    written = book()
    words = [pair.asked for pair in called if pair.kind is not Kind.INITIAL]
    put_first = all(
        (word in written.eastern or word in written.family) and word not in written.given for word in words
    )
    return put_first or all(min(bits(pair.asked), bits(pair.held)) < BORNE for pair in called)


def _one_crossing(
    one: Name, other: Name, pairs: list[Pair], left: list[tuple[str, str]], their_left: list[tuple[str, str]]
) -> Resemblance:
    """One word is a surname on one side only: a surname alone, or two people of one family."""
    if left and their_left:
        return Resemblance(0.0, Half.DIFFERENT, Half.FULL, tuple(pairs))
    return Resemblance(_sum(pairs), Half.MISSING, Half.FULL, tuple(pairs))


def _sum(pairs: list[Pair]) -> float:
    """Adds up the words; a second strong word says a little less, because names keep company."""
    strong = sum(pair.kind is not Kind.INITIAL for pair in pairs)
    return sum(pair.bits for pair in pairs) - (1.5 if strong > 1 else 0.0)


def _half(one: tuple[str, ...], other: tuple[str, ...], pairs: list[Pair]) -> Half:
    if any(pair.kind is not Kind.INITIAL and not weak(pair.asked) for pair in pairs):
        return Half.FULL
    if any(pair.kind is not Kind.INITIAL for pair in pairs):
        return Half.WEAK
    if pairs:
        return Half.INITIAL
    return Half.DIFFERENT if one and other else Half.MISSING


def _written(name: Name) -> Iterator[Name]:
    """The name as typed, and with its halves run together: Xiao Ming, Xiaoming."""
    yield name
    given = ("".join(name.given),) if len(name.given) > 1 else name.given
    family = ("".join(name.family),) if len(name.family) > 1 else name.family
    if given != name.given:
        yield Name(given, name.family, name.guessed)
    if family != name.family:
        yield Name(name.given, family, name.guessed)
    if name.given and name.family and all(len(word) > 1 for word in name.words):
        yield Name(("".join(name.words),), ())


def _rank(found: Resemblance) -> tuple[bool, float]:
    return found.given is not Half.DIFFERENT, found.bits


def resemblance(one: Name, other: Name) -> Resemblance:
    """Returns how two names resemble each other; words typed together or apart are tried both ways."""
    found = _resemblance(one, other)
    mine, theirs = borne_by(one), borne_by(other)
    return found._replace(his_and_hers=True) if mine and theirs and mine != theirs else found


def _resemblance(one: Name, other: Name) -> Resemblance:
    if not one.guessed and not other.guessed:
        return _either(one, other)
    if one.guessed != other.guessed or len(one.words[0]) == 1:
        read = [_either(mine, theirs) for mine in _readings(one) for theirs in _readings(other)]
        return max(read, key=_rank)._replace(guessed=True)
    return _either(one, other)._replace(guessed=True)


def _readings(name: Name) -> tuple[Name, ...]:
    """The two ways to read a name of which either end may be the surname: Li Yan, Yang Ka Wai."""
    return (Name(*name[:2]), Name(name.words[1:], name.words[:1])) if name.guessed else (name,)


def _one_writing(pair: Pair, whole: bool) -> bool:
    """Tells whether words run together can be one writing: a chance likeness grows with their length."""
    if pair.kind is Kind.SOUND and sound(pair.asked) == sound(pair.held):
        return True
    return abs(len(pair.asked) - len(pair.held)) < 3 and not (whole and pair.kind is Kind.SOUND)


def _either(one: Name, other: Name) -> Resemblance:
    best = _judge(one, other)
    if len(one.words) == len(other.words) and len(one.given) == len(other.given):
        return best
    if best.given is Half.FULL and best.family is Half.FULL and not best.near:
        return best
    for mine in _written(one):
        for theirs in _written(other):
            if bool(mine.family) != bool(theirs.family):
                continue  # a whole name run together is nothing but a part of the other
            if len(mine.given) == len(theirs.given) and (mine is not one or theirs is not other):
                found = _judge(mine, theirs)
                if all(_one_writing(pair, not mine.family) for pair in found.pairs):
                    best = max(best, found, key=_rank)
    return best
