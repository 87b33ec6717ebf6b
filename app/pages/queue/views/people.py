"""The words of the pages on who people are and whether a referral is a repeat."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Lines
from app.pages.common.told import born_words
from app.pages.meeting.views.actions import RISKS, TAGS
from app.pages.words.case import Tag, part_tag
from app.templating import short_day, t, tn
from conferences import births, states
from conferences.case import case_views, identity_views, repeats
from conferences.case.identity_views import Asked, Suggested
from conferences.case.repeats import Evidence, Judged
from conferences.errors import Refused
from conferences.models import (
    Case,
    IdentityDecision,
    Referral,
    ReferralStatus,
    RepeatDecision,
    Sameness,
    User,
)
from conferences.permissions import Permission, may
from conferences.person import identity, people
from conferences.sealing import unseal
from conferences.wall import sides
from risk.repeats import in_words

Words = Annotated[Lines, Field(max_length=4000)]


class Saying(BaseModel):
    """Whether two records are one person, and what made it sure."""

    messages: ClassVar = {("answer", "*"): "Say whether they are the same person"}
    answer: Annotated[Literal["same", "different", "not_sure"], Field(title="whether they are the same")]
    reason: Annotated[Words | None, Field(title="what made you sure")] = None


class Repeating(BaseModel):
    """Whether the referral is a repeat, and why somebody decides otherwise than the rule."""

    messages: ClassVar = {("is_repeat", "*"): "Say whether it is a repeat"}
    is_repeat: Annotated[Literal["yes", "no"], Field(title="whether it is a repeat")]
    reason: Annotated[Words | None, Field(title="the reason")] = None


class Carrying(BaseModel):
    """The earlier case whose walls are to stand around this one too."""

    messages: ClassVar = {("earlier", "*"): "Choose an earlier case of the same two people"}
    earlier: UUID


ANSWERS: dict[Sameness, Tag] = {
    Sameness.SAME: ("ink", "Same person", "tick"),
    Sameness.DIFFERENT: ("", "Different people", "dash"),
    Sameness.NOT_SURE: ("line", "Not sure", "half"),
}
VERDICTS: dict[str, Tag] = {
    "agrees": ("ink", "Agrees", "tick"),
    "alike": ("", "Alike", "half"),
    "differs": ("line", "Differs", "cross"),
    "missing": ("", "Missing", "ring"),
}
LABELS = {"held": "Held, not shown here", "male": "Male", "female": "Female"}
RELATIONS = {
    "same_pair": "The same two people",
    "role_reversal": "The same two people, with the roles reversed",
    "same_victim": "The same person at risk; who causes harm is not found to be the same",
    "same_perpetrator": "Somebody else at risk from the same person",
    "same_phone": "Somebody in another case has the same telephone number",
    "same_home": "Somebody in another case has the same address",
}
FOUND = {
    "repeat": "By the area’s rule this is a repeat.",
    "update": "These people are already to be heard: add this to the open listing.",
    "transfer_in": "It came from another area, with nothing new inside the window.",
    "undecided": "The rule cannot tell yet.",
    "new": "By the area’s rule this is not a repeat.",
}
DEFINITIONS = {
    "any_abuse": "any abuse between the same two people",
    "criminal_only": "only what is criminal, or stalking, between the same two people",
}
ANCHORS = {"last_referral": "the last referral", "last_heard": "the last hearing"}


def said(tag: Tag) -> Tag:
    """Returns a tag in the reader's language."""
    return (tag[0], t(tag[1]), tag[2])


