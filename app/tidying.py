"""What the worker does once a day without being asked."""

from datetime import UTC, datetime

from app import jobs
from conferences.referral import drafts, shredding


@jobs.queue.periodic(cron="10 4 * * *", periodic_id="drafts")
@jobs.queue.task(name="drafts.tidy", queueing_lock="drafts.tidy")
def tidy_drafts(timestamp: int) -> None:
    """Goes through the drafts past their last day, and destroys what was put aside four weeks ago.

    `timestamp` is when it was due, in seconds.
    """
    with jobs.unit_of_work() as session:
        drafts.tidy(session, now=datetime.now(UTC))
        shredding.destroy_put_aside(session, now=datetime.now(UTC))
