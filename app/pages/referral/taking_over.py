"""A colleague's draft that lies or has lost its writer, and taking it over."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, form_key
from app.pages.common.decide import Step, decide
from app.pages.common.draft import home
from app.pages.common.queue_forms import TakingOver
from app.pages.referral.views import taking_over as shown
from app.templating import render
from conferences.permissions import Permission
from conferences.referral import taking_over

router = APIRouter(default_response_class=Response)
PAGE = "referrals/take_over.html"
OVER = Step(TakingOver, Permission.TAKE_OVER, shown.to_take_over, PAGE)


@router.get("/referrals/{ref}/take-over")
def ask_take_over(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows whose draft it is, and to whom may take it over asks why."""
    referral = taking_over.find(session, user, ref)
    return render(request, PAGE, form=Filled[Any](), **shown.to_take_over(session, user, referral, now))


@router.post("/referrals/{ref}/take-over")
def take_over(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Makes the draft the reader's own."""
    before = receipts.once(session, user, form_key(typed), now)
    if before:
        return RedirectResponse(before, 303)
    referral = taking_over.find(session, user, ref)

    def verb(given: TakingOver) -> None:
        taking_over.take_over(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, OVER, verb, back=home(referral))
