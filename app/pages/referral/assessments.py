"""A further checklist on a case: opened beside the referral's own, filled in, finished, and read."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, redraw
from app.pages.checklist.views.answers import read_answers
from app.pages.checklist.views.autosave import one_answer
from app.pages.common.draft import first, quiet
from app.pages.referral.views.assessments import finish, finished_page, home, open_page, shown
from app.templating import render
from conferences.checklist import assessments
from conferences.models import Assessment, Referral
from conferences.referral import reassessing, referrals
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
OPEN, FINISHED = "assessments/open.html", "assessments/finished.html"


def further(ref: str, user: CurrentUser, session: Db) -> Assessment:
    """Returns the further checklist that the address names."""
    return find(session, user, Assessment, ref)


Further = Annotated[Assessment, Depends(further)]


@router.post("/referrals/{ref}/assessments")
def begin(ref: str, typed: TypedForm, user: CurrentUser, session: Db, now: Now) -> Response:
    """Opens a further checklist; sent twice it leads to the one that is open."""
    referral = find(session, user, Referral, ref)
    row = reassessing.begin(session, user, referral, first(typed, "instrument"), now=now)
    return RedirectResponse(home(row), 303)


@router.post("/assessments/{ref}/answers")
def take_answer(row: Further, typed: TypedForm, user: CurrentUser, session: Db, now: Now) -> Response:
    """Saves one answer as it is given; the reply says how many there are, and never a score."""
    return one_answer(
        session, row, typed, lambda given: reassessing.answer(session, user, row, given, now=now), now
    )


@router.get("/assessments/{ref}")
def show(request: Request, row: Further, user: CurrentUser, session: Db, now: Now) -> Response:
    """Shows the questions of a checklist that is open, or what a finished one says."""
    referrals.look(session, user, row.referral, now=now)
    if row.completed_at:
        return render(request, FINISHED, **finished_page(session, user, row, now))
    quiet(request, user)
    return render(request, OPEN, form=shown(session, row), **open_page(session, user, row, now))


@router.post("/assessments/{ref}")
def take(
    request: Request, row: Further, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Saves the answers, and signs the checklist when its last button was pressed."""
    edition = assessments.edition_of(row)
    read = read_answers(edition, edition.items, typed, assessments.answers_of(session, row))
    page = open_page(session, user, row, now)
    quiet(request, user)
    if read.form.errors:
        return redraw(request, OPEN, read.form, **page)
    if read.given:
        reassessing.answer(session, user, row, read.given, now=now)
    if "later" in typed:
        return RedirectResponse(home(row), 303)
    form = finish(session, user, row, typed, read.form, now)
    return redraw(request, OPEN, form, **page) if form else RedirectResponse(home(row), 303)
