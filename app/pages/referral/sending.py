"""Checking a referral, sending it, and answering the coordinator's question about it."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.checklist.views.ways import ways_shown
from app.pages.common.draft import Draft, around, home, quiet, version_of
from app.pages.common.forms import Nothing
from app.pages.referral.views.before import before_sending, left_open, still_missing
from app.pages.referral.views.listed import draft_page
from app.pages.referral.views.reply import given, reply_form, reply_page
from app.pages.referral.views.rows import check_parts, counts
from app.pages.referral.views.signing import signs_first
from app.receipts import once, remember
from app.templating import render
from conferences.models import Referral
from conferences.permissions import Permission, require
from conferences.referral import referrals
from conferences.triage import triage
from conferences.visibility import find

router = APIRouter(default_response_class=Response)


def _check_page(
    request: Request, session: Db, user: CurrentUser, referral: Referral, now: Now
) -> dict[str, Any]:
    return (
        {"parts": check_parts(session, user, referral)}
        | {"version": referral.version, "missing": still_missing(session, referral)}
        | {"signs_first": signs_first(session, referral, now)}
        | around(request, referral)
        | before_sending(session, referral)
        | {"left_open": left_open(counts(session, referral))}
        | {"ways": ways_shown(session, user, referral, now)}
    )


@router.get("/referrals/{ref}/check", dependencies=[Depends(quiet)])
def check(request: Request, referral: Draft, user: CurrentUser, session: Db, now: Now) -> Response:
    """Shows everything a draft says before it is sent."""
    page = _check_page(request, session, user, referral, now)
    return render(request, "referrals/check.html", **page, stale=False)


@router.post("/referrals/{ref}/submit", dependencies=[Depends(quiet)])
def submit(
    request: Request, ref: str, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Sends a referral; with something missing it shows the parts and what each still needs."""
    referral = find(session, user, Referral, ref)
    tried = attempt(
        session,
        Filled(model=Nothing()),
        lambda _: referrals.submit(session, user, referral, version=version_of(typed), now=now),
    )
    if tried.stale:
        page = _check_page(request, session, user, referral, now)
        return tried.redraw(request, "referrals/check.html", **page, stale=True)
    if tried.refused:
        return tried.redraw(request, "referrals/tasks.html", **draft_page(session, referral, now))
    return RedirectResponse(home(referral), 303)


@router.get("/referrals/{ref}/reply")
def ask_reply(request: Request, ref: str, user: CurrentUser, session: Db, now: Now) -> Response:
    """Shows exactly what the coordinator asks."""
    referral = find(session, user, Referral, ref)
    require(user, Permission.REPLY_TO_QUESTION, referral)
    referrals.look(session, user, referral, now=now)
    page = reply_page(session, referral)
    return render(request, "referrals/reply.html", form=Filled[Any](), **page)


@router.post("/referrals/{ref}/reply")
def take_reply(
    request: Request, ref: str, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Answers what was asked and puts the referral back in the queue."""
    referral, key = find(session, user, Referral, ref), form_key(typed)
    require(user, Permission.REPLY_TO_QUESTION, referral)
    before = once(session, user, key, now)
    if before:
        return RedirectResponse(before, 303)

    def verb(form: Any) -> None:
        told = given(session, referral, form)
        triage.reply(session, user, referral, **told, version=version_of(typed), now=now)

    tried = attempt(session, fill(reply_form(session, referral), typed), verb)
    if tried.refused:
        return tried.redraw(request, "referrals/reply.html", **reply_page(session, referral))
    return RedirectResponse(remember(session, user, key, home(referral), now), 303)
