"""The shipped checklists on the screen: the list, and one with its items, rules, sources and limits."""

from dataclasses import dataclass
from typing import Any

import risk
from app.pages.checklist.views.examples import examples
from app.pages.words import instruments as words
from app.pages.words.referral import said
from app.templating import day, t
from conferences.errors import NotFound
from risk import Edition, Profile
from risk.schema import Rules

Tag = tuple[str, str, str]


@dataclass(frozen=True)
class Rule:
    """One rule of a reading: its name, when it holds, what it does, and where it was read."""

    title: str
    when: str
    leads_to: str
    source: str


@dataclass(frozen=True)
class Reading:
    """The rules under one profile, or the edition's own."""

    anchor: str
    title: str
    about: str
    tag: Tag
    usual: bool
    threshold: str
    levels: list[Rule]
    grounds: list[Rule]
    routes: list[Rule]
    also: list[str]
    sources: list[tuple[str, str]]
    definition_hash: str


def listed() -> list[dict[str, Any]]:
    """Gives every shipped version: those in use first, then not verified, then replaced."""
    order = list(words.STATUSES)
    found = sorted(risk.editions(), key=lambda one: (order.index(one.status), one.title.lower(), one.version))
    return [
        {
            "href": address(one),
            "title": one.title,
            "version": one.version,
            "owner": one.owner,
            "summary": one.summary,
            "subject": said(words.SUBJECTS, one.subject),
            "tag": status_tag(one.status),
        }
        for one in found
    ]


def address(edition: Edition) -> str:
    """Gives where an edition is shown; an older version is asked for by name."""
    place = f"/instruments/{edition.slug}"
    newest = risk.edition(edition.slug).version == edition.version
    return place if newest else f"{place}?version={edition.version}"


def status_tag(status: str) -> Tag:
    """Gives the tag of a status."""
    kind, text, icon = words.STATUSES[status]
    return kind, t(text), icon


def found(slug: str, version: str | None) -> Edition:
    """Returns the edition of that name, the newest unless a version is asked for, or raises NotFound."""
    try:
        return risk.edition(slug, version or None)
    except risk.UnknownInstrument as unknown:
        raise NotFound from unknown


def with_items(slug: str, version: str | None) -> Edition:
    """Returns the edition of that name if it has questions to ask, or raises NotFound."""
    edition = found(slug, version)
    if not edition.sections:
        raise NotFound
    return edition


def page(edition: Edition) -> dict[str, Any]:
    """Gives everything the page of one edition shows."""
    return {
        "edition": edition,
        "blank": f"/instruments/{edition.slug}/blank?version={edition.version}" if edition.sections else "",
        "status": status_tag(edition.status),
        "facts": _facts(edition),
        "wording": said(words.WORDINGS, edition.licence.wording),
        "sections": [_section(edition, section) for section in edition.sections],
        "readings": readings(edition),
        "examples": examples(edition),
        "others": [
            (address(one), one.version)
            for one in risk.editions()
            if one.slug == edition.slug and one is not edition
        ],
    }


def _facts(edition: Edition) -> list[tuple[str, str]]:
    last = edition.effective.last
    pairs = [
        (t("About"), said(words.SUBJECTS, edition.subject)),
        (t("Used by"), ", ".join(_users(edition))),
        (t("How a result is reached"), said(words.METHODS, edition.method)),
        (t("Owner"), edition.owner),
        (t("Version"), edition.version),
        (t("In force from"), day(edition.effective.first)),
        (t("In force until"), day(last) if last else ""),
        (t("Checked against its sources"), day(edition.checked_on)),
    ]
    return [(label, value) for label, value in pairs if value]


def _users(edition: Edition) -> list[str]:
    users = {"idva": t("independent advisers"), "police": t("police"), "health": t("health"),
             "any_trained": t("anyone who is trained")}  # fmt: skip
    return [users.get(who, who) for who in edition.administered_by]


def _section(edition: Edition, section: risk.Section) -> dict[str, Any]:
    items = [
        {
            "number": item.id,
            "topic": item.topic,
            "worth": words.worth(item) if edition.method != "chosen" else "",
            "rules": words.rules_of_item(edition, item),
            "who": words.who_may_know(item),
            "alert": item.alert is not None,
        }
        for item in section.items
    ]
    return {"title": section.title, "rows": items}


