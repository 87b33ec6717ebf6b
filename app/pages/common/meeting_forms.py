"""What is typed when a meeting is planned or its agenda issued."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError
from sqlalchemy.orm import Session

from conferences.calendars import LONDON, local_day
from conferences.errors import Refused
from conferences.meeting import agenda, meeting_views
from conferences.models import Conference, User

FURTHEST = timedelta(days=2 * 366)
_SHAPE = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$", re.IGNORECASE)


def read_time(typed: Any) -> Any:
    """Reads a time as people write it: 9:30am, 10am, 14:00, midday."""
    if not isinstance(typed, str):
        return typed
    text = typed.strip().lower()
    found = _SHAPE.match("12pm" if text in ("midday", "noon") else text)
    if not found or not (found[2] or found[3]):
        raise PydanticCustomError("time_parsing", "not a time")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise PydanticCustomError("time_parsing", "not a time")
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    if hour > 23 or minute > 59:
        raise PydanticCustomError("time_parsing", "not a time")
    return time(hour, minute)


Clock = Annotated[time, BeforeValidator(read_time)]


class Planning(BaseModel):
    """When and where a meeting is, until when the room is booked, and who chairs it."""

    messages: ClassVar = {("chair", "missing"): "Choose a chair"}
    starts_on: Annotated[date, Field(title="the date of the meeting")]
    starts_at: Annotated[Clock, Field(title="the start")]
    room_until: Annotated[Clock | None, Field(title="the end of the room booking")] = None
    venue: Annotated[str, Field(max_length=200, title="the venue")]
    chair: Annotated[str, Field(max_length=64, title="a chair")]


class Issuing(BaseModel):
    """Which version the reader was offered to issue."""

    number: Annotated[int, Field(ge=1, le=10000)]


class Nothing(BaseModel):
    """A button with nothing typed beside it."""


def plan(session: Session, user: User, given: Planning, now: datetime) -> Conference:
    """Plans the meeting that was typed in."""
    if given.starts_on > local_day(now) + FURTHEST:
        raise Refused("The meeting must be within the next two years.", field="starts_on")
    chairs = {row.id: row for row in meeting_views.chairs_of(session, user)}
    try:
        chair = chairs[UUID(given.chair)]
    except (KeyError, ValueError) as problem:
        raise Refused("Choose a chair", field="chair") from problem
    return agenda.plan(
        session,
        user,
        starts_at=_moment(given.starts_on, given.starts_at),
        room_until=_moment(given.starts_on, given.room_until) if given.room_until else None,
        venue=given.venue,
        chair=chair,
        now=now,
    )


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON)
