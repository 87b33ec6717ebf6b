"""Decisions drawn by lot, which the chair reads again."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.queue.views.sample import Read, one, rows
from app.receipts import once, remember
from app.templating import render
from conferences.models import Draw
from conferences.permissions import Permission, require
from conferences.referral import sampling
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "sample/one.html"


@router.get("/sample")
def show_sample(request: Request, session: Db, user: CurrentUser) -> Response:
    """Shows the drawn decisions that wait for the chair."""
    return render(request, "sample/list.html", rows=rows(session, sampling.to_read(session, user)))


@router.get("/sample/{ref}")
def show_drawn(request: Request, ref: str, session: Db, user: CurrentUser) -> Response:
    """Shows one drawn decision with its words."""
    require(user, Permission.READ_SAMPLE)
    row = find(session, user, Draw, ref)
    return render(request, PAGE, form=Filled[Read](), **one(session, row))


@router.post("/sample/{ref}")
def review(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Records whether the chair agrees."""
    require(user, Permission.READ_SAMPLE)
    row, key = find(session, user, Draw, ref), form_key(typed)
    before = once(session, user, key, now)
    if before:
        return RedirectResponse(before, 303)
    tried = attempt(
        session,
        fill(Read, typed),
        lambda said: sampling.review(
            session, user, row, agrees=said.agrees == "yes", note=said.note, now=now
        ),
    )
    if tried.refused:
        return tried.redraw(request, PAGE, **one(session, row))
    return RedirectResponse(remember(session, user, key, "/sample", now), 303)
