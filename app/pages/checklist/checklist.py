"""The questions of a referral, section by section, and each answer as it is given."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm
from app.pages.checklist.views.answers import read_answers, shown_answers
from app.pages.checklist.views.autosave import one_answer
from app.pages.checklist.views.section import section_of, section_page
from app.pages.checklist.views.ways import ways_shown
from app.pages.common.draft import Draft, around, first, go_on, home, quiet
from app.templating import render
from conferences.checklist import assessments
from conferences.models import Referral

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)


@dataclass
class Asking:
    """Somebody looks at one section of a draft of theirs."""

    request: Request
    user: CurrentUser
    session: Db
    now: Now

    def page(self, referral: Referral, n: int, **context: Any) -> Response:
        """Shows the section; `context` holds its form and what is wrong with it."""
        page = section_page(self.session, referral, n) | around(self.request, referral) | context
        ways = ways_shown(self.session, self.user, referral, self.now)
        return render(self.request, "referrals/section.html", ways=ways, **page)


Asked = Annotated[Asking, Depends()]


@router.get("/referrals/{ref}/checklist/{n}")
def ask_section(asked: Asked, referral: Draft, n: int, session: Db) -> Response:
    """Shows one section with the answers given so far."""
    edition = assessments.edition_of(referral.assessment)
    known = assessments.answers_of(session, referral.assessment)
    return asked.page(referral, n, form=shown_answers(edition, known))


@router.post("/referrals/{ref}/checklist/{n}")
def take_section(asked: Asked, referral: Draft, n: int, typed: TypedForm, session: Db) -> Response:
    """Saves one section and goes on to the next; without script this is how answers are saved."""
    section, edition = section_of(referral, n), assessments.edition_of(referral.assessment)
    read = read_answers(edition, section.items, typed, assessments.answers_of(session, referral.assessment))
    if read.form.errors:
        return asked.page(referral, n, form=read.form, errors=read.form.errors, status_code=422)
    if read.given:
        assessments.answer(session, asked.user, referral, read.given, now=asked.now)
    return go_on(asked.request, referral, "" if "stop" in typed else section.then)


@router.post("/referrals/{ref}/instrument")
def change_checklist(referral: Draft, typed: TypedForm, user: CurrentUser, session: Db, now: Now) -> Response:
    """Puts another checklist of the area in place of one that nobody has answered; the people stay."""
    assessments.choose(session, user, referral, first(typed, "instrument"), now=now)
    return RedirectResponse(f"{home(referral)}/checklist/1", 303)


@router.post("/referrals/{ref}/answers")
def take_answer(referral: Draft, typed: TypedForm, user: CurrentUser, session: Db, now: Now) -> Response:
    """Saves one answer as it is given; the reply says how many there are, and never a score."""
    return one_answer(
        session,
        referral.assessment,
        typed,
        lambda given: assessments.answer(session, user, referral, given, now=now),
        now,
    )
