"""The queue of referrals to decide, and each decision."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm
from app.pages.common import told
from app.pages.common.decide import PAGE, Step, decide, open_referral
from app.pages.common.queue_forms import Accepting, Asking, Confirming, Declining
from app.pages.outside.views import links
from app.pages.person.views.contacts import shown as contacts_shown
from app.pages.queue.views import filters as queue_filters
from app.pages.queue.views import queue as shown
from app.pages.queue.views import referral as queue_referral
from app.pages.referral.views import signing as signing_views
from app.templating import clock, day, render
from conferences.case import case_views
from conferences.errors import NotFound, Refused
from conferences.models import Conference, User
from conferences.permissions import Permission, may
from conferences.person import contacts
from conferences.referral import signing
from conferences.triage import queue_views, triage
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
ACCEPT = Step(Accepting, Permission.DECIDE_REFERRAL, queue_referral.page)
RETURN = Step(Asking, Permission.DECIDE_REFERRAL, queue_referral.page)
DECLINE = Step(Declining, Permission.DECIDE_REFERRAL, queue_referral.page)
CONFIRM = Step(Confirming, Permission.CONFIRM_DECLINE, queue_referral.page)


@router.get("/queue")
def show_queue(request: Request, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows the referrals waiting for a decision, least time left first."""
    rows, filters = queue_views.queue(session, user, now=now), queue_filters.read(request.query_params)
    kept = [row for row in rows if filters.keeps(row)]
    return render(
        request,
        "queue/queue.html",
        rows=shown.rows_shown(kept, now),
        figures=shown.figures(rows, now),
        moment=f"{day(now)}, {clock(now)}",
        choices=queue_filters.choices(rows, filters),
        left_out=len(rows) - len(kept),
        kept=queue_filters.address(filters),
        may_decide=may(user, Permission.ACCEPT_MANY),
        arrived=links.arrived(session, user),
        stuck=signing_views.stuck_shown(signing.stuck(session, user, now=now)),
        signed_first=signing_views.policy_words(session, user, now),
    )


@router.get("/queue/{ref}")
def show_referral(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows one referral to decide."""
    referral = open_referral(session, user, ref)
    return render(request, PAGE, form=Filled[Any](), **queue_referral.page(session, user, referral, now))


@router.post("/queue/{ref}/contact")
def show_contact(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows how the person may be reached, and records who looked."""
    referral = open_referral(session, user, ref)
    person = case_views.victim_person(referral.case)
    contact = contacts_shown(contacts.look(session, user, referral.case, person, now=now))
    apart = told.kept_apart(session, user, referral)
    context = queue_referral.page(session, user, referral, now) | {"contact": contact, "apart": apart}
    return render(request, PAGE, form=Filled[Any](), **context)


@router.post("/queue/{ref}/accept")
def accept(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Puts the case on a meeting."""
    referral = open_referral(session, user, ref)

    def verb(given: Accepting) -> object:
        meeting = _meeting(session, user, given.conference, "conference")
        return triage.accept(session, user, referral, meeting, now=now, version=given.version)

    return decide(request, session, user, now, referral, typed, ACCEPT, verb)


def _meeting(session: Db, user: User, ref: str, field: str) -> Conference:
    try:
        return find(session, user, Conference, ref)
    except NotFound as problem:
        raise Refused("Choose a meeting", field=field) from problem


@router.post("/queue/{ref}/return")
def ask_referrer(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Asks the referrer a question; the clock stops until the answer."""
    referral = open_referral(session, user, ref)

    def verb(given: Asking) -> None:
        held = _meeting(session, user, given.meanwhile, "meanwhile") if given.meanwhile else None
        told = given.model_dump(exclude={"meanwhile"})
        triage.return_with_question(session, user, referral, **told, meanwhile=held, now=now)

    return decide(request, session, user, now, referral, typed, RETURN, verb)


@router.post("/queue/{ref}/decline")
def decline(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Declines with a reason, or asks the chair to confirm it."""
    referral = open_referral(session, user, ref)

    def verb(given: Declining) -> None:
        triage.decline(session, user, referral, **given.model_dump(), now=now)

    return decide(request, session, user, now, referral, typed, DECLINE, verb)


@router.post("/queue/{ref}/confirm")
def confirm(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """The chair agrees to declining, or sends the referral back to the queue."""
    referral = open_referral(session, user, ref)

    def verb(given: Confirming) -> None:
        agreed, words, seen = given.agreed == "yes", given.reason, given.version
        triage.confirm_decline(session, user, referral, agreed=agreed, reason=words, now=now, version=seen)

    return decide(request, session, user, now, referral, typed, CONFIRM, verb)
