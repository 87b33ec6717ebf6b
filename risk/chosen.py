"""Instruments whose level a person chooses: the choice is read apart, and nothing is summed."""

from collections.abc import Mapping
from typing import NamedTuple

from risk.errors import BadAnswer, shown
from risk.instrument import Edition
from risk.plan import Plan


class Choice(NamedTuple):
    """The level a person chose, if any."""

    level: str | None


NOBODY = Choice(None)


def read_choice(plan: Plan, answers: Mapping[str, object]) -> tuple[Choice, Mapping[str, object]]:
    """The chosen level and the plain answers by item number; other instruments' answers pass through."""
    if plan.edition.level_rule != "chosen" or not isinstance(answers, Mapping):
        return NOBODY, answers
    levels = [level.id for level in plan.rules.levels]
    level = answers.get("level")
    if level is not None and (not isinstance(level, str) or level not in levels):
        raise BadAnswer(f"answers.level: takes one of {', '.join(levels)}, not {shown(level)}")
    factors = {} if answers.get("factors") is None else answers["factors"]
    if not isinstance(factors, Mapping):
        raise BadAnswer("answers.factors: must be an object of answers by factor number")
    plain = {number: answer for number, answer in answers.items() if number not in {"level", "factors"}}
    twice = plain.keys() & factors.keys()
    if twice:
        raise BadAnswer(f"answers.{shown(next(iter(twice)))}: is answered twice")
    both = {**plain, **factors}
    return Choice(level), {number: _by_alias(plan.edition, code) for number, code in both.items()}


def _by_alias(edition: Edition, code: object) -> object:
    return edition.aliases.get(code, code) if isinstance(code, str) else code
