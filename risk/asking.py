"""Which items arise, given what has been answered so far."""

from collections.abc import Mapping

from risk.answers import read_answers
from risk.conditions import Evidence
from risk.instrument import Edition, Item
from risk.plan import plan_for


def arising(edition: Edition, answers: Mapping[str, object]) -> tuple[Item, ...]:
    """The items in official order, without those whose condition the answers exclude; BadAnswer as scored."""
    plan = plan_for(edition)
    if not plan.conditional:
        return edition.items
    evidence = Evidence(readings=read_answers(plan, answers))
    out = {number for number, condition in plan.conditional if not condition.holds(evidence, high=True)}
    return tuple(item for item in edition.items if item.id not in out)
