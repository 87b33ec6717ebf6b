"""Worked examples of a checklist, as somebody worked them out by hand from its published rules."""

from dataclasses import dataclass

import risk
from app.templating import t
from risk import Edition
from risk.worked import Example, examples_of


@dataclass(frozen=True)
class Worked:
    """One made-up form, what it comes to, and why."""

    form: str
    answers_say: str
    level: str
    refers: str
    because: str


def examples(edition: Edition) -> list[Worked]:
    """Gives the examples shipped beside the edition, those under the usual rules first."""
    shown = sorted(examples_of(edition), key=lambda one: one.profile is not None)
    return [
        Worked(one.form, _count(one), _level(edition, one), t("yes") if one.refers else t("no"), one.because)
        for one in shown
    ]


def _count(one: Example) -> str:
    if one.least is None or one.most is None:
        return t("nothing is added up")
    if one.least == one.most:
        return str(one.least)
    return t("%(low)s to %(high)s", low=one.least, high=one.most)


def _level(edition: Edition, one: Example) -> str:
    """The bare name: what gave the level is said beside it."""
    if one.level is None:
        return t("no level") if edition.level_rule == "none" else t("no level yet")
    levels = risk.plan_for(edition, one.profile).titles
    return levels.get(one.level, one.level.replace("_", " ")).partition(":")[0]
