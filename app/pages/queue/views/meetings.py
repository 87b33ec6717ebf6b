"""The meetings a case can go on, in words: each says when its agenda or its list of referrals is closed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.templating import clock, short_day, t
from conferences import policies
from conferences.calendars import local_day
from conferences.models import Conference, ConferenceStatus


def options(session: Session, rows: Sequence[Conference], now: datetime) -> dict[str, Any]:
    """Gives the meetings to choose from, soonest first; with `choose`, none of them is chosen already.

    A meeting whose agenda is out, or whose last day for referrals is over, is never chosen by not looking.
    """
    late = {row.id: _late(session, row, now) for row in rows}
    return {
        "meetings": [(row.id.hex, _words(row, late[row.id])) for row in rows],
        "choose": t("Choose") if rows and late[rows[0].id] else "",
    }


def _words(row: Conference, late: str) -> str:
    words = f"{short_day(row.starts_at)}, {clock(row.starts_at)}"
    return f"{words}, {late}" if late else words


def _late(session: Session, row: Conference, now: datetime) -> str:
    if row.status is ConferenceStatus.AGENDA_ISSUED:
        return t("agenda already issued")
    cutoff = policies.deadlines_of(session, row).cutoff
    return t("referrals closed on %(day)s", day=short_day(cutoff)) if cutoff < local_day(now) else ""
