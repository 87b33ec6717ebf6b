"""An action as a program sees it."""

from datetime import datetime

from app.api.answers import ActionOut
from app.auth.who import Db
from conferences.calendars import local_day
from conferences.meeting import action_views
from conferences.models import Action


def action_out(session: Db, row: Action, now: datetime) -> ActionOut:
    """Reads one action; the caller has already asked whether the reader may know of it."""
    return ActionOut.model_validate(action_views.line(session, row, local_day(now)))
