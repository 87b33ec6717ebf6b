"""A case's turn at the meeting: what was shared, the risks, the actions, and its conclusion."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.meeting.views import listings as shown
from app.pages.meeting.views import listings_forms as forms
from app.templating import render
from conferences.meeting import meetings
from conferences.models import Listing, User
from conferences.permissions import Permission, require
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
Verb = Callable[[Listing, Any], object]


@router.get("/listings/{ref}")
def show_turn(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows a case's turn to those who run the meeting."""
    page = shown.page(session, user, find(session, user, Listing, ref), now)
    return render(request, shown.PAGE, form=shown.showing(page), conflict=False, **page)


def _write(
    request: Request,
    session: Db,
    user: User,
    now: Now,
    ref: str,
    typed: TypedForm,
    model: type[BaseModel],
    verb: Verb,
    permission: Permission = Permission.RECORD_LISTING,
) -> Response:
    listing, key = find(session, user, Listing, ref), form_key(typed)
    require(user, permission, listing)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(session, fill(model, typed), lambda given: verb(listing, given))
    if tried.refused:
        return shown.redrawn(request, tried, shown.page(session, user, listing, now))
    return RedirectResponse(receipts.remember(session, user, key, f"/listings/{listing.id.hex}", now), 303)


@router.post("/listings/{ref}/contributions")
def contribute(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Records what an agency said."""

    def verb(listing: Listing, given: forms.Contributing) -> None:
        forms.contribute(session, user, listing, given, now)

    return _write(request, session, user, now, ref, typed, forms.Contributing, verb)


@router.post("/listings/{ref}/risks")
def record_risk(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Adds one line to the risk summary."""

    def verb(listing: Listing, given: forms.NamingRisk) -> object:
        words = given.risk_words
        return meetings.record_risk(session, user, listing, about=given.about, statement=words, now=now)

    return _write(request, session, user, now, ref, typed, forms.NamingRisk, verb)


@router.post("/listings/{ref}/summary")
def summarise(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Writes the chair's summary; when somebody else wrote meanwhile both texts are shown."""

    def verb(listing: Listing, given: forms.Summarising) -> None:
        meetings.summarise(session, user, listing, summary=given.summary, version=given.version, now=now)

    return _write(request, session, user, now, ref, typed, forms.Summarising, verb)


@router.post("/listings/{ref}/actions")
def agree_action(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Records an agency's promise."""

    def verb(listing: Listing, given: forms.Agreeing) -> object:
        return forms.agree(session, user, listing, given, now)

    return _write(request, session, user, now, ref, typed, forms.Agreeing, verb, Permission.AGREE_ACTION)


@router.post("/listings/{ref}/conclude")
def conclude(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Concludes the turn, or names every line that is missing."""

    def verb(listing: Listing, given: forms.Concluding) -> None:
        meetings.conclude(session, user, listing, forms.conclusion(given), now=now, version=given.version)

    needed = Permission.CONCLUDE_LISTING
    return _write(request, session, user, now, ref, typed, forms.Concluding, verb, needed)


@router.post("/listings/{ref}/defer")
def put_off(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Puts the turn off with a reason."""

    def verb(listing: Listing, given: forms.PuttingOff) -> None:
        meetings.defer(session, user, listing, reason=given.defer_reason, now=now)

    needed = Permission.CONCLUDE_LISTING
    return _write(request, session, user, now, ref, typed, forms.PuttingOff, verb, needed)
