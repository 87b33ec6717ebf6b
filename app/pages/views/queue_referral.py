"""One referral to decide: who, why, what was answered, what is not known, and what was decided so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.views import queue_meetings, queue_people, told
from app.pages.views.assessments import offers
from app.pages.views.cases_risk import risk_shown
from app.pages.views.cases_words import Tag, decision_words, ground_tag, part_tag, referral_tag
from app.pages.views.clocks import clocks_shown
from app.pages.views.queue import bounds_shown
from app.pages.views.queue_gates import checklist_routes, gate_notes, way_of
from app.pages.views.referral_parts_said import details_said
from app.pages.views.referral_words import (
    AGENCIES,
    ALERTS,
    BASES,
    CONSENT,
    KINDS,
    MAYBE,
    SOURCES,
    VIEWS,
    said,
)
from app.pages.views.triage_words import (
    decline_options,
    declined_words,
    elsewhere_words,
    signposted,
    skipped_words,
    withdrawn_words,
)
from app.templating import clock, short_day, t
from conferences import audit
from conferences.calendars import local_day
from conferences.case import case_views
from conferences.checklist import assessments
from conferences.errors import Refused
from conferences.models import (
    AskedKind,
    Decision,
    DecisionKind,
    Referral,
    Role,
    Urgency,
    User,
)
from conferences.models import ReferralStatus as R
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.referral import deciding, referrals, sending
from conferences.sealing import unseal, unseal_json
from conferences.triage import asking, queue_views, triage, undoing
from conferences.wall import walls
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


def page(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gathers everything the page of one referral shows, and records who looked."""
    referrals.look(session, user, referral, now=now)
    result = assessments.result_of(session, referral.assessment)
    shown = case_views.persons(session, referral.case, local_day(now))
    return {
        "referral": referral,
        "case": referral.case,
        "persons": shown,
        "victim": people.name_of(session, people.victim_of(referral.case)),
        "tag_of": referral_tag(referral.status),
        "part_tag": part_tag,
        "somebody_alike": walls.is_to_look_at(user, referral.case),
        "urgent": referral.urgency is Urgency.EMERGENCY,
        "reason": referrals.reason_of(session, referral) or "",
        "wishes": unseal(session, referral, "wishes") or "",
        "bounds": bounds_shown(result),
        "result": result,
        "grounds": _grounds(result),
        "unknown": _unknown(result),
        "alerts": gate_notes(referral) + _alerts(result),
        "routes": checklist_routes(result),
        "sections": sections(session, referral),
        "judgements": judgements(session, referral),
        "sharing": sharing(session, referral),
        "history": history(session, referral),
        "told": told.shown(session, user, referral),
        "decisions": _decisions(session, referral),
        **clocks_shown(session, referral, now),
        **_beside(session, user, referral, now),
        **offers(session, user, referral, now),
        **risk_shown(session, user, referral.case, now),
        "referrer": case_views.name_of_user(session, referral.referrer),
        "may_see_contact": may(user, Permission.VIEW_CONTACT, referral.case),
        "contact": None,
        "apart": [],
        **_choices(session, user, referral, now),
        **queue_people.on_the_queue(session, user, referral, now),
    }


def _beside(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, str]:
    before, after = queue_views.beside(queue_views.queue(session, user, now=now), referral.id)
    return {"before_ref": before.hex if before else "", "after_ref": after.hex if after else ""}


