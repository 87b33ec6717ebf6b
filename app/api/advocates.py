"""New people to ring, for advocates; never how to reach them."""

from app.api import typed
from app.api.answers import ToRingOut
from app.api.creating import api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.models import AdvocateReferral
from conferences.permissions import Permission, require
from conferences.referral import advocates
from conferences.referral.advocates import ToRing
from conferences.visibility import find

router = api_router("advocates")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


@router.get("/advocates", dependencies=READ)
def list_to_ring(session: Db, user: CurrentUser, now: Now) -> list[ToRingOut]:
    """Whom this person has to ring, soonest due first."""
    require(user, Permission.START_REFERRAL)
    return [_shown(one) for one in advocates.to_ring(session, user, now=now)]


def _shown(one: ToRing) -> ToRingOut:
    return ToRingOut(
        id=one.row.id.hex,
        case_reference=one.case_reference,
        initials=one.initials,
        due_at=one.row.due_at,
        late=one.late,
        nobody=one.nobody,
        acknowledged_at=one.row.acknowledged_at,
        outcome=one.row.outcome,
    )


@router.post("/advocates/{ref}/acknowledge", dependencies=WRITE, status_code=204)
def acknowledge_person(ref: str, session: Db, user: CurrentUser, now: Now) -> None:
    """Takes it on."""
    advocates.acknowledge(session, user, find(session, user, AdvocateReferral, ref), now=now)


@router.post("/advocates/{ref}/contact", dependencies=WRITE, status_code=204)
def record_first_contact(
    ref: str, body: typed.FirstContactIn, session: Db, user: CurrentUser, now: Now
) -> None:
    """Records what came of ringing."""
    row = find(session, user, AdvocateReferral, ref)
    advocates.record_contact(session, user, row, outcome=body.outcome, note=body.note, now=now)
