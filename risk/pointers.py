"""What the answers point to beside the level: flags, alerts, unknowns, routes and prompts."""

from risk.explanation import Flag, Pointed, Route, Unknown
from risk.instrument import Item
from risk.scoring import Score

MARKED = frozenset({"yes", "present", "possible"})


def flags(found: Score) -> tuple[Flag, ...]:
    """Flagged items that are marked; they change no number."""
    readings = found.readings
    return tuple([flag for flag in found.plan.flagged if readings[flag.item].code in MARKED])


def alerts(found: Score) -> tuple[Flag, ...]:
    """Items that call for something today, whatever the level."""
    readings = found.readings
    return tuple([flag for flag in found.plan.alerting if readings[flag.item].code in MARKED])


def unknowns(found: Score) -> tuple[Unknown, ...]:
    """Every open item, who may know, and whether it could still decide the level."""
    undecided = found.level_min != found.level_max
    items = found.plan.items
    made = _kept.setdefault(found.plan.edition.definition_hash, {})
    return tuple(
        [
            made.get((number, code, undecided and high > low))
            or _unknown(made, items[number], code, undecided and high > low)
            for number, (code, low, high, is_open) in found.readings.items()
            if is_open
        ]
    )


Made = dict[tuple[str, str, bool], Unknown]
_kept: dict[str, Made] = {}


def _unknown(made: Made, item: Item, state: str, could_decide: bool) -> Unknown:
    made[item.id, state, could_decide] = one = Unknown.model_validate(
        {
            "item": item.id,
            "topic": item.topic,
            "state": state,
            "could_help": item.could_help,
            "could_decide": could_decide,
        }
    )
    return one


def routes(found: Score) -> tuple[Route, ...]:
    """Where else this person belongs: every gate that does not hold, and those that always add someone."""
    gates = found.plan.gates
    return tuple([route for when, route in gates if when is None or not when.holds(found.evidence, True)])


def prompts(found: Score) -> tuple[Pointed, ...]:
    """Prompts whose pattern is certain."""
    return tuple([prompt for when, prompt in found.plan.prompts if when.holds(found.evidence, False)])


def followups(found: Score) -> tuple[Pointed, ...]:
    """Further instruments to open, linked to this one."""
    return tuple([follow for when, follow in found.plan.followups if when.holds(found.evidence, False)])
