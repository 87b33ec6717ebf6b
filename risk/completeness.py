"""How far a checklist is, and whether enough of it can still be answered."""

from collections.abc import Mapping

from risk.chosen import Choice
from risk.conditions import Reading
from risk.measures import Columns, columns_of
from risk.plan import Plan


def state_of(plan: Plan, readings: Mapping[str, Reading], columns: Columns, choice: Choice) -> str:
    """How far the form is: from not started to complete; a form that lost too much is not scoreable."""
    if not plan.all_required:
        columns = columns_of({number: readings[number] for number in plan.required})
    opened, unasked = columns.opens.count(True), columns.codes.count("not_asked")
    if plan.edition.level_rule == "chosen":
        return _chosen_state(choice, len(columns.codes), unasked, opened)
    if not opened:
        return "complete"
    if unasked == len(columns.codes):
        return "not_started"
    if plan.may_spoil and not _scoreable(plan, readings):
        return "not_scoreable"
    return "in_progress" if unasked else "complete_with_unknowns"


def _chosen_state(choice: Choice, asked: int, unasked: int, opened: int) -> str:
    if choice.level is None:
        return "not_started" if unasked == asked else "in_progress"
    return "complete_with_unknowns" if opened > unasked else "complete"


def _scoreable(plan: Plan, readings: Mapping[str, Reading]) -> bool:
    """Whether enough can still be answered; an item nobody asked yet may still be."""
    missing = plan.rules.missing
    lost = {number for number in plan.required if readings[number].code in {"dont_know", "refused"}}
    if missing.max_missing is not None and len(lost) > missing.max_missing:
        return False
    if missing.min_answered is not None and len(plan.required) - len(lost) < missing.min_answered:
        return False
    if missing.min_answered_in is not None:
        numbers, least = missing.min_answered_in
        return len(set(numbers) - lost) >= least
    return True
