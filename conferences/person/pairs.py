"""Whether two cases are about the same two people: as a person has decided, or as the matcher judges.

Each of the two must be alike and neither forbidden by anything known; what speaks for both together must come
to what the matcher calls strong. Two people who meet twice are rarer than either of their names.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from conferences.finding import register
from conferences.matching import Facts, judge
from conferences.matching.judging import STRONG
from conferences.models import Case, Part
from conferences.person import identity, people

# The least that each of the two must have in common, in bits: more than one word of a common name.
ALIKE = 10.0


@dataclass(frozen=True)
class _Known:
    """What is known of the people of some cases, and what somebody decided about their records."""

    groups: dict[UUID, frozenset[UUID]]
    compared: Collection[tuple[UUID, UUID]]
    facts: dict[UUID, Facts]


def strength(mine: Facts, theirs: Facts) -> float | None:
    """Returns the bits that speak for two people being one, or None where they are too few or forbidden."""
    verdict = judge(mine, theirs)
    return verdict.bits if verdict is not None and verdict.bits >= ALIKE else None


def are_one_pair(victims: float | None, perpetrators: Iterable[float | None]) -> bool:
    """Returns whether two victims and the likest two perpetrators are together surely the same two people."""
    best = max((bits for bits in perpetrators if bits is not None), default=None)
    return victims is not None and best is not None and victims + best >= STRONG


def same_pair(session: Session, one: Case, other: Case) -> bool:
    """Returns whether both name the same victim and share a perpetrator; one case is its own pair."""
    return bool(same_pairs(session, one, [other]))


def same_pairs(session: Session, one: Case, others: Sequence[Case]) -> list[Case]:
    """Returns those of the cases that are about the same two people as the first.

    What somebody decided about two records comes before what the matcher makes of them.
    """
    ids = [row.person_id for case in (one, *others) for row in case.involvements]
    decided = identity.decided(session, ids).keys()
    known = _Known(identity.records_of(session, ids), decided, register.held(session, ids))
    return [case for case in others if case.id == one.id or _alike(one, case, known)]


def _alike(one: Case, other: Case, known: _Known) -> bool:
    victims, perpetrators = (
        [
            _strength(mine.person_id, theirs.person_id, known)
            for mine in people.in_part(one, part)
            for theirs in people.in_part(other, part)
        ]
        for part in (Part.VICTIM, Part.PERPETRATOR)
    )
    return any(are_one_pair(victim, perpetrators) for victim in victims)


def _strength(one: UUID, other: UUID, known: _Known) -> float | None:
    if other in known.groups[one]:
        return STRONG
    if tuple(sorted((one, other))) in known.compared:
        return None
    mine, theirs = known.facts.get(one), known.facts.get(other)
    return strength(mine, theirs) if mine and theirs else None