def readings(edition: Edition) -> list[Reading]:
    """Gives the rules under the usual profile, then under every other; the edition's own without any."""
    local = [one for one in risk.profiles() if one.base == edition.name]
    local.sort(key=lambda one: (one.slug != edition.default_profile, one.status != "active", one.title))
    if edition.default_profile is None:
        return [_reading(edition, None), *(_reading(edition, one) for one in local)]
    return [_reading(edition, one) for one in local]


def _reading(edition: Edition, profile: Profile | None) -> Reading:
    rules = profile.rules if profile else edition.rules
    known = {one.id: one.title for one in (*edition.sources, *(profile.sources if profile else ()))}
    named = profile or edition
    return Reading(
        anchor=profile.slug if profile else "own",
        title=profile.title if profile else t("The rules of the checklist itself"),
        about=profile.summary if profile else "",
        tag=status_tag(named.status),
        usual=profile is None or profile.slug == edition.default_profile,
        threshold=_threshold(edition, rules, known),
        levels=_levels(edition, rules, known),
        grounds=_grounds(edition, rules, known),
        routes=_routes(edition, rules, known),
        also=_also(edition, rules),
        sources=[(source.title, ", ".join(source.supports)) for source in profile.sources] if profile else [],
        definition_hash=named.definition_hash,
    )


def _threshold(edition: Edition, rules: Rules, known: dict[str, str]) -> str:
    if rules.threshold is None:
        return ""
    noun = words.measure_words(edition, rules.measures[rules.threshold.measure])
    return t("The line is %(at)s %(noun)s (%(source)s).", at=rules.threshold.at, noun=noun,
             source=known[rules.threshold.source])  # fmt: skip


def _levels(edition: Edition, rules: Rules, known: dict[str, str]) -> list[Rule]:
    chosen = edition.level_rule == "chosen"
    otherwise = (
        t("a trained person chooses it") if chosen else t("nothing above holds and every item is settled")
    )
    return [
        Rule(
            level.title,
            words.condition_words(edition, rules, level.when) if level.when is not None else otherwise,
            "",
            known[level.source],
        )
        for level in rules.levels
    ]


def _grounds(edition: Edition, rules: Rules, known: dict[str, str]) -> list[Rule]:
    titles = {level.id: level.title for level in rules.levels}
    return [
        Rule(
            ground.title,
            words.condition_words(edition, rules, ground.when),
            titles.get(ground.sets or "", ""),
            known[ground.source],
        )
        for ground in rules.grounds
    ]


def _routes(edition: Edition, rules: Rules, known: dict[str, str]) -> list[Rule]:
    """A gate says whom the checklist is for; where that does not hold it says where else to go."""
    routes = [
        Rule(
            _unless(words.condition_words(edition, rules, gate.when))
            if gate.when is not None
            else t("Always"),
            gate.because,
            gate.to if gate.to and gate.to in {one.slug for one in risk.editions()} else "",
            known[gate.source],
        )
        for gate in rules.gates
    ]
    prompts = [
        Rule(_when(words.condition_words(edition, rules, prompt.when)), prompt.text, "", known[prompt.source])
        for prompt in rules.prompts
    ]
    follow = [
        Rule(_when(words.condition_words(edition, rules, one.when)), one.because, one.open, "")
        for one in rules.followups
    ]
    return [*routes, *prompts, *follow]


def _unless(condition: str) -> str:
    return t("Unless %(words)s", words=condition)


def _when(condition: str) -> str:
    return t("When %(words)s", words=condition)


def _also(edition: Edition, rules: Rules) -> list[str]:
    titles = {level.id: level.title for level in rules.levels}
    repeats = any("repeat" in str(ground.when) for ground in rules.grounds)
    found = [words.repeat_words(rules.repeat)] if repeats else []
    found += words.missing_words(rules.missing) + words.review_words(rules.review, titles)
    found.append(t("Judgement can raise a result and never lowers it."))
    return found
