"""What a referral says: the answers by section, what its writer thought, why it is shared, and the dates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.referral.views.parts_said import details_said
from app.pages.words.case import Tag
from app.pages.words.referral import BASES, CONSENT, KINDS, MAYBE, SOURCES, VIEWS, said
from app.templating import short_day, t
from conferences.checklist import assessments
from conferences.errors import Refused
from conferences.models import Referral
from conferences.referral import referrals, sending
from conferences.sealing import unseal_json
from risk import Item

_ANSWERS: dict[str, Tag] = {
    "yes": ("ink", "Yes", "tick"),
    "no": ("", "No", "dash"),
    "present": ("ink", "Present", "tick"),
    "possible": ("line", "Possible", "half"),
    "absent": ("", "Absent", "dash"),
    "dont_know": ("line", "Don’t know", "half"),
    "refused": ("line", "Declined", "cross"),
    "not_applicable": ("", "Does not apply", "dash"),
}


@dataclass(frozen=True)
class AnswerShown:
    """One item with its answer, who said it, and the note."""

    number: str
    topic: str
    tag: Tag
    source: str
    note: str


def sections(session: Session, referral: Referral) -> list[tuple[str, list[AnswerShown]]]:
    """The answers by section; empty when the edition is no longer here."""
    try:
        edition = assessments.edition_of(referral.assessment)
    except Refused:
        return []
    given = assessments.answers_of(session, referral.assessment)
    return [
        (part.title, [_answer(item, given.get(item.id, {})) for item in part.items])
        for part in edition.sections
    ]


def _answer(item: Item, given: dict[str, Any]) -> AnswerShown:
    kind, words, shape = _ANSWERS.get(given.get("value") or "", ("soon", "Not answered", "ring"))
    source = said(SOURCES, given.get("source"))
    note = "\n".join([*details_said(item, given), *([given["note"]] if given.get("note") else [])])
    return AnswerShown(item.id, item.topic, (kind, t(words), shape), source, note)


def judgements(session: Session, referral: Referral) -> list[tuple[str, str]]:
    """Gives what the referrer thought before and after the questions."""
    first = unseal_json(session, referral.assessment, "first_judgement") or {}
    last = unseal_json(session, referral.assessment, "final_judgement") or {}
    view = said(VIEWS, first.get("view")) or t("Not recorded")
    level = _chosen_level(referral, last.get("level") or "")
    chosen = [(t("The level found"), level)] if level else []
    refers = t("Refer on judgement") if last.get("refer") else t("Did not refer on judgement")
    return [
        *_paper(session, referral),
        (t("Before the questions"), _joined(view, first.get("why"))),
        *chosen,
        (t("After the questions"), _joined(refers, last.get("why"))),
    ]


def _paper(session: Session, referral: Referral) -> list[tuple[str, str]]:
    paper = assessments.paper_of(session, referral.assessment)
    if not paper:
        return []
    said = t("Filled in by %(who)s on %(day)s, keyed in later", who=paper["by"], day=_day(paper["on"]))
    return [(t("From paper"), said)]


def _chosen_level(referral: Referral, code: str) -> str:
    """The title of the level a person chose; its code when the edition is no longer here."""
    try:
        return dict(assessments.levels_to_choose(referral.assessment)).get(code, code) if code else ""
    except Refused:
        return code


def _joined(view: str, why: str | None) -> str:
    return f"{view}. {why}" if why else view


def sharing(session: Session, referral: Referral) -> list[tuple[str, str]]:
    """Gives on what basis it is shared."""
    known = referrals.sharing_of(session, referral)
    rows = [
        (t("Agreement"), said(CONSENT, known.get("consent")) or t("Not recorded")),
        (t("Lawful basis"), said(BASES, known.get("basis")) or t("Not recorded")),
    ]
    return rows + ([(t("Why it is necessary"), known["why"])] if known.get("why") else [])


def history(session: Session, referral: Referral) -> list[tuple[str, str]]:
    """Gives the dated history in words."""
    known = sending.history_of(session, referral)
    rows = []
    if known.get("incidents"):
        rows.append((t("Incidents"), ", ".join(_day(day) for day in sorted(known["incidents"]))))
    if known.get("escalating"):
        rows.append((t("Getting worse"), said(MAYBE, known["escalating"])))
    if known.get("incident_kind"):
        rows.append((t("Kind of incident"), said(KINDS, known["incident_kind"])))
    if known.get("last_referral_on"):
        rows.append((t("Referred before"), _day(known["last_referral_on"])))
    return rows


def _day(iso: str) -> str:
    return short_day(datetime.fromisoformat(iso).date())
