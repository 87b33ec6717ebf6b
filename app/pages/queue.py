"""The queue of referrals to decide, and each decision."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.views import queue as shown
from app.pages.views import queue_referral
from app.pages.views.queue_forms import Accepting, Asking, Confirming, Declining
from app.templating import clock, day, render
from conferences import case_views, people, triage
from conferences.errors import NotFound, Refused
from conferences.models import Conference, Referral, User
from conferences.permissions import Permission, require
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "queue/referral.html"
NEEDED = {
    Accepting: Permission.DECIDE_REFERRAL,
    Asking: Permission.DECIDE_REFERRAL,
    Declining: Permission.DECIDE_REFERRAL,
    Confirming: Permission.CONFIRM_DECLINE,
}


@router.get("/queue")
def show_queue(request: Request, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows the referrals waiting for a decision, least time left first."""
    rows = triage.queue(session, user, now=now)
    figures, lines = shown.figures(rows, now), shown.rows_shown(rows, now)
    moment = f"{day(now)}, {clock(now)}"
    return render(request, "queue/queue.html", rows=lines, figures=figures, moment=moment)


def _open(session: Db, user: User, ref: str) -> Referral:
    require(user, Permission.VIEW_QUEUE)
    return find(session, user, Referral, ref)


@router.get("/queue/{ref}")
def show_referral(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows one referral to decide."""
    referral = _open(session, user, ref)
    return render(request, PAGE, form=Filled[Any](), **queue_referral.page(session, user, referral, now))


@router.post("/queue/{ref}/contact")
def show_contact(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows how the person may be reached, and records who looked."""
    referral = _open(session, user, ref)
    person = case_views.victim_person(referral.case)
    contact = people.look_at_contact(session, user, referral.case, person, now=now)
    context = queue_referral.page(session, user, referral, now) | {"contact": contact}
    return render(request, PAGE, form=Filled[Any](), **context)


def _decide(
    request: Request,
    session: Db,
    user: User,
    now: Now,
    ref: str,
    typed: TypedForm,
    model: type[BaseModel],
    verb: Callable[[Referral, Any], object],
) -> Response:
    referral, key = _open(session, user, ref), form_key(typed)
    require(user, NEEDED[model], referral)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(session, fill(model, typed), lambda given: verb(referral, given))
    if tried.refused:
        return tried.redraw(request, PAGE, **queue_referral.page(session, user, referral, now))
    return RedirectResponse(receipts.remember(session, user, key, f"/queue/{referral.id.hex}", now), 303)


@router.post("/queue/{ref}/accept")
def accept(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Puts the case on a meeting."""

    def verb(referral: Referral, given: Accepting) -> object:
        try:
            meeting = find(session, user, Conference, given.conference)
        except NotFound as problem:
            raise Refused("Choose a meeting", field="conference") from problem
        return triage.accept(session, user, referral, meeting, now=now, version=given.version)

    return _decide(request, session, user, now, ref, typed, Accepting, verb)


@router.post("/queue/{ref}/return")
def ask_referrer(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Asks the referrer a question; the clock stops until the answer."""

    def verb(referral: Referral, given: Asking) -> None:
        triage.return_with_question(
            session, user, referral, question=given.question, now=now, version=given.version
        )

    return _decide(request, session, user, now, ref, typed, Asking, verb)


@router.post("/queue/{ref}/decline")
def decline(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Declines with a reason, or asks the chair to confirm it."""

    def verb(referral: Referral, given: Declining) -> None:
        triage.decline(session, user, referral, reason=given.reason, now=now, version=given.version)

    return _decide(request, session, user, now, ref, typed, Declining, verb)


@router.post("/queue/{ref}/confirm")
def confirm(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """The chair agrees to declining, or sends the referral back to the queue."""

    def verb(referral: Referral, given: Confirming) -> None:
        agreed, words, seen = given.agreed == "yes", given.reason, given.version
        triage.confirm_decline(session, user, referral, agreed=agreed, reason=words, now=now, version=seen)

    return _decide(request, session, user, now, ref, typed, Confirming, verb)
