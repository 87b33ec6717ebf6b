"""What a referrer is offered once a referral was sent, and the pages for it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.common.draft import home
from app.pages.words.triage import declined_words, elsewhere_words, signposted, withdraw_options
from app.templating import clock, day, t
from conferences import states
from conferences.models import DecisionKind, Referral, User
from conferences.models import ReferralStatus as R
from conferences.permissions import Permission, may
from conferences.referral import deciding, referrals
from conferences.sealing import unseal
from conferences.triage import appeals


def _page(session: Session, user: User, referral: Referral, now: datetime, step: str) -> dict[str, Any]:
    referrals.look(session, user, referral, now=now)
    return {"referral": referral, "step": step, "codes": [], "open": False, "until": ""}


def withdrawing(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what the page shows on which a referral is taken back."""
    page = _page(session, user, referral, now, "withdraw")
    return page | {"codes": withdraw_options(), "open": states.may_move(referral, R.WITHDRAW_ASKED)}


def appealing(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what the page shows on which a referrer appeals."""
    until = appeals.appeal_by(session, referral)
    page = _page(session, user, referral, now, "appeal")
    return page | {"open": until is not None and now <= until, "until": _moment(until)}


def _moment(until: datetime | None) -> str:
    return t("%(day)s, %(time)s", day=day(until), time=clock(until)) if until else ""


def afterwards(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what became of a referral in words, and the ways that are open to its referrer."""
    until, here = appeals.appeal_by(session, referral), home(referral)
    appeal = until is not None and now <= until and may(user, Permission.APPEAL, referral)
    back = states.may_move(referral, R.WITHDRAW_ASKED) and may(user, Permission.WITHDRAW_REFERRAL, referral)
    return {
        "became": _became(session, referral),
        "appeal": f"{here}/appeal" if appeal else "",
        "appeal_until": _moment(until),
        "take_back": f"{here}/withdraw" if back else "",
    }


def _became(session: Session, referral: Referral) -> tuple[str, list[str]] | None:
    """A heading and sentences; None while nothing special has been decided."""
    said = {
        R.REDIRECTED: (DecisionKind.REDIRECTED, t("Sent on to another route")),
        R.ALERT_ONLY: (DecisionKind.ALERT_ONLY, t("Agencies are told to look out; it is not discussed")),
        R.DECLINED: (DecisionKind.DECLINED, t("This will not go to a meeting")),
        R.WITHDRAWN: (DecisionKind.WITHDRAWN, t("Taken back")),
        R.WITHDRAW_ASKED: (DecisionKind.WITHDRAW_ASKED, t("You asked to take this back")),
        R.APPEALED: (DecisionKind.APPEALED, t("The chair decides your appeal")),
    }
    if referral.status not in said:
        return None
    kind, title = said[referral.status]
    row = deciding.newest(referral, kind)
    asked = deciding.newest(referral, DecisionKind.DECLINE_ASKED) if kind is DecisionKind.DECLINED else None
    told = [elsewhere_words(referral.redirected_to), declined_words(row.decline_code) if row else ""]
    told.append((deciding.reason_of(session, row) if row else "") or "")
    for one in (asked, row):
        if one:
            told += signposted(unseal(session, one, "signpost"), unseal(session, one, "advice"))
    return title, [words for words in told if words]
