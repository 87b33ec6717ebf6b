"""Calling an emergency meeting from the queue."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm
from app.pages.common.decide import Step, decide, open_referral
from app.pages.common.queue_forms import Calling
from app.pages.queue.views import emergency as shown
from app.templating import render
from conferences.permissions import Permission, require

router = APIRouter(default_response_class=Response)
PAGE = "queue/emergency.html"
CALL = Step(Calling, Permission.CALL_EMERGENCY, shown.to_call, PAGE)


@router.get("/queue/{ref}/emergency")
def ask_call(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks when an emergency meeting is and who is called."""
    referral = open_referral(session, user, ref)
    require(user, CALL.needed, referral)
    return render(request, PAGE, form=Filled[Any](), **shown.to_call(session, user, referral, now))


@router.post("/queue/{ref}/emergency")
def call(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Calls an emergency meeting and lists the case there."""
    referral = open_referral(session, user, ref)

    def verb(given: Calling) -> object:
        return shown.call(session, user, referral, given, now)

    return decide(request, session, user, now, referral, typed, CALL, verb)
