"""Whether a person asked for may be a person held: an absolute score, its reasons, and what forbids it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from conferences.matching import agreement as births
from conferences.matching import contact as contacts
from conferences.matching.agreement import Agreement
from conferences.matching.contact import Shared
from conferences.matching.facts import Facts
from conferences.matching.names import Name
from conferences.matching.reasons import in_words
from conferences.matching.resemblance import Half, Resemblance, resemblance

SOFT = 0.6  # the most that initials can score
MIDDLE, SPREAD = 20.0, 3.0  # bits that score a half, and bits that double the odds
STRONG, LIKELY = 34.0, 26.0
OTHER_SEX, NEW_SURNAME, HIS_NEW_SURNAME = -6.0, -3.0, -7.0

CERTAIN = frozenset({Agreement.SAME, Agreement.NEW_YEAR})
CALLED = frozenset({Half.FULL, Half.INITIAL})
EXACT = CERTAIN | {Agreement.SWAPPED, Agreement.MONTH}
GOOD = frozenset(
    {
        Agreement.SAME,
        Agreement.SWAPPED,
        Agreement.YEAR_SLIP,
        Agreement.YEAR_DIGIT,
        Agreement.DAY_SLIP,
        Agreement.MONTH,
    }
)
LOOSE = frozenset({Agreement.OPEN, Agreement.YEAR, Agreement.NEXT_YEAR, Agreement.AGE, Agreement.NEAR_AGE})


class Band(StrEnum):
    """How sure a worker can be before looking: strong, likely, or only possible."""

    STRONG = "strong"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Verdict(NamedTuple):
    """What two people have in common: a score from 0 to 1, its band, and its reasons in words."""

    score: float
    band: Band
    reasons: tuple[str, ...]
    bits: float
    thin: bool  # nothing but a name, and at most a year or an age
    birth_bits: float
    whole: bool  # a first name, a surname, and a date of birth but for a slip


class Evidence(NamedTuple):
    """Everything that speaks for or against: names, birth, contact, sex."""

    names: Resemblance
    sources: tuple[str, str]
    birth: Agreement
    shared: Shared
    asked_sex: str | None
    held_sex: str | None

    @property
    def other_sex(self) -> bool:
        """Tells whether the two are known to be of different sexes."""
        return None not in (self.asked_sex, self.held_sex) and self.asked_sex != self.held_sex


def _vetoed_by_birth(birth: Agreement, shared: Shared) -> bool:
    """Tells whether the dates make these two people: father and son, or people of one name.

    Namesakes live in one street; only one telephone or one home speaks for a date that is wrong altogether.
    """
    return birth is Agreement.GENERATION or (birth is Agreement.CONFLICT and shared.bits < contacts.LINE_BITS)


def _vetoed(seen: Evidence) -> bool:
    """Tells whether these are two people whatever else agrees."""
    given, family, birth, shared = seen.names.given, seen.names.family, seen.birth, seen.shared
    if given is Half.DIFFERENT:  # twins, brothers and sisters, and people of one hostel
        return True
    if birth is Agreement.CONFLICT and (family is not Half.FULL or given is not Half.FULL):
        return True
    if birth is Agreement.CONFLICT and seen.names.doubtful:  # brothers and sisters
        return True
    if seen.other_sex and (seen.names.paired or seen.names.near):
        return True
    if seen.names.his_and_hers and (birth not in CERTAIN or seen.names.paired):
        return True  # Jasbir Kaur Gill, Jasbir Singh Gill
    if seen.names.guesswork and birth in LOOSE and not shared.bits:
        return True
    if seen.names.near and (shared.phone or shared.home):  # twins
        return True
    if given is Half.OTHER_TONGUE:
        return birth not in CERTAIN or not shared.bits
    if given is Half.INITIAL:
        return family is Half.DIFFERENT or birth not in CERTAIN
    if given is Half.MISSING or family is Half.MISSING:
        return birth not in EXACT and not shared.bits
    if family is Half.DIFFERENT:
        return birth not in (GOOD | CERTAIN if shared.bits else CERTAIN)
    return False


def _bits(seen: Evidence) -> float:
    total = seen.names.bits + seen.birth.bits + seen.shared.bits
    if seen.other_sex:
        total += OTHER_SEX
    if seen.names.family is Half.DIFFERENT:
        total += HIS_NEW_SURNAME if "m" in (seen.asked_sex, seen.held_sex) else NEW_SURNAME
    return total


NAMELESS = ((Name((), ()), "name"),)


def _readings(asked: Facts, held: Facts) -> Iterator[tuple[Resemblance, tuple[str, str]]]:
    """Yields every name of the one beside every name of the other."""
    for mine, my_source in asked.names or NAMELESS:
        for theirs, their_source in held.names or NAMELESS:
            yield resemblance(mine, theirs), (my_source, their_source)


def judge(asked: Facts, held: Facts) -> Verdict | None:
    """Returns what speaks for two people being one, or None where something forbids it."""
    birth = births.compare(asked.birth, held.birth)
    shared = contacts.compare(asked.contact, held.contact)
    if _vetoed_by_birth(birth, shared) or {asked.generation, held.generation} == {"younger", "elder"}:
        return None
    best: tuple[float, Evidence] | None = None
    for names, sources in _readings(asked, held):
        seen = Evidence(names, sources, birth, shared, asked.sexed, held.sexed)
        if not _vetoed(seen) and (best is None or _bits(seen) > best[0]):
            best = _bits(seen), seen
    return None if best is None else _verdict(*best)


def _verdict(bits: float, seen: Evidence) -> Verdict:
    names, birth = seen.names, seen.birth
    score = 1 / (1 + 2 ** min(-(bits - MIDDLE) / SPREAD, 60.0))
    band = Band.STRONG if bits >= STRONG else Band.LIKELY if bits >= LIKELY else Band.POSSIBLE
    if names.given is Half.INITIAL:
        score, band = score * SOFT, Band.POSSIBLE
    return Verdict(
        round(score, 4),
        band,
        in_words(names, seen.sources, birth, seen.shared),
        bits,
        thin=birth in LOOSE and not seen.shared.bits,
        birth_bits=birth.bits,
        whole=birth in GOOD and names.given in CALLED and names.family in (Half.FULL, Half.WEAK),
    )
