"""A person's copies of documents: asked for by POST, waited for, fetched by that person alone."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app import copies
from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, form_key
from app.pages.meeting.views.documents import copy_view
from app.receipts import once, remember
from app.templating import render
from conferences.errors import NotFound
from conferences.meeting import actions
from conferences.meeting.document_views import agency_named, copies_for
from conferences.models import Conference, Document
from conferences.visibility import find

router = APIRouter(default_response_class=Response)


@router.get("/documents")
def list_copies(request: Request, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows the copies a person has asked for."""
    rows = [copy_view(one, now=now) for one in copies_for(session, user)]
    return render(request, "documents/list.html", copies=rows)


@router.post("/actions/plan")
def ask_for_plan(session: Db, user: CurrentUser, now: Now, typed: TypedForm) -> Response:
    """Asks for an agency's action plan: the person's own, or the one the coordinator or chair chose."""
    led_to = once(session, user, form_key(typed), now)
    if led_to is None:
        chosen = next(iter(typed.get("agency", [])), "") or (user.agency_id.hex if user.agency_id else "")
        agency = agency_named(actions.agencies_of(session, user), chosen)
        if agency is None:
            raise NotFound
        document = copies.ask_for_plan(session, user, agency, now=now)
        led_to = remember(session, user, form_key(typed), f"/documents/{document.id.hex}", now)
    return RedirectResponse(led_to, 303)


@router.post("/conferences/{ref}/agenda/copy")
def ask_for_agenda(ref: str, session: Db, user: CurrentUser, now: Now, typed: TypedForm) -> Response:
    """Asks for the person's own copy of an agenda as it was last issued."""
    led_to = once(session, user, form_key(typed), now)
    if led_to is None:
        conference = find(session, user, Conference, ref)
        document = copies.ask_for_agenda(session, user, conference, now=now)
        led_to = remember(session, user, form_key(typed), f"/documents/{document.id.hex}", now)
    return RedirectResponse(led_to, 303)


@router.get("/documents/{ref}")
def show_copy(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows whether a copy is ready, and how to fetch it."""
    document = find(session, user, Document, ref)
    return render(request, "documents/one.html", copy=copy_view(document, now=now))


@router.get("/documents/{ref}/state")
def tell_state(ref: str, session: Db, user: CurrentUser, now: Now) -> JSONResponse:
    """Tells a waiting page whether there is something new to show."""
    state = copy_view(find(session, user, Document, ref), now=now).state
    return JSONResponse({"ready": state in ("ready", "failed"), "state": state})


@router.get("/documents/{ref}/file")
def send_file(ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Hands the PDF to the person it was made for."""
    return copies.download(session, user, find(session, user, Document, ref), now=now)
