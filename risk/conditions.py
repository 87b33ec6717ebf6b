"""The closed set of conditions a rule may use, and what each says at the low and the high end.

A condition is read twice: at the low end every open answer counts for as little as it can, at the high end
for as much as it can. True at the low end is certain; false at the high end is excluded; between is unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

OPERATORS = ("gte", "lte", "eq", "between", "in")


class Reading(NamedTuple):
    """What one answer says: its code, the least and most points it may be worth, and whether it is open."""

    code: str
    low: int
    high: int
    open: bool


@dataclass(slots=True)
class Evidence:
    """What is known when a rule is read: measures at both ends, answers, facts and the worker's judgement."""

    low: dict[str, int] = field(default_factory=dict)
    high: dict[str, int] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    judged: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]

    def holds(self, evidence: Evidence, high: bool) -> bool:
        """Whether it holds at the given end."""
        # Read for every checklist: a loop is quicker than a generator.
        for part in self.parts:  # noqa: SIM110
            if not part.holds(evidence, high):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Any_:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def holds(self, evidence: Evidence, high: bool) -> bool:
        """Whether it holds at the given end."""
        for part in self.parts:  # noqa: SIM110 - as above
            if part.holds(evidence, high):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; the ends change places."""

    part: "Condition"

    def holds(self, evidence: Evidence, high: bool) -> bool:
        """Whether it holds at the given end."""
        return not self.part.holds(evidence, not high)


@dataclass(frozen=True, slots=True)
class ItemIs:
    """An item has one of these answers; an open item could."""

    item: str
    codes: tuple[str, ...]

    def holds(self, evidence: Evidence, high: bool) -> bool:
        """Whether it holds at the given end."""
        reading = evidence.readings[self.item]
        return high if reading.open else reading.code in self.codes


@dataclass(frozen=True, slots=True)
class Compare:
    """A measure or a fact beside a value; a fact nobody recorded is unknown."""

    kind: Literal["measure", "fact"]
    name: str
    operator: str
    value: Any

    def holds(self, evidence: Evidence, high: bool) -> bool:
        """Whether it holds at the given end."""
        if self.kind == "measure":
            return compare((evidence.high if high else evidence.low)[self.name], self.operator, self.value)
        known = evidence.facts.get(self.name)
        return high if known is None else compare(known, self.operator, self.value)


@dataclass(frozen=True, slots=True)
class Judged:
    """The worker's judgement is to refer."""

    def holds(self, evidence: Evidence, high: bool) -> bool:
        """Whether it holds; a judgement is known or was not made."""
        return evidence.judged


Condition = All | Any_ | Not | ItemIs | Compare | Judged


def compare(known: Any, operator: str, value: Any) -> bool:
    """Whether a known value stands in the given relation to the rule's value."""
    if operator == "gte":
        return bool(known >= value)
    if operator == "lte":
        return bool(known <= value)
    if operator == "eq":
        return bool(known == value)
    if operator == "between":
        return bool(value[0] <= known <= value[1])
    return known in value


def parse(raw: object) -> Condition:
    """A condition from a definition file; ValueError says what is not one."""
    if not isinstance(raw, dict) or not raw:
        raise ValueError('a condition is a table such as { measure = "total", gte = 14 }')
    keys = set(raw)
    if keys == {"all"} or keys == {"any"}:
        parts = raw.get("all", raw.get("any"))
        if not isinstance(parts, list) or not parts:
            raise ValueError("all and any take a list with at least one condition")
        return (All if "all" in raw else Any_)(tuple(parse(part) for part in parts))
    if keys == {"not"}:
        return Not(parse(raw["not"]))
    if keys == {"judgement"} and raw["judgement"] == "refer":
        return Judged()
    if keys == {"item", "is"}:
        return _item(raw)
    return _comparison(raw)


def _item(raw: dict[str, Any]) -> ItemIs:
    wanted = raw["is"] if isinstance(raw["is"], list) else [raw["is"]]
    if not isinstance(raw["item"], str) or not wanted or not all(isinstance(code, str) for code in wanted):
        raise ValueError("item takes an item number in quotes, is takes an answer code or a list of them")
    return ItemIs(raw["item"], tuple(wanted))


def _comparison(raw: dict[str, Any]) -> Compare:
    kinds = [kind for kind in ("measure", "fact") if kind in raw]
    operators = [operator for operator in OPERATORS if operator in raw]
    if len(kinds) != 1 or len(operators) != 1 or len(raw) != 2:
        raise ValueError(f"not a condition: {', '.join(sorted(map(str, raw)))}")
    name, operator = raw[kinds[0]], operators[0]
    value = raw[operator]
    if not isinstance(name, str):
        raise ValueError(f"{kinds[0]} takes a name")
    _check_value(kinds[0], operator, value)
    return Compare("measure" if kinds[0] == "measure" else "fact", name, operator, _frozen(value))


def _check_value(kind: str, operator: str, value: object) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if operator in {"gte", "lte"} and not whole:
        raise ValueError(f"{operator} takes a whole number")
    if operator == "eq" and not (whole or (kind == "fact" and isinstance(value, bool | str))):
        raise ValueError("eq takes a whole number, or for a fact true, false or a word")
    if operator == "between":
        ends = value if isinstance(value, list) else []
        if len(ends) != 2 or not all(type(end) is int for end in ends) or ends[0] > ends[1]:
            raise ValueError("between takes two whole numbers, the lower first")
    if operator == "in" and (not isinstance(value, list) or not value):
        raise ValueError("in takes a list with at least one value")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def atoms(condition: Condition) -> Iterator[Condition]:
    """Every condition inside a condition, itself first."""
    yield condition
    if isinstance(condition, All | Any_):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
