"""One referral to decide: who, why, what was answered, what is not known, and what was decided so far."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common import told
from app.pages.queue.views import meetings as queue_meetings
from app.pages.queue.views import people as queue_people
from app.pages.queue.views.clocks import clocks_shown
from app.pages.queue.views.gates import checklist_routes, gate_notes, way_of
from app.pages.queue.views.queue import bounds_shown
from app.pages.referral.views import contents
from app.pages.referral.views.assessments import offers
from app.pages.referral.views.risk import risk_shown
from app.pages.words.case import decision_words, ground_tag, part_tag, referral_tag
from app.pages.words.referral import AGENCIES, ALERTS, said
from app.pages.words.triage import (
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
from conferences.referral import deciding, referrals
from conferences.sealing import unseal
from conferences.triage import asking, queue_views, triage, undoing
from conferences.wall import walls


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
        "sections": contents.sections(session, referral),
        "judgements": contents.judgements(session, referral),
        "sharing": contents.sharing(session, referral),
        "history": contents.history(session, referral),
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
