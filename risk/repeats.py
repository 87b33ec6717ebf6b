"""The twelve-month rule: whether a new incident makes a repeat, under an area's own definition."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from risk.context import CRIMINAL, NewIncident
from risk.schema import RepeatRule


class Repeat(NamedTuple):
    """Whether this is a repeat (None while it cannot be told) and the sentence that says why."""

    is_repeat: bool | None
    because: str


NO_REFERRAL = Repeat(False, "no earlier referral is recorded")
NO_HEARING = Repeat(False, "no earlier hearing is recorded")


def anniversary(day: date, months: int) -> date:
    """The same day so many months later; 29 February becomes 28 February where there is no 29th."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def judge_repeat(
    rule: RepeatRule, last_referral_on: date | None, last_heard_on: date | None, incident: NewIncident | None
) -> Repeat:
    """Whether a new incident falls inside the window after the anchor; the anniversary itself is inside."""
    anchor = last_referral_on if rule.anchor == "last_referral" else last_heard_on
    if anchor is None:
        return NO_REFERRAL if rule.anchor == "last_referral" else NO_HEARING
    noun = "referral" if rule.anchor == "last_referral" else "hearing"
    if incident is None:
        return Repeat(None, f"the last {noun} was on {in_words(anchor)}; no new incident is recorded")
    if not incident.same_pair:
        return Repeat(False, "the new incident is not between the same two people")
    last = anniversary(anchor, rule.months)
    if not anchor <= incident.on <= last:
        side = "before the last" if incident.on < anchor else f"more than {rule.months} months after the last"
        return Repeat(False, f"the new incident on {in_words(incident.on)} is {side} {noun}")
    if rule.definition == "criminal_only" and incident.kind not in CRIMINAL:
        if incident.kind is None:
            return Repeat(
                None, "nobody has said what the new incident was, and this area counts only some kinds"
            )
        return Repeat(False, "the new incident is not of a kind this area counts as a repeat")
    return Repeat(
        True,
        f"the new incident on {in_words(incident.on)} is within {rule.months} months of the last {noun} "
        f"on {in_words(anchor)}",
    )


def in_words(day: date) -> str:
    """A day as it is written to people, for example 3 December 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
