"""The list that is confirmed before several referrals are accepted at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.pages.queue.views import meetings as queue_meetings
from app.pages.queue.views.queue import rows_shown
from conferences.errors import NotFound, Refused
from conferences.models import Referral, User
from conferences.triage import queue_views, triage
from conferences.visibility import find

MOST = 50


def page(session: Session, user: User, picks: Sequence[str], now: datetime) -> dict[str, Any]:
    """Gives the ticked referrals that are still to decide, in the order of the queue."""
    wanted = {pick.partition(".")[0]: pick for pick in picks[:MOST]}
    rows = [row for row in queue_views.queue(session, user, now=now) if row.referral_id.hex in wanted]
    meetings = triage.open_conferences(session, user, now=now)
    return {
        "rows": [(wanted[row.ref], row) for row in rows_shown(rows, now) if row.may_pick],
        **queue_meetings.options(session, meetings, now),
    }


def picked(session: Session, user: User, picks: Sequence[str]) -> list[tuple[Referral, int]]:
    """Returns the ticked referrals with the versions they were ticked at; Refused for anything else."""
    found = []
    for pick in sorted(set(picks)):
        reference, _, version = pick.partition(".")
        if not version.isdecimal() or len(version) > 9:
            raise Refused("Tick them again in the queue.")
        try:
            found.append((find(session, user, Referral, reference), int(version)))
        except NotFound as problem:
            raise Refused("Tick them again in the queue.") from problem
    return found
