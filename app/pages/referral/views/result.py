"""What came of a referral that was sent: reasons before numbers, what to do now, what is not known."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

import risk
from app.pages.checklist.views.ways import ways_shown
from app.pages.common.draft import home
from app.pages.referral.views.afterwards import afterwards
from app.pages.referral.views.steps import ToDo, to_do
from app.pages.words import referral as words
from app.pages.words.triage import skipped_words
from app.templating import clock, day, short_day, t, tn
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.models import Referral, ReferralStatus, User
from conferences.referral import referral_views

COUNT = "visible_high_risk"
JUDGEMENT = "professional_judgement"
REPEAT = "repeat"
WAITING = (
    ReferralStatus.SUBMITTED,
    ReferralStatus.RETURNED,
    ReferralStatus.DECLINE_ASKED,
    ReferralStatus.WITHDRAW_ASKED,
    ReferralStatus.APPEALED,
)
OVER = (
    ReferralStatus.DECLINED,
    ReferralStatus.REDIRECTED,
    ReferralStatus.ALERT_ONLY,
    ReferralStatus.WITHDRAWN,
)
RANK = {"met": 0, "possible": 1, "not_shown": 2}


@dataclass(frozen=True)
class Ground:
    """One reason that was looked at: met, possible or not shown, and why."""

    state: str
    title: str
    text: str


@dataclass(frozen=True)
class Unknown:
    """One question without an answer, and who may know."""

    question: str
    state: str
    who: str


@dataclass(frozen=True)
class Bounds:
    """What the answers can and cannot say, drawn as a bar."""

    yes: int
    unknown: int
    no: int
    total: int
    line: int | None
    needed: int | None


def result_page(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives everything the page of a sent referral shows."""
    result = assessments.result_of(session, referral.assessment)
    steps = to_do(session, referral, result)
    heading, lead = _heading(result, steps, waits=referral.status in WAITING)
    after = afterwards(session, user, referral, now)
    if referral.status in OVER and after["became"]:
        heading = after["became"][0]
        lead = t("Below is what the answers said when it was sent, and what still helps.")
    mine = referral.referrer_id == user.id
    asked = referral.status is ReferralStatus.RETURNED
    return {
        "caption": _caption(referral),
        "heading": heading,
        "skipped": skipped_words(referral),
        "lead": lead,
        "reply": f"{home(referral)}/reply" if mine and asked else "",
        "question": referral_views.question_of(session, referral) if asked else None,
        **after,
        "ways": ways_shown(session, user, referral, now),
        "grounds": grounds(result, referral_views.first_view(session, referral)),
        "steps": steps,
        "bounds": bounds(result),
        "unknown": unknown(result),
        "changes": changes(result),
        "beside": beside(result),
        "next": next_steps(session, user, referral, now),
        "method": method(result),
        "checklist": checklist_address(referral),
        "scored": result is not None,
    }


def checklist_address(referral: Referral) -> str:
    """Gives where the rules of the checklist that was used are shown."""
    used = referral.assessment
    return f"/instruments/{used.instrument}?version={used.instrument_version}"


def _caption(referral: Referral) -> str:
    sent = referral.submitted_at or referral.started_at
    return t("%(ref)s · sent %(day)s, %(time)s", ref=referral.case.reference, day=day(sent), time=clock(sent))


def _heading(result: dict[str, Any] | None, steps: list[ToDo], *, waits: bool) -> tuple[str, str]:
    """What was found, and what it means for the worker; of the queue only while it waits there."""
    start = tn(
        "Do not wait for the meeting: start with the step below.",
        "Do not wait for the meeting: start with the %(count)s steps below.",
        len(steps),
    )
    if result is None:
        said = t("The answers could not be counted, so a person will read them. Nothing is lost.")
        return t("Received. A coordinator will review it."), f"{said} {start}"
    met = len(result["grounds"])
    if met:
        reasons = tn("One reason is met. One is enough.", "%(count)s reasons are met. One is enough.", met)
        return t("This case should go to the meeting"), f"{reasons} {start}"
    queue = t("Your referral is in the queue all the same: a coordinator reads every one.") if waits else ""
    if result["threshold_state"] == "open":
        return t("The answers do not settle it yet"), f"{queue} {start}".strip()
    if result["threshold_state"] is None:
        return _without_line(result), f"{queue} {start}".strip()
    judge = t("You can still refer on judgement: tell the coordinator what worries you.")
    return t("The answers are below the line here"), f"{queue} {judge}" if waits else start


def _without_line(result: dict[str, Any]) -> str:
    """An instrument without a count to reach: its level if there is one, and never a reassuring word."""
    if any(one["state"] == "possible" for one in result["considered"]):
        return t("The answers do not settle it yet")
    if result["level_title"]:
        return t("The level found: %(level)s", level=result["level_title"])
    return t("Received. A coordinator will review it.")


def grounds(result: dict[str, Any] | None, first_view: str | None = None) -> list[Ground]:
    """Gives the reasons that were looked at: met first, and the count after the other reasons."""
    considered = sorted(
        (result or {}).get("considered", ()), key=lambda one: (RANK[one["state"]], one["id"] == COUNT)
    )
    return [Ground(one["state"], *_said(one, result or {}, first_view)) for one in considered]


