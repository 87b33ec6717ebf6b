"""The grounds of a referral: which hold for certain, which are possible, and why."""

from typing import Literal

from risk.conditions import Judged
from risk.context import Judgement
from risk.explanation import GroundConsidered, GroundHeld
from risk.schema import Ground
from risk.scoring import Score
from risk.sentences import because

Shown = Literal["met", "possible", "not_shown"]


def grounds_held(found: Score) -> dict[str, GroundHeld]:
    """The grounds that hold for certain, by name; an unverified edition's count alone is never one."""
    certain = [ground for ground in found.plan.rules.grounds if found.grounds[ground.id]]
    if found.plan.draft and not any(ground.ignores_checklist for ground in certain):
        return {}
    return {ground.id: _held(found, ground) for ground in certain}


def considered(found: Score) -> tuple[GroundConsidered, ...]:
    """Every ground that was looked at, in the order of the definition."""
    return tuple(
        GroundConsidered(
            id=ground.id,
            title=ground.title,
            state=_shown(found.grounds[ground.id]),
            because=because(found, ground.when),
        )
        for ground in found.plan.rules.grounds
    )


def _held(found: Score, ground: Ground) -> GroundHeld:
    judgement: Judgement | None = found.facts.get("judgement")
    signed = judgement if isinstance(ground.when, Judged) else None
    return GroundHeld(
        id=ground.id,
        title=ground.title,
        because=because(found, ground.when),
        sets=ground.sets,
        by=(signed.by or signed.role) if signed else None,
        at=signed.at if signed else None,
    )


def _shown(held: bool | None) -> Shown:
    if held is None:
        return "possible"
    return "met" if held else "not_shown"
