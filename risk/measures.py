"""The numbers a rule may look at, each at its low and its high end; exact over all completions."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from operator import itemgetter
from typing import NamedTuple

from risk.conditions import Evidence, Reading
from risk.context import Context, Event
from risk.errors import BadContext
from risk.plan import Plan
from risk.schema import Measure

LOW, HIGH = itemgetter(1), itemgetter(2)


class Columns(NamedTuple):
    """Every reading of a checklist, side by side."""

    codes: tuple[str, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]
    opens: tuple[bool, ...]


NO_ITEMS = Columns((), (), (), ())


def columns_of(readings: Mapping[str, Reading]) -> Columns:
    """The readings turned on their side, which is quicker to count."""
    return Columns(*zip(*readings.values(), strict=True)) if readings else NO_ITEMS


def known_total(plan: Plan, columns: Columns) -> int:
    """The points of the answers that are settled."""
    if plan.never_negative:
        return sum(columns.lows)
    return sum(low for low, is_open in zip(columns.lows, columns.opens, strict=True) if not is_open)


def gather(plan: Plan, readings: Mapping[str, Reading], columns: Columns, facts: Context) -> Evidence:
    """Every measure at both ends, with the answers and facts the rules may look at."""
    judgement = facts.get("judgement")
    judged = judgement is not None and judgement.refer
    low: dict[str, int] = {}
    high: dict[str, int] = {}
    for name, measure in plan.measures:
        low[name], high[name] = _ends(plan, measure, readings, columns, facts)
    return Evidence(low, high, readings, facts, judged)


def _ends(
    plan: Plan, measure: Measure, readings: Mapping[str, Reading], columns: Columns, facts: Context
) -> tuple[int, int]:
    if measure.sum == "all":
        return _joined(plan.groups, readings, sum(columns.lows), sum(columns.highs))
    if measure.events is not None:
        counted = len(events_in_window(measure, facts))
        return counted, counted
    if measure.sum is not None:
        added = [readings[number] for number in measure.sum]
        inside = [group for group in plan.groups if group[0] in measure.sum]
        return _joined(inside, readings, sum(map(LOW, added)), sum(map(HIGH, added)))
    if measure.count is not None:
        return _count(readings, measure.count.items, measure.count.code)
    if measure.k_of_n is not None:
        low, high = _count(readings, measure.k_of_n.items, measure.k_of_n.code)
        return int(low >= measure.k_of_n.k), int(high >= measure.k_of_n.k)
    if measure.number is not None:
        known = facts.get(measure.number, 0)
        return known, known
    days = _days_since(facts, measure.days_since or "")
    return days, days


def _joined(
    groups: Iterable[tuple[str, ...]], readings: Mapping[str, Reading], low: int, high: int
) -> tuple[int, int]:
    """A sum put right for items of which at most one can be yes."""
    for group in groups:
        opened = [readings[number] for number in group if readings[number].open]
        if len(opened) > 1:
            low += min(map(LOW, opened)) - sum(map(LOW, opened))
            high += max(map(HIGH, opened)) - sum(map(HIGH, opened))
    return low, high


def _count(readings: Mapping[str, Reading], numbers: tuple[str, ...], code: str) -> tuple[int, int]:
    low = possible = 0
    for number in numbers:
        reading = readings[number]
        if reading.open:
            possible += 1
        elif reading.code == code:
            low += 1
    return low, low + possible


def events_in_window(measure: Measure, facts: Context) -> list[Event]:
    """The recorded events a measure counts, both ends of its window included."""
    window, events = measure.events, facts.get("events", ())
    if window is None or not events:
        return []
    until = facts["assessed_on"]
    if until is None:
        raise BadContext("context.assessed_on: is needed to count events")
    first = until - timedelta(days=window.within_days)
    return [
        event
        for event in events
        if first <= event.on <= until
        and event.kind in window.kinds
        and (event.same_pair or not window.same_pair)
    ]


def _days_since(facts: Context, name: str) -> int:
    since, until = facts.get(name), facts["assessed_on"]
    return 0 if since is None or until is None else max(0, (until - since).days)
