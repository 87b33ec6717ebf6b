"""Slips of the pen: in letters, and in days."""

import random
from datetime import date

from rapidfuzz.distance import OSA

from tests.matching.world.stock import plain

NEIGHBOURS = {
    "a": "qwsz", "b": "vghn", "c": "xdfv", "d": "serfcx", "e": "wsdr", "f": "drtgvc", "g": "ftyhbv",
    "h": "gyujnb", "i": "ujko", "j": "huikmn", "k": "jiolm", "l": "kop", "m": "njk", "n": "bhjm",
    "o": "iklp", "p": "ol", "q": "wa", "r": "edft", "s": "awedxz", "t": "rfgy", "u": "yhji", "v": "cfgb",
    "w": "qase", "x": "zsdc", "y": "tghu", "z": "asx",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misspell(chance: random.Random, word: str) -> str:
    """One slip in a word: a letter too many, too few, wrong, beside its key, or two swapped."""
    for _ in range(50):
        at = chance.randrange(0 if chance.random() < 0.1 else 1, len(word))
        slipped = _slip(chance, word, at)
        if plain(slipped) != plain(word) and len(plain(slipped)) > 1:
            return slipped
    raise ValueError(f"no slip changes {word}")


def _slip(chance: random.Random, word: str, at: int) -> str:
    before, letter, after = word[:at], word[at], word[at + 1 :]
    how = chance.choice(("insert", "double", "delete", "substitute", "neighbour", "transpose", "transpose"))
    if how == "insert":
        return before + chance.choice(LETTERS) + letter + after
    if how == "double":
        return before + letter + letter + after
    if how == "delete":
        return before + after
    if how == "substitute":
        return before + chance.choice(LETTERS) + after
    if how == "neighbour":
        return before + chance.choice(NEIGHBOURS.get(letter.lower(), LETTERS)) + after
    return before + after[:1] + letter + after[1:]


def misspell_name(chance: random.Random, name: str, slips: int) -> str:
    """A full name with so many slips, in its longer words; only a word of seven letters takes two."""
    words = name.split()
    longest = max(len(plain(word)) for word in words)
    room = [at for at, word in enumerate(words) if len(plain(word)) >= min(4, longest)]
    taken: dict[int, int] = {}
    for _ in range(slips):
        free = [at for at in room if taken.get(at, 0) < (2 if len(plain(words[at])) >= 7 else 1)]
        if not free:
            break
        at = chance.choice(free)
        taken[at] = taken.get(at, 0) + 1
        words[at] = misspell(chance, words[at])
    return " ".join(words)


def letters_apart(one: str, other: str) -> int:
    """How many slips lie between two names."""
    return OSA.distance(plain(one), plain(other))


def can_swap(day: date) -> bool:
    """Whether day and month can be taken for each other."""
    return day.day <= 12 and day.day != day.month


def swapped(day: date) -> date:
    """The day with its day and month taken for each other."""
    return day.replace(month=day.day, day=day.month)


def slipped_year(chance: random.Random, day: date) -> date:
    """The day in a year one or ten off, with one wrong digit, or with its last two digits swapped."""
    year = day.year
    tens, ones = divmod(year % 100, 10)
    how = chance.choice(("one off", "one off", "digit", "decade", "swap"))
    other = year + chance.choice((-1, 1))
    if how == "digit":
        other = year - ones + (ones + chance.randint(1, 9)) % 10
    elif how == "decade":
        other = year + chance.choice((-10, 10))
    elif how == "swap" and ones != tens:
        other = year - year % 100 + ones * 10 + tens
    if not 1930 <= other <= 2014:
        other = year - 1
    # A leap day stays a day that exists.
    return day.replace(year=other, day=min(day.day, 28) if day.month == 2 else day.day)


def clearly_apart(one: date, other: date) -> bool:
    """Whether no single slip of a careful clerk could turn one day of birth into the other."""
    if abs((one - other).days) < 45 or (one.day, one.month) == (other.month, other.day):
        return False
    different = (one.year != other.year) + (one.month != other.month) + (one.day != other.day)
    close_year = abs(one.year - other.year) == 1 or sorted(str(one.year)) == sorted(str(other.year))
    return different == 3 or (different == 2 and not close_year)
