"""Whether a person asked for may be a person held: an absolute score, its reasons, and what forbids it."""

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

CERTAIN = frozenset({Agreement.SAME})
GOOD = frozenset(
    {Agreement.SAME, Agreement.SWAPPED, Agreement.YEAR_SLIP, Agreement.DAY_SLIP, Agreement.MONTH}
)
AGREES = GOOD | {Agreement.YEAR, Agreement.AGE, Agreement.NEAR_AGE}
AGAINST = frozenset({Agreement.CONFLICT, Agreement.GENERATION})


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
    name_bits: float


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


NO_NAME = Resemblance(0.0, Half.MISSING, Half.MISSING, ())


def _rank(found: Resemblance) -> tuple[bool, bool, float]:
    return found.given is not Half.DIFFERENT, found.family is not Half.DIFFERENT, found.bits


def _best_names(asked: Facts, held: Facts) -> tuple[Resemblance, tuple[str, str]]:
    best, sources = NO_NAME, ("name", "name")
    for mine, my_source in asked.names or ((Name((), ()), "name"),):
        for theirs, their_source in held.names or ((Name((), ()), "name"),):
            found = resemblance(mine, theirs)
            if best is NO_NAME or _rank(found) > _rank(best):
                best, sources = found, (my_source, their_source)
    return best, sources


def _vetoed(seen: Evidence) -> bool:
    """Tells whether these are two people whatever else agrees."""
    given, family, birth, shared = seen.names.given, seen.names.family, seen.birth, seen.shared
    if given is Half.DIFFERENT:  # twins, brothers and sisters, and people of one hostel
        return True
    if birth is Agreement.GENERATION:  # father and son
        return True
    if birth is Agreement.CONFLICT and not shared.phone and not shared.home:  # people of one name
        return True
    if birth is Agreement.CONFLICT and (family is not Half.FULL or given is not Half.FULL):
        return True
    if seen.names.near and (seen.other_sex or (birth in GOOD and (shared.phone or shared.home))):  # twins
        return True
    if given is Half.INITIAL:
        return family is Half.DIFFERENT or birth not in CERTAIN
    if given is Half.MISSING or family is Half.MISSING:
        return birth not in GOOD and not (shared.phone or shared.home)
    if family is Half.DIFFERENT:
        return birth not in (GOOD if shared.bits else CERTAIN)
    return False


def _bits(seen: Evidence) -> float:
    total = seen.names.bits + seen.birth.bits + seen.shared.bits
    if seen.other_sex:
        total += OTHER_SEX
    if seen.names.family is Half.DIFFERENT:
        total += HIS_NEW_SURNAME if "m" in (seen.asked_sex, seen.held_sex) else NEW_SURNAME
    return total


def judge(asked: Facts, held: Facts) -> Verdict | None:
    """Returns what speaks for two people being one, or None where something forbids it."""
    names, sources = _best_names(asked, held)
    birth = births.compare(asked.birth, held.birth)
    shared = contacts.compare(asked.contact, held.contact)
    seen = Evidence(names, sources, birth, shared, asked.sexed, held.sexed)
    if _vetoed(seen):
        return None
    bits = _bits(seen)
    score = 1 / (1 + 2 ** min(-(bits - MIDDLE) / SPREAD, 60.0))
    soft = names.given is Half.INITIAL
    band = Band.STRONG if bits >= STRONG else Band.LIKELY if bits >= LIKELY else Band.POSSIBLE
    if soft:
        score, band = score * SOFT, Band.POSSIBLE
    reasons = in_words(names, sources, birth, shared)
    return Verdict(round(score, 4), band, reasons, bits, names.bits)
