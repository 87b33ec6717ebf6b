"""Where the story is played: who and what it has so far, and what happens when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from app.demo.days import Shift
from conferences.models import Action, Agency, Conference, Listing, Referral, User


@dataclass
class Stage:
    """The story so far."""

    session: Session
    shift: Shift
    users: dict[str, User] = field(default_factory=dict)
    agencies: dict[tuple[str, str], Agency] = field(default_factory=dict)
    referrals: dict[str, Referral] = field(default_factory=dict)
    meetings: dict[str, Conference] = field(default_factory=dict)
    turns: dict[str, Listing] = field(default_factory=dict)
    actions: dict[tuple[str, str], Action] = field(default_factory=dict)

    def agency(self, code: str, speaker: User) -> Agency:
        """Returns the agency with that code in the speaker's area."""
        return self.agencies[speaker.area.name, code]


@dataclass(frozen=True)
class Event:
    """Something that happens at a moment."""

    at: datetime
    happens: Callable[[datetime], object]


def play(events: list[Event]) -> None:
    """Lets everything happen in the order of time, so that the trail reads as it would have been written."""
    for event in sorted(events, key=lambda event: event.at):
        event.happens(event.at)
