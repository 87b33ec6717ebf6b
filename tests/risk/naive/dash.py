"""The Dash family by hand: a count of yes, four grounds, and each area's own changes."""

from tests.risk.naive.arithmetic import (
    count,
    events_in_a_year,
    finish,
    is_repeat,
    judged,
    line,
    state,
)

INDEPENDENT = ("professional_judgement", "potential_escalation", "repeat", "honour_based_abuse_automatic")


def dash(answers, context, profile):
    numbers = range(1, 25)
    at = 10 if profile == "local-threshold-10" else 14
    yes, could = count(answers, numbers)
    grounds = []
    if yes >= at:
        grounds.append("visible_high_risk")
    if judged(context):
        grounds.append("professional_judgement")
    if escalates(context, profile):
        grounds.append("potential_escalation")
    if is_repeat(context, legacy=profile == "repeat-definition-legacy"):
        grounds.append("repeat")
    if profile == "kingston" and context.get("suspected_honour_based_abuse"):
        grounds.append("honour_based_abuse_automatic")
    banded = profile == "local-bands-9-13"
    order = ["none_recorded", "standard", "medium", "high"] if banded else ["below_threshold", "high"]
    answer = {
        "score": yes,
        "score_min": yes,
        "score_max": could,
        "state": state(answers, numbers),
        "level_min": level(yes, at, banded),
        "level_max": level(could, at, banded),
        **line(yes, could, at),
    }
    draft = profile in {"bolton", None}
    lowest = {"none_recorded", "standard", "below_threshold"}
    return finish(answer, order, lowest, grounds, context, sets="high", draft=draft, free=INDEPENDENT)


def level(total, at, banded):
    if total >= at:
        return "high"
    if not banded:
        return "below_threshold"
    if total >= 10:
        return "medium"
    return "standard" if total >= 1 else "none_recorded"


def escalates(context, profile):
    if profile != "kingston":
        return events_in_a_year(context, {"incident", "crime"}) >= 3
    incidents = events_in_a_year(context, {"incident", "crime"})
    crimes = events_in_a_year(context, {"crime"})
    return bool(context.get("escalating")) and (incidents >= 5 or crimes >= 3)


def precursor(answers, context, profile):
    ticks, ticks_high = count(answers, range(1, 21))
    concerns, concerns_high = count(answers, [f"c{box}" for box in range(1, 8)])
    callouts = context.get("police_callouts", 0)
    grounds = []
    if ticks >= 14 or concerns >= 4 or callouts >= 5:
        grounds.append("score")
    if judged(context):
        grounds.append("professional_judgement")
    answer = {
        "score": ticks,
        "score_min": ticks,
        "score_max": ticks_high,
        "state": state(answers, [*range(1, 21), *(f"c{box}" for box in range(1, 8))]),
        "level_min": old_level(ticks, concerns, callouts),
        "level_max": old_level(ticks_high, concerns_high, callouts),
        **line(ticks, ticks_high, 14),
    }
    order = ["standard", "medium", "high", "very_high"]
    return finish(answer, order, {"standard"}, grounds, context, sets="very_high")


def old_level(ticks, concerns, callouts):
    if ticks >= 14 or concerns >= 4 or callouts >= 5:
        return "very_high"
    if ticks >= 9 or concerns >= 3 or callouts >= 4:
        return "high"
    if ticks >= 1 or concerns >= 1 or callouts >= 3:
        return "medium"
    return "standard"


def s_dash(answers, context, profile):
    yes, could = count(answers, range(1, 12))
    answer = {
        "score": yes,
        "score_min": yes,
        "score_max": could,
        "state": state(answers, range(1, 12)),
        "level_min": None,
        "level_max": None,
        "threshold": None,
        "threshold_state": None,
        "needed": None,
    }
    grounds = ["professional_judgement"] if judged(context) else []
    return finish(answer, [], set(), grounds, context)
