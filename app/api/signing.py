"""A manager's sign-off, and taking in what its agency has not let go."""

from datetime import datetime

from app.api import referral_views, typed
from app.api.answers import ReferralOut, Shown
from app.api.creating import api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.models import Referral
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.referral import signing
from conferences.visibility import find

router = api_router("signing")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


class SignOffOut(Shown):
    """A referral that waits for its manager's sign-off, by reference and initials."""

    id: str
    case_reference: str
    initials: str
    since: datetime
    version: int


class StuckOut(Shown):
    """A referral its agency has not let go: overdue, given_back (with the reason), nobody_left or left_lying.

    `speak_to` names who at the agency can say more.
    """

    id: str
    case_reference: str
    agency: str
    why: str
    since: datetime
    reason: str | None
    speak_to: list[str]
    writer_gone: bool
    version: int


@router.get("/sign-offs", dependencies=READ)
def list_sign_offs(session: Db, user: CurrentUser, now: Now) -> list[SignOffOut]:
    """What waits for this manager's sign-off, by reference and initials."""
    require(user, Permission.START_REFERRAL)
    return [
        SignOffOut(
            id=row.id.hex,
            case_reference=row.case.reference,
            initials=people.initials(people.name_of(session, people.victim_of(row.case))),
            since=row.signoff_asked_at or now,
            version=row.version,
        )
        for row in signing.to_sign(session, user)
    ]


@router.post("/referrals/{ref}/sign-off", dependencies=WRITE)
def sign_off(
    ref: str, session: Db, user: CurrentUser, now: Now, body: typed.Versioned | None = None
) -> ReferralOut:
    """Signs a referral off, which sends it."""
    row = find(session, user, Referral, ref)
    signing.sign_off(session, user, row, now=now, version=body.version if body else None)
    return referral_views.referral(session, row)


@router.post("/referrals/{ref}/give-back", dependencies=WRITE, status_code=204)
def give_back(ref: str, body: typed.Because, session: Db, user: CurrentUser, now: Now) -> None:
    """Gives a referral back to its writer; the coordinator reads the reason as well."""
    row = find(session, user, Referral, ref)
    signing.give_back(session, user, row, **body.model_dump(), now=now)


@router.get("/unsent", dependencies=READ)
def list_unsent(session: Db, user: CurrentUser, now: Now) -> list[StuckOut]:
    """What its agency has not let go: that it is there and why, and nothing of what it says."""
    require(user, Permission.VIEW_QUEUE)
    return [
        StuckOut(
            id=one.referral.id.hex,
            case_reference=one.case_reference,
            agency=one.agency,
            why=one.why,
            since=one.since,
            reason=one.reason or None,
            speak_to=list(one.speak_to),
            writer_gone=one.writer_gone,
            version=one.referral.version,
        )
        for one in signing.stuck(session, user, now=now)
    ]


@router.post("/queue/{ref}/take-in", dependencies=WRITE)
def take_in(ref: str, body: typed.Because, session: Db, user: CurrentUser, now: Now) -> ReferralOut:
    """Takes a referral in without its sign-off."""
    require(user, Permission.VIEW_QUEUE)
    row = signing.find_stuck(session, user, ref, now=now).referral
    signing.take_in(session, user, row, **body.model_dump(), now=now)
    return referral_views.referral(session, row)
