"""Facts about the two people that a checklist's rules look at and its questions do not ask."""

from collections.abc import Iterator, Mapping

from conferences.errors import Refused
from risk.conditions import All, Any_, Compare, Condition, Not
from risk.schema import Rules

YES_NO = ("yes", "no", "dont_know")
# In the order a worker is asked; everything else the rules look at is known from other parts.
CHOICES: dict[str, tuple[str, ...]] = {
    "relationship": ("intimate", "family", "other", "dont_know"),
    "cohabited": YES_NO,
    "physical_assault_or_threat_at_index": YES_NO,
    "victim_extremely_frightened": YES_NO,
    "suspected_honour_based_abuse": YES_NO,
}


def asked(rules: Rules) -> tuple[str, ...]:
    """Returns the facts to ask for under these rules."""
    held = [gate.when for gate in rules.gates] + [ground.when for ground in rules.grounds]
    looked_at = {name for one in held if one is not None for name in _facts(one)}
    return tuple(name for name in CHOICES if name in looked_at)


def _facts(condition: Condition) -> Iterator[str]:
    if isinstance(condition, All | Any_):
        for part in condition.parts:
            yield from _facts(part)
    elif isinstance(condition, Not):
        yield from _facts(condition.part)
    elif isinstance(condition, Compare) and condition.kind == "fact":
        yield condition.name


def check(rules: Rules, given: Mapping[str, str | None]) -> dict[str, str]:
    """Returns the facts as they are kept, or raises Refused for one nobody asks or an impossible answer."""
    said = {name: value for name, value in given.items() if value is not None}
    for name, value in said.items():
        if name not in asked(rules) or value not in CHOICES[name]:
            raise Refused("Choose one of the answers shown.", field=name if name in CHOICES else "facts")
    return said


def as_context(given: Mapping[str, str]) -> dict[str, object]:
    """Returns the facts in the engine's words; what is not known is left out, never taken for no."""
    known = {name: value for name, value in given.items() if value != "dont_know"}
    return {name: value if name == "relationship" else value == "yes" for name, value in known.items()}