def _choices(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """What this person may decide now."""
    decides, status = may(user, Permission.DECIDE_REFERRAL, referral), referral.status
    open_to = triage.open_conferences(session, user, now=now) if decides else []
    meetings = queue_meetings.options(session, open_to, now)
    undone = undoing.undoable(session, user, referral, now=now)
    return {
        "may_accept": decides and status in (R.SUBMITTED, R.RETURNED, R.ALERT_ONLY),
        "may_call": referral.urgency is Urgency.EMERGENCY
        and status in (R.SUBMITTED, R.RETURNED)
        and may(user, Permission.CALL_EMERGENCY, referral),
        "may_return": decides and status is R.SUBMITTED,
        "may_divert": decides and status in (R.SUBMITTED, R.RETURNED),
        "way": way_of(referral),
        "ask_options": _ask_options(session, referral) if decides else [],
        "hold_meetings": meetings["meetings"] if referral.qualifies is not False else [],
        "to_confirm": _to_confirm(user, referral),
        "undo_until": clock(undone.at + undoing.TIME) if undone else "",
        "decline_options": decline_options(),
        "chair_confirms": triage.needs_the_chair(referral),
        **meetings,
        "coordinates": user.role is Role.COORDINATOR,
        "case_href": f"/cases/{referral.case_id.hex}"
        if may(user, Permission.VIEW_CASE, referral.case)
        else "",
        "listing_href": _turn(session, user, referral),
    }


def _ask_options(session: Session, referral: Referral) -> list[tuple[str, str, str]]:
    """What can be asked about; what could decide it says so."""
    return [
        (
            one.key,
            f"{one.about}. {one.topic}",
            t("Could decide it") if one.decides else t("Not answered clearly"),
        )
        if one.kind is AskedKind.ITEM
        else (one.key, t(one.topic), t("A part of the referral"))
        for one in asking.askable(session, referral)
    ]


def _to_confirm(user: User, referral: Referral) -> list[tuple[bool, str, str, str, str, str]]:
    """What waits for this person’s word: (shown, step, title, question, yes, no)."""

    def shown(status: R, needed: Permission) -> bool:
        return referral.status is status and may(user, needed, referral)

    back = t("No, send it back to the queue")
    decline = shown(R.DECLINE_ASKED, Permission.CONFIRM_DECLINE)
    withdrawal = shown(R.WITHDRAW_ASKED, Permission.DECIDE_REFERRAL)
    appeal = shown(R.APPEALED, Permission.DECIDE_APPEAL)
    return [
        (decline, "/confirm", t("Confirm declining"),
         t("Do you agree to declining this referral?"), t("Yes, decline it"), back),
        (withdrawal, "/withdrawal", t("Confirm taking it back"),
         t("Do you agree that this referral is taken back?"), t("Yes, take it back"),
         t("No, put it back where it was")),
        (appeal, "/appeal", t("Decide the appeal"), t("Do you agree with the referrer?"),
         t("Yes, send it back to the queue"), t("No, it stays declined")),
    ]  # fmt: skip


def _turn(session: Session, user: User, referral: Referral) -> str:
    for row in case_views.listings_of(session, user, referral.case):
        if row.referral_id == referral.id or row.id == referral.merged_into_id:
            return f"/listings/{row.id.hex}"
    return ""


def _grounds(result: dict[str, Any] | None) -> list[dict[str, str]]:
    return [
        {"state": row["state"], "title": ground_tag(row["id"])[1], "because": _sentence(row["because"])}
        for row in (result or {}).get("considered", [])
    ]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _alerts(result: dict[str, Any] | None) -> list[tuple[str, str]]:
    found = [ALERTS[row["id"]] for row in (result or {}).get("alerts", []) if row["id"] in ALERTS]
    return [(t(title), t(words)) for title, words in found]


def _unknown(result: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [
        {
            "item": row["item"],
            "topic": row["topic"],
            "decides": row["could_decide"],
            "who": ", ".join(said(AGENCIES, kind) for kind in row["could_help"]),
        }
        for row in (result or {}).get("unknown", [])
    ]


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


def _decisions(session: Session, referral: Referral) -> list[dict[str, str]]:
    rows = [
        {
            "when": short_day(row.at),
            "who": case_views.name_of_user(session, row.by),
            "text": decision_words(row.kind),
            "sub": ". ".join([clock(row.at), *_words_of(session, referral, row)]),
        }
        for row in referral.decisions
    ]
    if referral.submitted_at:
        sub = ". ".join(w for w in (clock(referral.submitted_at), skipped_words(referral)) if w)
        sent = {"when": short_day(referral.submitted_at), "sub": sub}
        who = case_views.name_of_user(session, referral.referrer)
        first = sum(row.at < referral.submitted_at for row in referral.decisions)
        rows.insert(first, {**sent, "who": who, "text": t(audit.SENTENCES["referral.submitted"])})
    return rows[::-1]


def _words_of(session: Session, referral: Referral, row: Decision) -> list[str]:
    """The code, the reason, the signpost and the advice, as far as there are any."""
    undone = t("Undone since") if any(other.undoes_id == row.id for other in referral.decisions) else ""
    said = (
        undone,
        declined_words(row.decline_code),
        withdrawn_words(row.withdraw_code),
        elsewhere_words(referral.redirected_to) if row.kind is DecisionKind.REDIRECTED else "",
        deciding.reason_of(session, row),
        *signposted(unseal(session, row, "signpost"), unseal(session, row, "advice")),
    )
    return [words.rstrip(".") for words in said if words]
