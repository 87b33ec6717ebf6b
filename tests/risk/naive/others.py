"""The other instruments by hand."""

from tests.risk.naive.arithmetic import NO_LINE, OPEN, count, finish, get, judged, line, state, weigh

DANGER = dict.fromkeys(range(10, 20), 1) | {1: 1, 2: 5, 4: 4, 5: 3, 6: 3, 7: 3, 8: 2, 9: 2}
EPV_R = (
    dict.fromkeys((6, 7, 8, 9, 11, 13, 14, 16, 17, 18, 19), 3)
    | dict.fromkeys((3, 4, 5, 10, 12, 20), 2)
    | dict.fromkeys((1, 2, 15), 1)
)
HEAVY = [number for number, weight in EPV_R.items() if weight == 3]


def danger_assessment(answers, context, profile):
    answers = dict(answers)
    if get(answers, "3") == "yes" and get(answers, "3a") in OPEN:
        answers["3a"] = "no"
    if get(answers, "3a") == "yes" and get(answers, "3") in OPEN:
        answers["3"] = "no"
    low, high = weigh(answers, DANGER)
    known = low
    if get(answers, "3") == "yes":
        low, high, known = low + 4, high + 4, known + 4
    elif get(answers, "3") in OPEN:
        high += 4
    if get(answers, "3a") == "yes":
        low, high, known = low - 3, high - 3, known - 3
    elif get(answers, "3a") in OPEN:
        low -= 3
    answer = {
        "score": known,
        "score_min": low,
        "score_max": high,
        "state": state(answers, [*range(1, 21), "3a"]),
        "level_min": danger_band(low),
        "level_max": danger_band(high),
        **NO_LINE,
    }
    grounds = ["professional_judgement"] if judged(context) else []
    return finish(answer, ["variable", "increased", "severe", "extreme"], {"variable"}, grounds, context)


def danger_band(total):
    if total < 8:
        return "variable"
    if total < 14:
        return "increased"
    return "severe" if total < 18 else "extreme"


def one_line(answers, context, *, numbers, at, lower, higher, ground, judgement):
    yes, could = count(answers, numbers)
    answer = {
        "score": yes,
        "score_min": yes,
        "score_max": could,
        "state": state(answers, numbers),
        "level_min": higher if yes >= at else lower,
        "level_max": higher if could >= at else lower,
        **line(yes, could, at),
    }
    grounds = [ground] if yes >= at else []
    grounds += [judgement] if judged(context) else []
    return finish(answer, [lower, higher], {lower}, grounds, context, sets=higher)


def da_5(answers, context, profile):
    names = {"lower": "below_threshold", "higher": "high", "judgement": "professional_judgement"}
    return one_line(answers, context, numbers=range(1, 6), at=3, ground="score", **names)


def da_le(answers, context, profile):
    names = {"lower": "not_high", "higher": "high", "judgement": "officer_override"}
    return one_line(answers, context, numbers=range(1, 12), at=7, ground="score", **names)


def lap(answers, context, profile):
    first, first_high = count(answers, (1, 2, 3))
    rest, rest_high = count(answers, range(4, 12))
    choked = profile == "lap-2.0" and get(answers, 5) == "yes"
    maybe_choked = profile == "lap-2.0" and get(answers, 5) in ("yes", *OPEN)
    grounds = ["any_of_1_3"] if first >= 1 else []
    grounds += ["four_of_4_11"] if rest >= 4 else []
    grounds += ["strangulation_auto"] if choked else []
    grounds += ["officer_belief"] if judged(context) else []
    yes, could = count(answers, range(1, 12))
    in_now = first >= 1 or rest >= 4 or choked
    in_then = first_high >= 1 or rest_high >= 4 or maybe_choked
    answer = {
        "score": yes,
        "score_min": yes,
        "score_max": could,
        "state": state(answers, range(1, 12)),
        "level_min": "high_danger" if in_now else "not_screened_in",
        "level_max": "high_danger" if in_then else "not_screened_in",
        **NO_LINE,
    }
    order = ["not_screened_in", "high_danger"]
    return finish(answer, order, {"not_screened_in"}, grounds, context, sets="high_danger")


