"""A referral form in Word, read into a draft of one's own; never sent by itself."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, UploadForm, form_key
from app.forms.refusals import attempt
from app.pages.referral.views.from_word import Nothing, read_page
from app.receipts import once, remember
from app.templating import render
from conferences.imports import forms
from conferences.permissions import Permission, require

router = APIRouter(default_response_class=Response)


@router.get("/referrals/from-word")
def ask_form(request: Request, user: CurrentUser) -> Response:
    """Asks for a referral form in Word."""
    require(user, Permission.START_REFERRAL)
    return render(request, "referrals/from_word.html", form=Filled[Nothing]())


@router.post("/referrals/from-word")
def take_form(request: Request, sent: UploadForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Opens a draft with what the form plainly says, and lists what it could not read."""
    require(user, Permission.START_REFERRAL)
    led_to = once(session, user, form_key(sent.typed), now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(
        session,
        Filled(model=Nothing()),
        lambda _: forms.draft_from(session, user, sent.body, now=now),
    )
    if tried.value is None:
        return tried.redraw(request, "referrals/from_word.html")
    referral, read = tried.value
    remember(session, user, form_key(sent.typed), f"/referrals/{referral.id.hex}", now)
    return render(request, "referrals/from_word_read.html", **read_page(referral, read))
