"""Clocks in words and as a small bar: how much is spent, why it stands still, when it is due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.templating import clock as time_words
from app.templating import short_day, t, tn
from conferences import policies
from conferences.calendars import local_day
from conferences.clocks import Clock, State
from conferences.models import Area, Referral
from conferences.referral import deciding, referral_clocks

Tag = tuple[str, str, str]
BECAUSE = {"referrer_asked": "the referrer has a question to answer"}
TAGS = {
    State.RUNNING: ("", "Running", "clock"),
    State.PAUSED: ("", "Clock paused", "pause"),
    State.OVERDUE: ("bad", "Late", "warning"),
    State.STOPPED: ("good", "Decided", "tick"),
}


@dataclass(frozen=True)
class ClockShown:
    """One clock: what it measures, its tag, its words, and the share of the bar from 0 to 100."""

    title: str
    tag: Tag
    words: str
    percent: int


def shown(title: str, clock: Clock) -> ClockShown:
    """Returns a clock as it is drawn."""
    kind, words, icon = TAGS[clock.state]
    percent = 100 if clock.state is State.OVERDUE else round(100 * clock.share)
    return ClockShown(title, (kind, t(words), icon), clock_words(clock), percent)


def clock_words(clock: Clock) -> str:
    """Returns a clock in words: spent and allowed in working days, and when it is due or why it stands."""
    spent = tn(
        "%(count)s working day of %(allowed)s spent",
        "%(count)s working days of %(allowed)s spent",
        clock.spent,
        allowed=clock.allowed,
    )
    if clock.state is State.STOPPED:
        return spent
    if clock.state is State.PAUSED:
        return f"{spent}; {t(BECAUSE.get(clock.because, clock.because))}"
    due = t("%(day)s, %(time)s", day=short_day(clock.due), time=time_words(clock.due))
    said = t("was due %(when)s", when=due) if clock.state is State.OVERDUE else t("due %(when)s", when=due)
    return f"{spent}; {said}"


def clocks_shown(session: Session, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives the clocks of one referral as its page shows them."""
    sent = referral.submitted_at
    if sent is None:
        return {"clocks": []}
    area = session.get_one(Area, referral.area_id)
    policy = policies.in_force(session, area.id, local_day(sent))
    stands = deciding.standing(referral)
    found = [shown(t("To decide"), referral_clocks.triage(sent, stands, policy, area.nation, now))]
    asked = referral_clocks.referrer(stands, policy, area.nation, now)
    if asked is not None:
        words = t("For the referrer to answer")
        if asked.escalate:
            words = t("For the referrer to answer: ring their manager")
        elif asked.chase:
            words = t("For the referrer to answer: ring them")
        found.append(shown(words, asked.clock))
    return {"clocks": found}