def odara(answers, context, profile):
    plain = {number: code for number, code in answers.items() if isinstance(code, str)}
    if isinstance(answers.get("8"), int):
        plain["8"] = "yes" if answers["8"] >= 2 else "no"
    for number, parts, needed in (("11", 8, 2), ("13", 5, 1)):
        if isinstance(answers.get(number), dict):
            plain[number] = tally(answers[number], parts, needed)
    yes, could = count(plain, range(1, 14))
    lost = sum(get(plain, number) in ("dont_know", "refused") for number in range(1, 14))
    condition = state(plain, range(1, 14))
    if condition != "not_started" and lost > 5:
        condition = "not_scoreable"
    answer = {"score": yes, "score_min": yes, "score_max": could, "state": condition}
    answer.update({"level_min": None, "level_max": None, **NO_LINE})
    grounds = ["professional_judgement"] if judged(context) else []
    return finish(answer, [], set(), grounds, context)


def tally(counts, parts, needed):
    present, absent, unknown = (counts.get(name, 0) for name in ("present", "absent", "unknown"))
    if present >= needed:
        return "yes"
    if parts - absent < needed:
        return "no"
    return "not_asked" if present + absent + unknown < parts else "dont_know"


def dvsat(answers, context, profile):
    yes, could = count(answers, range(1, 26))
    many = profile == "dvsat-2014" and context.get("prior_incidents", 0) >= 3
    elsewhere = context.get("relationship") in {"family", "other"}
    answer = {"score": yes, "score_min": yes, "score_max": could, "state": state(answers, range(1, 26))}
    order = ["none_identified", "at_threat", "at_serious_threat"]
    if elsewhere:
        answer.update({"level_min": "requires_judgement", "level_max": "requires_judgement", **NO_LINE})
        grounds = ["professional_judgement"] if judged(context) else []
        result = finish(answer, order, set(), grounds, context, sets="at_serious_threat")
        return {**result, "computed_level": "requires_judgement"}
    grounds = ["score"] if yes >= 12 else []
    grounds += ["professional_judgement"] if judged(context) else []
    grounds += ["repeat_trigger"] if many else []
    answer.update({"level_min": threat(yes, many), "level_max": threat(could, many), **line(yes, could, 12)})
    return finish(answer, order, {"none_identified"}, grounds, context, sets="at_serious_threat")


def threat(total, many):
    if total >= 12 or many:
        return "at_serious_threat"
    return "at_threat" if total >= 1 else "none_identified"


def epv(answers, context, profile):
    return spanish(answers, context, dict.fromkeys(range(1, 21), 1), 5, 10, state(answers, range(1, 21)))


def epv_r(answers, context, profile):
    condition = state(answers, range(1, 21))
    answered = [n for n in EPV_R if get(answers, n) not in ("dont_know", "refused")]
    if condition != "not_started" and (len(answered) < 12 or len([n for n in answered if n in HEAVY]) < 6):
        condition = "not_scoreable"
    return spanish(answers, context, EPV_R, 10, 21 if profile == "chihuahua-2020" else 24, condition)


def spanish(answers, context, weights, middle, top, condition):
    low, high = weigh(answers, weights)

    def band(total):
        if total >= top:
            return "high"
        return "moderate" if total >= middle else "low"

    answer = {
        "score": low,
        "score_min": low,
        "score_max": high,
        "state": condition,
        "level_min": band(low),
        "level_max": band(high),
        **line(low, high, top),
    }
    grounds = ["score"] if low >= top else []
    grounds += ["professional_judgement"] if judged(context) else []
    order, free = ["low", "moderate", "high"], ("professional_judgement",)
    return finish(answer, order, {"low"}, grounds, context, sets="high", draft=True, free=free)


def chosen(answers, context, order, sets, *, view_raises=False):
    """A level a person chose: nothing is added up."""
    level = answers.get("level")
    rank = {name: at for at, name in enumerate(order)}
    grounds = ["professional_judgement"] if judged(context) else []
    final = level
    if grounds and (final is None or rank[final] < rank[sets]):
        final = sets
    view = context.get("victim_view")
    if view_raises and view is not None and (final is None or rank[view] > rank[final]):
        final = view
    wanted = context.get("judgement", {}).get("level")
    dissent = False
    if wanted is not None:
        floor = max(rank.get(final, -1), rank.get(level, -1))
        dissent = rank[wanted] < floor
        final = wanted if rank[wanted] > floor else final
    return {
        **dict.fromkeys(("score", "score_min", "score_max", "threshold", "threshold_state", "needed")),
        "computed_level": None,
        "level_min": level,
        "level_max": level,
        "level": final,
        "refer": bool(grounds),
        "grounds": grounds,
        "dissent": dissent,
    }
