"""Two checklists of one pair side by side: only like with like, and item by item."""

from collections.abc import Mapping
from typing import NamedTuple

from risk.answers import read_answers
from risk.chosen import read_choice
from risk.errors import RiskError
from risk.instrument import Edition
from risk.plan import plan_for


class ItemChange(NamedTuple):
    """One item answered differently the second time."""

    item: str
    topic: str
    before: str
    after: str


def changed_items(
    before_edition: Edition,
    before: Mapping[str, object],
    after_edition: Edition,
    after: Mapping[str, object],
) -> tuple[ItemChange, ...]:
    """The items whose answers differ; RiskError when the two are not the same edition."""
    if before_edition.definition_hash != after_edition.definition_hash:
        raise RiskError(f"{before_edition.name} and {after_edition.name} cannot be compared")
    plan = plan_for(after_edition)
    old = read_answers(plan, read_choice(plan, before)[1])
    new = read_answers(plan, read_choice(plan, after)[1])
    return tuple(
        ItemChange(number, item.topic, old[number].code, new[number].code)
        for number, item in plan.items.items()
        if old[number].code != new[number].code
    )
