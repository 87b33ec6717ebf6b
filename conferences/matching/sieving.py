"""Who can be left out unread when nothing but names is compared.

Two names are never found to be one person’s unless a first name and a surname each have a counterpart. So
whoever has only one word like any of theirs need not be judged; nobody is left out who would have been found.
"""

from collections.abc import Iterable
from functools import lru_cache

from conferences.matching.likeness import Kind, likeness
from conferences.matching.names import Name


class Sieve:
    """The words of somebody's names, and which other words were found to be like one of them."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Gathers the words, however they may have been run together."""
        self._words = frozenset(word for name in names for word in written(name))
        self._known: dict[str, bool] = {}

    def passes(self, names: Iterable[Name]) -> bool:
        """Returns whether one of these names has two words like words here, and must be judged."""
        return any(self._two(written(name)) for name in names)

    def _two(self, words: tuple[str, ...]) -> bool:
        alike = 0
        for left, word in zip(range(len(words), 0, -1), words, strict=True):
            if alike + left < 2:
                return False
            alike += self._alike(word)
        return alike > 1

    def _alike(self, word: str) -> bool:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = any(_like(word, other) for other in self._words)
        return found


def _like(one: str, other: str) -> bool:
    """Tells whether two words are alike as first names or otherwise."""
    return any(likeness(one, other, called=called).kind is not Kind.DIFFERENT for called in (False, True))


@lru_cache(maxsize=100_000)
def written(name: Name) -> tuple[str, ...]:
    """Returns the words of a name, and those that its halves make when they are run together."""
    words = name.words
    halves = (name.given, name.family, words[1:], words[:-1])
    return (*words, *dict.fromkeys("".join(half) for half in halves if len(half) > 1))
