"""An action as a program sees it."""

from collections.abc import Sequence
from datetime import datetime

from app.api.answers import ActionOut
from app.auth.who import Db
from conferences.calendars import local_day
from conferences.meeting import action_views
from conferences.models import Action


def action_out(session: Db, row: Action, now: datetime) -> ActionOut:
    """Reads one action; the caller has already asked whether the reader may know of it."""
    return actions_out(session, [row], now)[0]


def actions_out(session: Db, rows: Sequence[Action], now: datetime) -> list[ActionOut]:
    """Reads some actions as `action_out` does one."""
    return [ActionOut.model_validate(one) for one in action_views.lines(session, rows, local_day(now))]
