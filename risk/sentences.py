"""Results in plain words: what held, what did not, what is not known. Never a probability."""

from datetime import date

from risk.conditions import All, Any_, Compare, Condition, ItemIs, Judged, Not
from risk.repeats import in_words
from risk.schema import Measure
from risk.scoring import Score


def because(found: Score, condition: Condition) -> str:
    """Why a condition holds or does not, from the facts it looks at."""
    if isinstance(condition, All):
        return "; ".join(because(found, part) for part in condition.parts)
    if isinstance(condition, Any_):
        held = [part for part in condition.parts if part.holds(found.evidence, False)]
        return "; or ".join(because(found, part) for part in held or condition.parts)
    if isinstance(condition, Not):
        return f"not so: {because(found, condition.part)}"
    if isinstance(condition, Judged):
        judgement = found.facts.get("judgement")
        return judgement.reason if judgement and judgement.refer else "no judgement to refer is recorded"
    if isinstance(condition, ItemIs):
        return _item_said(found, condition)
    return _measured(found, condition) if condition.kind == "measure" else _fact_said(found, condition)


def count_sentence(found: Score) -> str | None:
    """The count beside the line, for example "13 yes of 24; 14 would refer by count"."""
    if found.score is None:
        return None
    line = None if found.judgement_only else found.plan.rules.threshold
    tail = f"; {line.at} would refer by count" if line else ""
    return f"{counted(found)}{tail}"


def counted(found: Score) -> str:
    """The score in words."""
    scored = found.plan.scored
    if found.plan.edition.method == "weighted":
        return f"{plural(found.score or 0, 'point')} from {scored} items"
    return f"{found.score} yes of {scored}"


def unknown_sentence(found: Score) -> str | None:
    """How many answers are open and where the count could lie."""
    codes = found.columns.codes
    kinds = (("dont_know", "not known"), ("refused", "declined"), ("not_asked", "not asked"))
    parts = [f"{codes.count(code)} {word}" for code, word in kinds if code in codes]
    if not parts:
        return None
    if found.score_min is None or found.score_min == found.score_max:
        return ", ".join(parts)
    return f"{', '.join(parts)}: the count could be {found.score_min} to {found.score_max}"


def plural(count: int, noun: str) -> str:
    """A number and its noun."""
    return f"{count} {noun}" if count in {1, -1} else f"{count} {noun}s"


def _item_said(found: Score, condition: ItemIs) -> str:
    item = found.plan.items[condition.item]
    reading = found.readings[condition.item]
    said = "is not known" if reading.open else f"was answered {reading.code.replace('_', ' ')}"
    return f"item {item.id}, {item.topic[0].lower()}{item.topic[1:]}, {said}"


def _measured(found: Score, condition: Compare) -> str:
    measure = found.plan.rules.measures[condition.name]
    low, high = found.evidence.low[condition.name], found.evidence.high[condition.name]
    if measure.events is not None:
        kinds = "qualifying" if len(measure.events.kinds) > 1 else measure.events.kinds[0]
        noun = f"{kinds} event{'' if low == 1 else 's'} in {_window(measure)}"
    elif measure.number is not None:
        noun = measure.number.replace("_", " ")
    else:
        noun = _noun(found, condition.name, measure)
    amount = str(low) if low == high else f"{low} to {high}"
    return f"{amount} {noun}{_rule(condition)}"


def _noun(found: Score, name: str, measure: Measure) -> str:
    if name == "total" and found.plan.edition.method == "weighted":
        return "points"
    if measure.count is not None:
        return f"yes among items {measure.count.items[0]} to {measure.count.items[-1]}"
    return "yes answers"


def _rule(condition: Compare) -> str:
    return f"; the line is {condition.value}" if condition.operator == "gte" else ""


def _window(measure: Measure) -> str:
    days = measure.events.within_days if measure.events else 0
    return "12 months" if days in {365, 366} else plural(days, "day")


def _fact_said(found: Score, condition: Compare) -> str:
    if condition.name == "repeat_within_12_months":
        return found.repeat.because
    known = found.evidence.facts.get(condition.name)
    words = condition.name.replace("_", " ")
    if known is None:
        return f"nothing is recorded about: {words}"
    if isinstance(known, bool):
        return f"{words}: {'yes' if known else 'no'}"
    return f"{words}: {in_words(known) if isinstance(known, date) else known}"
