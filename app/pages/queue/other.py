"""The other ways out of the queue: another route, alerts only, an update to a listed case."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm
from app.pages.common.decide import Step, decide, open_referral
from app.pages.common.queue_forms import Alerting, Merging, Redirecting
from app.pages.queue.views import other as queue_other
from app.templating import render
from conferences.errors import NotFound, Refused
from conferences.models import Listing, User
from conferences.permissions import Permission, require
from conferences.triage import diverting, merging
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "queue/other.html"
DECIDE = Permission.DECIDE_REFERRAL
REDIRECT = Step(Redirecting, DECIDE, queue_other.to_redirect, PAGE)
ALERT = Step(Alerting, DECIDE, queue_other.to_alert, PAGE)
MERGE = Step(Merging, DECIDE, queue_other.to_merge, PAGE)


def _form(request: Request, session: Db, user: User, now: Now, ref: str, step: Step) -> Response:
    referral = open_referral(session, user, ref)
    require(user, step.needed, referral)
    return render(request, PAGE, form=Filled[Any](), **step.context(session, user, referral, now))


@router.get("/queue/{ref}/redirect")
def ask_redirect(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks where a referral goes instead."""
    return _form(request, session, user, now, ref, REDIRECT)


@router.post("/queue/{ref}/redirect")
def redirect(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Sends a referral on to another route."""
    referral = open_referral(session, user, ref)

    def verb(given: Redirecting) -> None:
        diverting.redirect(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, REDIRECT, verb)


@router.get("/queue/{ref}/alert-only")
def ask_alert(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Asks why alerts are enough for now."""
    return _form(request, session, user, now, ref, ALERT)


@router.post("/queue/{ref}/alert-only")
def alert_only(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Lists a case for alerts only."""
    referral = open_referral(session, user, ref)

    def verb(given: Alerting) -> None:
        diverting.alert_only(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, ALERT, verb)


@router.get("/queue/{ref}/merge")
def ask_merge(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows the turns of the same two people that a referral can be added to."""
    return _form(request, session, user, now, ref, MERGE)


@router.post("/queue/{ref}/merge")
def merge(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Adds a referral to a case that is already listed."""
    referral = open_referral(session, user, ref)

    def verb(given: Merging) -> None:
        try:
            turn = find(session, user, Listing, given.listing)
        except NotFound as problem:
            raise Refused("Select the case it is added to", field="listing") from problem
        why, seen = given.reason, given.version
        merging.merge(session, user, referral, turn, reason=why, now=now, version=seen)

    return decide(request, session, user, now, referral, typed, MERGE, verb)
