"""The page of dates that change the risk: in a draft, and on a case that is open."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.common.draft import first, quiet
from app.pages.referral.views.dates import Dating, dates_page
from app.receipts import once, remember
from app.templating import render
from conferences.models import Referral
from conferences.referral import dated_events, referrals
from conferences.visibility import find

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)
PAGE = "referrals/dates.html"


@dataclass
class Visit:
    """Somebody who may tell a date of this referral looks at the page, or sends it."""

    request: Request
    ref: str
    user: CurrentUser
    session: Db
    now: Now

    def referral(self) -> Referral:
        """Returns the referral that the address names, once it is clear that this person may tell a date."""
        found = find(self.session, self.user, Referral, self.ref)
        dated_events.allow(self.user, found)
        return found


AVisit = Annotated[Visit, Depends()]


@router.get("/referrals/{ref}/dates")
def show(visit: AVisit) -> Response:
    """Shows the dates told so far and asks for one more."""
    referral = referrals.look(visit.session, visit.user, visit.referral(), now=visit.now)
    page = dates_page(visit.session, visit.user, referral)
    return render(visit.request, PAGE, form=Filled[Dating](), **page)


@router.post("/referrals/{ref}/dates")
def take(visit: AVisit, typed: TypedForm) -> Response:
    """Records a date, or takes out the one whose button was pressed."""
    s, user, referral, key = visit.session, visit.user, visit.referral(), form_key(typed)
    page = dates_page(s, user, referral)
    before = once(s, user, key, visit.now)
    if before:
        return RedirectResponse(before, 303)
    if "out" in typed:
        dated_events.take_out(s, user, referral, first(typed, "out"), now=visit.now)
    else:
        tried = attempt(
            s,
            fill(Dating, typed),
            lambda given: dated_events.add(s, user, referral, **given.told(), now=visit.now),
        )
        if tried.refused:
            return tried.redraw(visit.request, PAGE, **page)
    return RedirectResponse(remember(s, user, key, page["here"], visit.now), 303)
