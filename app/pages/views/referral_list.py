"""What the list of referrals shows, and the list of parts of one draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.pages.views.referral_draft import home
from app.pages.views.referral_rows import counts
from app.templating import short_day, t, tn
from conferences import referral_views
from conferences.models import Referral, ReferralStatus, Role, User
from conferences.referral_views import Done, ReferralRow

WARN_BEFORE = timedelta(days=7)
PLACES = {
    ReferralStatus.AWAITING_SIGNOFF: ("info", "Waiting to be signed off", "pause"),
    ReferralStatus.SUBMITTED: ("info", "In the queue", "clock"),
    ReferralStatus.RETURNED: ("soon", "Answer needed", "ring"),
    ReferralStatus.DECLINE_ASKED: ("info", "In the queue", "clock"),
    ReferralStatus.WITHDRAW_ASKED: ("info", "Taking it back", "pause"),
    ReferralStatus.APPEALED: ("info", "Appeal with the chair", "clock"),
    ReferralStatus.ACCEPTED: ("good", "Accepted", "tick"),
    ReferralStatus.ALERT_ONLY: ("good", "Listed for alerts", "tick"),
    ReferralStatus.MERGED: ("good", "Accepted", "tick"),
    ReferralStatus.REDIRECTED: ("", "Sent on", "right"),
    ReferralStatus.DECLINED: ("", "Not accepted", "dash"),
    ReferralStatus.WITHDRAWN: ("", "Taken back", "dash"),
}
DONE = {
    Done.DONE: ("good", "Completed", "tick"),
    Done.IN_PROGRESS: ("info", "In progress", "half"),
    Done.NOT_STARTED: ("", "Not started", "ring"),
    Done.OPTIONAL: ("line", "Optional", ""),
    Done.NOT_YET: ("", "Cannot start yet", "dash"),
}


@dataclass(frozen=True)
class Line:
    """One row of a list with its tag and one verb."""

    text: str
    href: str
    sub: str
    tag_kind: str = ""
    tag_text: str = ""
    tag_icon: str = ""
    verb: str = ""
    verb_href: str = ""


@dataclass(frozen=True)
class Step:
    """One part of a draft in the list of parts; `anchor` is where an error leads."""

    anchor: str
    text: str
    href: str
    hint: str
    tag_kind: str
    tag_text: str
    tag_icon: str
    open: bool


def listed(rows: Iterable[ReferralRow], user: User, today: date) -> dict[str, Any]:
    """Sorts the referrals into those that wait for the reader, those begun, and those sent."""
    found: dict[str, list[Line]] = {"asked": [], "drafts": [], "sent": []}
    for row in rows:
        mine = row.referral.referrer_id == user.id
        if row.progress is not None:
            found["drafts"].append(_draft_line(row, today))
        elif row.referral.status is ReferralStatus.RETURNED and mine:
            found["asked"].append(_sent_line(row, "/reply", t("Answer")))
        else:
            found["sent"].append(_sent_line(row))
    return found | {"whole_agency": user.role is Role.REPRESENTATIVE}


def _title(row: ReferralRow) -> str:
    reference = row.referral.case.reference
    return f"{reference}, {row.initials}" if row.initials else reference


def _draft_line(row: ReferralRow, today: date) -> Line:
    progress, here = row.progress, home(row.referral)
    assert progress is not None  # noqa: S101 - narrows the type
    said = t(
        "%(done)s of %(total)s answered, kept until %(day)s",
        done=progress.answered,
        total=progress.total,
        day=short_day(row.referral.expires_on),
    )
    if row.referral.expires_on - today <= WARN_BEFORE:
        return Line(_title(row), here, said, "soon", t("Send it soon"), "clock", t("Continue"), here)
    return Line(_title(row), here, said, "", t("Not sent"), "page", t("Continue"), here)


def _sent_line(row: ReferralRow, where: str = "", verb: str = "") -> Line:
    kind, words, icon = PLACES[row.referral.status]
    if row.referral.status is ReferralStatus.RETURNED and not verb:
        words = "Question asked"
    here, sent = home(row.referral), row.referral.submitted_at
    said = t("Sent %(day)s", day=short_day(sent)) if sent else ""
    return Line(_title(row), here + where, said, kind, t(words), icon, verb or t("Open"), here + where)


PARTS = (
    ("victim", "Who is at risk", ""),
    ("perpetrators", "Who causes harm", "One person or more"),
    ("children", "Children", "Leave this out if there are none"),
    ("adults", "Other adults", "Anyone else in danger, or who may help"),
    ("contact", "Safe contact", "How to reach them without putting them in danger"),
    ("address", "Where they are now", "Kept apart, and shown only to people who give a reason"),
    ("reason", "Why now", "What they want, how urgent it is, and dates"),
    ("sharing", "Sharing", "Whether they agreed, and the lawful basis"),
)


def draft_page(session: Session, referral: Referral) -> dict[str, Any]:
    """Gives the list of parts of a draft, each with how far it has got."""
    done = referral_views.parts_done(session, referral)
    here, sections = home(referral), referral_views.sections_done(session, referral)
    first = _step(here, "judgement", "What you think, before the questions", "", done["judgement"])
    asked = [
        _step(
            here,
            f"checklist/{section.number}",
            section.title,
            t("%(done)s of %(total)s answered", done=section.answered, total=section.total),
            section.done,
            anchor="checklist" if section.number == 1 else f"checklist-{section.number}",
        )
        for section in sections
    ]
    last = _step(here, "final", "What you think, after the questions", "", done["final"])
    parts = [_step(here, name, text, t(hint), done[name]) for name, text, hint in PARTS]
    check = _step(here, "check", "Check and send", "", done["check"], always=True)
    ready = sum(step.tag_text == t("Completed") for step in [first, *asked, last, *parts])
    return {
        "here": here,
        "groups": [
            (t("1. The questions"), [first, *asked, last]),
            (t("2. The people, and why now"), parts),
            (t("3. Send"), [check]),
        ],
        "ready": tn("%(count)s part is completed", "%(count)s parts are completed", ready),
        "kept_until": referral.expires_on,
        "reference": referral.case.reference,
        "counts": counts(session, referral),
    }


def _step(
    here: str, name: str, text: str, hint: str, done: Done, *, anchor: str = "", always: bool = False
) -> Step:
    kind, words, icon = DONE[done]
    can = always or done is not Done.NOT_YET
    return Step(anchor or name, t(text), f"{here}/{name}", hint, kind, t(words), icon, can)
