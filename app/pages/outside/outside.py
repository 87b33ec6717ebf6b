"""One referral from somebody without an account, through a link; the page gives nothing back."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.auth import rates
from app.auth.addresses import client_address
from app.auth.tokens import token_hash
from app.auth.who import Db, Now, visitor
from app.errors import answer
from app.forms import Filled, TypedForm, fill, redraw
from app.pages.checklist.views.answers import PART_ANSWERS, read_answers
from app.pages.checklist.views.section import as_asked
from app.pages.outside.views.forms import Outside
from app.pages.words import referral as words
from app.templating import render, t
from conferences.calendars import local_day
from conferences.checklist import instruments
from conferences.models import ReferralLink
from conferences.referral import outside


def quiet(request: Request) -> None:
    """Puts the way out of the page on it: it may be open in somebody's home."""
    request.state.shell = replace(request.state.shell, exit_button=True)


router = APIRouter(dependencies=[Depends(visitor), Depends(quiet)], default_response_class=Response)
PAGE = "outside/refer.html"


def tries(request: Request, token: str, session: Db, now: Now) -> bool:
    """Counts one try by address and by link, and says whether it was still allowed."""
    by_address = rates.within(session, rates.OUTSIDE_ADDRESS, client_address(request), now=now)
    by_link = rates.within(session, rates.OUTSIDE_LINK, token_hash(token).hex(), now=now)
    return by_address and by_link


Allowed = Annotated[bool, Depends(tries)]


def _too_many(request: Request) -> Response:
    sentence = t("You have tried too many times. Wait 15 minutes, then try again.")
    return answer(request, 429, sentence, {"Retry-After": "900"})


def _gone(request: Request) -> Response:
    return render(request, "outside/gone.html", status_code=404)


def _page(session: Db, link: ReferralLink, now: Now) -> dict[str, Any]:
    edition, _ = instruments.own(session, link.area_id, local_day(now))
    return {
        "asked": [as_asked(edition, item) for item in edition.items],
        "part_answers": [(code, words.said(words.ANSWERS, code)) for code in PART_ANSWERS],
        "sources": words.options(words.SOURCES),
        "checklist": edition.title,
        "words": words,
        "edition": edition,
    }


@router.get("/refer/{token}")
def ask(request: Request, token: str, allowed: Allowed, session: Db, now: Now) -> Response:
    """Shows one empty referral to whoever holds a link that still works."""
    if not allowed:
        return _too_many(request)
    link = outside.open_link(session, token_hash(token), now=now)
    if link is None:
        return _gone(request)
    return render(request, PAGE, form=Filled[Outside](), **_page(session, link, now))


@router.post("/refer/{token}")
def take(request: Request, token: str, typed: TypedForm, allowed: Allowed, session: Db, now: Now) -> Response:
    """Keeps the referral and uses the link up; says only that it arrived."""
    if not allowed:
        return _too_many(request)
    link = outside.open_link(session, token_hash(token), now=now, to_use=True)
    if link is None:
        return _gone(request)
    page, form = _page(session, link, now), fill(Outside, typed)
    read = read_answers(page["edition"], page["edition"].items, typed, {})
    if form.model is None or read.form.errors:
        both = Filled[Outside](None, form.errors + read.form.errors, {**form.typed, **read.form.typed})
        return redraw(request, PAGE, both, **page)
    answers = {one.item: one.kept() for one in read.given}
    outside.arrive(session, link, form.model.body(answers), now=now)
    return render(request, "outside/arrived.html")
