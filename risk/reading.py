"""What one answer says about a total: the least and the most points it may be worth."""

from collections.abc import Mapping

from risk.conditions import Reading
from risk.instrument import OPEN_CODES, Edition, Item

SETTLED_NO = Reading("no", 0, 0, False)


def readings_of(item: Item) -> dict[str, Reading]:
    """Every code an item may hold, with the points it is worth; an open code spans all completions."""
    points = item.points if item.scored else {}
    settled = [code for code in (*item.answers, "not_applicable") if code not in OPEN_CODES]
    worth = [points.get(code, 0) for code in settled]
    table = {code: Reading(code, points.get(code, 0), points.get(code, 0), False) for code in settled}
    for code in (*(code for code in item.answers if code in OPEN_CODES), "not_asked"):
        table[code] = Reading(code, min(worth), max(worth), True)
    return table


def exclusive_groups(edition: Edition) -> tuple[tuple[str, ...], ...]:
    """The sets of items of which at most one may be yes."""
    groups = (tuple(sorted({item.id, *item.excludes})) for item in edition.items if item.excludes)
    return tuple(dict.fromkeys(groups))


def score_range(edition: Edition) -> tuple[int, int]:
    """The least and the greatest total an edition's items can give."""
    blank = {item.id: readings_of(item)["not_asked"] for item in edition.items}
    low, high = sum(one.low for one in blank.values()), sum(one.high for one in blank.values())
    for group in exclusive_groups(edition):
        opened = [blank[number] for number in group if number in blank]
        low += min(one.low for one in opened) - sum(one.low for one in opened)
        high += max(one.high for one in opened) - sum(one.high for one in opened)
    return low, high


def dearest_and_cheapest(table: Mapping[str, Reading]) -> tuple[Reading, Reading]:
    """The settled answer worth most, and the one worth least; no where nothing is worth less."""
    settled = sorted((reading for reading in table.values() if not reading.open), key=lambda one: one.low)
    least = [reading for reading in settled if reading.low == settled[0].low]
    return settled[-1], next((reading for reading in least if reading.code == "no"), least[0])
