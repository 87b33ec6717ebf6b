"""Cases: the list, one case, how to reach people, and where they are."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CodeNeeded, CurrentUser, Db, Now, fresh_factor
from app.forms import Filled, TypedForm, fill
from app.forms.refusals import attempt
from app.pages.case.views import cases as shown
from app.pages.case.views.forms import Looking
from app.pages.person.views import contacts
from app.templating import render
from conferences.case import case_views
from conferences.models import Case, User
from conferences.permissions import Permission, may, require
from conferences.person import people
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "cases/case.html"
Page = Annotated[int, Query(ge=1, le=100000)]


@router.get("/cases")
def list_cases(request: Request, session: Db, user: CurrentUser, page: Page = 1) -> Response:
    """Shows the cases a person may know of, newest first, by reference and initials."""
    require(user, Permission.START_REFERRAL)
    rows, older = case_views.case_list(session, user, page=page)
    lines = [shown.row_shown(user, row) for row in rows]
    brings = may(user, Permission.BRING_LIST)
    return render(request, "cases/list.html", rows=lines, older=older, page=page, brings=brings)


@router.get("/cases/{ref}")
def show_case(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows one case."""
    case = find(session, user, Case, ref)
    return render(request, PAGE, **shown.page(session, user, case, now))


@router.post("/cases/{ref}/contact")
def show_contact(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows how the person may be reached, and records who looked."""
    page = contacts.page(session, user, find(session, user, Case, ref), now)
    return render(request, "cases/contact.html", form=Filled.showing(**page["stored"]), **page)


def _with_fresh_code(request: Request, user: User, case: Case, now: Now) -> Response | None:
    """Asks for a one-time code again unless one was entered within five minutes, then comes back."""
    require(user, Permission.VIEW_ADDRESS, case)
    try:
        fresh_factor(request, user, now)
    except CodeNeeded:
        return RedirectResponse(f"/sign-in/code?next=/cases/{case.id.hex}/address", 303)
    return None


@router.get("/cases/{ref}/address")
def ask_reason(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks why somebody needs to know where the person is."""
    case = find(session, user, Case, ref)
    asked = _with_fresh_code(request, user, case, now)
    return asked or render(request, "cases/address.html", case=case, form=Filled[Looking]())


@router.post("/cases/{ref}/address")
def show_address(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Shows where the person is, once, to somebody who gave a reason; recorded each time."""
    case = find(session, user, Case, ref)
    asked = _with_fresh_code(request, user, case, now)
    if asked:
        return asked
    form = fill(Looking, typed)
    tried = attempt(
        session,
        form,
        lambda given: people.look_at_address(session, user, case, reason=given.reason, now=now),
    )
    if tried.refused:
        return tried.redraw(request, "cases/address.html", case=case)
    return render(request, "cases/address_shown.html", case=case, address=contacts.address_shown(tried.value))
