"""What programs are told of further checklists, of ways elsewhere, and of dates that change the risk."""

from datetime import datetime
from typing import Any

from app.api.answers import Shown


class FurtherOut(Shown):
    """A checklist beside a referral's own; its answers for whoever opened it, its result once finished."""

    id: str
    referral_id: str
    instrument: str
    opened_at: datetime
    completed_at: datetime | None
    answers: dict[str, Any] | None
    result: dict[str, Any] | None


class WayOut(Shown):
    """Where else a gate says somebody belongs: `to` names a checklist or a kind of agency."""

    gate: str
    result: str
    because: str
    also: list[str]
    to: str
    door: str


class DateOut(Shown):
    """A date that changes the risk."""

    id: str
    kind: str
    on: str
    estimated: bool
