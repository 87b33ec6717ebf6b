"""A further checklist on a case: its questions on one page, and what it says once it is finished."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.forms import Filled, Typed, fill
from app.forms.refusals import attempt
from app.pages.checklist.views.answers import PART_ANSWERS, shown_answers
from app.pages.checklist.views.section import as_asked
from app.pages.checklist.views.ways import ways_shown
from app.pages.common.forms import Final
from app.pages.referral.views.result import bounds, changes, grounds, method, unknown
from app.pages.words import referral as words
from app.templating import day, t
from conferences.case import case_views
from conferences.checklist import assessments
from conferences.models import Assessment, Referral, User
from conferences.permissions import Permission, may
from conferences.person import pair_facts
from conferences.referral import reassessing


def home(row: Assessment) -> str:
    """Gives the address of a further checklist."""
    return f"/assessments/{row.id.hex}"


def _back(user: User, row: Assessment) -> str:
    """Whoever may open the case came from it or may go there; the referrer goes back to the referral."""
    opens = may(user, Permission.VIEW_CASE, row.referral.case)
    return f"/cases/{row.referral.case_id.hex}" if opens else f"/referrals/{row.referral_id.hex}"


def shown(session: Session, row: Assessment) -> Filled[Any]:
    """Makes the form that shows the answers given so far."""
    return shown_answers(assessments.edition_of(row), assessments.answers_of(session, row))


def open_page(session: Session, user: User, row: Assessment, now: datetime) -> dict[str, Any]:
    """Gives the questions, by section, and the levels where a person chooses one."""
    edition, asked = assessments.edition_of(row), {one.id for one in assessments.asked_of(session, row)}
    return {
        "here": home(row),
        "back": _back(user, row),
        "reference": row.referral.case.reference,
        "title": edition.title,
        "sections": [
            (part.title, [as_asked(edition, item) for item in part.items if item.id in asked])
            for part in edition.sections
        ],
        "part_answers": [(code, words.said(words.ANSWERS, code)) for code in PART_ANSWERS],
        "alerts": {code: (t(title), t(text)) for code, (title, text) in words.ALERTS.items()},
        "sources": words.options(words.SOURCES),
        "levels": assessments.levels_to_choose(row),
        "facts": words.facts_asked(pair_facts.asked(assessments.rules_of(row))),
        "ways": ways_shown(session, user, row.referral, now, row),
    }


def finish(
    session: Session, user: User, row: Assessment, typed: Typed, answered: Filled[Any], now: datetime
) -> Filled[Any] | None:
    """Signs the checklist with the judgement typed; gives the form back when something is to be put right."""
    tried = attempt(
        session,
        fill(Final, typed),
        lambda last: reassessing.finish(session, user, row, **last.judged(), now=now),
    )
    if not tried.refused:
        return None
    return Filled(errors=tried.form.errors, typed={**answered.typed, **tried.form.typed})


def finished_page(session: Session, user: User, row: Assessment, now: datetime) -> dict[str, Any]:
    """Gives what a finished checklist says: grounds before numbers, and what is not known."""
    result = assessments.result_of(session, row)
    signed = row.completed_at or row.referral.started_at
    by = case_views.name_of_user(session, session.get_one(User, row.completed_by_id))
    titled = (result or {}).get("level_title") or ""
    return {
        "reference": row.referral.case.reference,
        "back": _back(user, row),
        "title": assessments.edition_of(row).title,
        "signed": t("Finished on %(day)s by %(name)s.", day=day(signed), name=by),
        "level": titled[:1].upper() + titled[1:],
        "refers": bool(result and result["refer"]),
        "scored": result is not None,
        "grounds": grounds(result),
        "ways": ways_shown(session, user, row.referral, now, row),
        "bounds": bounds(result),
        "unknown": unknown(result),
        "changes": changes(result),
        "method": method(result),
    }


def offers(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives the checklists that may be opened on the case now, and those that stand beside this one."""
    open_ = referral.status in reassessing.LIVE and may(user, Permission.ASSESS_AGAIN, referral)
    return {
        "dates_href": f"/referrals/{referral.id.hex}/dates" if open_ else "",
        "further": f"/referrals/{referral.id.hex}/assessments",
        "offered": [(one.slug, one.title) for one in reassessing.offered(session, user, referral, now)],
        "beside_it": [_line(session, row) for row in reassessing.beside(session, user, referral)],
    }


def _line(session: Session, row: Assessment) -> tuple[str, str]:
    title = assessments.edition_of(row).title
    if row.completed_at is None:
        return t("%(title)s: not finished", title=title), home(row)
    said = t("%(title)s, %(day)s", title=title, day=day(row.completed_at))
    level = (assessments.result_of(session, row) or {}).get("level_title") or t("not certain")
    return f"{said}: {level}", home(row)
