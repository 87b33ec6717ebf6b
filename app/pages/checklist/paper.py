"""Keying in a checklist that was filled in on paper: every question on one page, by keys alone."""

from datetime import date
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill
from app.forms.refusals import attempt
from app.pages.checklist.views.paper import merged, paper_page, read_paper, shown_paper
from app.pages.common.draft import Draft, around, go_on, quiet
from app.templating import render
from conferences.checklist import assessments

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)


class Paper(BaseModel):
    """When the checklist was filled in on paper, and by whom."""

    messages: ClassVar[dict[tuple[str, str], str]] = {
        ("filled_on", "missing"): "Enter the date on the paper",
        ("filled_by", "missing"): "Enter who filled it in",
    }
    filled_on: Annotated[date, Field(title="date on the paper")]
    filled_by: Annotated[str, Field(max_length=200, title="name of who filled it in")]


@router.get("/referrals/{ref}/paper")
def ask_paper(request: Request, referral: Draft, user: CurrentUser, session: Db, now: Now) -> Response:
    """Shows every question in a row, with what was answered so far."""
    page = paper_page(session, user, referral, now) | around(request, referral)
    return render(request, "referrals/paper.html", form=shown_paper(session, referral), **page)


@router.post("/referrals/{ref}/paper")
def take_paper(
    request: Request, referral: Draft, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Saves the whole checklist at once, with the day on the paper and who keyed it in."""
    read = read_paper(session, referral, typed)
    form = fill(Paper, typed)

    def save(paper: Any) -> None:
        assessments.transcribe(
            session, user, referral, read.given, on=paper.filled_on, by=paper.filled_by, now=now
        )

    tried = attempt(session, merged(form, read.form), save)
    if tried.refused:
        page = paper_page(session, user, referral, now) | around(request, referral)
        return tried.redraw(request, "referrals/paper.html", **page)
    return go_on(request, referral, "final")
