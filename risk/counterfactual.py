"""The smallest changes that would move the level, either way, in items and in a sentence."""

from risk.changes import to_fail, to_hold
from risk.conditions import Any_
from risk.explanation import Change, Counterfactual, GroundHeld
from risk.levels import Levelled
from risk.schema import Level
from risk.scoring import Score


def what_would_change_it(found: Score, levelled: Levelled, held: dict[str, GroundHeld]) -> Counterfactual:
    """What would move the level up from what is certain, and what would move it down."""
    levels = found.plan.rules.levels
    rank = next((at for at, level in enumerate(levels) if level.id == found.level_min), None)
    if rank is None or found.plan.edition.level_rule != "computed":
        return Counterfactual(up=None, down=_held_up(found, levelled, held))
    return Counterfactual(
        up=_up(found, levels, rank),
        down=_held_up(found, levelled, held) or _down(found, levels, rank),
    )


def _up(found: Score, levels: tuple[Level, ...], rank: int) -> Change | None:
    higher = tuple(level.when for level in levels[:rank] if level.when is not None)
    codes = to_hold(found.plan, found.readings, higher[0] if len(higher) == 1 else Any_(higher))
    if not codes:
        return None
    aim = levels[rank - 1]
    pool = _pool(found, codes)
    sentence = f"{_these(found, pool, len(codes))}, the answers alone give {_words(aim.id)}."
    return Change(to=aim.id, items=pool, choose=len(codes), facts=(), sentence=sentence)


def _down(found: Score, levels: tuple[Level, ...], rank: int) -> Change | None:
    if rank == len(levels) - 1:
        return None
    conditions = tuple(level.when for level in reversed(levels[: rank + 1]) if level.when is not None)
    codes = to_fail(found.plan, found.readings, Any_(conditions))
    if not codes:
        return None
    items = tuple(number for number in found.plan.items if number in codes)
    lower = levels[rank + 1].id
    count = len(items)
    sentence = (
        f"If {count} {'answer' if count == 1 else 'answers'} were in fact no, the answers alone give less."
    )
    return Change(to=lower, items=items, choose=count, facts=(), sentence=sentence)


def _held_up(found: Score, levelled: Levelled, held: dict[str, GroundHeld]) -> Change | None:
    """Why nothing on the form would lower the level: grounds and people that do not depend on the answers."""
    apart = [ground for ground in found.plan.rules.grounds if ground.id in held and ground.ignores_checklist]
    names = [ground.id for ground in apart if ground.sets == levelled.level]
    if levelled.raised or levelled.set_by in {"chosen", "victim_view"}:
        names.append(levelled.set_by or "")
    if not names:
        return None
    facts = tuple(dict.fromkeys(names))
    said = " and ".join(_words(name) for name in facts)
    sentence = (
        f"Nothing on this form would lower it: {said} {'is' if len(facts) == 1 else 'are each'} enough."
    )
    return Change(to=None, items=(), choose=0, facts=facts, sentence=sentence)


def _pool(found: Score, codes: dict[str, str]) -> tuple[str, ...]:
    """Where each change is worth the same and only open items are needed, all open items to choose from."""
    if found.plan.edition.method == "count":
        unanswered = [(number, one) for number, one in found.readings.items() if one[3]]
        scored = [number for number, (_, low, high, _) in unanswered if high > low]
        if len(scored) >= len(codes):
            return tuple(scored)
    return tuple([number for number in found.plan.items if number in codes])


def _these(found: Score, pool: tuple[str, ...], choose: int) -> str:
    readings = found.readings
    if len(pool) == len([number for number in pool if readings[number][3]]):
        of = f"{choose} of these {len(pool)}" if choose < len(pool) else _all_of(choose)
        return f"If {of} {'is' if choose == 1 else 'are'} in fact yes"
    return f"If {choose} {'answer was' if choose == 1 else 'answers were'} different"


def _all_of(count: int) -> str:
    return "this one" if count == 1 else f"these {count}"


def _words(name: str) -> str:
    return name.replace("_", " ")
