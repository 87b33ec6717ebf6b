"""A person's own page: where they live and who works with them, so that no case about either reaches them."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import comparing
from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill, redraw
from app.forms.refusals import Tried, attempt
from app.pages.views import account as shown
from app.pages.views.account import Colleagues, Living
from app.templating import render
from conferences.models import User
from conferences.permissions import Permission, require

router = APIRouter(default_response_class=Response)
PAGE = "account/show.html"


@router.get("/account")
def show(request: Request, session: Db, user: CurrentUser) -> Response:
    """Shows what a person has said of their home and of those they work with."""
    return render(request, PAGE, **shown.page(session, user))


@router.post("/account/household")
def keep_household(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Keeps where a person lives and is rung at home."""
    require(user, Permission.KEEP_HOUSEHOLD, user)
    tried = attempt(
        session, fill(Living, typed), lambda m: comparing.keep_household(session, user, m.home(), now=now)
    )
    return _after(request, session, user, tried)


@router.post("/account/colleagues")
def name_colleagues(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Keeps who works for the person's agency without an account."""
    agency = shown.own_agency(user)
    require(user, Permission.NAME_COLLEAGUES, agency)
    tried = attempt(
        session,
        fill(Colleagues, typed),
        lambda m: comparing.name_colleagues(session, user, agency, (m.names or "").splitlines(), now=now),
    )
    return _after(request, session, user, tried)


def _after(request: Request, session: Db, user: User, tried: Tried[None]) -> Response:
    """Leads back to the page, or shows it again with both forms as they were."""
    if not tried.refused:
        return RedirectResponse("/account", 303)
    page = shown.page(session, user)
    stored = page.pop("form")
    return redraw(request, PAGE, replace(tried.form, typed={**stored.typed, **tried.form.typed}), **page)
