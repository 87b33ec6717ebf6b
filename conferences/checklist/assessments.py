"""The checklist as it is filled in, and what it means once it is finished.

Answers are kept as one sealed value; an item nobody answered is absent, and absent is never "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

import risk
from conferences import audit, births
from conferences.calendars import local_day
from conferences.checklist import instruments
from conferences.checklist.answers import Answer as Answer
from conferences.checklist.answers import settle
from conferences.errors import Refused
from conferences.models import Assessment, Part, Referral, Scoring, User, new_id
from conferences.permissions import Permission, require
from conferences.person import pair_facts
from conferences.person.people import details_of, in_part
from conferences.sealing import seal_json, unseal_json
from risk.asking import arising
from risk.explanation import Route
from risk.pointers import routes
from risk.schema import Rules

VIEWS = ("serious", "worried", "less_worried", "cannot_tell")


@dataclass(frozen=True)
class Progress:
    """How far a checklist has got; `certain` is true once no later answer can undo the referral."""

    answered: int
    total: int
    certain: bool


def begin(session: Session, referral: Referral, *, now: datetime) -> Assessment:
    """Opens an empty checklist of the edition the area's policy names, bound to its hash."""
    row = Assessment(id=new_id(), referral_id=referral.id, data_key=referral.data_key)
    bind(row, *instruments.own(session, referral.area_id, local_day(now)))
    session.add(row)
    return row


def choose(session: Session, actor: User, referral: Referral, slug: str, *, now: datetime) -> None:
    """Puts another enabled checklist in place of one that nobody has answered yet."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    if answers_of(session, referral.assessment):
        raise Refused("This checklist has answers. Start a new referral.", field="instrument")
    bind(referral.assessment, *instruments.chosen(session, referral.area_id, slug, local_day(now)))
    audit.record(session, actor, "referral.saved", referral, at=now, fields="instrument")


def bind(row: Assessment, edition: risk.Edition, profile: risk.Profile | None) -> None:
    """Ties a checklist to its edition and its reading, each with the hash of what it says today."""
    row.instrument, row.instrument_version = edition.slug, edition.version
    row.definition_hash = edition.definition_hash
    row.profile = profile.slug if profile else None
    row.profile_hash = profile.definition_hash if profile else None


def edition_of(assessment: Assessment) -> risk.Edition:
    """Returns the edition a checklist is bound to; raises Refused when the shipped one has changed."""
    edition = risk.edition(assessment.instrument, assessment.instrument_version)
    if edition.definition_hash != assessment.definition_hash:
        raise Refused("This checklist was begun on an edition that is no longer here. Start a new one.")
    return edition


def answers_of(session: Session, assessment: Assessment) -> dict[str, dict[str, Any]]:
    """Reads the answers given so far: {item: {value, source, note, and parts or number where given}}."""
    known: dict[str, dict[str, Any]] | None = unseal_json(session, assessment, "answers")
    return known or {}


def answer(
    session: Session, actor: User, referral: Referral, given: list[Answer], *, now: datetime
) -> Progress:
    """Saves answers as they are given; other items keep theirs, even when two pages save at once."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    keep(session, referral.assessment.id, given)
    audit.record(
        session, actor, "assessment.answered", referral, at=now, fields=",".join(one.item for one in given)
    )
    return progress(session, referral)


