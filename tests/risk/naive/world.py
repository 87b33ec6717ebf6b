"""Random checklists for every instrument, and the naive answer to each."""

from datetime import date, timedelta

from tests.risk.naive import dash, others

TODAY = date(2026, 11, 21)
NATIONAL = (
    "safelives-national",
    "local-bands-9-13",
    "kingston",
    "local-threshold-10",
    "repeat-definition-legacy",
)
TWENTY_FOUR = [str(n) for n in range(1, 25)]
LEVELS = {
    "dash": ["below_threshold", "high"],
    "bands": ["none_recorded", "standard", "medium", "high"],
    "old": ["standard", "medium", "high", "very_high"],
    "danger": ["variable", "increased", "severe", "extreme"],
    "le": ["not_high", "high"],
    "lap": ["not_screened_in", "high_danger"],
    "threat": ["none_identified", "at_threat", "at_serious_threat"],
    "three": ["low", "moderate", "high"],
    "police": ["standard", "medium", "high"],
    "maram": ["at_risk", "elevated", "serious"],
    "viogen": ["low", "medium", "high", "extreme"],
}


def numbers(last, *more):
    return [*(str(n) for n in range(1, last + 1)), *more]


WORLD = [
    *(
        ("safelives-dash-ric", p, TWENTY_FOUR, dash.dash, "bands" if "bands" in p else "dash")
        for p in NATIONAL
    ),
    *(("safelives-dash-yp", profile, TWENTY_FOUR, dash.dash, "dash") for profile in (None, "bolton")),
    ("caada-ric-precursor", None, numbers(20, *(f"c{n}" for n in range(1, 8))), dash.precursor, "old"),
    ("s-dash", None, numbers(11), dash.s_dash, None),
    ("danger-assessment", None, numbers(20, "3a", "5a"), others.danger_assessment, "danger"),
    ("danger-assessment-5", None, numbers(5), others.da_5, "dash"),
    ("danger-assessment-le", None, numbers(11), others.da_le, "le"),
    *(("lap-lethality-screen", p, numbers(11), others.lap, "lap") for p in ("lap-maryland", "lap-2.0")),
    ("odara", "norms-2004", numbers(13), others.odara, None),
    *(("dvsat", p, numbers(25), others.dvsat, "threat") for p in ("dvsat-current", "dvsat-2014")),
    ("epv", None, numbers(20), others.epv, "three"),
    *(("epv-r", p, numbers(20), others.epv_r, "three") for p in (None, "chihuahua-2020")),
    ("police-dash", None, [], lambda a, c, p: others.chosen(a, c, LEVELS["police"], "high"), "police"),
    ("b-safer", None, [], lambda a, c, p: others.chosen(a, c, LEVELS["three"], "high"), "three"),
    (
        *("maram", None, []),
        lambda a, c, p: others.chosen(a, c, LEVELS["maram"], "serious", view_raises=True),
        "maram",
    ),
    ("viogen-vpr", None, [], lambda a, c, p: others.chosen(a, c, LEVELS["viogen"], "extreme"), "viogen"),
]
CODES = ("yes", "no", "dont_know", "refused", "not_applicable", "not_asked")
KINDS = ("assault", "threat", "stalking_pattern", "single_unwanted_contact", "dispute", "other", None)


def checklist(chance):
    """One random checklist: instrument, profile, answers, context and the naive answer."""
    slug, profile, items, naive, order = chance.choice(WORLD)
    answers = given(chance, items)
    context = facts(chance, LEVELS.get(order or "", []))
    if slug == "odara":
        composites(chance, answers)
    if slug == "danger-assessment" and answers.get("3") == answers.get("3a") == "yes":
        answers["3a"] = "no"
    if not items and chance.random() < 0.9:
        answers["level"] = chance.choice(LEVELS[order])
    if slug == "maram" and chance.random() < 0.5:
        context["victim_view"] = chance.choice(LEVELS["maram"])
    return slug, profile, answers, context, naive(answers, context, profile)


def given(chance, items):
    yes = chance.random()
    open_share = chance.choice((0.0, 0.0, 0.1, 0.3, 1.0))
    answers = {}
    for number in items:
        if chance.random() < open_share:
            code = chance.choice(CODES[2:])
        else:
            code = "yes" if chance.random() < yes else "no"
        if code != "not_asked" or chance.random() < 0.5:
            answers[number] = code
    return answers


def composites(chance, answers):
    if chance.random() < 0.5:
        answers["8"] = chance.randrange(5)
    for number, parts in (("11", 8), ("13", 5)):
        if chance.random() < 0.5:
            present = chance.randrange(parts + 1)
            absent = chance.randrange(parts - present + 1)
            unknown = chance.randrange(parts - present - absent + 1)
            answers[number] = {"present": present, "absent": absent, "unknown": unknown}


def facts(chance, levels):
    context = {"assessed_on": TODAY.isoformat()}
    if chance.random() < 0.3:
        context["events"] = [event(chance) for _ in range(chance.randrange(8))]
        context["escalating"] = chance.random() < 0.5
    if chance.random() < 0.3:
        last = TODAY - timedelta(days=chance.randrange(500))
        context["last_referral_on"] = last.isoformat()
        context["new_incident"] = incident(chance, last)
    if chance.random() < 0.2:
        context["judgement"] = {"refer": chance.random() < 0.5, "reason": "what she said", "role": "idva"}
        if levels and chance.random() < 0.5:
            context["judgement"]["level"] = chance.choice(levels)
    if chance.random() < 0.2:
        context["suspected_honour_based_abuse"] = chance.random() < 0.5
        context["police_callouts"] = chance.randrange(7)
        context["prior_incidents"] = chance.randrange(5)
        context["relationship"] = chance.choice(("intimate", "family", "other"))
    return context


def event(chance):
    on = TODAY - timedelta(days=chance.choice((0, 1, 100, 200, 300, 364, 365, 366, 400)))
    made = {"date": on.isoformat(), "kind": chance.choice(("incident", "crime", "crime", "callout"))}
    if chance.random() < 0.2:
        made["same_pair"] = chance.random() < 0.5
    return made


def incident(chance, last):
    made = {"date": (last + timedelta(days=chance.choice((-1, 0, 30, 364, 365, 366, 367)))).isoformat()}
    kind = chance.choice(KINDS)
    if kind:
        made["kind"] = kind
    if chance.random() < 0.2:
        made["same_pair"] = chance.random() < 0.5
    return made
