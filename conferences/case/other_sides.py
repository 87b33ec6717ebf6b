"""Other cases of the same people that somebody may read who is kept from this one."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.case import repeats
from conferences.models import Case, User
from conferences.permissions import Permission, require
from conferences.wall import sides


def open_to_more(session: Session, actor: User, case: Case) -> list[tuple[UUID, str]]:
    """Returns the other cases of these people that are not kept from all whom this one is kept from.

    As (case, reference), the newest first; none that the actor may not know of.
    """
    require(actor, Permission.LIFT_WALL, case)
    related = [row for _, row, _ in repeats.related_cases(session, actor, case)]
    rows = session.scalars(select(Case).where(Case.id.in_(related)).order_by(Case.opened_at.desc(), Case.id))
    return [(row.id, row.reference) for row in rows if sides.missing(session, row, case)]
