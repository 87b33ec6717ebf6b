"""A meeting and its agenda: planned, ordered children first, issued as numbered versions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from conferences import audit, people, policies, states
from conferences.calendars import local_day
from conferences.errors import Refused, WrongState
from conferences.models import (
    Base,
    Conference,
    ConferenceStatus,
    Listing,
    ListingStatus,
    Part,
    Referral,
    Role,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.visibility import visible_to

TAKES_CASES = (ConferenceStatus.PLANNED, ConferenceStatus.AGENDA_ISSUED)


def plan(
    session: Session,
    actor: User,
    *,
    starts_at: datetime,
    room_until: datetime | None,
    venue: str,
    chair: User,
    now: datetime,
) -> Conference:
    """Plans a meeting; its deadlines follow from its day and the area's policy."""
    require(actor, Permission.PLAN_CONFERENCE)
    if starts_at <= now:
        raise Refused("The meeting must be in the future.", field="starts_on")
    if room_until is not None and room_until <= starts_at:
        raise Refused("The room must be booked until after the start.", field="room_until")
    if chair.role is not Role.CHAIR or chair.area_id != actor.area_id:
        raise Refused("Choose a chair of this area.", field="chair")
    same = select(Conference.id).where(Conference.area_id == actor.area_id, Conference.starts_at == starts_at)
    if session.scalar(same) is not None:
        raise Refused("There is already a meeting at that time.", field="starts_on")
    row = Conference(
        id=new_id(),
        area_id=actor.area_id,
        starts_at=starts_at,
        room_until=room_until,
        venue=venue,
        chair=chair,
        created_at=now,
        created_by_id=actor.id,
    )
    session.add(row)
    audit.record(session, actor, "conference.planned", row, at=now)
    session.flush()
    return row


def listings_for(session: Session, actor: User, conference: Conference) -> list[Listing]:
    """Returns the turns this person may know of, in order; positions are theirs alone, without gaps."""
    wanted = visible_to(actor, Listing).where(Listing.conference_id == conference.id)
    return list(session.scalars(wanted.order_by(Listing.position, Listing.listed_at)))


def has_children(listing: Listing) -> bool:
    """Returns whether a case's turn comes early so that child agencies can leave."""
    return bool(people.in_part(listing.case, Part.CHILD))


def _lock(session: Session, conference: Conference) -> Conference:
    locked = session.get_one(Conference, conference.id, with_for_update=True, populate_existing=True)
    if locked.status not in TAKES_CASES:
        raise WrongState("This meeting has begun or is over, so its agenda is closed.")
    return locked


def _all_listings(session: Session, conference: Conference) -> list[Listing]:
    wanted = select(Listing).where(
        Listing.conference_id == conference.id, Listing.status != ListingStatus.TAKEN_OFF
    )
    return list(session.scalars(wanted.order_by(Listing.position, Listing.listed_at)))


def place(
    session: Session, actor: User, conference: Conference, referral: Referral, *, now: datetime
) -> Listing:
    """Gives a case its turn: after the last case with children if it has any, otherwise at the end."""
    locked = _lock(session, conference)
    rows = _all_listings(session, locked)
    if any(row.case_id == referral.case_id for row in rows):
        raise Refused("This case is already on that meeting.", field="conference")
    policy = policies.in_force(session, locked.area_id, local_day(locked.starts_at))
    row = Listing(
        id=new_id(),
        conference=locked,
        case=referral.case,
        referral=referral,
        data_key=referral.case.data_key,
        position=len(rows),
        minutes=policy.minutes_per_case,
        listed_at=now,
        listed_by_id=actor.id,
    )
    session.add(row)
    if has_children(row):
        rows.insert(sum(1 for other in rows if has_children(other)), row)
    else:
        rows.append(row)
    _number(session, rows)
    return row


def take_off(session: Session, listing: Listing) -> None:
    """Takes a case off an agenda nobody has worked with yet; the row stays, and the others close up."""
    states.move(listing, ListingStatus.TAKEN_OFF)
    session.flush()
    _number(session, _all_listings(session, listing.conference))


def bring_back(session: Session, listing: Listing) -> None:
    """Puts a case that was taken off by mistake back, at the end or after the last with children."""
    listing.status = ListingStatus.LISTED
    rows = [row for row in _all_listings(session, listing.conference) if row.id != listing.id]
    at = sum(1 for row in rows if has_children(row)) if has_children(listing) else len(rows)
    rows.insert(at, listing)
    _number(session, rows)


def _number(session: Session, rows: list[Listing]) -> None:
    """Numbers the turns; their versions stay, so that nobody can tell that another turn came between."""
    session.flush()
    turns = Base.metadata.tables[Listing.__tablename__]
    for position, row in enumerate(rows):
        if row.position != position:
            session.execute(update(turns).where(turns.c.id == row.id).values(position=position))
            set_committed_value(row, "position", position)


def reorder(
    session: Session, actor: User, conference: Conference, order: list[UUID], *, now: datetime
) -> None:
    """Puts the turns in the given order; those the person may not know of keep their places."""
    require(actor, Permission.ORDER_AGENDA, conference)
    locked = _lock(session, conference)
    known = listings_for(session, actor, locked)
    if sorted(order) != sorted(row.id for row in known):
        raise Refused("The agenda has changed meanwhile. Look at it again, then order it.", field="order")
    asked = iter(sorted(known, key=lambda row: order.index(row.id)))
    mine = {row.id for row in known}
    _number(session, [next(asked) if row.id in mine else row for row in _all_listings(session, locked)])
    audit.record(session, actor, "agenda.reordered", conference, at=now)
    session.flush()


def children_first(rows: list[Listing]) -> list[Listing]:
    """Returns the turns with children before those without, otherwise in the same order."""
    return sorted(rows, key=lambda row: not has_children(row))


def issue(session: Session, actor: User, conference: Conference, *, now: datetime) -> int:
    """Issues the agenda as its next version and returns the number; earlier versions stay as they were."""
    require(actor, Permission.ISSUE_AGENDA, conference)
    locked = _lock(session, conference)
    if not listings_for(session, actor, locked):
        raise Refused("There is no case on this agenda yet.")
    states.move(locked, ConferenceStatus.AGENDA_ISSUED)
    locked.agenda_version += 1
    audit.record(session, actor, "agenda.issued", locked, at=now)
    session.flush()
    return locked.agenda_version


def open_turns(rows: list[Listing]) -> list[Listing]:
    """Returns the turns still to be concluded."""
    return [row for row in rows if row.status is ListingStatus.LISTED]
