"""“Known elsewhere?”: asking another area about the people of a case, and answering another area."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.case.views import enquiries as shown
from app.pages.case.views.enquiries import Answering, Asking
from app.templating import render
from conferences.models import Case, Enquiry
from conferences.permissions import Permission, require
from conferences.person import enquiries
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
ASK, ANSWER = "enquiries/ask.html", "enquiries/answer.html"


@router.get("/cases/{ref}/enquiries")
def show_asked(request: Request, ref: str, session: Db, user: CurrentUser) -> Response:
    """Shows which areas were asked about a case, and the form to ask one."""
    case = find(session, user, Case, ref)
    return render(request, ASK, form=Filled[Asking](), **shown.asking(session, user, case))


@router.post("/cases/{ref}/enquiries")
def ask(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks another area's coordinator."""
    case, key = find(session, user, Case, ref), form_key(typed)
    require(user, Permission.ASK_ELSEWHERE, case)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)

    def verb(given: Asking) -> Enquiry:
        area, about, why = UUID(given.area), given.about, given.reason
        return enquiries.ask(session, user, case, area_id=area, about=about, reason=why, now=now)

    tried = attempt(session, fill(Asking, typed), verb)
    if tried.refused:
        return tried.redraw(request, ASK, **shown.asking(session, user, case))
    led_to = f"/cases/{case.id.hex}/enquiries"
    return RedirectResponse(receipts.remember(session, user, key, led_to, now), 303)


@router.get("/enquiries/{ref}")
def show_enquiry(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows a question of another area to the coordinator who may answer it."""
    row = enquiries.find(session, user, ref)
    return render(request, ANSWER, form=Filled[Any](), **shown.received(session, user, row, now))


@router.post("/enquiries/{ref}")
def answer(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Answers known, not known, or ring me."""
    row, key = enquiries.find(session, user, ref), form_key(typed)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(
        session,
        fill(Answering, typed),
        lambda given: enquiries.answer(session, user, row, given.answer, now=now),
    )
    if tried.refused:
        return tried.redraw(request, ANSWER, **shown.received(session, user, row, now))
    return RedirectResponse(receipts.remember(session, user, key, f"/enquiries/{row.id.hex}", now), 303)
