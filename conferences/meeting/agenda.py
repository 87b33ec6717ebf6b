"""A meeting and its agenda: planned, ordered children first, issued as numbered versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from conferences import audit, policies, states
from conferences.calendars import local_day
from conferences.errors import Refused, WrongState
from conferences.models import (
    Base,
    Conference,
    ConferenceKind,
    ConferenceStatus,
    Involvement,
    Listing,
    ListingStatus,
    Part,
    Referral,
    Role,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.person import people
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
    same = select(Conference.id).where(
        Conference.area_id == actor.area_id,
        Conference.starts_at == starts_at,
        Conference.kind == ConferenceKind.ORDINARY,
    )
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


def _all_turns(session: Session, conference: Conference) -> list[Any]:
    """Every turn in order, as columns: as much is read, and as fast, whatever the reader may know of."""
    children = select(Involvement.id).where(
        Involvement.case_id == Listing.case_id,
        Involvement.part == Part.CHILD,
        Involvement.removed_at.is_(None),
    )
    wanted = select(Listing.id, Listing.case_id, children.exists().label("children")).where(
        Listing.conference_id == conference.id, Listing.status != ListingStatus.TAKEN_OFF
    )
    return list(session.execute(wanted.order_by(Listing.position, Listing.listed_at)).all())


def place(
    session: Session, actor: User, conference: Conference, referral: Referral, *, now: datetime
) -> Listing:
    """Gives a case its turn: after the last case with children if it has any, otherwise at the end."""
    locked = _lock(session, conference)
    turns = _all_turns(session, locked)
    if any(row.case_id == referral.case_id for row in turns):
        raise Refused("This case is already on that meeting.", field="conference")
    policy = policies.in_force(session, locked.area_id, local_day(locked.starts_at))
    row = Listing(
        id=new_id(),
        conference=locked,
        case=referral.case,
        referral=referral,
        data_key=referral.case.data_key,
        position=len(turns),
        minutes=policy.minutes_per_case,
        listed_at=now,
        listed_by_id=actor.id,
    )
    session.add(row)
    _put_in(session, row, turns)
    return row


def _put_in(session: Session, row: Listing, turns: Sequence[Any]) -> None:
    order = [turn.id for turn in turns]
    order.insert(sum(1 for turn in turns if turn.children) if has_children(row) else len(order), row.id)
    _number(session, order)


def take_off(session: Session, listing: Listing) -> None:
    """Takes a case off an agenda nobody has worked with yet; the row stays, and the others close up."""
    states.move(listing, ListingStatus.TAKEN_OFF)
    session.flush()
    _number(session, [turn.id for turn in _all_turns(session, listing.conference)])


def bring_back(session: Session, listing: Listing) -> None:
    """Puts a case that was taken off by mistake back, at the end or after the last with children."""
    listing.status = ListingStatus.LISTED
    turns = _all_turns(session, listing.conference)
    _put_in(session, listing, [turn for turn in turns if turn.id != listing.id])


def _number(session: Session, order: Sequence[UUID]) -> None:
    """Numbers the turns in one statement, however many there are; their versions stay.

    So nobody can tell that another turn came between.
    """
    session.flush()
    turns = Base.metadata.tables[Listing.__tablename__]
    placed = (
        func.unnest(bindparam(None, list(order), ARRAY(Uuid)))
        .table_valued("id", with_ordinality="place")
        .render_derived()
    )
    moved = turns.c.id == placed.c.id, turns.c.position != placed.c.place - 1
    session.execute(update(turns).where(*moved).values(position=placed.c.place - 1))
    places = {id: place for place, id in enumerate(order)}
    for row in session.identity_map.values():
        if isinstance(row, Listing) and row.id in places:
            set_committed_value(row, "position", places[row.id])


def reorder(
    session: Session, actor: User, conference: Conference, order: list[UUID], *, now: datetime
) -> None:
    """Puts the turns in the given order; those the person may not know of keep their places."""
    require(actor, Permission.ORDER_AGENDA, conference)
    locked = _lock(session, conference)
    known = listings_for(session, actor, locked)
    if sorted(order) != sorted(row.id for row in known):
        raise Refused("The agenda has changed meanwhile. Look at it again, then order it.", field="order")
    asked, mine = iter(order), set(order)
    turns = [turn.id for turn in _all_turns(session, locked)]
    _number(session, [next(asked) if turn in mine else turn for turn in turns])
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
