"""How much a shared word says: a rare name much, a common one little, whatever the language."""

from functools import cache, lru_cache
from math import log2

from conferences.matching.letters import plain
from conferences.matching.variants import book, lines, read

WEAK = 3.0  # bits of a word that stands in very many names
UNKNOWN = 12.0  # bits of a word no table holds
KNOWN = 10.5  # bits of a name in the tables that is none of the common ones


@cache
def _tables() -> tuple[frozenset[str], dict[str, float], dict[int, float]]:
    written = read("common.toml")
    weak = frozenset(written["weak"]["with_the_name"].split())
    bits: dict[str, float] = {}
    of_line: dict[int, float] = {}
    for role in ("family", "given"):
        for one_in, words in written[role].items():
            for word in words.split():
                said = log2(int(one_in))
                bits[word] = min(bits.get(word, said), said)
                own = [line for line in book().lines_of.get(word, ()) if book().words_of[line][0] == word]
                for line in own:
                    of_line[line] = min(of_line.get(line, said), said)
    return weak, bits, of_line


def weak(word: str) -> bool:
    """Tells whether a word is one of those many people carry beside their name: Kaur, Singh, Begum, Kumar."""
    return word in _tables()[0]


@lru_cache(maxsize=500_000)
def bits(word: str) -> float:
    """Returns how much it says that two people carry this word, in bits."""
    if weak(word):
        return WEAK
    _, of_word, of_line = _tables()
    said = [of_word[word]] if word in of_word else []
    said += [of_line[line] + 1.0 for line in lines(word) if line in of_line]
    if said:
        return min(said)
    if lines(word) or word in book().given:
        return KNOWN
    return KNOWN if len(plain(word)) < 4 else UNKNOWN
