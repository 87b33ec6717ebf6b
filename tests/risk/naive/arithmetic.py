"""Counting and bounds by hand: yes is certain, an open answer may be anything."""

from datetime import date, timedelta

OPEN = ("dont_know", "refused", "not_asked")
CRIMINAL = {"assault", "threat", "stalking_pattern", "harassment_pattern", "rape_or_sexual_abuse"}


def get(answers, number):
    return answers.get(str(number), "not_asked")


def count(answers, numbers):
    """How many are yes, and how many could be."""
    yes = sum(get(answers, number) == "yes" for number in numbers)
    return yes, yes + sum(get(answers, number) in OPEN for number in numbers)


def weigh(answers, weights):
    """The weights of those that are yes, and of those that could be; weights may not be negative."""
    sure = sum(weight for number, weight in weights.items() if get(answers, number) == "yes")
    maybe = sum(weight for number, weight in weights.items() if get(answers, number) in OPEN)
    return sure, sure + maybe


def state(answers, numbers):
    said = [get(answers, number) for number in numbers]
    if all(one == "not_asked" for one in said):
        return "not_started"
    if "not_asked" in said:
        return "in_progress"
    return "complete_with_unknowns" if any(one in OPEN for one in said) else "complete"


def events_in_a_year(context, kinds):
    today = date.fromisoformat(context["assessed_on"])
    days = [
        date.fromisoformat(event["date"])
        for event in context.get("events", [])
        if event.get("kind", "incident") in kinds and event.get("same_pair", True)
    ]
    return sum(today - timedelta(days=365) <= day <= today for day in days)


def a_year_later(day):
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return date(day.year + 1, day.month, day.day)


def is_repeat(context, legacy=False):
    incident, last = context.get("new_incident"), context.get("last_referral_on")
    if not incident or not last or not incident.get("same_pair", True):
        return False
    if legacy and incident.get("kind") not in CRIMINAL:
        return False
    first = date.fromisoformat(last)
    return first <= date.fromisoformat(incident["date"]) <= a_year_later(first)


def judged(context):
    return context.get("judgement", {}).get("refer", False)


def finish(answer, order, lowest, grounds, context, *, sets=None, draft=False, free=()):
    """The final level from both ends, the grounds that hold and a raise; order runs upwards."""
    low, high, condition = answer["level_min"], answer["level_max"], answer["state"]
    computed = low if low == high else None
    if condition == "not_scoreable" or (computed in lowest and condition != "complete"):
        computed = None
    if draft and not any(ground in free for ground in grounds):
        grounds = []
    level = computed
    rank = {name: at for at, name in enumerate(order)}
    if grounds and sets and (level is None or rank.get(level, -1) < rank[sets]):
        level = sets
    wanted = context.get("judgement", {}).get("level")
    dissent = bool(grounds) and context.get("judgement", {}).get("refer") is False
    if wanted is not None:
        floor = max(rank.get(level, -1), rank.get(low, -1))
        if rank[wanted] > floor:
            level = wanted
        dissent = rank[wanted] < floor
    return {
        **answer,
        "computed_level": computed,
        "level": level,
        "refer": bool(grounds),
        "grounds": sorted(grounds),
        "dissent": dissent,
    }


def line(low, high, at):
    if low >= at:
        return {"threshold": at, "threshold_state": "met", "needed": 0}
    return {"threshold": at, "threshold_state": "not_met" if high < at else "open", "needed": at - low}


NO_LINE = {"threshold": None, "threshold_state": None, "needed": None}
