"""Meetings and their agendas; the agencies and chairs that they need."""

from dataclasses import asdict
from uuid import UUID

from app.api import typed
from app.api.answers import AgencyOut, ChairOut, ConferenceOut, ListingBrief
from app.api.creating import Create, api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences import policies
from conferences.errors import Refused
from conferences.meeting import actions, agenda, meeting_views, meetings
from conferences.models import Agency, Conference, ConferenceKind, Listing, User
from conferences.permissions import Permission, may, require
from conferences.person import people
from conferences.sealing import unseal
from conferences.visibility import find

router = api_router("conferences")
READ, WRITE = scope("conferences:read"), scope("conferences:write")


@router.get("/agencies", dependencies=READ)
def list_agencies(session: Db, user: CurrentUser) -> list[AgencyOut]:
    """The agencies of the person's area."""
    return [_agency(one) for one in actions.agencies_of(session, user)]


def _agency(one: Agency) -> AgencyOut:
    return AgencyOut(id=one.id.hex, name=one.name, code=one.code, kind=one.kind)


@router.get("/chairs", dependencies=READ)
def list_chairs(session: Db, user: CurrentUser) -> list[ChairOut]:
    """Who may chair a meeting of the person's area."""
    require(user, Permission.PLAN_CONFERENCE)
    return [
        ChairOut(id=one.id.hex, name=unseal(session, one, "name") or "")
        for one in meeting_views.chairs_of(session, user)
    ]


@router.get("/conferences", dependencies=READ)
def list_conferences(session: Db, user: CurrentUser, now: Now) -> list[ConferenceOut]:
    """The meetings of the person's area without their listings: coming, soonest first, then past."""
    coming, past = meeting_views.meetings(session, user, now=now)
    return [_conference(session, user, row) for row in (*coming, *past)]


@router.post("/conferences", dependencies=WRITE, status_code=201)
def plan_conference(body: typed.ConferenceIn, c: Create) -> ConferenceOut:
    """Plans a meeting; its deadlines follow from its day and the area's policy."""
    row = c.once("/conferences", lambda: _plan(c, body), lambda id: find(c.session, c.user, Conference, id))
    return _with_listings(c.session, c.user, row)


def _plan(c: Create, body: typed.ConferenceIn) -> Conference:
    require(c.user, Permission.PLAN_CONFERENCE)
    return agenda.plan(
        c.session,
        c.user,
        starts_at=body.starts_at,
        room_until=body.room_until,
        venue=body.venue,
        chair=_chair(c.session, c.user, body.chair_id),
        now=c.now,
    )


def _chair(session: Db, user: User, id: UUID) -> User:
    found = next((one for one in meeting_views.chairs_of(session, user) if one.id == id), None)
    if found is None:
        raise Refused("Choose a chair of this area.", field="chair_id")
    return found


@router.get("/conferences/{ref}", dependencies=READ)
def get_conference(ref: str, session: Db, user: CurrentUser) -> ConferenceOut:
    """One meeting; its listings only for those who may open them."""
    return _with_listings(session, user, find(session, user, Conference, ref))


@router.put("/conferences/{ref}/order", dependencies=WRITE)
def order_agenda(ref: str, body: typed.Order, session: Db, user: CurrentUser, now: Now) -> ConferenceOut:
    """Puts the listings in this order."""
    row = find(session, user, Conference, ref)
    agenda.reorder(session, user, row, body.order, now=now)
    return _with_listings(session, user, row)


@router.post("/conferences/{ref}/issue", dependencies=WRITE)
def issue_agenda(ref: str, session: Db, user: CurrentUser, now: Now) -> ConferenceOut:
    """Issues the agenda as its next version."""
    row = find(session, user, Conference, ref)
    agenda.issue(session, user, row, now=now)
    return _with_listings(session, user, row)


@router.post("/conferences/{ref}/open", dependencies=WRITE)
def open_conference(ref: str, session: Db, user: CurrentUser, now: Now) -> ConferenceOut:
    """Opens the meeting; its agenda is closed from then on."""
    row = find(session, user, Conference, ref)
    meetings.open_meeting(session, user, row, now=now)
    return _with_listings(session, user, row)


@router.post("/conferences/{ref}/conclude", dependencies=WRITE)
def conclude_conference(ref: str, session: Db, user: CurrentUser, now: Now) -> ConferenceOut:
    """Concludes the meeting once every turn is heard or put off."""
    row = find(session, user, Conference, ref)
    meetings.conclude_meeting(session, user, row, now=now)
    return _with_listings(session, user, row)


def _conference(
    session: Db, user: User, row: Conference, listings: list[ListingBrief] | None = None
) -> ConferenceOut:
    runs = may(user, Permission.VIEW_CONFERENCE, row)
    return ConferenceOut(
        id=row.id.hex,
        starts_at=row.starts_at,
        room_until=row.room_until,
        venue=row.venue,
        chair=unseal(session, row.chair, "name") or "",
        status=row.status,
        emergency=row.kind is ConferenceKind.EMERGENCY,
        agenda_version=row.agenda_version if runs else None,
        deadlines=asdict(policies.deadlines_of(session, row)),
        listings=listings,
    )


def _with_listings(session: Db, user: User, row: Conference) -> ConferenceOut:
    if not may(user, Permission.VIEW_CONFERENCE, row):
        return _conference(session, user, row)
    rows = agenda.listings_for(session, user, row)
    shown = [_brief(session, one, position) for position, one in enumerate(rows, start=1)]
    return _conference(session, user, row, shown)


def _brief(session: Db, row: Listing, position: int) -> ListingBrief:
    return ListingBrief(
        id=row.id.hex,
        position=position,
        case_reference=row.case.reference,
        initials=people.initials(people.name_of(session, people.victim_of(row.case))),
        minutes=row.minutes,
        status=row.status,
    )
