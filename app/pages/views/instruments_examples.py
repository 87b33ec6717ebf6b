"""Worked examples of a checklist: forms filled in by rote, on both sides of its line."""

from dataclasses import dataclass

import risk
from app.templating import t, tn
from risk import Edition


@dataclass(frozen=True)
class Example:
    """One made-up form and what the engine says of it."""

    form: str
    answers_say: str
    level: str
    refers: str


def examples(edition: Edition) -> list[Example]:
    """Gives made-up forms: nothing known, all no, and where answers are counted, one short of the line."""
    numbers = [item.id for item in edition.items if item.scored]
    if edition.level_rule == "chosen" or not numbers:
        return []
    found = [
        _example(edition, t("Every answer is don’t know"), dict.fromkeys(numbers, "dont_know")),
        _example(edition, t("Every answer is no"), dict.fromkeys(numbers, "no")),
    ]
    threshold = risk.plan_for(edition).rules.threshold
    if edition.method == "count" and threshold is not None:
        for yes in (threshold.at - 1, threshold.at):
            said = tn("%(count)s yes, the others no", "%(count)s yes, the others no", yes)
            found.append(_example(edition, said, _first(numbers, yes, "no")))
        said = tn(
            "%(count)s yes, the others don’t know", "%(count)s yes, the others don’t know", threshold.at - 1
        )
        found.append(_example(edition, said, _first(numbers, threshold.at - 1, "dont_know")))
    return found


def _first(numbers: list[str], yes: int, rest: str) -> dict[str, str]:
    return {number: "yes" if at < yes else rest for at, number in enumerate(numbers)}


def _example(edition: Edition, form: str, answers: dict[str, str]) -> Example:
    result = risk.assess(edition, answers, {})
    low, high = result.score_min, result.score_max
    counted = str(low) if low == high else t("%(low)s to %(high)s", low=low, high=high)
    if result.level_title:
        level = result.level_title
    else:
        level = t("no level") if edition.level_rule == "none" else t("no level yet: not certain")
    refers = t("yes") if result.refer else t("not on the answers alone")
    return Example(form, counted, level, refers)
