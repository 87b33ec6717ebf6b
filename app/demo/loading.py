"""Loads the fictional area, through the same verbs people use."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo import meeting, referring, script
from app.demo.days import until_tomorrow
from app.demo.place import make_place
from app.demo.stage import Stage, play
from conferences.errors import Refused
from conferences.models import Area, Installation


def load(session: Session, *, now: datetime) -> None:
    """Fills a demonstration with the story, its next meeting tomorrow at 10am; loading twice changes nothing.

    Raises Refused for a database that is not a demonstration.
    """
    demo = session.scalar(select(Installation.demo))
    filled = session.scalar(select(Area.id).limit(1)) is not None
    if demo is False or (filled and not demo):
        raise Refused("This database is not a demonstration, so no made-up people are put into it.")
    if filled:
        return
    stage = Stage(session, until_tomorrow(now))
    make_place(stage)
    events = [event for told in script.cases(stage.shift) for event in referring.events(stage, told)]
    events += [event for told in script.meetings(stage.shift) for event in meeting.events(stage, told)]
    play(events)
    session.flush()
