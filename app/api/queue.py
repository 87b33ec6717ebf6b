"""The queue: every sent referral waits there until a person decides."""

from uuid import UUID

from app.api import typed
from app.api.answers import AskableOut, ListingOut, QueueRowOut, ReferralOut
from app.api.creating import Create, api_router, scope
from app.api.listing_views import listing
from app.api.referral_views import referral
from app.auth.who import CurrentUser, Db, Now
from conferences.models import Conference, Listing, Referral, User
from conferences.permissions import Permission, require
from conferences.referral import gates
from conferences.triage import (
    appeals,
    asking,
    diverting,
    emergencies,
    merging,
    queue_views,
    triage,
    undoing,
    withdrawals,
)
from conferences.triage.queue_views import QueueRow
from conferences.visibility import find

router = api_router("queue")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


@router.get("/queue", dependencies=READ)
def list_queue(session: Db, user: CurrentUser, now: Now) -> list[QueueRowOut]:
    """The queue: emergencies first, then what belongs on another route today, then by time left."""
    return [_row(one) for one in queue_views.queue(session, user, now=now)]


def _row(one: QueueRow) -> QueueRowOut:
    return QueueRowOut(
        id=one.referral_id.hex,
        case_reference=one.case_reference,
        victim=one.victim,
        status=one.status,
        urgency=one.urgency,
        qualifies=one.qualifies,
        decide_by=one.decide_by,
        paused=one.paused,
        belongs=gates.ROUTES[one.gate] if one.gate else None,
        why_here=list(one.why_here),
        reason=one.reason,
        version=one.version,
    )


@router.post("/queue/{ref}/accept", dependencies=WRITE, status_code=201)
def accept_referral(ref: str, body: typed.AcceptReferral, c: Create) -> ListingOut:
    """Puts the case on a meeting's agenda, children first."""
    row = find(c.session, c.user, Referral, ref)
    made = c.once("/listings", lambda: _accept(c, row, body), lambda id: _listing(c.session, c.user, id))
    return listing(c.session, made)


def _accept(c: Create, row: Referral, body: typed.AcceptReferral) -> Listing:
    meeting = find(c.session, c.user, Conference, body.conference_id)
    return triage.accept(c.session, c.user, row, meeting, now=c.now, version=body.version)


@router.post("/queue/{ref}/emergency", dependencies=WRITE, status_code=201)
def call_emergency(ref: str, body: typed.EmergencyIn, c: Create) -> ListingOut:
    """Calls an emergency meeting within two working days and lists the case there."""
    row = find(c.session, c.user, Referral, ref)
    made = c.once("/listings", lambda: _call(c, row, body), lambda id: _listing(c.session, c.user, id))
    return listing(c.session, made)


def _call(c: Create, row: Referral, body: typed.EmergencyIn) -> Listing:
    return emergencies.call(
        c.session, c.user, row, starts_at=body.starts_at, venue=body.venue, chair=body.chair_id,
        called=body.agency_ids, now=c.now, version=body.version,
    )  # fmt: skip


def _listing(session: Db, user: User, id: UUID) -> Listing:
    return find(session, user, Listing, id)


@router.get("/queue/{ref}/open", dependencies=READ)
def list_open(ref: str, session: Db, user: CurrentUser) -> list[AskableOut]:
    """What is still open and can be asked about; what could decide the referral comes first."""
    row = find(session, user, Referral, ref)
    require(user, Permission.DECIDE_REFERRAL, row)
    found = asking.askable(session, row)
    return [AskableOut(key=one.key, topic=one.topic, decides=one.decides, answers=[]) for one in found]


@router.post("/queue/{ref}/return", dependencies=WRITE)
def return_referral(ref: str, body: typed.Question, session: Db, user: CurrentUser, now: Now) -> ReferralOut:
    """Asks the referrer for exactly what is missing."""
    row = find(session, user, Referral, ref)
    held = find(session, user, Conference, body.meanwhile_id) if body.meanwhile_id else None
    told = body.model_dump(exclude={"meanwhile_id"})
    triage.return_with_question(session, user, row, **told, meanwhile=held, now=now)
    return referral(session, row)


@router.post("/queue/{ref}/decline", dependencies=WRITE)
def decline_referral(
    ref: str, body: typed.DeclineReferral, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """Declines with a reason; one that qualifies, or could not be scored, waits for the chair."""
    row = find(session, user, Referral, ref)
    triage.decline(session, user, row, **body.model_dump(), now=now)
    return referral(session, row)


@router.post("/queue/{ref}/confirm", dependencies=WRITE)
def confirm_decline(
    ref: str, body: typed.ConfirmDecline, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """The chair agrees to declining, or sends the referral back to the queue."""
    row = find(session, user, Referral, ref)
    triage.confirm_decline(
        session, user, row, agreed=body.agreed, reason=body.reason, now=now, version=body.version
    )
    return referral(session, row)


@router.post("/queue/{ref}/redirect", dependencies=WRITE)
def redirect_referral(
    ref: str, body: typed.RedirectReferral, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """Sends the referral on to the route that is right for it."""
    row = find(session, user, Referral, ref)
    diverting.redirect(session, user, row, **body.model_dump(), now=now)
    return referral(session, row)


@router.post("/queue/{ref}/alert-only", dependencies=WRITE)
def alert_only(ref: str, body: typed.Because, session: Db, user: CurrentUser, now: Now) -> ReferralOut:
    """Lists the case for agencies to flag and not to discuss."""
    row = find(session, user, Referral, ref)
    diverting.alert_only(session, user, row, reason=body.reason, now=now, version=body.version)
    return referral(session, row)


@router.post("/queue/{ref}/merge", dependencies=WRITE)
def merge_referral(
    ref: str, body: typed.MergeReferral, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """Adds the referral, as an update, to a turn that the same two people already have."""
    row = find(session, user, Referral, ref)
    turn = find(session, user, Listing, body.listing_id)
    merging.merge(session, user, row, turn, reason=body.reason, now=now, version=body.version)
    return referral(session, row)


@router.post("/queue/{ref}/withdrawal", dependencies=WRITE)
def confirm_withdrawal(
    ref: str, body: typed.ConfirmDecline, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """The coordinator confirms that a referral is taken back, or puts it back where it was."""
    row = find(session, user, Referral, ref)
    withdrawals.confirm_withdrawal(session, user, row, **body.model_dump(), now=now)
    return referral(session, row)


@router.post("/queue/{ref}/appeal", dependencies=WRITE)
def decide_appeal(
    ref: str, body: typed.ConfirmDecline, session: Db, user: CurrentUser, now: Now
) -> ReferralOut:
    """The chair agrees to an appeal, or declines for good."""
    row = find(session, user, Referral, ref)
    appeals.decide_appeal(session, user, row, **body.model_dump(), now=now)
    return referral(session, row)


@router.post("/queue/{ref}/undo", dependencies=WRITE)
def undo_decision(
    ref: str, session: Db, user: CurrentUser, now: Now, body: typed.Versioned | None = None
) -> ReferralOut:
    """Undoes the newest decision within ten minutes, unless somebody has acted on it since."""
    row = find(session, user, Referral, ref)
    undoing.undo(session, user, row, now=now, version=body.version if body else None)
    return referral(session, row)
