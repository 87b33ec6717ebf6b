"""Whether two cases are about the same two people: as a person has decided, or as names and dates say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from conferences import identity, people
from conferences.models import Case, Involvement, Part


@dataclass(frozen=True)
class _Known:
    """What somebody decided about the records of these cases: who is one person, and who was compared."""

    groups: dict[UUID, frozenset[UUID]]
    compared: Collection[tuple[UUID, UUID]]


def same_pair(session: Session, one: Case, other: Case) -> bool:
    """Returns whether both name the same victim and share a perpetrator; one case is its own pair."""
    return bool(same_pairs(session, one, [other]))


def same_pairs(session: Session, one: Case, others: Sequence[Case]) -> list[Case]:
    """Returns those of the cases that are about the same two people as the first.

    What somebody decided about two records comes first. Otherwise names are compared word by word in any
    order, and birth dates where both are known.
    """
    ids = [row.person_id for case in (one, *others) for row in case.involvements]
    known = _Known(identity.records_of(session, ids), identity.decided(session, ids).keys())
    return [case for case in others if case.id == one.id or _alike(session, one, case, known)]


def _alike(session: Session, one: Case, other: Case, known: _Known) -> bool:
    return all(
        any(
            _same_person(session, mine, theirs, known)
            for mine in people.in_part(one, part)
            for theirs in people.in_part(other, part)
        )
        for part in (Part.VICTIM, Part.PERPETRATOR)
    )


def _same_person(session: Session, one: Involvement, other: Involvement, known: _Known) -> bool:
    if other.person_id in known.groups[one.person_id]:
        return True
    if tuple(sorted((one.person_id, other.person_id))) in known.compared:
        return False
    mine, theirs = people.details_of(session, one), people.details_of(session, other)
    if not mine.name or not theirs.name or _words(mine.name) != _words(theirs.name):
        return False
    if not mine.born or not theirs.born:
        return True
    return mine.born.startswith(theirs.born) or theirs.born.startswith(mine.born)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace("-", " ").split())


def same_walls(one: Case, other: Case) -> bool:
    """Returns whether exactly the same people and agencies are kept from both cases, and let into them."""
    return _walls(one) == _walls(other)


def _walls(case: Case) -> tuple[set[tuple[UUID | None, UUID | None]], ...]:
    return tuple(
        {(wall.user_id, wall.agency_id) for wall in walls} for walls in (case.exclusions, case.restrictions)
    )
