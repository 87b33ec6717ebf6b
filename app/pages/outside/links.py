"""Links for agencies without an account, and what arrived through them: the coordinator's pages."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.tokens import new_token, token_hash
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.outside.views import links as shown
from app.pages.outside.views.forms import GivingLink, NotTaken
from app.templating import render
from conferences.models import OutsideReferral, ReferralLink
from conferences.permissions import Permission, require
from conferences.referral import outside
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
LIST, ONE = "links/list.html", "links/arrived.html"


@router.get("/links")
def list_links(request: Request, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows what arrived, the links given, and a form to give another."""
    return render(request, LIST, form=Filled[Any](), **shown.page(session, user, now))


@router.post("/links")
def give(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Makes a link and shows it, this once."""
    require(user, Permission.GIVE_LINK)
    key = form_key(typed)
    if receipts.once(session, user, key, now):
        return RedirectResponse("/links", 303)
    token = new_token()

    def verb(given: GivingLink) -> ReferralLink:
        agency = shown.agency(session, user, given.agency)
        hashed = token_hash(token)
        return outside.give_link(session, user, agency, token_hash=hashed, days=given.days, now=now)

    tried = attempt(session, fill(GivingLink, typed), verb)
    if tried.value is None:
        return tried.redraw(request, LIST, **shown.page(session, user, now))
    receipts.remember(session, user, key, "/links", now)
    return render(request, "links/given.html", link=tried.value, address=_address(request, token))


def _address(request: Request, token: str) -> str:
    base = request.app.state.settings.public_url or str(request.base_url)
    return f"{base.rstrip('/')}/refer/{token}"


@router.post("/links/{ref}/withdraw")
def withdraw(ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Ends a link that was not used."""
    require(user, Permission.GIVE_LINK)
    outside.withdraw_link(session, user, find(session, user, ReferralLink, ref), now=now)
    return RedirectResponse("/links", 303)


def _arrived(session: Db, user: CurrentUser, ref: str) -> OutsideReferral:
    require(user, Permission.TAKE_ON)
    return find(session, user, OutsideReferral, ref)


@router.get("/arrived/{ref}")
def show(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows what arrived, and records who looked."""
    row = _arrived(session, user, ref)
    return render(request, ONE, form=Filled[Any](), **shown.one(session, user, row, now))


@router.post("/arrived/{ref}/take-on")
def take_on(ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Makes a draft of what arrived and goes to it; twice leads to the same draft."""
    key = form_key(typed)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    draft = outside.take_on(session, user, _arrived(session, user, ref), now=now)
    return RedirectResponse(receipts.remember(session, user, key, f"/referrals/{draft.id.hex}", now), 303)


@router.post("/arrived/{ref}/refuse")
def refuse(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Says why what arrived is not taken on."""
    key, row = form_key(typed), _arrived(session, user, ref)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(
        session,
        fill(NotTaken, typed),
        lambda given: outside.refuse(session, user, row, reason=given.reason, now=now),
    )
    if tried.refused:
        return tried.redraw(request, ONE, **shown.one(session, user, row, now))
    return RedirectResponse(receipts.remember(session, user, key, "/links", now), 303)