def keep(session: Session, assessment_id: UUID, given: list[Answer]) -> None:
    """Puts answers on a checklist, one writer at a time; Refused when one is not among its answers."""
    assessment = session.scalars(
        select(Assessment)
        .where(Assessment.id == assessment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    edition, known = edition_of(assessment), answers_of(session, assessment)
    for one in given:
        known[one.item] = settle(edition, one).kept()
    if any(clashing(edition.item(one.item), values(known)) for one in given):
        raise Refused("These two questions cannot both be yes.", field="answer")
    seal_json(session, assessment, "answers", known)


def transcribe(
    session: Session,
    actor: User,
    referral: Referral,
    given: list[Answer],
    *,
    on: date,
    by: str,
    now: datetime,
) -> Progress:
    """Keys in a checklist that was filled in on paper; its day and its author stay beside who keyed it."""
    if on > local_day(now):
        raise Refused("The day on the paper cannot be in the future.", field="filled_on")
    progress = answer(session, actor, referral, given, now=now)
    paper = {"on": on.isoformat(), "by": by, "keyed_at": now.isoformat(), "keyed_by": actor.id.hex}
    seal_json(session, referral.assessment, "paper", paper)
    return progress


def paper_of(session: Session, assessment: Assessment) -> dict[str, Any]:
    """Reads where a keyed-in checklist came from: on, by, keyed_at, keyed_by; empty without paper."""
    known: dict[str, Any] | None = unseal_json(session, assessment, "paper")
    return known or {}


def clashing(item: risk.Item, given: Mapping[str, str]) -> list[str]:
    """Returns the items that are yes although a yes to this one rules them out."""
    return [other for other in item.excludes if given.get(item.id) == given.get(other) == "yes"]


def judge_first(
    session: Session, actor: User, referral: Referral, *, view: str, why: str | None, now: datetime
) -> None:
    """Keeps the worker's own judgement, given before the first item, exactly as it was given."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    if view not in VIEWS:
        raise Refused("Choose what you think.", field="view")
    seal_json(session, referral.assessment, "first_judgement", {"view": view, "why": why})
    audit.record(session, actor, "referral.saved", referral, at=now, fields="first_judgement")


def judge_last(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    refer: bool,
    why: str | None,
    level: str | None = None,
    facts: Mapping[str, str | None] | None = None,
    now: datetime,
) -> None:
    """Keeps the last judgement, a chosen level, and facts; to refer or to choose needs a reason."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    keep_judgement(session, referral.assessment, refer=refer, why=why, level=level, facts=facts)
    audit.record(session, actor, "referral.saved", referral, at=now, fields="final_judgement")


def keep_judgement(
    session: Session,
    assessment: Assessment,
    *,
    refer: bool,
    why: str | None,
    level: str | None,
    facts: Mapping[str, str | None] | None = None,
) -> None:
    """Puts the last judgement on a checklist, or raises Refused with the field to mend."""
    to_choose = [code for code, _ in levels_to_choose(assessment)]
    if to_choose and level not in to_choose:
        raise Refused("Choose the level you find.", field="level")
    if (refer or to_choose) and not why:
        raise Refused("Say what makes you think so, in a sentence.", field="why")
    judged: dict[str, Any] = {"refer": refer, "why": why} | ({"level": level} if to_choose else {})
    known = pair_facts.check(rules_of(assessment), facts or {})
    if known:
        judged["facts"] = known
    seal_json(session, assessment, "final_judgement", judged)


def levels_to_choose(assessment: Assessment) -> list[tuple[str, str]]:
    """Returns the levels a person chooses from, highest first, with titles; none where they are computed."""
    edition = risk.edition(assessment.instrument, assessment.instrument_version)
    if edition.level_rule != "chosen":
        return []
    return [(level.id, level.title) for level in rules_of(assessment).levels]


def rules_of(assessment: Assessment) -> Rules:
    """Returns the rules a checklist is read by: its profile's, or the edition's own."""
    return risk.plan_for(edition_of(assessment), assessment.profile).rules


def values(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Returns only item and code, as the engine reads them."""
    return {item: given["value"] for item, given in answers.items() if given.get("value")}


def explain(
    session: Session, referral: Referral, *, on: date, beside: Assessment | None = None
) -> risk.Explanation:
    """Scores a checklist against the threshold in force; the referral's own, or one opened beside it."""
    assessment = beside or referral.assessment
    profile = risk.profile(assessment.profile) if assessment.profile else None
    answers = values(answers_of(session, assessment))
    judged = unseal_json(session, assessment, "final_judgement") or {}
    if judged.get("level"):
        answers["level"] = judged["level"]
    context = context_of(session, referral, judged, on)
    return risk.assess(edition_of(assessment), answers, context, profile=profile)


def routes_so_far(
    session: Session, referral: Referral, assessment: Assessment, on: date
) -> tuple[Route, ...]:
    """Returns where else the person belongs by what is known so far; none where it cannot be read."""
    plan = risk.plan_for(edition_of(assessment), assessment.profile)
    judged = unseal_json(session, assessment, "final_judgement") or {}
    context = context_of(session, referral, judged, on)
    try:
        return routes(risk.score(plan, values(answers_of(session, assessment)), context, None))
    except risk.RiskError:
        return ()


def context_of(session: Session, referral: Referral, judged: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Gathers what the grounds ask besides the answers: judgement, events, repeat, ages."""
    history = unseal_json(session, referral, "history") or {}
    return facts_of(judged, history, on) | _ages(session, referral, on)


def facts_of(judged: Mapping[str, Any], history: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Puts what was judged and what happened before into the engine's words."""
    context: dict[str, Any] = {"assessed_on": on}
    if judged.get("refer"):
        context["judgement"] = {"refer": True, "reason": judged["why"], "role": "assessor"}
    context |= pair_facts.as_context(judged.get("facts") or {})
    context["events"] = [
        {"date": day, "kind": "incident", "same_pair": True} for day in history.get("incidents", [])
    ]
    if history.get("escalating") == "yes":
        context["escalating"] = True
    if history.get("repeat") == "yes" and history.get("last_referral_on"):
        context["last_referral_on"] = history["last_referral_on"]
        newest = max(history.get("incidents", []), default=on.isoformat())
        context["new_incident"] = {"date": newest, "kind": history.get("incident_kind") or "other"}
    return context


def _ages(session: Session, referral: Referral, on: date) -> dict[str, int]:
    """Of somebody who may be younger the lower age counts, as at the door: who may be a child is told so."""
    found: dict[str, int] = {}
    for part, key in ((Part.VICTIM, "victim_age"), (Part.PERPETRATOR, "perpetrator_age")):
        for row in in_part(referral.case, part)[:1]:
            born = births.parse(details_of(session, row).born)
            if born is not None:
                found[key] = max(births.ages(born, on)[0], 0)
    return found


def progress(session: Session, referral: Referral) -> Progress:
    """Counts what has been answered; never a running score, which would steer the answers."""
    return progress_of(session, referral.assessment)


def progress_of(session: Session, assessment: Assessment) -> Progress:
    """Counts what has been answered of one checklist."""
    edition = edition_of(assessment)
    given = values(answers_of(session, assessment))
    asked = arising(edition, given)
    profile = risk.profile(assessment.profile) if assessment.profile else None
    certain = risk.assess(edition, given, {}, profile=profile).threshold_state == "met"
    answered = sum(item.id in given for item in asked)
    return Progress(answered=answered, total=len(asked), certain=certain)


def asked_of(session: Session, assessment: Assessment) -> tuple[risk.Item, ...]:
    """Returns the items that arise, by the answers given so far."""
    return arising(edition_of(assessment), values(answers_of(session, assessment)))


def score(
    session: Session, actor: User, referral: Referral, *, now: datetime, beside: Assessment | None = None
) -> dict[str, Any] | None:
    """Scores the checklist in a savepoint; a fault is recorded and never stops the referral (None)."""
    try:
        with session.begin_nested():
            return explain(session, referral, on=local_day(now), beside=beside).model_dump(mode="json")
    except Exception:
        audit.record(session, actor, "assessment.unscored", referral, at=now)
        return None


def complete(
    session: Session, actor: User, referral: Referral, result: dict[str, Any] | None, *, now: datetime
) -> None:
    """Signs the checklist and keeps its result; without one the referral is queued as unscored."""
    assessment = referral.assessment
    assessment.completed_at, assessment.completed_by_id = now, actor.id
    seal_json(session, assessment, "result", result)
    referral.scoring = Scoring.UNSCORED if result is None else Scoring.SCORED
    referral.qualifies = None if result is None else bool(result["refer"])
    audit.record(session, actor, "assessment.completed", referral, at=now)


def result_of(session: Session, assessment: Assessment) -> dict[str, Any] | None:
    """Reads the result as it was when the referral was sent; None when it could not be scored."""
    known: dict[str, Any] | None = unseal_json(session, assessment, "result")
    return known
