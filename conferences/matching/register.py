"""A register of people in memory, found by the same keys the database keeps."""

from array import array
from collections.abc import Callable, Hashable, Iterable
from math import log2
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from conferences.matching.choosing import Candidate, choose
from conferences.matching.distance import far
from conferences.matching.facts import Facts
from conferences.matching.keys import keys, name_keys

Id = TypeVar("Id", bound=Hashable)
Rows = npt.NDArray[np.int32]

MOST_IN_A_BLOCK = 4_000  # people under one key; a key that more share says too little to be followed
MOST_GATHERED = 3_000  # people whose names are looked at
FAR = (
    60.0  # bits taken from someone whose date of birth forbids it, so that namesakes do not crowd others out
)
REACHING = frozenset("tma")
MOST_JUDGED = 60  # people compared in full


class Block(NamedTuple):
    """Where the people under one key lie, and how much the key says in bits."""

    first: int
    last: int
    bits: float
    reaches: bool  # a telephone, a mail address or a home, which speaks even for a date that is wrong


class Register(Generic[Id]):
    """People held in memory: add them, then ask."""

    def __init__(self, read: Callable[[bytes], Facts]) -> None:
        """Takes how a kept record is read back, so that a million of them stay small."""
        self._read = read
        self._records: list[bytes] = []
        self._ids: list[Id] = []
        self._names: list[str] = []
        self._hashes = array("q")
        self._counts = array("B")
        self._dates = array("h")
        self._sorted: tuple[npt.NDArray[np.int64], Rows] | None = None
        self._born = np.array(self._dates).reshape(-1, 3)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id_: Id, record: bytes, facts: Facts) -> None:
        """Files one person under each of their keys."""
        filed = [hash(key) for key in keys(facts)]
        self._hashes.extend(filed)
        self._counts.append(len(filed))
        born = facts.birth
        self._dates.extend((born.year, born.month or 0, born.day or 0) if born else (0, 0, 0))
        self._ids.append(id_)
        self._records.append(record)
        self._names.append(_spelt(facts))
        self._sorted = None

    def _index(self) -> tuple[npt.NDArray[np.int64], Rows]:
        if self._sorted is None:
            hashes = np.array(self._hashes, dtype=np.int64)
            rows = np.repeat(np.arange(len(self._ids), dtype=np.int32), np.array(self._counts))
            order = np.argsort(hashes, kind="stable")
            self._sorted = hashes[order], rows[order]
            self._born = np.array(self._dates).reshape(-1, 3)
        return self._sorted

    def find(self, asked: Facts) -> list[Candidate[Id]]:
        """Returns what a worker is shown for the person asked for, the best first."""
        rows = self._nearest(asked)
        held = ((self._ids[row], self._read(self._records[row])) for row in rows)
        return choose(asked, held, among=len(self), namesakes=self._namesakes)

    def _namesakes(self, held: Facts) -> int:
        """Counts the people whose names sound like someone's held, themselves among them."""
        hashes, _ = self._index()
        wanted = np.array([hash(key) for key in name_keys(held)], dtype=np.int64)
        if not len(wanted):
            return len(self)
        counts = np.searchsorted(hashes, wanted, "right") - np.searchsorted(hashes, wanted, "left")
        return int(counts.min())

    def _blocks(self, asked: Facts) -> list[Block]:
        wanted_keys = sorted(keys(asked, asking=True))
        wanted = np.array([hash(key) for key in wanted_keys], dtype=np.int64)
        hashes, _ = self._index()
        firsts = np.searchsorted(hashes, wanted, "left").tolist()
        lasts = np.searchsorted(hashes, wanted, "right").tolist()
        return [
            Block(first, last, log2(len(self) / (last - first)) + 1.0, key[0] in REACHING)
            for first, last, key in zip(firsts, lasts, wanted_keys, strict=True)
            if 0 < last - first <= MOST_IN_A_BLOCK
        ]

    def _gather(self, asked: Facts, blocks: list[Block]) -> tuple[Rows, npt.NDArray[np.float64]]:
        """Returns the people under some keys, one row for each key, and what the key says.

        Whose date of birth cannot be a slip for the one asked for is left out, but for those who can be
        reached at one place: they come last.
        """
        _, sorted_rows = self._index()
        sizes = [block.last - block.first for block in blocks]
        rows = np.concatenate([sorted_rows[block.first : block.last] for block in blocks])
        weights = np.repeat([block.bits for block in blocks], sizes)
        if asked.birth is None:
            return rows, weights
        too_far = far(asked.birth, self._born.take(rows, axis=0))
        reached = np.zeros(len(self), dtype=bool)
        reached[rows[np.repeat([block.reaches for block in blocks], sizes)]] = True
        kept = ~too_far | reached[rows]
        return rows[kept], np.where(too_far, weights - FAR, weights)[kept]

    def _nearest(self, asked: Facts) -> list[int]:
        blocks = self._blocks(asked)
        if not blocks:
            return []
        gathered, weights = self._gather(asked, blocks)
        rows, place = np.unique(gathered, return_inverse=True)
        weight = np.bincount(place, weights)
        if len(rows) > MOST_GATHERED:
            most = np.argpartition(-weight, MOST_GATHERED)[:MOST_GATHERED]
            rows, weight = rows[most], weight[most]
        if len(rows) > MOST_JUDGED:
            names = [self._names[row] for row in rows.tolist()]
            alike = process.cdist([_spelt(asked)], names, scorer=fuzz.ratio)[0]
            nearest = np.argsort(-(weight + alike * 0.3), kind="stable")[:MOST_JUDGED]
            rows = rows[nearest]
        found: list[int] = rows.tolist()
        return found


def _spelt(facts: Facts) -> str:
    """The words of the name in the order of the alphabet, so that their order on the form does not count."""
    return " ".join(sorted(word for name, source in facts.names if source == "name" for word in name.words))


def register_of(people: Iterable[tuple[Id, bytes, Facts]], read: Callable[[bytes], Facts]) -> Register[Id]:
    """Returns a register of these people."""
    made: Register[Id] = Register(read)
    for id_, record, facts in people:
        made.add(id_, record, facts)
    return made
