"""Who the people of a referral are: candidates, two records side by side, and whether it is a repeat."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.queue.views import people as shown
from app.templating import render
from conferences.case import repeats
from conferences.errors import NotFound
from conferences.models import IdentityDecision, Person, Referral, Sameness
from conferences.permissions import Permission, require
from conferences.person import identity
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
COMPARE, REPEAT = "queue/compare.html", "queue/repeat.html"


def to_decide(ref: str, session: Db, user: CurrentUser) -> Referral:
    """Returns a sent referral to somebody who decides about identities."""
    require(user, Permission.DECIDE_IDENTITY)
    referral = find(session, user, Referral, ref)
    require(user, Permission.DECIDE_REPEAT, referral)
    return referral


Here = Annotated[Referral, Depends(to_decide)]


def two_records(here: Here, one: str, other: str, session: Db, user: CurrentUser) -> tuple[Person, Person]:
    """Returns a person of the referral and the record to compare with, both of them known to the reader."""
    try:
        mine, theirs = shown.named(here, UUID(one)), identity.person_shown(session, user, UUID(other))
    except ValueError as problem:
        raise NotFound from problem
    if mine is None:
        raise NotFound
    return mine, theirs


Pair = Annotated[tuple[Person, Person], Depends(two_records)]


@router.get("/queue/{ref}/people")
def show_people(request: Request, here: Here, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows who the people of a referral may be."""
    return render(request, "queue/people.html", **shown.people_page(session, user, here, now))


@router.get("/queue/{ref}/people/{one}/{other}")
def compare(request: Request, here: Here, pair: Pair, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows two records side by side."""
    context = shown.compare_page(session, user, here, *pair, now)
    return render(request, COMPARE, form=Filled[Any](), **context)


@router.post("/queue/{ref}/people/{one}/{other}")
def decide(
    request: Request, here: Here, pair: Pair, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Remembers whether two records are one person."""
    key, then = form_key(typed), f"/queue/{here.id.hex}/people"
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)

    def verb(given: shown.Saying) -> object:
        answer = Sameness(given.answer)
        return identity.decide(session, user, *pair, answer, reason=given.reason, now=now)

    tried = attempt(session, fill(shown.Saying, typed), verb)
    if tried.refused:
        return tried.redraw(request, COMPARE, **shown.compare_page(session, user, here, *pair, now))
    return RedirectResponse(receipts.remember(session, user, key, then, now), 303)


@router.post("/queue/{ref}/people/{one}/{other}/undo")
def undo(here: Here, pair: Pair, session: Db, user: CurrentUser, now: Now) -> Response:
    """Takes back what was decided about two records; twice is harmless."""
    row: IdentityDecision | None = identity.in_force(session, pair[0].id, pair[1].id)
    if row is not None:
        identity.undo(session, user, row, now=now)
    return RedirectResponse(f"/queue/{here.id.hex}/people", 303)


@router.get("/queue/{ref}/repeat")
def show_repeat(request: Request, here: Here, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows what the area's rule makes of a referral, with the evidence."""
    return render(request, REPEAT, form=Filled[Any](), **shown.repeat_page(session, user, here, now))


@router.post("/queue/{ref}/repeat/walls")
def carry_over(
    request: Request, here: Here, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Keeps the case from everyone that an earlier case of the same two people is kept from."""
    tried = attempt(
        session,
        fill(shown.Carrying, typed),
        lambda given: shown.carry_over(session, user, here, given.earlier, now),
    )
    if tried.refused:
        return tried.redraw(request, REPEAT, **shown.repeat_page(session, user, here, now))
    return RedirectResponse(f"/queue/{here.id.hex}/repeat", 303)


@router.post("/queue/{ref}/repeat")
def confirm_repeat(
    request: Request, here: Here, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Keeps a person's decision on whether it is a repeat."""
    key = form_key(typed)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)

    def verb(given: shown.Repeating) -> object:
        is_repeat = given.is_repeat == "yes"
        return repeats.confirm(session, user, here, is_repeat=is_repeat, reason=given.reason, now=now)

    tried = attempt(session, fill(shown.Repeating, typed), verb)
    if tried.refused:
        return tried.redraw(request, REPEAT, **shown.repeat_page(session, user, here, now))
    return RedirectResponse(receipts.remember(session, user, key, f"/queue/{here.id.hex}", now), 303)
