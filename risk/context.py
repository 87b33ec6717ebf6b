"""The facts beside the answers: who, when, what the worker judged. An unknown one is refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from risk.errors import BadContext, shown

EVENT_KINDS = ("incident", "crime", "callout")
CRIMINAL = ("assault", "threat", "stalking_pattern", "harassment_pattern", "rape_or_sexual_abuse")
INCIDENT_KINDS = (
    *CRIMINAL,
    "single_unwanted_contact",
    "unwanted_contact_via_family",
    "breach_of_order",
    "dispute",
    "other",
)
RELATIONSHIPS = ("intimate", "family", "other")
MOST_EVENTS = 1000
LONGEST_REASON = 20_000
FIRST_YEAR, LAST_YEAR = 1900, 2199
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}[0-9:.+Z-]{0,26})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the worker judged, apart from the answers, and why; declines when they said not to refer."""

    refer: bool
    declines: bool
    reason: str
    level: str | None = None
    role: str | None = None
    by: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened before the assessment."""

    on: date
    kind: str
    same_pair: bool


@dataclass(frozen=True, slots=True)
class NewIncident:
    """What came to light after an earlier referral; kind None when nobody said what it was."""

    on: date
    kind: str | None
    same_pair: bool


Context = dict[str, Any]


def day_of(context: Mapping[str, object], today: date | None) -> date | None:
    """The day of assessment: assessed_on, else the day of assessed_at, else today."""
    for key in ("assessed_on", "assessed_at"):
        if context.get(key) is not None:
            return _day(f"context.{key}", context[key])
    return today


def read_context(context: Mapping[str, object] | None) -> Context:
    """The facts, checked and in their own types; BadContext names the key at fault."""
    if not context:
        return {}
    if not isinstance(context, Mapping):
        raise BadContext("context: must be an object of facts")
    facts: Context = {}
    for key, value in context.items():
        reader = READERS.get(key) if isinstance(key, str) else None
        if reader is None:
            raise BadContext(f"context: {shown(key)} is not a fact this engine knows")
        if value is not None:
            facts[key] = reader(f"context.{key}", value)
    return facts


def _truth(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadContext(f"{key}: must be true or false, not {shown(value)}")
    return value


def _whole(key: str, value: object) -> int:
    if type(value) is not int or not 0 <= value <= 10_000:
        raise BadContext(f"{key}: must be a whole number from 0 to 10000, not {shown(value)}")
    return value


def _age(key: str, value: object) -> int:
    if type(value) is not int or not 0 <= value <= 130:
        raise BadContext(f"{key}: must be an age in whole years, not {shown(value)}")
    return value


def _word(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise BadContext(f"{key}: must be a short text, not {shown(value)}")
    return value


def _day(key: str, value: object) -> date:
    day = _day_in(value)
    if day is None:
        raise BadContext(f"{key}: must be a day such as 2026-11-21, not {shown(value)}")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadContext(f"{key}: must be in the years {FIRST_YEAR} to {LAST_YEAR}, not {shown(value)}")
    return day


def _day_in(value: object) -> date | None:
    if isinstance(value, str) and A_DAY.fullmatch(value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _one_of(choices: tuple[str, ...]) -> Callable[[str, object], str]:
    def read(key: str, value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            raise BadContext(f"{key}: must be one of {', '.join(choices)}, not {shown(value)}")
        return value

    return read


def _table(key: str, value: object, allowed: tuple[str, ...]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise BadContext(f"{key}: must be an object, not {shown(value)}")
    for name in value:
        if name not in allowed:
            raise BadContext(f"{key}: {shown(name)} is not a key it can have")
    return value


def _judgement(key: str, value: object) -> Judgement:
    table = _table(key, value, ("refer", "level", "role", "reason", "by", "at"))
    refer = _truth(f"{key}.refer", table.get("refer", False))
    given = {name: table[name] for name in ("level", "role", "by", "at") if table.get(name) is not None}
    said = {name: _word(f"{key}.{name}", value) for name, value in given.items()}
    reason = table.get("reason")
    if not isinstance(reason, str | None) or len(reason or "") > LONGEST_REASON:
        raise BadContext(f"{key}.reason: must be text of at most {LONGEST_REASON} characters")
    if (refer or "level" in said) and not (reason or "").strip():
        raise BadContext(f"{key}.reason: a judgement needs its reason in words")
    reason = (reason or "").strip()
    return Judgement(refer, bool(reason) and table.get("refer") is False, reason, **said)


def _events(key: str, value: object) -> tuple[Event, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST_EVENTS:
        raise BadContext(f"{key}: must be a list of at most {MOST_EVENTS} events")
    return tuple(_event(f"{key}[{at}]", one) for at, one in enumerate(value))


def _event(key: str, value: object) -> Event:
    table = _table(key, value, ("date", "kind", "same_pair"))
    kind = "incident" if table.get("kind") is None else _one_of(EVENT_KINDS)(f"{key}.kind", table["kind"])
    return Event(_day(f"{key}.date", table.get("date")), kind, _same_pair(key, table))


def _new_incident(key: str, value: object) -> NewIncident:
    table = _table(key, value, ("date", "kind", "same_pair"))
    kind = table.get("kind")
    said = None if kind is None else _one_of(INCIDENT_KINDS)(f"{key}.kind", kind)
    return NewIncident(_day(f"{key}.date", table.get("date")), said, _same_pair(key, table))


def _same_pair(key: str, table: Mapping[str, object]) -> bool:
    said = table.get("same_pair")
    return True if said is None else _truth(f"{key}.same_pair", said)


READERS: dict[str, Callable[[str, object], Any]] = {
    "assessed_on": _day,
    "assessed_at": _day,
    "judgement": _judgement,
    "events": _events,
    "escalating": _truth,
    "last_referral_on": _day,
    "last_heard_on": _day,
    "new_incident": _new_incident,
    "victim_age": _age,
    "perpetrator_age": _age,
    "relationship": _one_of(RELATIONSHIPS),
    "police_callouts": _whole,
    "prior_incidents": _whole,
    "incidents": _whole,
    "suspected_honour_based_abuse": _truth,
    "cohabited": _truth,
    "physical_assault_or_threat_at_index": _truth,
    "victim_extremely_frightened": _truth,
    "victim_view": _word,
}
FACTS = (*READERS, "repeat_within_12_months")
