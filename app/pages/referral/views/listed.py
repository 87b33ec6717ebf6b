"""What the list of referrals shows, and the list of parts of one draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common.draft import home
from app.pages.referral.views.rows import counts, unplaced_said
from app.pages.referral.views.signing import given_back_words
from app.templating import short_day, t, tn
from conferences import fields
from conferences.calendars import local_day
from conferences.fields import Sheet
from conferences.models import Referral, ReferralStatus, Role, User
from conferences.referral import completeness, drafts, referral_views
from conferences.referral.completeness import Done
from conferences.referral.referral_views import ReferralRow

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
MISSING = ("", "Something is missing", "dash")  # the last page can always be read, and names what


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
    if drafts.is_near_its_end(row.referral, today):
        return Line(_title(row), here, said, "soon", t("Send it soon"), "clock", t("Continue"), here)
    return Line(_title(row), here, said, "", t("Not sent"), "page", t("Continue"), here)


def _sent_line(row: ReferralRow, where: str = "", verb: str = "") -> Line:
    kind, words, icon = PLACES[row.referral.status]
    if row.referral.status is ReferralStatus.RETURNED and not verb:
        words = "Question asked"
    here, sent = home(row.referral), row.referral.submitted_at
    said = t("Sent %(day)s", day=short_day(sent)) if sent else ""
    return Line(_title(row), here + where, said, kind, t(words), icon, verb or t("Open"), here + where)


def draft_page(session: Session, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives the list of parts of a draft, chapter by chapter, each with how far it has got."""
    done = referral_views.parts_done(session, referral)
    asked = {sheet.key for sheet in completeness.sheets(session, referral)}
    groups: list[tuple[str, list[Step]]] = []
    for section in fields.form().sections:
        steps: list[Step] = []
        for sheet in section.sheets:
            if sheet.key == "checklist":
                steps += _questions(session, referral)
            elif sheet.key in asked and not sheet.each:
                steps.append(_part(home(referral), sheet, done[sheet.key]))
        groups.append((f"{len(groups) + 1}. {t(section.title)}", steps))
    hint = t("Relatives and friends who work for an agency")
    wall = _step(
        home(referral), "exclusions", "Is there anyone who must not see this?", hint, done["exclusions"]
    )
    groups[-1][1].append(wall)
    check = _step(home(referral), "check", "Check and send", "", done["check"], always=True)
    ready = sum(step.tag_text == t("Completed") for _, steps in groups for step in steps)
    return {
        "here": home(referral),
        "groups": [*groups, (f"{len(groups) + 1}. {t('Send')}", [check])],
        "ready": tn("%(count)s part is completed", "%(count)s parts are completed", ready),
        "kept_until": referral.expires_on,
        "given_back": given_back_words(session, referral),
        "near_its_end": drafts.is_near_its_end(referral, local_day(now)),
        "reference": referral.case.reference,
        "counts": counts(session, referral),
        "unplaced": unplaced_said(session, referral),
    }


def _questions(session: Session, referral: Referral) -> list[Step]:
    return [
        _step(
            home(referral),
            f"checklist/{section.number}",
            section.title,
            t("%(done)s of %(total)s answered", done=section.answered, total=section.total),
            section.done,
            anchor="checklist" if section.number == 1 else f"checklist-{section.number}",
        )
        for section in referral_views.sections_done(session, referral)
    ]


def _part(here: str, sheet: Sheet, done: Done) -> Step:
    place = sheet.key if sheet.page else f"form/{sheet.key}"
    return _step(here, place, sheet.title, t(sheet.hint), done, anchor=sheet.key)


def _step(
    here: str, name: str, text: str, hint: str, done: Done, *, anchor: str = "", always: bool = False
) -> Step:
    can = always or done is not Done.NOT_YET
    kind, words, icon = MISSING if always and done is Done.NOT_YET else DONE[done]
    return Step(anchor or name, t(text), f"{here}/{name}", hint, kind, t(words), icon, can)
