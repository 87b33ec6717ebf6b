"""A checklist's rules in words: what holds when, read from the same data that the engine reads."""

from collections.abc import Callable
from typing import Any

from app.pages.words.referral import AGENCIES, said
from app.templating import t, tn
from risk.conditions import All, Any_, Compare, ItemIs, Judged, Not
from risk.instrument import Edition, Item
from risk.schema import Measure, Missing, RepeatRule, Review, Rules

ANSWERS = {
    "yes": "yes",
    "no": "no",
    "dont_know": "don’t know",
    "refused": "declined",
    "present": "present",
    "possible": "possible or partly",
    "absent": "absent",
}
STATUSES = {
    "active": ("good", "Ready to use", "tick"),
    "draft": ("soon", "Not verified", "ring"),
    "superseded": ("", "Replaced", "dash"),
    "withdrawn": ("bad", "Withdrawn", "dash"),
}
SUBJECTS = {
    "victim": "The person at risk",
    "child": "A child",
    "perpetrator": "The person causing harm",
    "relationship": "Two people and what is between them",
}
METHODS = {
    "count": "Each item is worth one. The answers are counted.",
    "weighted": "Items are worth different points. The points are added up.",
    "rules": "Rules look at groups of items.",
    "chosen": "A trained person chooses the level. Nothing is added up.",
}
WORDINGS = {
    "overlay_required": "Numbers and our own topics are shown. Read the questions on the official form.",
    "own_words": "Item numbers and our own short topics are shown.",
    "open": "The wording is open.",
}
FACTS = {
    "victim_age": "the age of the person at risk",
    "perpetrator_age": "the age of the person causing harm",
    "relationship": "the relationship",
    "repeat_within_12_months": "it has happened again after an earlier referral",
    "physical_assault_or_threat_at_index": "there was an assault, or a threat face to face, this time",
    "cohabited": "they live or lived together",
    "escalating": "it is happening more often",
    "victim_extremely_frightened": "the person at risk is extremely frightened",
    "suspected_honour_based_abuse": "so-called honour-based abuse is suspected",
    "incidents": "the number of incidents",
}
VALUES = {"intimate": "intimate", "family": "family", "other": "another"}
NUMBERS = {"police_callouts": "police call-outs", "prior_incidents": "earlier incidents"}
EVENTS = {
    "new_incident": "something new happens",
    "separation": "they separate",
    "release": "somebody is released",
    "breach": "an order or bail is broken",
    "birth": "a child is born",
    "hearing": "a court sits",
}


def condition_words(edition: Edition, rules: Rules, condition: object) -> str:
    """Says when a rule holds."""
    if isinstance(condition, All | Any_):
        joint = t(" and ") if isinstance(condition, All) else t(" or ")
        parts = [condition_words(edition, rules, part) for part in condition.parts]
        inner = [t("(%(words)s)", words=part) if _nested(one) else part
                 for one, part in zip(condition.parts, parts, strict=True)]  # fmt: skip
        return joint.join(inner)
    if isinstance(condition, Not):
        return t("not (%(words)s)", words=condition_words(edition, rules, condition.part))
    if isinstance(condition, Judged):
        return t("a worker judges that it should be referred, and says why")
    if isinstance(condition, ItemIs):
        codes = t(" or ").join(said(ANSWERS, code) for code in condition.codes)
        return t("item %(item)s is %(codes)s", item=condition.item, codes=codes)
    return _comparison(edition, rules, condition) if isinstance(condition, Compare) else ""


def _nested(condition: object) -> bool:
    return isinstance(condition, All | Any_)


def _comparison(edition: Edition, rules: Rules, condition: Compare) -> str:
    if condition.kind == "measure":
        noun = measure_words(edition, rules.measures[condition.name])
        return _amount(condition) + " " + noun
    name = said(FACTS, condition.name)
    if condition.value is True:
        return name
    if condition.value is False:
        return t("not (%(words)s)", words=name)
    if isinstance(condition.value, str):
        return t("%(name)s is %(value)s", name=name, value=said(VALUES, condition.value))
    return t("%(name)s is %(amount)s", name=name, amount=_amount(condition))


