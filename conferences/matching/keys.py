"""Short words that two records of one person very likely share, so that few need to be compared.

Only equality is asked of them: a caller may keep them as blind indexes.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from conferences.matching.agreement import AGE_SLACK
from conferences.matching.birth import Birth
from conferences.matching.facts import Facts
from conferences.matching.letters import skeleton
from conferences.matching.names import Name
from conferences.matching.rarity import weak
from conferences.matching.variants import book, lines

MOST_HELD, MOST_ASKED = 40, 80
MOST_LINES = 4  # lines of the variant table that one word is filed under


def keys(facts: Facts, *, asking: bool = False) -> frozenset[str]:
    """Returns the keys a person is filed under; `asking` adds those that a slip in a date would need."""
    most = MOST_ASKED if asking else MOST_HELD
    found: dict[str, None] = {}
    for key in _in_order(facts, asking):
        found[key] = None
        if len(found) == most:
            break
    return frozenset(found)


def name_keys(facts: Facts) -> list[str]:
    """Returns the keys that everyone of the same main name is filed under."""
    return list(_of_name(facts.names[0][0])[0]) if facts.names else []


def _in_order(facts: Facts, asking: bool) -> Iterator[str]:
    """Yields every key, the most telling first."""
    yield from _contact(facts)
    if facts.birth is not None and facts.birth.last_year is None:
        yield from _days(facts.birth, asking)
        yield from _birthdays(facts)
    names = [name for name, _ in facts.names]
    for name in names:
        yield from _of_name(name)[0]
    yield from _years(facts, names, asking)
    for name in names:
        yield from _of_name(name)[1]


def _contact(facts: Facts) -> Iterator[str]:
    contact = facts.contact
    for phone in sorted(contact.phones)[:4]:
        yield f"t{phone}"
    for mail in sorted(contact.mails)[:4]:
        yield f"m{mail}"
    words = dict.fromkeys(skeleton(word) for name, _ in facts.names for word in _telling(name.words))
    for code in sorted(contact.postcodes)[:2]:
        for word in list(words)[:4]:
            yield f"p{code}.{word}"
    for line in sorted(contact.lines)[:2]:
        parts = line.split()
        numbers = [part for part in parts if part.isdigit()]
        street = [skeleton(part) for part in parts if part.isalpha() and part != "flat"]
        yield f"a{'.'.join(numbers[-1:] + street[:1])}"


def _days(birth: Birth, asking: bool) -> Iterator[str]:
    """A whole date of birth, the same for a swapped day and month."""
    if birth.day is None or birth.month is None:
        return
    years = [birth.year]
    if asking:
        years += [birth.year + apart for apart in (-1, 1, -10, 10, -9, 9)]
    low, high = sorted((birth.month, birth.day))
    for year in years:
        yield f"d{year}.{low}.{high}"


def _birthdays(facts: Facts) -> Iterator[str]:
    """Day and month with a surname, for a slip in the year and a first name no table knows."""
    birth = facts.birth
    if birth is None or birth.day is None or birth.month is None:
        return
    low, high = sorted((birth.month, birth.day))
    words = dict.fromkeys(skeleton(word) for name, _ in facts.names for word in _telling(name.family))
    for word in list(words)[:3]:
        yield f"b{low}.{high}.{word}"


def _telling(words: tuple[str, ...]) -> list[str]:
    """The words of a name that tell people apart, or all there are."""
    found = [word for word in words if len(word) > 1 and not weak(word)]
    return found or [word for word in words if len(word) > 1]


def _pairs(name: Name) -> list[tuple[str, str]]:
    """Words of a name two by two: first names with surnames, or whatever there is."""
    given, family = _telling(name.given), _telling(name.family)
    across = [(one, other) for one in given[:3] for other in (family[:1] + family[-1:])]
    return list(dict.fromkeys(across)) or list(combinations((given or family)[:3], 2))


def _lines(word: str) -> list[str]:
    """What a word is filed under beside its sound: the first words of the lines of the variant table."""
    found = sorted(lines(word))[:MOST_LINES]
    return [f"={book().words_of[line][0]}" for line in found]


def _both(one: str, other: str) -> str:
    low, high = sorted((one, other))
    return f"n{low}.{high}"


@lru_cache(maxsize=100_000)
def _of_name(name: Name) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(_whole_names(name)), tuple(_slipped_names(name))


def _whole_names(name: Name) -> Iterator[str]:
    for one, other in _pairs(name)[:4]:
        yield _both(skeleton(one), skeleton(other))
        for filed in _lines(one):
            yield _both(filed, skeleton(other))
        for filed in _lines(other)[:2]:
            yield _both(skeleton(one), filed)


def _slipped_names(name: Name) -> Iterator[str]:
    """One word as it sounds, and the beginning or the end of the other, for a slip in either."""
    for one, other in _pairs(name)[:2]:
        for whole, slipped in ((one, other), (other, one)):
            sounds = skeleton(slipped)
            yield _both(skeleton(whole), f"{sounds[:2]}-")
            yield _both(skeleton(whole), f"-{sounds[-2:]}")


def _years(facts: Facts, names: list[Name], asking: bool) -> Iterator[str]:
    if facts.birth is None:
        return
    first, last = facts.birth.years
    if asking and facts.birth.last_year is not None:
        first, last = first - AGE_SLACK, last + AGE_SLACK
    words = dict.fromkeys(skeleton(word) for name in names for word in _telling(name.words)[:3])
    for word in list(words)[:4]:
        for year in range(first, last + 1):
            yield f"y{word}.{year}"
