"""What a manager reads before signing off, what the writer is told, and what the coordinator sees of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.pages.common import told
from app.pages.referral.views import contents
from app.pages.words.case import part_tag
from app.templating import clock, day, short_day, t
from conferences import policies
from conferences.calendars import local_day
from conferences.case import case_views
from conferences.models import Agency, DecisionKind, Referral, ReferralStatus, Urgency, User
from conferences.person import people
from conferences.referral import deciding, referrals, signing
from conferences.referral.signing import Stuck
from conferences.sealing import unseal

WHY = {
    signing.OVERDUE: ("bad", "Sign-off late", "warning"),
    signing.NOBODY_LEFT: ("bad", "Nobody is left to sign it off", "warning"),
    signing.LEFT_LYING: ("bad", "Begun and not sent, past its date", "clock"),
    signing.GIVEN_BACK: ("soon", "Given back", "ring"),
}


@dataclass(frozen=True)
class StuckShown:
    """One referral that its agency has not let go, without anything it says."""

    href: str
    text: str
    tag: tuple[str, str, str]
    sub: str
    reason: str
    speak: str
    take_over: str


def to_sign(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what a manager reads: everything but the address and how to reach the person."""
    referrals.look(session, user, referral, now=now)
    victim = people.victim_of(referral.case)
    return {
        "referral": referral,
        "open": referral.status is ReferralStatus.AWAITING_SIGNOFF,
        "until": until(session, referral, now),
        "writer": case_views.name_of_user(session, referral.referrer),
        "victim": people.name_of(session, victim) if victim else "",
        "persons": case_views.persons(session, referral.case, local_day(now)),
        "part_tag": part_tag,
        "reason": referrals.reason_of(session, referral) or "",
        "wishes": unseal(session, referral, "wishes") or "",
        "history": contents.history(session, referral),
        "judgements": contents.judgements(session, referral),
        "sharing": contents.sharing(session, referral),
        "told": told.shown(session, user, referral),
        "sections": contents.sections(session, referral),
    }


def waiting(session: Session, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what the writer is told while the manager has it."""
    return {"referral": referral, "until": until(session, referral, now)}


def until(session: Session, referral: Referral, now: datetime) -> str:
    """Says until when the manager has it to themselves; empty when nobody is asked."""
    found = signing.clock_of(session, referral, now=now)
    return t("%(day)s, %(time)s", day=day(found.due), time=clock(found.due)) if found else ""


def to_take_in(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives what the coordinator sees of one: that it is there and why, and nothing of what it says."""
    one = signing.find_stuck(session, user, referral.id.hex, now=now)
    return {"referral": referral, "stuck": stuck_shown([one])[0]}


def stuck_shown(rows: Iterable[Stuck]) -> list[StuckShown]:
    """Gives the lines of what its agency has not let go."""
    return [
        StuckShown(
            href=f"/queue/{one.referral.id.hex}/take-in",
            text=one.case_reference,
            tag=_tag(one),
            sub=t("%(agency)s · since %(day)s", agency=one.agency, day=short_day(one.since)),
            reason=one.reason,
            speak=_speak(one),
            take_over=_taken_over_at(one),
        )
        for one in rows
    ]


def _tag(one: Stuck) -> tuple[str, str, str]:
    kind, words, icon = WHY[one.why]
    if one.why == signing.LEFT_LYING and one.writer_gone:
        words = "Begun and not sent, its writer has left"
    return kind, t(words), icon


def _speak(one: Stuck) -> str:
    """Says with whom to speak; that somebody may not know of it and that nobody is there read the same."""
    if one.speak_to:
        return t("Speak to %(names)s.", names=", ".join(one.speak_to))
    return t("Nobody at the agency can let it go.")


def _taken_over_at(one: Stuck) -> str:
    alone = one.writer_gone and not one.speak_to
    return f"/referrals/{one.referral.id.hex}/take-over" if alone else ""


def given_back_words(session: Session, referral: Referral) -> str:
    """Gives the manager's words on a draft they gave back."""
    row = deciding.newest(referral, DecisionKind.GIVEN_BACK) if referral.given_back_at else None
    return (deciding.reason_of(session, row) if row else "") or ""


def signs_first(session: Session, referral: Referral, now: datetime) -> bool:
    """Returns whether handing this draft in means asking a manager first: nobody waits for one who is not."""
    asked = referral.urgency is not Urgency.EMERGENCY and signing.is_asked(session, referral, now=now)
    return asked and bool(signing.managers(session, referral))


def policy_words(session: Session, user: User, now: datetime) -> str:
    """Says whose referrals the area has signed off first; empty where it asks nobody."""
    codes = policies.in_force(session, user.area_id, local_day(now)).sign_off
    wanted = select(Agency.name).where(Agency.area_id == user.area_id, Agency.code.in_(codes))
    names = ", ".join(session.scalars(wanted.order_by(Agency.name))) if codes else ""
    return t("Signed off first by their own manager here: %(names)s.", names=names) if names else ""
