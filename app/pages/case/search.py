"""Search: by POST, so that what is looked for is in no address, history or log."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.auth import rates
from app.auth.who import CurrentUser, Db, Now
from app.errors import answer
from app.forms import Filled, TypedForm, fill
from app.forms.refusals import attempt
from app.pages.case.views.search import Searching, shown
from app.templating import render, t
from conferences.finding import search
from conferences.models import Case
from conferences.permissions import Permission, require

router = APIRouter(default_response_class=Response)
PAGE = "search/search.html"


@router.get("/search")
def ask(request: Request, user: CurrentUser) -> Response:
    """Shows the search box on a page of its own."""
    require(user, Permission.SEARCH)
    return render(request, PAGE, form=Filled[Searching]())


@router.post("/search")
def look(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows who answers what was typed, among the cases a person may know of."""
    require(user, Permission.SEARCH)
    if not rates.within(session, rates.SEARCH, user.id.hex, now=now):
        sentence = t("You have searched too often. Wait ten minutes, then try again.")
        return answer(request, 429, sentence, {"Retry-After": "600"})
    form = fill(Searching, typed)
    tried = attempt(session, form, lambda given: search.find(session, user, given.words, now=now))
    if tried.value is None:
        return tried.redraw(request, PAGE)
    return render(request, PAGE, form=form, found=shown(tried.value))


@router.get("/search/{ref}")
def open_hit(ref: UUID, session: Db, user: CurrentUser, now: Now) -> Response:
    """Goes on to a case that was found, and notes that it was reached by a search."""
    reached = search.open_hit(session, user, ref, now=now)
    place = "cases" if isinstance(reached, Case) else "referrals"
    return RedirectResponse(f"/{place}/{reached.id.hex}", 303)
