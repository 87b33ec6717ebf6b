"""The grounds of a referral: which hold for certain, which are possible, and why."""

from typing import Literal

from risk.conditions import Compare, Judged
from risk.context import Judgement
from risk.explanation import GroundConsidered, GroundHeld
from risk.schema import Ground
from risk.scoring import Score
from risk.sentences import because

MOST_KEPT = 4096
Shown = Literal["met", "possible", "not_shown"]


def certain(found: Score) -> list[Ground]:
    """The grounds that hold for certain; an unverified edition's count alone is never one."""
    held = found.grounds
    sure = [ground for ground in found.plan.rules.grounds if held[ground.id]]
    if found.plan.draft and not any(ground.ignores_checklist for ground in sure):
        return []
    return sure


def grounds_held(found: Score) -> dict[str, GroundHeld]:
    """The grounds that hold for certain, by name, each with its reason."""
    return {ground.id: _held(found, ground) for ground in certain(found)}


def considered(found: Score) -> tuple[GroundConsidered, ...]:
    """Every ground that was looked at, in the order of the definition."""
    held, silent = found.grounds, found.facts.get("judgement") is None
    return tuple(
        [
            _considered(found, ground, _shown(held[ground.id]), silent or isinstance(ground.when, Compare))
            for ground in found.plan.rules.grounds
        ]
    )


def _considered(found: Score, ground: Ground, state: Shown, keep: bool) -> GroundConsidered:
    """One ground; few different things are said of it, and they are kept, but never a worker's own words."""
    why, said = because(found, ground.when), found.plan.said
    one = said.get((ground.id, state, why))
    if one is None:
        one = GroundConsidered(id=ground.id, title=ground.title, state=state, because=why)
        if keep and len(said) < MOST_KEPT:
            said[ground.id, state, why] = one
    return one


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
