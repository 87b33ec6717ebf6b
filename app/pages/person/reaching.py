"""How others than the person at risk may be reached, on a case: looked at, and changed after sending."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill
from app.forms.refusals import attempt
from app.pages.common.draft import version_of
from app.pages.person.views import contact_forms, contacts
from app.templating import render
from conferences.case import case_views
from conferences.models import Case, Involvement
from conferences.permissions import Permission, require
from conferences.person import contacts as ways
from conferences.visibility import find

router = APIRouter(prefix="/cases/{ref}/people/{person}", default_response_class=Response)
PAGE = "cases/contact.html"


@dataclass
class Reaching:
    """Somebody asks about one person of a case whom they may know how to reach."""

    ref: str
    person: str
    session: Db
    user: CurrentUser
    now: Now

    def __post_init__(self) -> None:
        """Finds the case and the person, or says that there is no such thing."""
        self.case: Case = find(self.session, self.user, Case, self.ref)
        self.row: Involvement = case_views.involved(self.case, self.person)

    def page(self) -> dict[str, Any]:
        """Gathers what the page shows, and records who looked."""
        return contacts.page(self.session, self.user, self.case, self.now, self.row)


Here = Annotated[Reaching, Depends()]


@router.post("/contact")
def show_ways(request: Request, here: Here) -> Response:
    """Shows how one person of a case may be reached, and records who looked."""
    page = here.page()
    return render(request, PAGE, form=Filled.showing(**page["stored"]), **page)


@router.post("/contact/change")
def change_ways(request: Request, here: Here, typed: TypedForm) -> Response:
    """Keeps how one person may be reached now; what was before is ended, and the change is in the trail."""
    require(here.user, Permission.CHANGE_CONTACT, here.case)
    form = fill(contact_forms.Contact, typed)
    if "more" in typed:
        page = here.page() | {"more": 1, "editing": True}
        return render(request, PAGE, form=replace(form, model=None, errors=()), **page)
    tried = attempt(here.session, form, lambda given: ways.change(
        here.session, here.user, here.case, here.row.person, given.contact(),
        version=version_of(typed), now=here.now))  # fmt: skip
    if tried.refused:
        return tried.redraw(request, PAGE, **here.page() | {"editing": True})
    return RedirectResponse(f"/cases/{here.case.id.hex}", 303)
