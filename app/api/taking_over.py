"""Colleagues' drafts that lie or have lost their writer, and taking them over."""

from datetime import datetime

from app.api import referral_views, typed
from app.api.answers import ReferralOut, Shown
from app.api.creating import api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.permissions import Permission, require
from conferences.referral import taking_over

router = api_router("taking over")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


class LeftBehindOut(Shown):
    """A colleague's draft: whose it is and since when it lies, and nothing of what it says."""

    id: str
    case_reference: str
    writer: str
    writer_gone: bool
    must_be_heard: bool
    since: datetime
    may_take_over: bool
    version: int


@router.get("/left-behind", dependencies=READ)
def list_left_behind(session: Db, user: CurrentUser) -> list[LeftBehindOut]:
    """What lies at the person's agency past its date, or has lost its writer."""
    require(user, Permission.START_REFERRAL)
    return [
        LeftBehindOut(
            id=one.referral.id.hex,
            case_reference=one.case_reference,
            writer=one.writer,
            writer_gone=one.writer_gone,
            must_be_heard=one.must_be_heard,
            since=one.since,
            may_take_over=one.may_take_over,
            version=one.referral.version,
        )
        for one in taking_over.lying(session, user)
    ]


@router.post("/referrals/{ref}/take-over", dependencies=WRITE)
def take_over(ref: str, body: typed.Because, session: Db, user: CurrentUser, now: Now) -> ReferralOut:
    """Makes a draft whose writer has left the person's own."""
    row = taking_over.find(session, user, ref)
    taking_over.take_over(session, user, row, **body.model_dump(), now=now)
    return referral_views.referral(session, row)
