"""What a referrer may still do with a referral that was sent: take it back, or appeal."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm
from app.pages.common.decide import Step, decide
from app.pages.common.draft import home
from app.pages.common.queue_forms import Appealing, Withdrawing
from app.pages.referral.views import afterwards as shown
from app.templating import render
from conferences.models import Referral
from conferences.permissions import Permission, require
from conferences.triage import appeals, withdrawals
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "referrals/afterwards.html"
WITHDRAW = Step(Withdrawing, Permission.WITHDRAW_REFERRAL, shown.withdrawing, PAGE)
APPEAL = Step(Appealing, Permission.APPEAL, shown.appealing, PAGE)


@router.get("/referrals/{ref}/withdraw")
def ask_withdraw(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks why a referral is taken back."""
    referral = find(session, user, Referral, ref)
    require(user, WITHDRAW.needed, referral)
    return render(request, PAGE, form=Filled[Any](), **shown.withdrawing(session, user, referral, now))


@router.post("/referrals/{ref}/withdraw")
def withdraw(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Asks the coordinator to take a referral back."""
    referral = find(session, user, Referral, ref)

    def verb(given: Withdrawing) -> None:
        withdrawals.withdraw(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, WITHDRAW, verb, back=home(referral))


@router.get("/referrals/{ref}/appeal")
def ask_appeal(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks why the referrer does not agree with declining."""
    referral = find(session, user, Referral, ref)
    require(user, APPEAL.needed, referral)
    return render(request, PAGE, form=Filled[Any](), **shown.appealing(session, user, referral, now))


@router.post("/referrals/{ref}/appeal")
def appeal(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Puts a declined referral before the chair."""
    referral = find(session, user, Referral, ref)

    def verb(given: Appealing) -> None:
        appeals.appeal(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, APPEAL, verb, back=home(referral))
