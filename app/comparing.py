"""Who is like somebody in a case, compared by the worker: how long it takes would tell whether anybody is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import jobs
from app.db import acting_for
from conferences.models import Agency, Employee, User
from conferences.wall import colleagues, conflicts, staff
from conferences.wall.colleagues import Colleague
from conferences.wall.staff import Home


def keep_household(session: Session, actor: User, home: Home, *, now: datetime) -> None:
    """Keeps what a person says of their home and, in the same transaction, asks for the comparison."""
    staff.keep_household(session, actor, home, now=now)
    jobs.ask(session, look_at_user, user_id=actor.id.hex)


def add_colleague(session: Session, actor: User, agency: Agency, given: Colleague, *, now: datetime) -> None:
    """Puts somebody on an agency's list and, in the same transaction, asks for the comparison."""
    colleagues.add(session, actor, agency, given, now=now)
    _ask(session, actor, agency.id)


def bring_colleagues(
    session: Session, actor: User, agency: Agency, given: Sequence[Colleague], *, now: datetime
) -> int:
    """Puts many on an agency's list, asks for the comparison, and returns how many names are new."""
    new = colleagues.bring(session, actor, agency, given, now=now)
    _ask(session, actor, agency.id)
    return new


def change_colleague(
    session: Session, actor: User, row: Employee, name: str, home: Home | None, *, now: datetime
) -> None:
    """Writes a name or a home anew and, in the same transaction, asks for the comparison."""
    colleagues.change(session, actor, row, name, home, now=now)
    _ask(session, actor, row.agency_id)


def _ask(session: Session, actor: User, agency_id: UUID) -> None:
    jobs.ask(session, look_at_colleagues, agency_id=agency_id.hex, actor_id=actor.id.hex)


def ask_about_everybody(session: Session) -> int:
    """Asks for all staff of all areas to be compared again, as when cases are found by more than before.

    Returns how many comparisons were asked for.
    """
    users, lists = staff.with_a_place(session), colleagues.lists(session)
    for user_id in users:
        jobs.ask(session, look_at_user, user_id=user_id.hex)
    for agency_id, actor_id in lists:
        jobs.ask(session, look_at_colleagues, agency_id=agency_id.hex, actor_id=actor_id.hex)
    return len(users) + len(lists)


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
