"""Bounds, levels and grounds under uncertainty.

The low and the high end of every measure are exact over all completions of the open answers: items are
independent except in exclusive groups, which are added as one. Levels and grounds are monotone in their
measures (the loader refuses others), so each rule read at both ends is certain, possible or excluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from risk.answers import read_answers, settle
from risk.chosen import Choice, read_choice
from risk.completeness import state_of
from risk.conditions import Evidence, Reading
from risk.context import Context, read_context
from risk.measures import Columns, columns_of, gather, known_total
from risk.plan import Plan
from risk.repeats import Repeat, judge_repeat
from risk.schema import Level


@dataclass(slots=True)
class Score:
    """The bare result of one checklist: no sentences yet."""

    plan: Plan
    readings: dict[str, Reading]
    columns: Columns
    facts: Context
    evidence: Evidence
    repeat: Repeat
    choice: Choice
    score: int | None
    score_min: int | None
    score_max: int | None
    state: str
    judgement_only: str | None
    threshold_state: str | None
    needed: int | None
    level_min: str | None
    level_max: str | None
    grounds: dict[str, bool | None]


def score(
    plan: Plan, answers: Mapping[str, object], context: Mapping[str, object] | None, today: date | None
) -> Score:
    """Bounds, levels and grounds for one checklist; BadAnswer or BadContext when it cannot be read."""
    facts = read_context(context)
    facts.setdefault("assessed_on", facts.get("assessed_at", today))
    choice, plain = read_choice(plan, answers)
    readings = read_answers(plan, plain)
    settle(plan, readings)
    repeat = judge_repeat(
        plan.rules.repeat,
        facts.get("last_referral_on"),
        facts.get("last_heard_on"),
        facts.get("new_incident"),
    )
    facts["repeat_within_12_months"] = repeat.is_repeat
    columns = columns_of(readings)
    evidence = gather(plan, readings, columns, facts)
    return _judge(plan, readings, columns, facts, evidence, repeat, choice)


def _judge(
    plan: Plan,
    readings: dict[str, Reading],
    columns: Columns,
    facts: Context,
    evidence: Evidence,
    repeat: Repeat,
    choice: Choice,
) -> Score:
    limited = judgement_only(plan, evidence)
    threshold_state, needed = (None, None) if limited else _threshold(plan, evidence)
    low, high = (limited, limited) if limited else _levels(plan, evidence)
    if plan.edition.level_rule == "chosen":
        low = high = choice.level
    summed = plan.edition.method != "chosen"
    return Score(
        plan=plan,
        readings=readings,
        columns=columns,
        facts=facts,
        evidence=evidence,
        repeat=repeat,
        choice=choice,
        score=known_total(plan, columns) if summed else None,
        score_min=evidence.low["total"] if summed else None,
        score_max=evidence.high["total"] if summed else None,
        state=state_of(plan, readings, columns, choice),
        judgement_only=limited,
        threshold_state=threshold_state,
        needed=needed,
        level_min=low,
        level_max=high,
        grounds=_grounds(plan, evidence, bool(limited)),
    )


def _threshold(plan: Plan, evidence: Evidence) -> tuple[str | None, int | None]:
    line = plan.rules.threshold
    if line is None:
        return None, None
    low, high = evidence.low[line.measure], evidence.high[line.measure]
    if low >= line.at:
        return "met", 0
    return ("not_met" if high < line.at else "open"), line.at - low


def _levels(plan: Plan, evidence: Evidence) -> tuple[str | None, str | None]:
    if plan.edition.level_rule != "computed":
        return None, None
    return _first(plan.rules.levels, evidence, False), _first(plan.rules.levels, evidence, True)


def _first(levels: tuple[Level, ...], evidence: Evidence, high: bool) -> str:
    return next(level.id for level in levels if level.when is None or level.when.holds(evidence, high))


def _grounds(plan: Plan, evidence: Evidence, limited: bool) -> dict[str, bool | None]:
    found: dict[str, bool | None] = {}
    for ground in plan.rules.grounds:
        if limited and not ground.ignores_checklist:
            found[ground.id] = False
        elif ground.when.holds(evidence, False):
            found[ground.id] = True
        else:
            found[ground.id] = None if ground.when.holds(evidence, True) else False
    return found


def judgement_only(plan: Plan, evidence: Evidence) -> str | None:
    """The level that says judgement alone decides, where a gate says the count is not meant for this pair."""
    for gate in plan.rules.gates:
        if gate.result == "judgement_only" and gate.when and not gate.when.holds(evidence, True):
            return gate.level
    return None
