"""The fewest answers to change so that a rule begins, or ceases, to hold. Exact, without search.

Items are independent but for exclusive groups, so for a sum the dearest single changes come first, beside
every way of answering each group; a group has two or three members.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from risk.conditions import All, Any_, Compare, Condition, ItemIs, Reading
from risk.plan import Plan
from risk.schema import Measure

Readings = Mapping[str, Reading]


class Option(NamedTuple):
    """Some answers changed together, and how far that moves a measure."""

    moves: int
    codes: tuple[tuple[str, str], ...]


def to_hold(plan: Plan, readings: Readings, condition: Condition) -> dict[str, str] | None:
    """The fewest new answers with which a condition surely holds; None when no answers can do it."""
    if isinstance(condition, ItemIs):
        reading = readings[condition.item]
        holds = not reading.open and reading.code in condition.codes
        return {} if holds else {condition.item: condition.codes[0]}
    if isinstance(condition, Any_):
        found = [to_hold(plan, readings, part) for part in condition.parts]
        return min((one for one in found if one is not None), key=len, default=None)
    if isinstance(condition, All):
        return _together(plan, readings, condition.parts, up=True)
    line = _line(condition)
    if line is None or not isinstance(condition, Compare):
        return None
    return _move(plan, readings, plan.rules.measures[condition.name], line, up=True)


def to_fail(plan: Plan, readings: Readings, condition: Condition) -> dict[str, str] | None:
    """The fewest new answers with which a condition is no longer certain; None when no answers can do it."""
    if isinstance(condition, ItemIs):
        reading = readings[condition.item]
        holds = not reading.open and reading.code in condition.codes
        return {condition.item: "no"} if holds else {}
    if isinstance(condition, Any_):
        return _together(plan, readings, condition.parts, up=False)
    if isinstance(condition, All):
        found = [to_fail(plan, readings, part) for part in condition.parts]
        return min((one for one in found if one is not None), key=len, default=None)
    line = _line(condition)
    if line is None or not isinstance(condition, Compare):
        return None
    return _move(plan, readings, plan.rules.measures[condition.name], line, up=False)


def _together(
    plan: Plan, readings: Readings, parts: tuple[Condition, ...], *, up: bool
) -> dict[str, str] | None:
    """Changes for several rules at once; rules on one item first, so that a sum can reuse them."""
    codes: dict[str, str] = {}
    for part in sorted(parts, key=lambda part: not isinstance(part, ItemIs)):
        after = with_answers(plan, readings, codes)
        more = to_hold(plan, after, part) if up else to_fail(plan, after, part)
        if more is None:
            return None
        codes.update(more)
    return codes


def with_answers(plan: Plan, readings: Readings, codes: Mapping[str, str]) -> dict[str, Reading]:
    """The readings with some answers given anew."""
    return {**readings, **{number: plan.tables[number][code] for number, code in codes.items()}}


def _line(condition: Condition) -> int | None:
    """The least value at which a measure's rule holds."""
    if not isinstance(condition, Compare) or condition.kind != "measure" or condition.operator == "lte":
        return None
    return int(condition.value[0] if condition.operator == "between" else condition.value)


def _move(plan: Plan, readings: Readings, measure: Measure, line: int, *, up: bool) -> dict[str, str] | None:
    if measure.k_of_n is not None:
        return _move_count(readings, measure.k_of_n.items, measure.k_of_n.code, measure.k_of_n.k, up=up)
    if measure.count is not None:
        return _move_count(readings, measure.count.items, measure.count.code, line, up=up)
    if measure.sum == "all" and plan.counted:
        return _move_count(readings, plan.counted, "yes", line, up=up)
    if measure.sum is not None:
        numbers = tuple(plan.items) if measure.sum == "all" else measure.sum
        return _move_sum(plan, readings, numbers, line, up=up)
    return None


def _move_count(
    readings: Readings, numbers: tuple[str, ...], code: str, line: int, *, up: bool
) -> dict[str, str] | None:
    # An open answer never has the code of a settled one.
    counted = [number for number in numbers if readings[number][0] == code]
    if not up:
        return dict.fromkeys(counted[: max(0, len(counted) - line + 1)], "no")
    short = max(0, line - len(counted))
    if short > len(numbers) - len(counted):
        return None
    opened = [number for number in numbers if readings[number][3]]
    if short > len(opened):
        opened += [n for n in numbers if not readings[n][3] and readings[n][0] != code]
    return dict.fromkeys(opened[:short], code)


def _move_sum(
    plan: Plan, readings: Readings, numbers: tuple[str, ...], line: int, *, up: bool
) -> dict[str, str] | None:
    inside = [group for group in plan.groups if set(group) <= set(numbers)]
    grouped = {number for group in inside for number in group}
    low = sum(readings[number].low for number in numbers if number not in grouped)
    groups = [tuple(_ways(plan, readings, group)) for group in inside]
    low += sum(ways[0].moves for ways in groups)
    short = line - low if up else low - line + 1
    singles = sorted(_singles(plan, readings, numbers, grouped, up), key=lambda option: -option.moves)
    best: dict[str, str] | None = None
    for choice in product(*groups):
        gained = sum(way.moves - ways[0].moves for way, ways in zip(choice, groups, strict=True))
        filled = _fill(singles, short - (gained if up else -gained))
        if filled is None:
            continue
        codes = dict(pair for option in (*choice, *filled) for pair in option.codes)
        if best is None or len(codes) < len(best):
            best = codes
    return best


def _fill(singles: list[Option], short: int) -> list[Option] | None:
    taken: list[Option] = []
    for option in singles:
        if short <= 0:
            break
        taken.append(option)
        short -= option.moves
    return taken if short <= 0 else None


def _singles(
    plan: Plan, readings: Readings, numbers: tuple[str, ...], grouped: set[str], up: bool
) -> Iterator[Option]:
    opened = sorted(
        (number for number in numbers if number not in grouped), key=lambda n: not readings[n].open
    )
    for number in opened:
        dearest, cheapest = plan.ends[number]
        moves = dearest.high - readings[number].low if up else readings[number].low - cheapest.low
        if moves > 0:
            yield Option(moves, ((number, (dearest if up else cheapest).code),))


def _ways(plan: Plan, readings: Readings, group: tuple[str, ...]) -> Iterator[Option]:
    """The group as it stands, then every other way to answer it, with its lowest sum."""
    yield Option(_group_low(readings, group), ())
    for codes in product((None, "no", "yes"), repeat=len(group)):
        changed = tuple((number, code) for number, code in zip(group, codes, strict=True) if code is not None)
        after = with_answers(plan, readings, dict(changed))
        real = all(after[number].code != readings[number].code for number, _ in changed)
        if changed and real and sum(after[number].code == "yes" for number in group) <= 1:
            yield Option(_group_low(after, group), changed)


def _group_low(readings: Readings, group: tuple[str, ...]) -> int:
    ticked = [readings[number].low for number in group if readings[number].code == "yes"]
    opened = [readings[number].low for number in group if readings[number].open]
    return ticked[0] if ticked else min([0, *opened])
