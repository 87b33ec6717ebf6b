"""A definition file's tables arranged as the engine holds them, before their shapes are checked."""

from collections.abc import Mapping
from typing import Any

from risk.errors import Fault
from risk.instrument import Edition
from risk.schema import Rules

RULE_KEYS = tuple(Rules.model_fields)
Places = dict[tuple[int, int], tuple[str, int]]


def edition_shape(raw: dict[str, Any]) -> tuple[dict[str, Any], Places, list[Fault]]:
    """An edition with its items in their sections; where each item stood; and what did not fit."""
    faults: list[Fault] = []
    places: Places = {}
    shaped = {key: value for key, value in raw.items() if key not in {"schema", "id", "items", *RULE_KEYS}}
    shaped["slug"] = raw.get("id")
    shaped["rules"] = {key: raw[key] for key in RULE_KEYS if key in raw}
    sets = raw.get("answer_sets", {})
    sections = [dict(section, items=[]) for section in _tables(raw, "sections", faults)]
    for at, item in enumerate(_tables(raw, "items", faults)):
        home = next((nth for nth, one in enumerate(sections) if one.get("id") == item.get("section")), None)
        answers = _answers(sets, item.get("answers"))
        if home is None:
            faults.append(Fault(["items", at, "section"], "names no section of this edition"))
            continue
        if answers is None:
            faults.append(Fault(["items", at, "answers"], "names no answer set of this edition"))
        places[(home, len(sections[home]["items"]))] = (str(item.get("id")), at)
        sections[home]["items"].append({**item, "answers": answers or []})
    shaped["sections"] = sections
    return shaped, places, faults


def merged(base: Edition, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The base's rules with a profile's changes: measures, flags, prompts, limits add; the rest replace."""
    rules: dict[str, Any] = {key: getattr(base.rules, key) for key in RULE_KEYS}
    for key in RULE_KEYS:
        value = changes.get(key)
        if key in {"measures", "flags"} and isinstance(value, dict):
            rules[key] = {**rules[key], **value}
        elif key in {"prompts", "limits"} and isinstance(value, list):
            rules[key] = [*rules[key], *value]
        elif value is not None:
            rules[key] = value
    return rules


def _tables(raw: dict[str, Any], key: str, faults: list[Fault]) -> list[dict[str, Any]]:
    found = raw.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        faults.append(Fault([key], "is a list of tables"))
        return []
    return found


def _answers(sets: object, name: object) -> Any:
    return sets.get(name) if isinstance(sets, dict) and isinstance(name, str) else None