def people_page(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Everyone named in a referral, with the records that may be theirs."""
    rows = identity_views.asked_about(session, user, referral, now=now)
    left = identity_views.undecided(rows)
    return {
        "referral": referral,
        "case": referral.case,
        "rows": [_person(row) for row in rows],
        "left": _left(left),
    }


def _left(count: int) -> str:
    return tn("%(count)s record to look at", "%(count)s records to look at", count) if count else ""


def _person(row: Asked) -> dict[str, Any]:
    return {
        "name": row.name,
        "unnamed": row.name == people.UNNAMED,
        "tag": part_tag(row.involvement.part),
        "found": [_record(row, one) for one in row.found],
    }


def _record(row: Asked, one: Suggested) -> dict[str, Any]:
    return {
        "name": one.record.name,
        "places": [f"{part_tag(part)[1]}, {reference}" for part, reference in one.record.places],
        "strength": t("Likely") if one.score >= 0.85 else t("Possible"),
        "offered": bool(one.reasons),
        "reasons": one.reasons,
        "tag": said(ANSWERS[one.decision.answer]) if one.decision else None,
        "decision": one.decision.id.hex if one.decision else "",
        "href": f"{row.involvement.person_id.hex}/{one.record.person_id.hex}",
    }


def compare_page(
    session: Session, user: User, referral: Referral, one: Any, other: Any, now: datetime
) -> dict[str, Any]:
    """Two records side by side, and what was decided about them."""
    lines = identity_views.side_by_side(session, user, referral, one, other, now=now)
    record = identity_views.records_shown(session, user, [other.id])[other.id]
    decision = identity.in_force(session, one.id, other.id)
    return {
        "referral": referral,
        "case": referral.case,
        "pair": f"{one.id.hex}/{other.id.hex}",
        "lines": [
            (
                t(row.label),
                _said(row.label, row.one),
                _said(row.label, row.other),
                _verdict(row),
            )
            for row in lines
        ],
        "reasons": identity_views.likeness(session, one, other),
        "places": [f"{part_tag(part)[1]}, {reference}" for part, reference in record.places],
        "decided": _decided(session, decision) if decision else None,
    }


def _said(label: str, value: str) -> str:
    if label != "Born":
        return t(LABELS.get(value, value))
    born, _, age = value.partition(" ")
    return f"{born_words(births.parse(born))} {age}".strip()


def _verdict(row: Any) -> Tag:
    return said(VERDICTS[row.verdict])


def _decided(session: Session, row: IdentityDecision | RepeatDecision) -> dict[str, Any]:
    kind = row.answer if isinstance(row, IdentityDecision) else None
    reason = identity.reason_of if isinstance(row, IdentityDecision) else repeats.reason_of
    return {
        "tag": said(ANSWERS[kind]) if kind else None,
        "who": case_views.name_of_user(session, row.by),
        "when": short_day(row.at),
        "reason": reason(session, row) or "",  # type: ignore[arg-type]
    }


def repeat_page(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """What the rule makes of a referral, the evidence, the earlier plan, and what was confirmed."""
    judged = repeats.judge(session, user, referral, now=now)
    standing = repeats.confirmed_shown(session, user, referral)
    left = identity_views.undecided(identity_views.asked_about(session, user, referral, now=now))
    return {
        "referral": referral,
        "case": referral.case,
        "found": t(FOUND[judged.decision.kind]),
        "because": _sentence(judged.decision.because),
        "is_repeat": judged.decision.kind == "repeat",
        "may_add": judged.decision.kind == "update"
        and states.may_move(referral, ReferralStatus.MERGED)
        and may(user, Permission.DECIDE_REFERRAL, referral),
        "rule": _rule(judged),
        "left": _left(left),
        "evidence": [_evidence(one) for one in judged.evidence],
        "apart": _apart(session, referral, judged),
        "plan": earlier_plan(session, user, judged.evidence),
        "decided": _decided(session, standing) if standing else None,
        "confirmed": standing.is_repeat if standing else None,
    }


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _rule(judged: Judged) -> str:
    rule = judged.rule
    return t(
        "A repeat here is %(what)s within %(months)s months of %(anchor)s, the anniversary included.",
        what=t(DEFINITIONS[rule.definition]),
        months=rule.months,
        anchor=t(ANCHORS[rule.anchor]),
    )


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "href": f"/cases/{one.case_id.hex}",
        "relation": t(RELATIONS[one.relation]),
        "referred": _until(one.referred_on, one.referral_window),
        "heard": _until(one.heard_on, one.hearing_window) if one.heard_on else t("Not heard"),
        "open": one.listing_open,
    }


def _apart(session: Session, referral: Referral, judged: Judged) -> list[dict[str, Any]]:
    """The earlier cases of the same two people that other people are shut out of; nobody is named."""
    found = []
    for one in judged.evidence:
        earlier = session.get_one(Case, one.case_id)
        if one.relation == "same_pair" and not sides.same(session, referral.case, earlier):
            more = bool(sides.missing(session, referral.case, earlier))
            found.append({"reference": one.reference, "id": one.case_id.hex, "more": more})
    return list({row["id"]: row for row in found}.values())


def _until(day: date | None, last: date | None) -> str:
    if day is None or last is None:
        return ""
    return t("%(day)s, window to %(last)s", day=in_words(day), last=in_words(last))


def carry_over(session: Session, user: User, referral: Referral, earlier: UUID, now: datetime) -> None:
    """Keeps a referral's case from everyone that an earlier case of the same two people is kept from."""
    judged = repeats.judge(session, user, referral, now=now)
    if earlier not in {one.case_id for one in judged.evidence if one.relation == "same_pair"}:
        raise Refused("Choose an earlier case of the same two people", field="earlier")
    sides.carry_over(session, user, referral.case, session.get_one(Case, earlier), now=now)


def earlier_plan(session: Session, user: User, evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    """What was promised for these two people before: each action, what came of it, and whether it worked."""
    found = []
    for one in evidence:
        if one.relation == "same_pair":
            for action in case_views.actions_of(session, user, session.get_one(Case, one.case_id)):
                found.append(
                    {
                        "what": unseal(session, action, "what"),
                        "agency": action.agency.name,
                        "tag": said(TAGS[action.status]),
                        "outcome": unseal(session, action, "outcome")
                        or unseal(session, action, "reason")
                        or "",
                        "worked": t(RISKS[action.risk_now]) if action.risk_now else t("Not known"),
                        "reference": one.reference,
                    }
                )
    return found


def on_the_queue(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """What the page of one referral says about repeats and other cases of these people."""
    standing = repeats.confirmed_shown(session, user, referral)
    judged = repeats.judge(session, user, referral, now=now)
    return {
        "repeat_found": t(FOUND[judged.decision.kind]) if judged.evidence else "",
        "repeat_confirmed": standing.is_repeat if standing else None,
        "earlier_plan": earlier_plan(session, user, judged.evidence)
        if standing and standing.is_repeat
        else [],
        "headlines": headline_words(session, user, referral.case),
    }


def headline_words(session: Session, user: User, case: Case) -> list[dict[str, Any]]:
    """Says that the people of a case are in other cases, to those cleared for it."""
    return [
        {
            "words": t(RELATIONS[row.relation]),
            "cases": [(reference, f"/cases/{case_id.hex}") for case_id, reference in row.cases],
        }
        for row in identity_views.headlines(session, user, case)
    ]


def named(referral: Referral, wanted: Any) -> Any:
    """Returns the person of a referral with that identifier, or None."""
    rows = (row for row in referral.case.involvements if row.person_id == wanted)
    return next((row.person for row in rows), None)
