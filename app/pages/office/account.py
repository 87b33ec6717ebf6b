"""A person's own page: where they live, so that no case about their household reaches them."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import comparing
from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill
from app.forms.refusals import attempt
from app.pages.office.views import account as shown
from app.pages.office.views.account import Living
from app.templating import render
from conferences.permissions import Permission, require

router = APIRouter(default_response_class=Response)
PAGE = "account/show.html"


@router.get("/account")
def show(request: Request, session: Db, user: CurrentUser) -> Response:
    """Shows what a person has said of their home."""
    return render(request, PAGE, **shown.page(session, user))


@router.post("/account/household")
def keep_household(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Keeps where a person lives and is rung at home."""
    require(user, Permission.KEEP_HOUSEHOLD, user)
    tried = attempt(
        session, fill(Living, typed), lambda m: comparing.keep_household(session, user, m.home(), now=now)
    )
    if tried.refused:
        page = shown.page(session, user)
        return tried.redraw(request, PAGE, lists=page["lists"])
    return RedirectResponse("/account", 303)
