"""Checks of rules: references resolve, rules only grow with their measures, bands leave no gap."""

from collections.abc import Iterator

from risk.conditions import Compare, Condition, ItemIs, Not, atoms, compare
from risk.context import FACTS
from risk.errors import Fault
from risk.instrument import Edition
from risk.reading import score_range
from risk.schema import Level, Measure, Rules

Path = tuple[str | int, ...]
WHOLE_FACTS = ("police_callouts", "prior_incidents", "incidents", "victim_age", "perpetrator_age")
DAY_FACTS = ("last_referral_on", "last_heard_on")
RULE_LISTS = ("levels", "grounds", "gates", "prompts", "followups")


def rules_faults(edition: Edition, rules: Rules, cited: set[str], at: Path) -> list[Fault]:
    """Every fault of a set of rules on an edition, each under the given path."""
    faults = [
        *_named_once(rules),
        *_sources(rules, cited),
        *_measures(edition, rules),
        *_conditions(edition, rules),
        *_levels(edition, rules, bool(at)),
        *_grounds(rules),
        *_gates(rules),
        *_numbers(edition, rules),
    ]
    for fault in faults:
        fault.path = (*at, *fault.path)
    return faults


def _named_once(rules: Rules) -> Iterator[Fault]:
    for noun in ("levels", "grounds", "gates", "prompts"):
        seen: set[str] = set()
        for at, rule in enumerate(getattr(rules, noun)):
            if rule.id in seen:
                yield Fault((noun, at, "id"), f"{rule.id!r} is used twice")
            seen.add(rule.id)


def _sources(rules: Rules, cited: set[str]) -> Iterator[Fault]:
    for noun in ("levels", "grounds", "gates", "prompts"):
        for at, rule in enumerate(getattr(rules, noun)):
            if rule.source not in cited:
                yield Fault((noun, at, "source"), f"{rule.source!r} is not one of the sources")
    if rules.threshold and rules.threshold.source not in cited:
        yield Fault(("threshold", "source"), f"{rules.threshold.source!r} is not one of the sources")
    if rules.review.by_level and rules.review.source not in cited:
        yield Fault(("review", "source"), "review intervals need one of the sources")


def _measures(edition: Edition, rules: Rules) -> Iterator[Fault]:
    numbers = {item.id for item in edition.items}
    groups = [{item.id, *item.excludes} for item in edition.items if item.excludes]
    for name, measure in rules.measures.items():
        at: Path = ("measures", name)
        ways = [way for way in Measure.model_fields if getattr(measure, way) is not None]
        if len(ways) != 1:
            yield Fault(at, "takes exactly one way of counting")
            continue
        if unknown := sorted(set(_counted(measure)) - numbers):
            yield Fault(at, f"counts unknown items: {', '.join(unknown)}")
        shared = [(len(group & set(_counted(measure))), len(group)) for group in groups]
        if measure.sum is None and any(inside > 1 for inside, _ in shared):
            yield Fault(at, "counts two items that exclude each other")
        if measure.sum is not None and any(0 < inside < whole for inside, whole in shared):
            yield Fault(at, "adds one item without those it excludes")
        if edition.method == "chosen" and ways[0] in {"sum", "count", "k_of_n"}:
            yield Fault(at, "the factors of a chosen level are never added up")
        if measure.number not in {None, *WHOLE_FACTS} or measure.days_since not in {None, *DAY_FACTS}:
            yield Fault(at, "names no fact of that kind")
    if edition.method != "chosen" and (rules.measures.get("total") or Measure()).sum != "all":
        yield Fault(("measures", "total"), 'a scored instrument has total = { sum = "all" }')


def _counted(measure: Measure) -> tuple[str, ...]:
    if isinstance(measure.sum, tuple):
        return measure.sum
    if measure.count:
        return measure.count.items
    return measure.k_of_n.items if measure.k_of_n else ()


def _conditions(edition: Edition, rules: Rules) -> Iterator[Fault]:
    places: list[tuple[Path, Condition]] = [
        ((noun, at, "when"), rule.when)
        for noun in RULE_LISTS
        for at, rule in enumerate(getattr(rules, noun))
        if rule.when is not None
    ]
    for path, condition in places:
        for atom in atoms(condition):
            if fault := unresolved(edition, rules, atom):
                yield Fault(path, fault)


def unresolved(edition: Edition, rules: Rules, atom: Condition) -> str | None:
    """What a condition names that is not there; None when everything is."""
    if isinstance(atom, ItemIs):
        item = next((item for item in edition.items if item.id == atom.item), None)
        if item is None:
            return f"there is no item {atom.item!r}"
        wrong = [code for code in atom.codes if code not in item.answers]
        return f"item {atom.item} is never {wrong[0]!r}" if wrong else None
    if isinstance(atom, Compare) and atom.kind == "measure" and atom.name not in rules.measures:
        return f"there is no measure {atom.name!r}"
    if isinstance(atom, Compare) and atom.kind == "fact" and atom.name not in FACTS:
        return f"there is no fact {atom.name!r}"
    return None


