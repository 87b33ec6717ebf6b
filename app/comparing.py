"""Who is like somebody in a case, compared by the worker: how long it takes would tell whether anybody is."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import jobs
from app.db import acting_for
from conferences.models import Agency, User
from conferences.wall import conflicts, staff
from conferences.wall.staff import Home


def keep_household(session: Session, actor: User, home: Home, *, now: datetime) -> None:
    """Keeps what a person says of their home and, in the same transaction, asks for the comparison."""
    staff.keep_household(session, actor, home, now=now)
    jobs.ask(session, look_at_user, user_id=actor.id.hex)


def name_colleagues(
    session: Session, actor: User, agency: Agency, names: list[str], *, now: datetime
) -> None:
    """Keeps the names of those without an account and, in the same transaction, asks for the comparison."""
    staff.name_colleagues(session, actor, agency, names, now=now)
    jobs.ask(session, look_at_colleagues, agency_id=agency.id.hex, actor_id=actor.id.hex)


@jobs.queue.task(name="conflicts.look_at_user")
def look_at_user(user_id: str) -> None:
    """Compares one person with everyone in the area's cases; twice changes nothing."""
    with jobs.unit_of_work() as session:
        user = session.get_one(User, UUID(user_id))
        acting_for(session, user.id, user.area_id)
        conflicts.look_at_user(session, user, now=datetime.now(UTC))


@jobs.queue.task(name="conflicts.look_at_colleagues")
def look_at_colleagues(agency_id: str, actor_id: str) -> None:
    """Compares those of an agency who have no account with everyone in its area's cases."""
    with jobs.unit_of_work() as session:
        agency = session.get_one(Agency, UUID(agency_id))
        acting_for(session, UUID(actor_id), agency.area_id)
        conflicts.look_at_colleagues(session, agency, now=datetime.now(UTC))
