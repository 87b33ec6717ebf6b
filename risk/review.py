"""The risk clock: when an assessment is stale for its level, and what reopens it before then."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from risk.schema import Rules


class ReviewDue(NamedTuple):
    """When the assessment must be looked at again, and the event that brought it forward, if one did."""

    at: datetime | None
    reopened_by: str | None


def review_due(
    rules: Rules, level: str | None, assessed_at: datetime, events: Iterable[tuple[date, str]] = ()
) -> ReviewDue:
    """When a review is due; a dated event the rules name, on or after that day, brings it forward."""
    due: datetime | None = None
    if rules.review.stale_after_days is not None:
        due = assessed_at + timedelta(days=rules.review.stale_after_days)
    hours = rules.review.by_level.get(level or "")
    if hours is not None:
        by_level = assessed_at + timedelta(hours=hours)
        due = by_level if due is None else min(due, by_level)
    for on, kind in sorted(events):
        starts = datetime.combine(on, datetime.min.time(), assessed_at.tzinfo)
        if kind in rules.review.reopen_on and on >= assessed_at.date() and (due is None or starts < due):
            return ReviewDue(max(starts, assessed_at), kind)
    return ReviewDue(due, None)