AMOUNTS: dict[str, Callable[[Any], str]] = {
    "gte": lambda value: t("at least %(n)s", n=value),
    "lte": lambda value: t("at most %(n)s", n=value),
    "eq": lambda value: t("exactly %(n)s", n=value),
    "between": lambda value: t("%(low)s to %(high)s", low=value[0], high=value[1]),
    "in": lambda value: t(" or ").join(map(str, value)),
}


def _amount(condition: Compare) -> str:
    return AMOUNTS[condition.operator](condition.value)


def measure_words(edition: Edition, measure: Measure) -> str:
    """Names what is counted."""
    if measure.events is not None:
        crimes = measure.events.kinds == ("crime",)
        return (
            t("crimes between the same people in %(days)s days", days=measure.events.within_days)
            if crimes
            else t("events between the same people in %(days)s days", days=measure.events.within_days)
        )
    if measure.number is not None:
        return said(NUMBERS, measure.number)
    if measure.days_since is not None:
        return t("days since %(what)s", what=said(FACTS, measure.days_since))
    counted = measure.count or measure.k_of_n
    if counted is not None:
        return t("yes among items %(first)s to %(last)s", first=counted.items[0], last=counted.items[-1])
    return t("points") if edition.method == "weighted" else t("yes answers")


def worth(item: Item) -> str:
    """Says what an item's answers add to the count."""
    if not item.scored:
        return t("not counted")
    worths = [
        t("%(answer)s: %(points)s", answer=said(ANSWERS, code), points=points)
        for code, points in item.points.items()
        if points
    ]
    return ", ".join(worths) or t("not counted")


def rules_of_item(edition: Edition, item: Item, *, ticks: bool = False) -> list[str]:
    """Says when an item arises, what it goes with, and what it is made of; `ticks`: they stand below it."""
    found = []
    if item.ask_if is not None:
        found.append(t("Asked when %(when)s.", when=condition_words(edition, edition.rules, item.ask_if)))
    if item.excludes:
        found.append(t("Cannot be yes together with item %(items)s.", items=", ".join(item.excludes)))
    parts = "; ".join(part.topic for part in item.parts)
    rule = item.compose
    if rule is not None and rule.k_of_n is not None:
        found.append(t("Yes when at least %(k)s of these are so: %(parts)s.", k=rule.k_of_n.k, parts=parts))
    elif rule is not None and rule.number_gte is not None:
        found.append(t("Yes when the number is %(n)s or more.", n=rule.number_gte.value))
    elif parts and not ticks:
        found.append(t("Details, which add nothing: %(parts)s.", parts=parts))
    return found


def who_may_know(item: Item) -> str:
    """Names the kinds of agency that may know the answer."""
    return ", ".join(said(AGENCIES, who) for who in item.could_help)


def missing_words(missing: Missing) -> list[str]:
    """Says how many answers may be missing."""
    found = []
    if missing.max_missing is not None:
        found.append(t("With more than %(n)s items missing there is no result.", n=missing.max_missing))
    if missing.min_answered is not None:
        found.append(t("With fewer than %(n)s items answered there is no result.", n=missing.min_answered))
    if missing.min_answered_in is not None:
        items, least = missing.min_answered_in
        found.append(
            t("At least %(n)s of items %(items)s must be answered.", n=least, items=", ".join(items))
        )
    return found


def repeat_words(rule: RepeatRule) -> str:
    """Says what a repeat is."""
    what = {
        "any_abuse": t("any abuse between the same people"),
        "criminal_only": t("an act between the same people that would be a crime"),
    }[rule.definition]
    since = {
        "last_referral": t("the last referral"),
        "last_heard": t("the day they were last heard"),
    }[rule.anchor]
    return t(
        "A repeat is %(what)s within %(months)s months of %(since)s.",
        what=what,
        months=rule.months,
        since=since,
    )


def review_words(review: Review, titles: dict[str, str]) -> list[str]:
    """Says how soon a result is looked at again, and what reopens it."""
    found = []
    if review.stale_after_days is not None:
        found.append(tn("Looked at again after %(count)s day.", "Looked at again after %(count)s days.",
                        review.stale_after_days))  # fmt: skip
    for level, hours in review.by_level.items():
        found.append(
            t(
                "%(level)s: looked at again after %(hours)s hours.",
                level=titles.get(level, level),
                hours=hours,
            )
        )
    if review.reopen_on:
        found.append(
            t("Looked at again when %(events)s.", events=", ".join(said(EVENTS, e) for e in review.reopen_on))
        )
    return found
