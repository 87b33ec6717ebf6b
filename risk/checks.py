"""Load-time checks a shape alone cannot make: anything doubtful is a fault, never a guess."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from risk.checks_rules import rules_faults, unresolved
from risk.conditions import atoms
from risk.errors import Fault
from risk.instrument import OPEN_CODES, Edition, Item, Norms, Profile
from risk.reading import score_range
from risk.shaping import Places

Path = tuple[str | int, ...]


def edition_faults(edition: Edition, places: Places) -> list[Fault]:
    """Every fault of an edition; places gives each item's position in the file."""
    faults = [
        *_twice(edition.sources, ("sources",)),
        *_items(edition, places),
        *_total(edition),
        *rules_faults(edition, edition.rules, {source.id for source in edition.sources}, ()),
    ]
    if edition.level_rule == "chosen" and edition.method != "chosen":
        faults.append(Fault(("method",), "a chosen level goes with the method chosen"))
    if (edition.effective.last or edition.effective.first) < edition.effective.first:
        faults.append(Fault(("effective",), "ends before it begins"))
    return faults


def profile_faults(profile: Profile, base: Edition) -> list[Fault]:
    """Every fault of a profile on its base edition; the only measures it may bring are counts of events."""
    cited = {source.id for source in (*base.sources, *profile.sources)}
    faults = [*_twice(profile.sources, ("sources",))]
    for name, measure in profile.rules.measures.items():
        if name in profile.changes.get("measures", {}) and measure.events is None:
            faults.append(Fault(("changes", "measures", name), "a profile may only count events"))
    return [*faults, *rules_faults(base, profile.rules, cited, ("changes",))]


def norms_faults(norms: Norms) -> list[Fault]:
    """Every fault of a norm table: rows follow on from one another and fill the same columns."""
    faults: list[Fault] = []
    for at, row in enumerate(norms.rows):
        if at and row.least != norms.rows[at - 1].most + 1:
            faults.append(Fault(("rows", at, "least"), "does not follow on from the row before"))
        if set(row.values) != set(norms.columns):
            faults.append(Fault(("rows", at, "values"), "does not fill the table's columns"))
    return faults


def _twice(parts: Iterable[Any], path: Path) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, part in enumerate(parts):
        if part.id in seen:
            yield Fault((*path, at, "id"), f"{part.id!r} is used twice")
        seen.add(part.id)


def _items(edition: Edition, places: Places) -> Iterator[Fault]:
    counted = Counter(item.id for item in edition.items)
    for item, (_, place) in zip(edition.items, (places[key] for key in sorted(places)), strict=True):
        at: Path = ("items", place)
        if counted[item.id] > 1:
            yield Fault((*at, "id"), f"{item.id!r} is used twice")
        for atom in atoms(item.ask_if) if item.ask_if else ():
            if wrong := unresolved(edition, edition.rules, atom):
                yield Fault((*at, "ask_if"), wrong)
        for check in ITEM_CHECKS:
            if fault := check(edition, item):
                yield Fault((*at, fault[0]), fault[1])


def _points(edition: Edition, item: Item) -> tuple[str, str] | None:
    for code in item.points:
        if code in OPEN_CODES or code not in item.answers:
            return "points", f"{code!r} is not a settled answer of this item"
    if item.points and (edition.method == "chosen" or not item.scored):
        return "points", "this item is never added up, so it has no points"
    if item.scored and edition.method != "chosen" and not item.points:
        return "points", "a scored item says what its answers are worth"
    if edition.method == "count" and any(worth != 1 for worth in item.points.values()):
        return "points", "with the method count each item is worth one"
    return None


def _composite(edition: Edition, item: Item) -> tuple[str, str] | None:
    if item.compose is None:
        return None
    if not {"yes", "no", "dont_know", "refused"} <= set(item.answers):
        return "compose", "a composite item becomes yes, no, dont_know or refused"
    if (item.compose.k_of_n is None) == (item.compose.number_gte is None):
        return "compose", "takes exactly one of k_of_n and number_gte"
    if item.compose.k_of_n and item.compose.k_of_n.k > len(item.parts):
        return "compose", f"asks for {item.compose.k_of_n.k} of {len(item.parts)} parts"
    return None


def _exclusive(edition: Edition, item: Item) -> tuple[str, str] | None:
    others = {other.id: other for other in edition.items}
    for number in item.excludes:
        if number == item.id or number not in others:
            return "excludes", f"{number!r} is not another item"
        if set(others[number].excludes) | {number} != set(item.excludes) | {item.id}:
            return "excludes", f"item {number} must exclude the same items in return"
        if set(item.points) - {"yes"}:
            return "excludes", "only a yes may carry points here"
    return None


def _conditional(edition: Edition, item: Item) -> tuple[str, str] | None:
    if item.ask_if is not None and any(worth < 0 for worth in item.points.values()):
        return "ask_if", "a conditional item may not take points away"
    return None


def _parts(edition: Edition, item: Item) -> tuple[str, str] | None:
    names = [part.id for part in item.parts]
    return ("parts", "a part is named twice") if len(set(names)) < len(names) else None


ITEM_CHECKS: tuple[Callable[[Edition, Item], tuple[str, str] | None], ...] = (
    _points,
    _composite,
    _exclusive,
    _conditional,
    _parts,
)


def _total(edition: Edition) -> Iterator[Fault]:
    if edition.method == "chosen":
        if edition.max_score is not None:
            yield Fault(("max_score",), "a chosen level has no score")
        return
    _, most = score_range(edition)
    if edition.max_score != most:
        yield Fault(("max_score",), f"declares {edition.max_score}, the items add up to {most}")
