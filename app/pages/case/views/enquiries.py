"""Questions between areas on the screen: what was asked, and only what may be said in answer."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Lines
from app.pages.case.views.search import row_shown
from app.pages.words.case import part_tag
from app.templating import clock, short_day, t
from conferences.models import Case, Enquiry, EnquiryAnswer, User
from conferences.person import enquiries
from conferences.person.enquiries import AskedAbout, Sent

ANSWERS = {
    EnquiryAnswer.KNOWN: "Known here",
    EnquiryAnswer.NOT_KNOWN: "Not known here",
    EnquiryAnswer.RING_ME: "Ring me",
}
ABOUT = {
    "victim": "The person at risk",
    "perpetrators": "Whoever may cause harm",
    "both": "Both",
}


class Asking(BaseModel):
    """Which area, about whom, and why they need to know."""

    messages: ClassVar = {
        ("area", "missing"): "Choose another area",
        ("area", "string_pattern_mismatch"): "Choose another area",
        ("about", "missing"): "Choose whom to ask about",
        ("reason", "missing"): "Say why they need to know",
    }
    area: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", title="an area")]
    about: Annotated[Literal["victim", "perpetrators", "both"], Field(title="whom to ask about")]
    reason: Annotated[Lines, Field(max_length=1000, title="why they need to know")]


class Answering(BaseModel):
    """All that is said in answer."""

    messages: ClassVar = {("answer", "missing"): "Choose an answer"}
    answer: Annotated[EnquiryAnswer, Field(title="an answer")]


def asking(session: Session, user: User, case: Case) -> dict[str, Any]:
    """Gathers the questions asked about a case, and what the form offers."""
    return {
        "case": case,
        "asked": [_sent(one) for one in enquiries.of_case(session, user, case)],
        "areas": [(area.id.hex, area.name) for area in enquiries.other_areas(session, user)],
        "abouts": [(value, t(words)) for value, words in ABOUT.items()],
    }


def _sent(one: Sent) -> dict[str, Any]:
    asked = short_day(one.asked_at)
    if one.answer is None or one.answered_at is None:
        return {
            "area": one.area,
            "asked": asked,
            "tag": ("", t("They will answer"), "clock"),
        }
    kinds = {EnquiryAnswer.KNOWN: "soon", EnquiryAnswer.RING_ME: "soon", EnquiryAnswer.NOT_KNOWN: ""}
    said = t("%(answer)s, %(day)s", answer=t(ANSWERS[one.answer]), day=short_day(one.answered_at))
    return {"area": one.area, "asked": asked, "tag": (kinds[one.answer], said, "tick")}


def received(session: Session, user: User, row: Enquiry, now: datetime) -> dict[str, Any]:
    """Gathers a question of another area, and records who looked."""
    seen = enquiries.look(session, user, row, now=now)
    return {
        "here": f"/enquiries/{row.id.hex}",
        "facts": [
            (t("From"), ", ".join(part for part in (seen.who, seen.agency, seen.from_area) if part)),
            (t("Telephone"), seen.phone or t("Not given")),
            (t("Asked"), f"{short_day(row.asked_at)}, {clock(row.asked_at)}"),
        ],
        "reason": seen.reason,
        "about": [_person(one) for one in seen.about],
        "answers": [(one.value, t(words)) for one, words in ANSWERS.items()],
        "answered": t(ANSWERS[seen.answer]) if seen.answer else "",
    }


def _born(text: str | None) -> str:
    """Says a birth as far as it is known: 7 June 1974, 1974-06, 1974."""
    if not text:
        return t("not known")
    return short_day(date.fromisoformat(text)) if len(text) == len("1974-06-07") else text


def _person(one: AskedAbout) -> dict[str, Any]:
    others = (*one.facts.aliases, *one.facts.former_names)
    return {
        "name": one.facts.name or t("Name not given"),
        "part": part_tag(one.part),
        "others": ", ".join(others),
        "born": _born(one.facts.born),
        "may_be": [row_shown(hit) for hit in one.may_be],
    }
