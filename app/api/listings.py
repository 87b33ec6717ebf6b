"""A case's turn at a meeting: what was shared, the risks, the actions, how it was concluded."""

from uuid import UUID

from app.api import typed
from app.api.action_views import action_out, actions_out
from app.api.answers import ActionOut, ContributionOut, ListingOut, RiskOut
from app.api.creating import Create, api_router, scope
from app.api.listing_views import contribution, listing, risk_line
from app.auth.who import CurrentUser, Db, Now
from conferences.errors import NotFound, Refused
from conferences.meeting import actions, meetings
from conferences.meeting.meetings import Conclusion
from conferences.models import Action, Agency, Contribution, Listing, Risk, User
from conferences.visibility import find

router = api_router("listings")
READ, WRITE = scope("conferences:read"), scope("conferences:write")


@router.get("/listings/{ref}", dependencies=READ)
def get_listing(ref: str, session: Db, user: CurrentUser, now: Now) -> ListingOut:
    """Opens a case's turn; opening it is recorded."""
    row = find(session, user, Listing, ref)
    meetings.look(session, user, row, now=now)
    return listing(session, row)


def _agency(session: Db, user: User, id: UUID) -> Agency:
    found = next((one for one in actions.agencies_of(session, user) if one.id == id), None)
    if found is None:
        raise Refused("Choose an agency of this area.", field="agency_id")
    return found


@router.post("/listings/{ref}/contributions", dependencies=WRITE, status_code=201)
def add_contribution(ref: str, body: typed.ContributionIn, c: Create) -> ContributionOut:
    """Records what an agency shared in the room, or that it knows nothing."""
    turn = find(c.session, c.user, Listing, ref)
    inside = f"/listings/{turn.id.hex}"
    row = c.once(
        "/contributions", lambda: _contribute(c, turn, body), lambda id: _contributed(turn, id), inside=inside
    )
    return contribution(c.session, row)


def _contribute(c: Create, turn: Listing, body: typed.ContributionIn) -> Contribution:
    return meetings.contribute(
        c.session,
        c.user,
        turn,
        _agency(c.session, c.user, body.agency_id),
        kind=body.kind,
        statement=body.statement,
        nature=body.nature,
        happened_on=body.happened_on,
        now=c.now,
    )


def _contributed(turn: Listing, id: UUID) -> Contribution:
    found = next((one for one in turn.contributions if one.id == id), None)
    if found is None:
        raise NotFound
    return found


@router.post("/listings/{ref}/risks", dependencies=WRITE, status_code=201)
def add_risk(ref: str, body: typed.RiskIn, c: Create) -> RiskOut:
    """Adds one line to the risk summary; actions answer these lines."""
    turn = find(c.session, c.user, Listing, ref)
    row = c.once(
        "/risks",
        lambda: meetings.record_risk(
            c.session, c.user, turn, about=body.about, statement=body.statement, now=c.now
        ),
        lambda id: _risk(turn, id),
        inside=f"/listings/{turn.id.hex}",
    )
    return risk_line(c.session, row)


def _risk(turn: Listing, id: UUID) -> Risk:
    found = next((one for one in turn.risks if one.id == id), None)
    if found is None:
        raise Refused("Choose the risk this action lowers.", field="risk_id")
    return found


@router.put("/listings/{ref}/summary", dependencies=WRITE)
def save_summary(ref: str, body: typed.Summary, session: Db, user: CurrentUser, now: Now) -> ListingOut:
    """Writes the chair's summary; one written against an older version is answered 409."""
    row = find(session, user, Listing, ref)
    meetings.summarise(session, user, row, summary=body.summary, version=body.version, now=now)
    return listing(session, row)


@router.get("/listings/{ref}/actions", dependencies=READ)
def list_listing_actions(ref: str, session: Db, user: CurrentUser, now: Now) -> list[ActionOut]:
    """The actions agreed in this turn."""
    turn = find(session, user, Listing, ref)
    return actions_out(session, actions.of_listing(session, user, turn), now)


@router.post("/listings/{ref}/actions", dependencies=WRITE, status_code=201)
def agree_action(ref: str, body: typed.ActionIn, c: Create) -> ActionOut:
    """Records a promise: accepted when the agency offered it, proposed when it was not in the room."""
    turn = find(c.session, c.user, Listing, ref)
    row = c.once("/actions", lambda: _agree(c, turn, body), lambda id: find(c.session, c.user, Action, id))
    return action_out(c.session, row, c.now)


def _agree(c: Create, turn: Listing, body: typed.ActionIn) -> Action:
    promise = actions.Promise(body.what, body.owner, body.due_on, body.evidence, body.needs_address)
    agency, answered = _agency(c.session, c.user, body.agency_id), _risk(turn, body.risk_id)
    return actions.agree(c.session, c.user, turn, agency, answered, promise, offered=body.offered, now=c.now)


@router.post("/listings/{ref}/conclude", dependencies=WRITE)
def conclude_listing(
    ref: str, body: typed.ConclusionIn, session: Db, user: CurrentUser, now: Now
) -> ListingOut:
    """Concludes the turn; refused until every line has its words or a stated reason."""
    row = find(session, user, Listing, ref)
    said = Conclusion(**body.model_dump(exclude={"version"}))
    meetings.conclude(session, user, row, said, now=now, version=body.version)
    return listing(session, row)


@router.post("/listings/{ref}/defer", dependencies=WRITE)
def defer_listing(ref: str, body: typed.Because, session: Db, user: CurrentUser, now: Now) -> ListingOut:
    """Puts the turn off, with the reason and what keeps people safe meanwhile."""
    row = find(session, user, Listing, ref)
    meetings.defer(session, user, row, reason=body.reason, now=now)
    return listing(session, row)
