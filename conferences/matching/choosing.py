"""What a worker is shown: few candidates, the best first, none below the line."""

from collections.abc import Hashable, Iterable
from math import log2
from typing import Generic, NamedTuple, TypeVar

from conferences.matching.facts import Facts
from conferences.matching.judging import Band, judge

Id = TypeVar("Id", bound=Hashable)

SHOWN = 5  # candidates a worker is shown at most
AN_AREA = 20_000  # people a search is among when nobody says otherwise
MARGIN = 1.0  # bits beyond those that single out one person among so many


class Candidate(NamedTuple, Generic[Id]):
    """Someone held who may be the person asked for."""

    id: Id
    score: float
    band: Band
    reasons: tuple[str, ...]


def line(among: int) -> float:
    """Returns the bits that a candidate needs to be shown when so many people are searched."""
    return log2(max(among, 1_000)) + MARGIN


def choose(asked: Facts, held: Iterable[tuple[Id, Facts]], among: int = AN_AREA) -> list[Candidate[Id]]:
    """Returns what a worker is shown: at most five, the best first, each above the line."""
    needed = line(among)
    found = []
    for id_, facts in held:
        verdict = judge(asked, facts)
        if verdict is not None and verdict.bits >= needed:
            found.append((verdict, id_))
    found.sort(key=lambda one: (-one[0].score, -one[0].bits, str(one[1])))
    return [Candidate(id_, verdict.score, verdict.band, verdict.reasons) for verdict, id_ in found[:SHOWN]]
