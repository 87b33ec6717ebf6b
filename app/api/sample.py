"""Decisions drawn by lot, which the chair reads again."""

from app.api import typed
from app.api.answers import DrawnOut
from app.api.creating import api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.models import Draw
from conferences.referral import sampling
from conferences.visibility import find

router = api_router("sample")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


@router.get("/sample", dependencies=READ)
def list_sample(session: Db, user: CurrentUser) -> list[DrawnOut]:
    """The drawn decisions that wait for the chair."""
    return [
        DrawnOut(
            id=row.id.hex,
            referral_id=row.referral_id.hex,
            case_reference=row.referral.case.reference,
            decision=row.decision.kind,
            decided_at=row.decision.at,
            share=row.share,
            roll=row.roll,
        )
        for row in sampling.to_read(session, user)
    ]


@router.post("/sample/{ref}", dependencies=WRITE, status_code=204)
def review_decision(ref: str, body: typed.ReviewIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Records whether the chair agrees."""
    row = find(session, user, Draw, ref)
    sampling.review(session, user, row, agrees=body.agrees, note=body.note, now=now)
