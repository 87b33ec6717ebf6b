"""Those of an agency without an account, kept by who answers for it: listed, added, changed, ended."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import comparing
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill
from app.forms.refusals import attempt
from app.pages.office.views import colleagues as shown
from app.pages.office.views.account import Living
from app.pages.office.views.colleagues import Naming, Pasting, Renaming
from app.templating import render
from conferences.models import Agency, Employee
from conferences.permissions import Permission, require
from conferences.visibility import find
from conferences.wall import colleagues, pasting

router = APIRouter(default_response_class=Response)
LIST, ONE = "colleagues/list.html", "colleagues/one.html"


def _agency(ref: str, session: Db, user: CurrentUser) -> Agency:
    agency = find(session, user, Agency, ref)
    require(user, Permission.NAME_COLLEAGUES, agency)
    return agency


@router.get("/agencies/{ref}/colleagues")
def list_colleagues(request: Request, ref: str, session: Db, user: CurrentUser) -> Response:
    """Shows who is on an agency's list."""
    agency = _agency(ref, session, user)
    return render(request, LIST, form=Filled[Naming](), **shown.page(session, user, agency))


@router.post("/agencies/{ref}/colleagues")
def add(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Adds somebody; twice is harmless."""
    agency = _agency(ref, session, user)
    tried = attempt(
        session,
        fill(Naming, typed),
        lambda m: comparing.add_colleague(session, user, agency, m.colleague(), now=now),
    )
    if tried.refused:
        return tried.redraw(request, LIST, **shown.page(session, user, agency))
    return RedirectResponse(shown.place(agency), 303)


@router.post("/agencies/{ref}/colleagues/many")
def bring(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Adds everyone who was pasted, all or nobody."""
    agency = _agency(ref, session, user)
    tried = attempt(
        session,
        fill(Pasting, typed),
        lambda m: comparing.bring_colleagues(session, user, agency, pasting.read(m.names), now=now),
    )
    if tried.refused:
        return tried.redraw(request, LIST, **shown.page(session, user, agency))
    return RedirectResponse(shown.place(agency), 303)


@router.get("/colleagues/{ref}")
def show(request: Request, ref: str, session: Db, user: CurrentUser) -> Response:
    """Shows one of a list: the name, and that something of the home is kept."""
    about = shown.one(session, user, find(session, user, Employee, ref))
    return render(request, ONE, form=Filled[Naming].showing(name=about["name"]), **about)


@router.post("/colleagues/{ref}")
def rename(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Writes the name anew."""
    row = find(session, user, Employee, ref)
    about = shown.one(session, user, row)
    tried = attempt(
        session,
        fill(Renaming, typed),
        lambda m: comparing.change_colleague(session, user, row, m.name, None, now=now),
    )
    return tried.redraw(request, ONE, **about) if tried.refused else RedirectResponse(about["list"], 303)


@router.post("/colleagues/{ref}/home")
def write_home(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Writes the home anew as a whole; with empty boxes it is forgotten."""
    row = find(session, user, Employee, ref)
    about = shown.one(session, user, row)
    tried = attempt(
        session,
        fill(Living, typed),
        lambda m: comparing.change_colleague(session, user, row, about["name"], m.home(), now=now),
    )
    if tried.refused:
        return tried.redraw(request, ONE, **about)
    return RedirectResponse(about["list"], 303)


@router.post("/colleagues/{ref}/end")
def end(ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Takes somebody off the list and forgets their home."""
    row = find(session, user, Employee, ref)
    led_to = shown.one(session, user, row)["list"]
    colleagues.end(session, user, row, now=now)
    return RedirectResponse(led_to, 303)
