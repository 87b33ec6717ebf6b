"""Changing how somebody may be reached, and where they are, after the referral was sent."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill
from app.forms.refusals import attempt
from app.pages.common.draft import version_of
from app.pages.person.views import contact_forms
from app.pages.person.views import contacts as shown
from app.templating import render
from conferences.case import case_views
from conferences.models import Case
from conferences.permissions import Permission, require
from conferences.person import contacts
from conferences.visibility import find

router = APIRouter(prefix="/cases/{ref}", default_response_class=Response)
PLACE = "cases/address_change.html"


@router.post("/contact/change")
def change_contact(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Keeps how somebody may be reached now; what was before is ended, and the change is in the trail."""
    case = find(session, user, Case, ref)
    require(user, Permission.CHANGE_CONTACT, case)
    form, person = fill(contact_forms.Contact, typed), case_views.victim_person(case)
    if "more" in typed:
        page = shown.page(session, user, case, now) | {"more": 1, "editing": True}
        return render(request, "cases/contact.html", form=replace(form, model=None, errors=()), **page)
    tried = attempt(session, form, lambda given: contacts.change(
        session, user, case, person, given.contact(), version=version_of(typed), now=now))  # fmt: skip
    if tried.refused:
        page = shown.page(session, user, case, now) | {"editing": True}
        return tried.redraw(request, "cases/contact.html", **page)
    return RedirectResponse(f"/cases/{case.id.hex}", 303)


@router.get("/address/change")
def ask_address(request: Request, ref: str, session: Db, user: CurrentUser) -> Response:
    """Asks where somebody is now; what is held is not shown."""
    case = find(session, user, Case, ref)
    require(user, Permission.CHANGE_CONTACT, case)
    form = Filled[contact_forms.Address]()
    return render(request, PLACE, case=case, form=form, **shown.choices())


@router.post("/address/change")
def change_address(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Keeps where somebody is now; the earlier address is never used again."""
    case = find(session, user, Case, ref)
    require(user, Permission.CHANGE_CONTACT, case)
    person = case_views.victim_person(case)
    tried = attempt(session, fill(contact_forms.Address, typed), lambda given: contacts.change_address(
        session, user, case, person, given.words, care=given.care(), now=now))  # fmt: skip
    if tried.refused:
        return tried.redraw(request, PLACE, case=case, **shown.choices())
    return RedirectResponse(f"/cases/{case.id.hex}", 303)
