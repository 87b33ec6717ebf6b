"""What tells two names apart however many of their words agree: families share most of theirs."""

from conferences.matching.names import Name
from conferences.matching.pairing import Pair, eastern
from conferences.matching.pets import pinyin
from conferences.matching.rarity import weak
from conferences.matching.variants import lines

SECOND = {"f": frozenset({"kaur", "thi"}), "m": frozenset({"singh", "van"})}
Left = list[tuple[str, str]]  # words that found no partner, each with its role


def called_apart(one: Name, other: Name, pairs: list[Pair]) -> bool:
    """Tells whether each begins with a word that the other has not at all.

    What else agrees are the names of one father: Hodan Farah Hassan, Liban Farah Hassan.
    """
    firsts = one.given[:1], other.given[:1]
    if all(pair.roles == "ff" for pair in pairs):
        return False
    if not all(first and len(first[0]) > 1 and not weak(first[0]) for first in firsts):
        return False
    return not any(pair.asked in firsts[0] or pair.held in firsts[1] for pair in pairs)


def shifted(one: Name, other: Name, pairs: list[Pair], left: Left, their_left: Left) -> bool:
    """Tells whether one name goes on where the other began, as a father's and his child's do.

    Abdirahman Samatar Osman is the father of Bashir Abdirahman Samatar.
    """
    firsts = one.given[:1], other.given[:1]
    together = any((pair.asked,) == firsts[0] and (pair.held,) == firsts[1] for pair in pairs)
    return not together and all(
        any(len(word) > 1 and not weak(word) for word, _ in half) for half in (left, their_left)
    )


def two_tongues(one: Name, other: Name) -> bool:
    """Tells whether one of two Chinese names is called by a western first name alone, the other by none."""
    if not eastern(one, other):
        return False
    chosen = [all(lines(word) and not pinyin(word) for word in name.given) for name in (one, other)]
    born_with = [all(map(pinyin, name.given)) for name in (one, other)]
    return (chosen[0] and born_with[1]) or (chosen[1] and born_with[0])


def borne_by(name: Name) -> str | None:
    """Returns `f` or `m` where a second name says it: Kaur or Singh, Thi or Van; None where none does."""
    said = [sex for sex, words in SECOND.items() if not words.isdisjoint(name.words)]
    return said[0] if len(said) == 1 else None


def both_left(left: Left, their_left: Left) -> bool:
    """Tells whether each name keeps a word the other has not, and not a surname each."""
    words = [[its for word, its in half if len(word) > 1 and not weak(word)] for half in (left, their_left)]
    return all(words) and "g" in words[0] + words[1]
