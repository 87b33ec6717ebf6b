"""Judges the answers to hard questions: recall with intervals, wrong suggestions, vetoes broken, seconds."""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.matching.world import Query, Question
from tests.matching.world.others import NEW

Find = Callable[[Query], list[str]]
CERTAINTY = 1.96


@dataclass(frozen=True)
class Answer:
    """The ids that were shown, best first, and the seconds it took: on the clock and of the processor."""

    question: Question
    shown: list[str]
    seconds: float
    worked: float

    @property
    def found(self) -> bool:
        """Whether the right record is among those shown."""
        return self.question.expected in self.shown

    @property
    def wrong(self) -> int:
        """How many records of other people were shown."""
        return sum(ident != self.question.expected for ident in self.shown)

    @property
    def broken(self) -> list[str]:
        """Records of relatives and namesakes that were shown."""
        return [ident for ident in self.question.forbidden if ident in self.shown]


@dataclass
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    def count(self, hit: bool) -> None:
        """Counts one more."""
        self.hits, self.of = self.hits + hit, self.of + 1

    @property
    def value(self) -> float:
        """The share, between 0 and 1; of none it is 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %."""
        if not self.of:
            return 0.0, 1.0
        square, size = CERTAINTY**2, self.of
        middle = (self.value + square / (2 * size)) / (1 + square / size)
        spread = math.sqrt(self.value * (1 - self.value) / size + square / (4 * size**2))
        width = CERTAINTY * spread / (1 + square / size)
        return max(0.0, middle - width), min(1.0, middle + width)


def gap_at_least(best: Share, worst: Share) -> float:
    """How far the worst lies below the best at the least, by Newcombe's interval of 95 % for a difference."""
    down, up = best.value - best.interval[0], worst.interval[1] - worst.value
    return best.value - worst.value - math.hypot(down, up)


@dataclass
class Verdict:
    """What came out, counted."""

    answers: list[Answer]
    recall: Share = field(default_factory=Share)
    kinds: dict[str, Share] = field(default_factory=dict)
    groups: dict[str, Share] = field(default_factory=dict)
    breaches: dict[str, Share] = field(default_factory=dict)
    breaches_by_group: dict[str, Share] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)

    @property
    def most_shown(self) -> int:
        """The longest answer."""
        return max(len(answer.shown) for answer in self.answers)

    @property
    def shown_each(self) -> float:
        """Records shown to a question on average."""
        return sum(len(answer.shown) for answer in self.answers) / len(self.answers)

    @property
    def wrong_per_newcomer(self) -> float:
        """Wrong suggestions for one new person on average."""
        counted = self.wrong.get(NEW, [])
        return sum(counted) / len(counted) if counted else 0.0

    @property
    def all_breaches(self) -> Share:
        """Questions with a relative or namesake to be kept apart, and those where one was shown."""
        shares = self.breaches.values()
        return Share(sum(share.hits for share in shares), sum(share.of for share in shares))

    def worst_and_best(self) -> tuple[str, str]:
        """The tradition with the least recall and the one with the most."""
        ranked = sorted(self.groups, key=lambda group: self.groups[group].value)
        return ranked[0], ranked[-1]

    def seconds(self, part: float) -> float:
        """The time on the clock within which this part of the questions was answered."""
        return _within([answer.seconds for answer in self.answers], part)

    def worked(self, part: float) -> float:
        """The same in seconds of the processor, which other work on the machine does not lengthen."""
        return _within([answer.worked for answer in self.answers], part)


def _within(times: list[float], part: float) -> float:
    return sorted(times)[max(0, math.ceil(part * len(times)) - 1)]


def examine(questions: Iterable[Question], find: Find) -> Verdict:
    """Asks every question, one after the other."""
    answers = []
    for question in questions:
        began, working = time.perf_counter(), time.thread_time()
        shown = find(question.query)
        worked, seconds = time.thread_time() - working, time.perf_counter() - began
        answers.append(Answer(question, shown, seconds, worked))
    return verdict(answers)


def verdict(answers: list[Answer]) -> Verdict:
    """Counts the answers."""
    made = Verdict(answers)
    for answer in answers:
        question = answer.question
        if question.expected:
            made.recall.count(answer.found)
            made.kinds.setdefault(question.kind, Share()).count(answer.found)
            made.groups.setdefault(question.group, Share()).count(answer.found)
        else:
            made.wrong.setdefault(question.kind, []).append(answer.wrong)
        if question.forbidden:
            broken = bool(answer.broken)
            made.breaches.setdefault(question.kind, Share()).count(broken)
            made.breaches_by_group.setdefault(question.group, Share()).count(broken)
    return made
