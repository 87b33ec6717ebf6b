"""The risk clock: when an assessment is stale for its level, and what reopens it before then."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from risk.schema import Rules

# Whatever the edition says: each of these changes who can reach whom, or how much somebody has to lose.
ALWAYS = ("separation", "release", "birth", "hearing")


def reopening(rules: Rules) -> tuple[str, ...]:
    """The kinds of event that bring a review forward: the edition's own, then those that always do."""
    return tuple(dict.fromkeys((*rules.review.reopen_on, *ALWAYS)))


class ReviewDue(NamedTuple):
    """When the assessment must be looked at again, and the event that brought it forward, if one did."""

    at: datetime | None
    reopened_by: str | None


def review_due(
    rules: Rules, level: str | None, assessed_at: datetime, events: Iterable[tuple[date, str]] = ()
) -> ReviewDue:
    """When a review is due; a dated event that reopens it, on or after that day, brings it forward."""
    due: datetime | None = None
    if rules.review.stale_after_days is not None:
        due = assessed_at + timedelta(days=rules.review.stale_after_days)
    hours = rules.review.by_level.get(level or "")
    if hours is not None:
        # Hours pass alike on the night the clocks change.
        by_level = (assessed_at.astimezone(UTC) + timedelta(hours=hours)).astimezone(assessed_at.tzinfo)
        due = by_level if due is None else min(due, by_level)
    kinds = reopening(rules)
    for on, kind in sorted(events):
        starts = datetime.combine(on, datetime.min.time(), assessed_at.tzinfo)
        if kind in kinds and on >= assessed_at.date() and (due is None or starts < due):
            return ReviewDue(max(starts, assessed_at), kind)
    return ReviewDue(due, None)
