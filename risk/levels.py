"""The final level: the highest of the count's, the grounds' and what a person raised it to."""

from collections.abc import Mapping
from typing import NamedTuple

from risk.context import Judgement
from risk.errors import BadContext, shown
from risk.explanation import Dissent
from risk.scoring import Score


class Levelled(NamedTuple):
    """The level as it stands, who or what set it, and a judgement that would have lowered it."""

    computed: str | None
    level: str | None
    set_by: str | None
    dissent: Dissent | None
    raised: bool


def final_level(found: Score, held: tuple[str, ...]) -> Levelled:
    """The level after grounds and judgement; it is never lower than the answers alone make certain."""
    order = found.plan.ranks
    computed = computed_level(found)
    level, set_by = computed, ("computed" if computed else None)
    if found.choice.level:
        level, set_by = found.choice.level, "chosen"
    for ground in found.plan.rules.grounds:
        if ground.id in held and ground.sets and _above(order, ground.sets, level):
            level, set_by = ground.sets, ground.id
    level, set_by = _victim_view(found, order, level, set_by)
    judgement: Judgement | None = found.facts.get("judgement")
    if judgement is None or judgement.level is None:
        against = judgement if judgement and judgement.declines and held else None
        return Levelled(computed, level, set_by, _dissent(against), False)
    if not order:
        raise BadContext("context.judgement.level: this instrument has no levels")
    if judgement.level not in order:
        raise BadContext(
            f"context.judgement.level: takes one of {', '.join(order)}, not {shown(judgement.level)}"
        )
    floor = _highest(order, level, found.level_min)
    if _above(order, judgement.level, floor):
        return Levelled(computed, judgement.level, "professional_judgement", None, True)
    lower = judgement if _above(order, floor, judgement.level) else None
    return Levelled(computed, level, set_by, _dissent(lower), False)


def computed_level(found: Score) -> str | None:
    """What the measures alone give; nothing while two levels are open, or the lowest on an open form."""
    if found.judgement_only:
        return found.judgement_only
    if found.plan.edition.level_rule != "computed" or found.level_min != found.level_max:
        return None
    if found.state == "complete":
        return found.level_min
    if found.state == "not_scoreable":
        return None
    for level in found.plan.rules.levels:
        if level.id == found.level_min and level.only_when_complete:
            return None
    return found.level_min


def _victim_view(
    found: Score, order: Mapping[str, int], level: str | None, set_by: str | None
) -> tuple[str | None, str | None]:
    view = found.facts.get("victim_view")
    if view is None:
        return level, set_by
    if not order:
        raise BadContext("context.victim_view: this instrument has no levels")
    if view not in order:
        raise BadContext(f"context.victim_view: takes one of {', '.join(order)}, not {shown(view)}")
    if found.plan.rules.victim_view_raises and _above(order, view, level):
        return view, "victim_view"
    return level, set_by


def _above(order: Mapping[str, int], one: str | None, other: str | None) -> bool:
    return one is not None and order.get(one, -1) > (-1 if other is None else order.get(other, -1))


def _highest(order: Mapping[str, int], one: str | None, other: str | None) -> str | None:
    return other if _above(order, other, one) else one


def _dissent(judgement: Judgement | None) -> Dissent | None:
    if judgement is None:
        return None
    return Dissent(
        level=judgement.level,
        reason=judgement.reason,
        role=judgement.role,
        by=judgement.by,
        at=judgement.at,
    )
