"""A whole world from one seed: the register, and the questions about it."""

import random
from dataclasses import dataclass
from itertools import cycle, islice

from tests.matching.world import known, others, otherwise
from tests.matching.world.known import Kind
from tests.matching.world.lines import Question, Record
from tests.matching.world.stock import SHARES
from tests.matching.world.town import Town

# Of the questions: 68 in a hundred have an answer, 18 have a relative or namesake, 14 are about someone new.
KNOWN, VETOED = 0.68, 0.18


@dataclass(frozen=True)
class Built:
    """The register in no order, the questions in no order, and the seed that makes both again."""

    seed: int
    records: list[Record]
    questions: list[Question]


def build(people: int, questions: int, seed: int) -> Built:
    """Builds so many people and questions; the same seed builds the same."""
    chance = random.Random(seed)
    town = Town(chance)
    asked: list[Question] = []
    groups = tuple(SHARES)
    known_each = round(questions * KNOWN / len(groups))
    vetoed_each = round(questions * VETOED / len(groups))
    new_each = questions // len(groups) - known_each - vetoed_each
    for group in groups:
        kinds = (*known.KINDS, *otherwise.kinds_for(group))
        asked += _in_turn(town, group, kinds, known_each)
        asked += _in_turn(town, group, others.VETOES, vetoed_each)
        asked += _in_turn(town, group, (others.newcomer,), new_each)
    town.fill(people)
    return _shuffled(Built(seed, town.records, asked), chance)


def _in_turn(town: Town, group: str, kinds: tuple[Kind, ...], count: int) -> list[Question]:
    first = town.chance.randrange(len(kinds))
    return [kind(town, group) for kind in islice(cycle(kinds), first, first + count)]


def _shuffled(world: Built, chance: random.Random) -> Built:
    """Nothing of a record's place or id tells whom a question is about."""
    ids = list(range(len(world.records)))
    chance.shuffle(ids)
    new = {record.id: f"p{ident:07d}" for record, ident in zip(world.records, ids, strict=True)}
    for record in world.records:
        record.id = new[record.id]
    world.records.sort(key=lambda record: record.id)
    chance.shuffle(world.questions)
    for number, question in enumerate(world.questions):
        question.query.query_id = f"q{number:06d}"
        question.expected = new[question.expected] if question.expected else None
        question.forbidden = tuple(new[ident] for ident in question.forbidden)
    return world
