"""What a worker is shown: few candidates, the best first, none below the line."""

from collections.abc import Callable, Hashable, Iterable
from math import log2
from typing import Generic, NamedTuple, TypeVar

from conferences.matching.facts import Facts
from conferences.matching.judging import Band, Verdict, judge

Id = TypeVar("Id", bound=Hashable)

SHOWN = 5  # candidates a worker is shown at most
AN_AREA = 20_000  # people a search is among when nobody says otherwise
MARGIN = 1.0  # bits beyond those that single out one person among so many
ALIKE = 3.0  # bits within which two people fit a bare name equally well
FORGIVEN = 4.0  # bits by which a name may be commoner in the tables than it is among those searched
EASED = 4.0  # bits fewer where a whole name meets a date: a slip in both is rare, but rarer by chance
CROWD = 0.0  # bits by which a year or an age must tell the people of one name apart
NAMESAKES = 2  # people who fit a bare name equally well; of more, none is shown


class Candidate(NamedTuple, Generic[Id]):
    """Someone held who may be the person asked for."""

    id: Id
    score: float
    band: Band
    reasons: tuple[str, ...]


def line(among: int) -> float:
    """Returns the bits that a candidate needs to be shown when so many people are searched."""
    return log2(max(among, 1_000)) + MARGIN


def _telling(found: list[tuple[Verdict, Id]], person: Callable[[Id], Hashable]) -> list[tuple[Verdict, Id]]:
    """Leaves out those who have only the name, or the name and the year, where that does not say who."""
    firm = [one for one in found if not one[0].thin]
    best = max((verdict.bits for verdict, _ in found), default=0.0)
    alike = [one for one in found if one[0].thin and one[0].bits > best - ALIKE]
    few = len(alike) <= NAMESAKES or len({person(id_) for _, id_ in alike}) <= NAMESAKES
    return firm + alike if few else firm


def choose(
    asked: Facts,
    held: Iterable[tuple[Id, Facts]],
    among: int = AN_AREA,
    namesakes: Callable[[Facts], int] | None = None,
    person: Callable[[Id], Hashable] = lambda id_: id_,
) -> list[Candidate[Id]]:
    """Returns what a worker is shown: at most five, the best first, each above the line.

    `namesakes` counts the people held whose names sound like someone's; without it tables say how
    common a name is. `person` names whom a record is of, where several were found to be one person's.
    """
    needed = line(among)
    found: list[tuple[Verdict, Id]] = []
    for id_, facts in held:
        verdict = judge(asked, facts)
        if verdict is None or (verdict.thin and verdict.bits < needed - FORGIVEN):
            continue
        if verdict.thin and namesakes:
            if verdict.birth_bits - log2(max(namesakes(facts), 1)) >= CROWD:
                found.append((verdict, id_))
        elif verdict.bits >= needed - (EASED if verdict.whole else 0.0):
            found.append((verdict, id_))
    found = _telling(found, person)
    found.sort(key=lambda one: (-one[0].score, -one[0].bits, str(one[1])))
    return [Candidate(id_, verdict.score, verdict.band, verdict.reasons) for verdict, id_ in found[:SHOWN]]
