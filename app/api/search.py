"""Search: by POST, so that what is looked for is in no address or log."""

from starlette.exceptions import HTTPException

from app.api import typed
from app.api.answers import FoundOut, HitOut
from app.api.creating import api_router, scope
from app.auth import rates
from app.auth.who import CurrentUser, Db, Now
from conferences.finding import search
from conferences.permissions import Permission, require

router = api_router("search")


@router.post("/search", dependencies=scope("referrals:read"))
def search_people(body: typed.SearchIn, session: Db, user: CurrentUser, now: Now) -> FoundOut:
    """Who answers what was typed, best first, among the cases the person may know of; at most twenty."""
    require(user, Permission.SEARCH)
    if not rates.within(session, rates.SEARCH, user.id.hex, now=now):
        raise HTTPException(429, headers={"Retry-After": "600"})
    found = search.find(session, user, body.words, now=now)
    hits = [
        HitOut(
            case_id=hit.case_id.hex,
            case_reference=hit.reference,
            name=hit.name or None,
            part=hit.part,
            agency=hit.agency,
            status=hit.status,
            found_by=hit.found_by,
        )
        for hit in found.hits
    ]
    return FoundOut(hits=hits, more=found.more, tried=list(found.tried))
