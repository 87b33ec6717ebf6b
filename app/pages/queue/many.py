"""Accepting several referrals onto one meeting: ticked, shown once more, then accepted all or none."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key, redraw
from app.forms.refusals import attempt
from app.pages.common.queue_forms import Accepting, AcceptingMany, Ticking
from app.pages.queue.views import many as queue_many
from app.templating import render
from conferences.errors import NotFound, Refused
from conferences.models import Conference, User
from conferences.permissions import Permission, require
from conferences.triage import triage
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "queue/many.html"


@router.post("/queue/accept")
def show_picked(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows the ticked referrals once more, with the meetings they can go on."""
    require(user, Permission.ACCEPT_MANY)
    page = queue_many.page(session, user, typed.get("pick", []), now)
    ticked = fill(Ticking, typed)
    if ticked.errors:
        return redraw(request, PAGE, ticked, **page)
    return render(request, PAGE, form=Filled[Any](), **page)


@router.post("/queue/accept/all")
def accept_all(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Accepts them all, or none when one cannot be."""
    require(user, Permission.ACCEPT_MANY)
    key = form_key(typed)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)

    def verb(given: AcceptingMany) -> None:
        meeting = _meeting(session, user, given.conference)
        for referral, version in queue_many.picked(session, user, given.pick):
            triage.accept(session, user, referral, meeting, now=now, version=version)

    tried = attempt(session, fill(AcceptingMany, typed), verb)
    if tried.refused:
        return tried.redraw(request, PAGE, **queue_many.page(session, user, typed.get("pick", []), now))
    return RedirectResponse(receipts.remember(session, user, key, "/queue", now), 303)


def _meeting(session: Db, user: User, ref: str) -> Conference:
    try:
        return find(session, user, Conference, ref)
    except NotFound as problem:
        raise Refused(Accepting.messages[("conference", "missing")], field="conference") from problem
