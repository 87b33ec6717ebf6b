"""What the answers point to beside the level: flags, alerts, unknowns, routes and prompts."""

from risk.explanation import Flag, Pointed, Route, Unknown
from risk.instrument import Item
from risk.scoring import Score

MARKED = frozenset({"yes", "present", "possible"})


def flags(found: Score) -> tuple[Flag, ...]:
    """Flagged items that are marked; they change no number."""
    return tuple(
        Flag(id=name, item=number, topic=found.plan.items[number].topic)
        for name, numbers in found.plan.rules.flags.items()
        for number in numbers
        if found.readings[number].code in MARKED
    )


def alerts(found: Score) -> tuple[Flag, ...]:
    """Items that call for something today, whatever the level."""
    return tuple(
        Flag(id=item.alert or "", item=item.id, topic=item.topic)
        for item in found.plan.alerting
        if found.readings[item.id].code in MARKED
    )


def unknowns(found: Score) -> tuple[Unknown, ...]:
    """Every open item, who may know, and whether it could still decide the level."""
    undecided = found.level_min != found.level_max
    items = found.plan.items
    return tuple(
        [
            _unknown(found.plan.edition.definition_hash, items[number], code, undecided and high > low)
            for number, (code, low, high, is_open) in found.readings.items()
            if is_open
        ]
    )


_kept: dict[tuple[str, str, str, bool], Unknown] = {}


def _unknown(edition: str, item: Item, state: str, could_decide: bool) -> Unknown:
    key = (edition, item.id, state, could_decide)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = Unknown.model_validate(
            {
                "item": item.id,
                "topic": item.topic,
                "state": state,
                "could_help": item.could_help,
                "could_decide": could_decide,
            }
        )
    return found


def routes(found: Score) -> tuple[Route, ...]:
    """Where else this person belongs: every gate that does not hold, and those that always add someone."""
    return tuple(
        Route(gate=gate.id, result=gate.result, to=gate.to, also=gate.also, because=gate.because)
        for gate in found.plan.rules.gates
        if gate.when is None or not gate.when.holds(found.evidence, True)
    )


def prompts(found: Score) -> tuple[Pointed, ...]:
    """Prompts whose pattern is certain."""
    return tuple(
        Pointed(id=prompt.id, text=prompt.text)
        for prompt in found.plan.rules.prompts
        if prompt.when.holds(found.evidence, False)
    )


def followups(found: Score) -> tuple[Pointed, ...]:
    """Further instruments to open, linked to this one."""
    return tuple(
        Pointed(id=follow.open, text=follow.because)
        for follow in found.plan.rules.followups
        if follow.when.holds(found.evidence, False)
    )
