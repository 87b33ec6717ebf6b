"""The parts of a referral that come straight from the form's definitions, each a page of its own."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill
from app.forms.refusals import attempt
from app.pages.common.draft import Draft, around, expect, go_on, mark, quiet, shown
from app.pages.common.told import stored_pairs
from app.pages.referral.views import sheet as sheets
from app.templating import render
from conferences.errors import NotFound
from conferences.fields import Sheet
from conferences.models import Involvement, Referral
from conferences.person import people
from conferences.referral import completeness, told, told_views

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)


@dataclass(frozen=True)
class Place:
    """One part of a draft, and what it is about, as the address names them."""

    referral: Referral
    part: Sheet
    row: Referral | Involvement

    @property
    def then(self) -> str:
        """Where saving leads: the list of people for one of them, else the list of parts."""
        return completeness.PLACES[self.part.key] if self.part.each else ""


def place(referral: Draft, sheet: str) -> Place:
    """Returns the part that the address names; 404 for one about a person, or while nobody is named."""
    part = told.sheet(sheet)
    row = None if part.each else told.row_for(referral, part)
    if row is None:
        raise NotFound
    return Place(referral, part, row)


def place_of_person(referral: Draft, sheet: str, person: str) -> Place:
    """Returns the part about one person that the address names."""
    part = told.sheet(sheet)
    found = [row for row in told.rows_for(referral, part) if part.each and row.id.hex == person]
    if not found:
        raise NotFound
    return Place(referral, part, found[0])


@dataclass
class Visit:
    """Somebody looks at, or sends, one part of a draft of theirs."""

    request: Request
    user: CurrentUser
    session: Db
    now: Now


def _page(visit: Visit, here: Place, stored: sheets.Stored, **context: Any) -> dict[str, Any]:
    about = around(visit.request, here.referral)
    back = f"{about['here']}/{here.then}" if here.then and not about["checking"] else about["back"]
    name = people.name_of(visit.session, here.row) if isinstance(here.row, Involvement) else ""
    return (
        about
        | {"part": here.part, "asked": sheets.asked(visit.session, visit.user, here.referral, here.part)}
        | {"version": mark(stored), "theirs": [], "back": back, "about": name if here.part.each else ""}
        | context
    )


def _ask(visit: Visit, here: Place) -> Response:
    stored = sheets.stored(visit.session, here.part, here.row)
    return render(visit.request, "referrals/sheet.html", form=shown(stored), **_page(visit, here, stored))


def _take(visit: Visit, here: Place, typed: TypedForm) -> Response:
    s, stored = visit.session, sheets.stored(visit.session, here.part, here.row)

    def save(form: sheets.SheetForm) -> None:
        expect(typed, stored)
        told.save(s, visit.user, here.referral, here.part, sheets.given(form), row=here.row, now=visit.now)

    tried = attempt(s, fill(sheets.model_of(here.part), typed), save)
    if tried.refused:
        names = told_views.agency_names(s, visit.user)
        theirs = stored_pairs(here.part, stored, names) if tried.stale else []
        return tried.redraw(
            visit.request, "referrals/sheet.html", **_page(visit, here, stored, theirs=theirs)
        )
    return go_on(visit.request, here.referral, here.then)


AVisit = Annotated[Visit, Depends()]


@router.get("/referrals/{ref}/form/{sheet}")
def ask(visit: AVisit, here: Annotated[Place, Depends(place)]) -> Response:
    """Shows one part of the form as it is stored."""
    return _ask(visit, here)


@router.post("/referrals/{ref}/form/{sheet}")
def take(visit: AVisit, here: Annotated[Place, Depends(place)], typed: TypedForm) -> Response:
    """Saves one part of the form, or shows it again with what to put right."""
    return _take(visit, here, typed)


@router.get("/referrals/{ref}/form/{sheet}/{person}")
def ask_of_person(visit: AVisit, here: Annotated[Place, Depends(place_of_person)]) -> Response:
    """Shows what the form asks about one person as it is stored."""
    return _ask(visit, here)


@router.post("/referrals/{ref}/form/{sheet}/{person}")
def take_of_person(
    visit: AVisit, here: Annotated[Place, Depends(place_of_person)], typed: TypedForm
) -> Response:
    """Saves what the form asks about one person, or shows it again with what to put right."""
    return _take(visit, here, typed)