def _said(ground: dict[str, Any], result: dict[str, Any], first_view: str | None) -> tuple[str, str]:
    because = ground["because"][:1].upper() + ground["because"][1:]
    text = because if because.endswith((".", "?", "”")) else f"{because}."
    met = ground["state"] == "met"
    if ground["id"] == JUDGEMENT:
        return _judged(ground["because"], first_view) if met else (t("Professional judgement"), text)
    if ground["id"] == REPEAT and met:
        return ground["title"], text + " " + t("The coordinator will confirm they are the same people.")
    if ground["id"] == COUNT:
        return t("The answers"), count_words(result)
    return ground["title"], text


def _judged(words_given: str, first_view: str | None) -> tuple[str, str]:
    quoted = t("“%(words)s”", words=words_given)
    when = {
        "serious": t("The referrer thought so before the questions and after them."),
        None: "",
    }.get(first_view, t("The referrer was less sure before the questions."))
    return t("The referrer judged the risk to be high"), f"{quoted} {when}".strip()


def count_words(result: dict[str, Any]) -> str:
    """Says how many answers are yes, where the line is, and how far the count could go."""
    low, high, line = result["score_min"], result["score_max"], result["threshold"]
    said = [tn("%(count)s answer is yes.", "%(count)s answers are yes.", low or 0)]
    if line is not None:
        said.append(t("The line here is %(line)s.", line=line))
    if low != high:
        more = tn(
            "Another %(count)s has no clear answer, so the true count is between %(low)s and %(high)s.",
            "Another %(count)s have no clear answer, so the true count is between %(low)s and %(high)s.",
            high - low,
            low=low,
            high=high,
        )
        said.append(more)
    return " ".join(said)


def bounds(result: dict[str, Any] | None) -> Bounds | None:
    """Gives the bar of answers, or None where there is nothing to count."""
    if result is None or result["score_max"] is None:
        return None
    edition = risk.edition(*result["instrument"].split("@"))
    if edition.method != "count":
        return None
    low, high, total = result["score_min"], result["score_max"], len(edition.items)
    return Bounds(low, high - low, total - high, total, result["threshold"], result["needed"])


def unknown(result: dict[str, Any] | None) -> list[Unknown]:
    """Gives the questions without an answer, and the kinds of agency that may know."""
    states = {"dont_know": t("Don’t know"), "refused": t("Declined"), "not_asked": t("Not answered")}
    return [
        Unknown(
            f"{one['item']} {one['topic']}",
            states[one["state"]],
            ", ".join(words.said(words.AGENCIES, who) for who in one["could_help"]),
        )
        for one in (result or {}).get("unknown", ())
    ]


def changes(result: dict[str, Any] | None) -> list[str]:
    """Says in sentences what would change the result, either way."""
    if result is None:
        return []
    held = {ground["id"] for ground in result["grounds"]}
    said = [change["sentence"] for change in result["counterfactual"].values() if change]
    if JUDGEMENT not in held:
        said.append(
            t("Your own judgement is enough by itself. Tell the coordinator if you think the risk is high.")
        )
    return said


def beside(result: dict[str, Any] | None) -> list[tuple[str, str]]:
    """Says what the pattern of answers calls for beside the result, and where a further checklist is."""
    if result is None:
        return []
    prompts = [(one["text"], "") for one in result["prompts"]]
    return prompts + [(one["text"], f"/instruments/{one['id']}") for one in result["followups"]]


def next_steps(session: Session, user: User, referral: Referral, now: datetime) -> list[tuple[str, str]]:
    """Says what happens next, with dates as far as there are any."""
    meeting = referral_views.meeting_at(session, user, referral)
    after = (t("After the meeting"), t("You get any action that is yours."))
    if meeting:
        when = t("%(day)s, %(time)s", day=day(meeting), time=clock(meeting))
        before = (t("Before the meeting"), t("Agencies are asked what they know."))
        return [before, (when, t("The meeting. You may be asked to speak for 2 minutes.")), after]
    if referral.status in OVER:
        return [(t("Now"), t("Ring the coordinator if you do not agree, or if anything changes."))]
    if referral.status is ReferralStatus.APPEALED:
        return [(t("Now"), t("The chair reads it again and decides.")), after]
    if referral.status is ReferralStatus.RETURNED:
        return [(t("Now"), t("The coordinator waits for an answer. Then they decide.")), after]
    by = referral_views.decide_by(session, referral)
    when = t("Today by 5pm") if local_day(by) == local_day(now) else t("%(day)s by 5pm", day=day(by))
    return [
        (when, t("A coordinator decides, or asks you a question.")),
        (t("Then"), t("Agencies are asked what they know.")),
        (t("At the next meeting"), t("You may be asked to speak for 2 minutes.")),
        after,
    ]


def method(result: dict[str, Any] | None) -> list[str]:
    """Says how the result was worked out, and what it cannot say."""
    if result is None:
        return [t("The answers are kept as you gave them. They were not counted.")]
    count = len(risk.edition(*result["instrument"].split("@")).items)
    said = [
        t(
            "%(title)s, %(count)s questions (%(name)s).",
            title=result["title"],
            count=count,
            name=result["instrument"],
        )
    ]
    if result["profile"]:
        profile = risk.profile(result["profile"].split("@")[0])
        since = short_day(_day_of(profile))
        said.append(t("%(title)s, in force from %(day)s.", title=profile.title, day=since))
    if result["threshold"] is not None:
        said.append(t("The line here is %(line)s.", line=result["threshold"]))
    return [*said, *result["limits"]]


def _day_of(profile: risk.Profile) -> date:
    return profile.effective.first