def _levels(edition: Edition, rules: Rules, local: bool) -> Iterator[Fault]:
    if not rules.levels:
        if edition.level_rule != "none" and (local or edition.default_profile is None):
            yield Fault(("levels",), "this instrument needs its levels")
        return
    for at, level in enumerate(rules.levels):
        last = at == len(rules.levels) - 1
        if edition.level_rule == "computed" and level.when is None and not last:
            yield Fault(("levels", at), "only the last level may hold whatever the answers are")
        if edition.level_rule == "chosen" and level.when is not None:
            yield Fault(("levels", at, "when"), "a person chooses this level")
    if edition.level_rule == "computed":
        if not rules.levels[-1].only_when_complete:
            yield Fault(("levels", len(rules.levels) - 1), "the lowest level is only_when_complete")
        yield from _bands(edition, rules)


def _bands(edition: Edition, rules: Rules) -> Iterator[Fault]:
    """Bands of one total leave no gap and never overlap; other rules only grow, and the last always holds."""
    conditions = [level.when for level in rules.levels if level.when is not None]
    if not all(isinstance(one, Compare) and one.name == "total" for one in conditions):
        for at, level in enumerate(rules.levels):
            if level.when is not None and (fault := _shrinks(level.when)):
                yield Fault(("levels", at, "when"), fault)
        if rules.levels[-1].when is not None:
            yield Fault(("levels", len(rules.levels) - 1, "when"), "the last of such levels always holds")
        return
    least, most = score_range(edition)
    for value in range(least, most + 1):
        held = [level for level in rules.levels if level.when is None or _at(level, value)]
        if len(held) > 1 and held[-1].when is None:
            held = held[:-1]
        if len(held) != 1:
            yield Fault(("levels",), f"{len(held)} levels hold at {value}; exactly one must")
            return


def _at(level: Level, value: int) -> bool:
    condition = level.when
    return isinstance(condition, Compare) and compare(value, condition.operator, condition.value)


def _shrinks(condition: Condition) -> str | None:
    """Why a condition could stop holding as its measures grow; None when it cannot."""
    for atom in atoms(condition):
        if isinstance(atom, Not):
            return "a level or ground may not use not"
        if isinstance(atom, Compare) and atom.kind == "measure" and atom.operator != "gte":
            return f"{atom.operator} could stop holding as {atom.name} grows; use gte"
    return None


def _grounds(rules: Rules) -> Iterator[Fault]:
    levels = {level.id for level in rules.levels}
    for at, ground in enumerate(rules.grounds):
        if fault := _shrinks(ground.when):
            yield Fault(("grounds", at, "when"), fault)
        if ground.sets is not None and ground.sets not in levels:
            yield Fault(("grounds", at, "sets"), f"there is no level {ground.sets!r}")
        if ground.ignores_checklist and _reads_answers(ground.when, rules):
            yield Fault(("grounds", at, "ignores_checklist"), "but its condition reads the answers")


def _reads_answers(condition: Condition, rules: Rules) -> bool:
    for atom in atoms(condition):
        if isinstance(atom, ItemIs):
            return True
        if isinstance(atom, Compare) and atom.kind == "measure":
            measure = rules.measures.get(atom.name)
            if measure and (measure.sum is not None or measure.count or measure.k_of_n):
                return True
    return False


def _gates(rules: Rules) -> Iterator[Fault]:
    for at, gate in enumerate(rules.gates):
        if gate.result == "reroute" and not gate.to:
            yield Fault(("gates", at, "to"), "a gate that reroutes says where to")
        if gate.result == "also" and not gate.also:
            yield Fault(("gates", at, "also"), "says nobody")
        if (gate.result == "judgement_only") != (gate.level is not None):
            yield Fault(("gates", at, "level"), "goes with judgement_only")
        if gate.when is None and gate.result != "also":
            yield Fault(("gates", at, "when"), "only a gate that adds someone may always hold")


def _numbers(edition: Edition, rules: Rules) -> Iterator[Fault]:
    numbers = {item.id for item in edition.items}
    for name, flagged in rules.flags.items():
        if not set(flagged) <= numbers:
            yield Fault(("flags", name), "names an unknown item")
    _, most = score_range(edition)
    line = rules.threshold
    if line and edition.method == "chosen":
        yield Fault(("threshold",), "a chosen level has no line")
    elif line and line.measure not in rules.measures:
        yield Fault(("threshold", "measure"), f"there is no measure {line.measure!r}")
    elif line and line.at > most:
        yield Fault(("threshold", "at"), f"is above the greatest score, {most}")
    if line and line.ground and line.ground not in {ground.id for ground in rules.grounds}:
        yield Fault(("threshold", "ground"), f"there is no ground {line.ground!r}")
    within = rules.missing.min_answered_in
    if within and not set(within[0]) <= numbers:
        yield Fault(("missing", "min_answered_in"), "names an unknown item")
    if not set(rules.review.by_level) <= {level.id for level in rules.levels}:
        yield Fault(("review", "by_level"), "names an unknown level")
