"""A person's referrals: the list, starting one, and each one's own page."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.common.draft import home, quiet
from app.pages.common.forms import Safety
from app.pages.referral.views import signing
from app.pages.referral.views.assessments import offers
from app.pages.referral.views.listed import draft_page, listed
from app.pages.referral.views.result import result_page
from app.pages.referral.views.start import blank, start_page
from app.pages.referral.views.start import start as open_draft
from app.receipts import once, remember
from app.templating import render
from conferences.calendars import local_day
from conferences.models import Referral, ReferralStatus
from conferences.permissions import Permission, may, require
from conferences.referral import drafts, referral_views, referrals
from conferences.visibility import find

router = APIRouter(default_response_class=Response)


@router.get("/referrals")
def list_referrals(request: Request, user: CurrentUser, session: Db, now: Now) -> Response:
    """Shows the referrals a person made, and for a representative their agency's."""
    require(user, Permission.START_REFERRAL)
    rows = referral_views.rows(session, user)
    return render(request, "referrals/list.html", **listed(rows, user, local_day(now)))


@router.get("/referrals/new", dependencies=[Depends(quiet)])
def ask_if_safe(request: Request, user: CurrentUser, session: Db, now: Now) -> Response:
    """Asks before anything else whether it is safe to talk."""
    require(user, Permission.START_REFERRAL)
    page = start_page(session, user, now)
    return render(request, "referrals/new.html", form=blank(page), **page)


@router.post("/referrals/new", dependencies=[Depends(quiet)])
def start(request: Request, typed: TypedForm, user: CurrentUser, session: Db, now: Now) -> Response:
    """Opens a draft, or says what to do instead and stores nothing."""
    require(user, Permission.START_REFERRAL)
    key, form = form_key(typed), fill(Safety, typed)
    if form.model and form.model.safe_to_talk == "no":
        return render(request, "referrals/stop.html")
    before = once(session, user, key, now)
    if before:
        return RedirectResponse(before, 303)
    tried = attempt(session, form, lambda filled: open_draft(session, user, filled, now))
    if tried.value is None:
        return tried.redraw(request, "referrals/new.html", **start_page(session, user, now))
    return RedirectResponse(remember(session, user, key, f"{home(tried.value)}/judgement", now), 303)


@router.post("/referrals/{ref}/keep")
def keep_longer(ref: str, user: CurrentUser, session: Db, now: Now) -> Response:
    """Keeps a draft as long again as a new one."""
    referral = find(session, user, Referral, ref)
    drafts.keep_longer(session, user, referral, now=now)
    return RedirectResponse(home(referral), 303)


@router.get("/referrals/{ref}")
def show(request: Request, ref: str, user: CurrentUser, session: Db, now: Now) -> Response:
    """Shows the parts of a draft, or what came of a referral that was sent."""
    referral = referrals.look(session, user, find(session, user, Referral, ref), now=now)
    if referral.status is ReferralStatus.AWAITING_SIGNOFF:
        if may(user, Permission.SIGN_OFF, referral):
            return RedirectResponse(f"{home(referral)}/sign-off", 303)
        return render(request, "referrals/awaiting.html", **signing.waiting(session, referral, now))
    if referral.status is not ReferralStatus.DRAFT:
        beside = offers(session, user, referral, now)
        return render(request, "referrals/result.html", **result_page(session, user, referral, now), **beside)
    quiet(request, user)
    return render(request, "referrals/tasks.html", **draft_page(session, referral, now))
