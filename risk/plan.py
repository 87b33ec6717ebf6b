"""An edition and a profile made ready for scoring: every look-up a checklist needs, built once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from risk.conditions import Condition, Reading
from risk.errors import BadContext
from risk.explanation import Flag, GroundConsidered, Pointed, Route
from risk.instrument import Edition, Item, Profile
from risk.reading import dearest_and_cheapest, exclusive_groups, readings_of
from risk.schema import Measure, Missing, Rules
from risk.shelf import profile as shipped_profile


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about one edition under one profile that does not depend on the answers."""

    edition: Edition
    profile: Profile | None
    rules: Rules
    items: Mapping[str, Item]
    tables: Mapping[str, Mapping[str, Reading]]
    blank: Mapping[str, Reading]
    ends: Mapping[str, tuple[Reading, Reading]]
    groups: tuple[tuple[str, ...], ...]
    conditional: tuple[tuple[str, Condition], ...]
    required: frozenset[str]
    all_required: bool
    never_negative: bool
    may_spoil: bool
    ranks: Mapping[str, int]
    titles: Mapping[str, str]
    sources: tuple[str, ...]
    scored: int
    counted: tuple[str, ...]
    flagged: tuple[Flag, ...]
    alerting: tuple[Flag, ...]
    gates: tuple[tuple[Condition | None, Route], ...]
    prompts: tuple[tuple[Condition, Pointed], ...]
    followups: tuple[tuple[Condition, Pointed], ...]
    measures: tuple[tuple[str, Measure], ...]
    draft: bool
    # What has been said of the grounds, by name, state and reason; never what somebody wrote.
    said: dict[tuple[str, str, str], GroundConsidered] = field(default_factory=dict, compare=False)


_plans: dict[tuple[str, str | None], Plan] = {}
_by_name: dict[tuple[str, str | None], Plan] = {}


def plan_for(edition: Edition, profile: Profile | str | None = None) -> Plan:
    """The plan for an edition under a profile, its default one when none is named; built once."""
    chosen = profile if profile is not None else edition.default_profile
    if not isinstance(chosen, Profile):
        name = (edition.definition_hash, chosen)
        return _by_name.get(name) or _by_name.setdefault(name, _plan(edition, chosen))
    return _plan(edition, chosen)


def _plan(edition: Edition, chosen: Profile | str | None) -> Plan:
    local = shipped_profile(chosen) if isinstance(chosen, str) else chosen
    if local is not None and local.base != edition.name:
        raise BadContext(f"profile: {local.slug} belongs to {local.base}, not to {edition.name}")
    key = (edition.definition_hash, local.definition_hash if local else None)
    found = _plans.get(key)
    if found is None:
        found = _plans[key] = _build(edition, local)
    return found


def _build(edition: Edition, profile: Profile | None) -> Plan:
    tables = {item.id: readings_of(item) for item in edition.items}
    rules = profile.rules if profile else edition.rules
    required = frozenset(item.id for item in edition.items if item.scored or item.ask_if is None)
    return Plan(
        edition=edition,
        profile=profile,
        rules=rules,
        items={item.id: item for item in edition.items},
        tables=tables,
        blank={number: table["not_asked"] for number, table in tables.items()},
        ends={number: dearest_and_cheapest(table) for number, table in tables.items()},
        groups=exclusive_groups(edition),
        conditional=tuple((item.id, item.ask_if) for item in edition.items if item.ask_if is not None),
        required=required,
        may_spoil=rules.missing != Missing(),
        never_negative=all(reading.low >= 0 for table in tables.values() for reading in table.values()),
        all_required=len(required) == len(tables),
        ranks={level.id: rank for rank, level in enumerate(reversed(rules.levels))},
        titles={level.id: level.title for level in rules.levels},
        sources=source_ids(edition, profile),
        counted=counted_items(edition),
        scored=sum(item.scored for item in edition.items),
        **pointers_of(edition, rules),
        measures=tuple(rules.measures.items()),
        draft="draft" in {edition.status, profile.status if profile else edition.status},
    )


def source_ids(edition: Edition, profile: Profile | None) -> tuple[str, ...]:
    """The sources of an edition and its profile, each once."""
    local = profile.sources if profile else ()
    return tuple(dict.fromkeys(source.id for source in (*edition.sources, *local)))


def counted_items(edition: Edition) -> tuple[str, ...]:
    """The items of an edition that only counts yes answers; none for any other edition."""
    if edition.method != "count" or any(item.excludes for item in edition.items):
        return ()
    return tuple(item.id for item in edition.items if item.scored)


def pointers_of(edition: Edition, rules: Rules) -> dict[str, Any]:
    """What answers may point to, made once: flags, alerts, routes, prompts and further instruments."""
    topics = {item.id: item.topic for item in edition.items}
    flagged = ((name, number) for name, numbers in rules.flags.items() for number in numbers)
    return {
        "flagged": tuple(Flag(id=name, item=number, topic=topics[number]) for name, number in flagged),
        "alerting": tuple(
            Flag(id=item.alert, item=item.id, topic=item.topic) for item in edition.items if item.alert
        ),
        "gates": tuple(
            (
                gate.when,
                Route(gate=gate.id, result=gate.result, to=gate.to, also=gate.also, because=gate.because),
            )
            for gate in rules.gates
        ),
        "prompts": tuple((prompt.when, Pointed(id=prompt.id, text=prompt.text)) for prompt in rules.prompts),
        "followups": tuple(
            (follow.when, Pointed(id=follow.open, text=follow.because)) for follow in rules.followups
        ),
    }
