"""A manager's sign-off, and taking in what nobody lets go."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, form_key
from app.pages.common.decide import Step, decide
from app.pages.common.draft import home
from app.pages.common.queue_forms import GivingBack, Pressing, TakingIn
from app.pages.referral.views import signing as shown
from app.templating import render
from conferences.errors import NotFound
from conferences.models import Referral
from conferences.permissions import Permission, require
from conferences.referral import signing
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE, TAKE = "referrals/sign_off.html", "queue/take_in.html"
SIGN = Step(Pressing, Permission.SIGN_OFF, shown.to_sign, PAGE)
BACK = Step(GivingBack, Permission.SIGN_OFF, shown.to_sign, PAGE)
IN = Step(TakingIn, Permission.TAKE_IN, shown.to_take_in, TAKE)


@router.get("/referrals/{ref}/sign-off")
def ask_sign_off(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows a manager what waits for their sign-off."""
    referral = find(session, user, Referral, ref)
    require(user, SIGN.needed, referral)
    return render(request, PAGE, form=Filled[Any](), **shown.to_sign(session, user, referral, now))


@router.post("/referrals/{ref}/sign-off")
def sign_off(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Signs a referral off, which sends it."""
    referral = find(session, user, Referral, ref)

    def verb(given: Pressing) -> None:
        signing.sign_off(session, user, referral, now=now, version=given.version)

    return decide(request, session, user, now, referral, typed, SIGN, verb, back=home(referral))


@router.post("/referrals/{ref}/give-back")
def give_back(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Gives a referral back to its writer with a reason."""
    before = receipts.once(session, user, form_key(typed), now)
    if before:
        return RedirectResponse(before, 303)
    referral = find(session, user, Referral, ref)

    def verb(given: GivingBack) -> None:
        signing.give_back(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, BACK, verb, back="/")


@router.get("/queue/{ref}/take-in")
def ask_take_in(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks why a referral is taken in without its sign-off."""
    require(user, Permission.VIEW_QUEUE)
    referral = signing.find_stuck(session, user, ref, now=now).referral
    return render(request, TAKE, form=Filled[Any](), **shown.to_take_in(session, user, referral, now))


@router.post("/queue/{ref}/take-in")
def take_in(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Takes a referral in without its sign-off; what has come in meanwhile is simply opened."""
    require(user, Permission.VIEW_QUEUE)
    try:
        referral = signing.find_stuck(session, user, ref, now=now).referral
    except NotFound:
        return RedirectResponse(f"/queue/{find(session, user, Referral, ref).id.hex}", 303)

    def verb(given: TakingIn) -> None:
        signing.take_in(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, IN, verb)
