"""One new person to ring: taken on, and what came of it. How to reach them stays on the case's own page."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.meeting.views.advocates import Rang, page
from app.receipts import once, remember
from app.templating import render
from conferences.models import AdvocateReferral
from conferences.permissions import Permission, require
from conferences.referral import advocates
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "advocates/one.html"


@router.get("/advocates/{ref}")
def show(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows one person to ring, by reference and initials."""
    row = find(session, user, AdvocateReferral, ref)
    require(user, Permission.RING_PERSON, row)
    return render(request, PAGE, form=Filled[Rang](), **page(session, row, now))


@router.post("/advocates/{ref}/acknowledge")
def acknowledge(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Takes it on."""
    row = find(session, user, AdvocateReferral, ref)
    advocates.acknowledge(session, user, row, now=now)
    return RedirectResponse(f"/advocates/{row.id.hex}", 303)


@router.post("/advocates/{ref}/contact")
def record(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Records what came of ringing."""
    row, key = find(session, user, AdvocateReferral, ref), form_key(typed)
    require(user, Permission.RING_PERSON, row)
    before = once(session, user, key, now)
    if before:
        return RedirectResponse(before, 303)
    tried = attempt(
        session,
        fill(Rang, typed),
        lambda said: advocates.record_contact(session, user, row, **said.model_dump(), now=now),
    )
    if tried.refused:
        return tried.redraw(request, PAGE, **page(session, row, now))
    return RedirectResponse(remember(session, user, key, f"/advocates/{row.id.hex}", now), 303)
