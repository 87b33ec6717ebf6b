"""What a Word form says and no part of the draft holds yet: read by its author, taken away by piece."""

from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill
from app.forms.refusals import attempt
from app.pages.common.draft import Draft, around, home, quiet
from app.templating import render, t
from conferences.imports import unplaced
from conferences.models import Referral

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)
PAGE = "referrals/unplaced.html"


class Placed(BaseModel):
    """Which pieces were placed, or are not needed."""

    messages: ClassVar[dict[tuple[str, str], str]] = {("placed", "*"): "Tick what you have placed"}
    placed: Annotated[list[str], Field(min_length=1, max_length=1000, title="what you have placed")]


def _page(request: Request, session: Db, referral: Referral) -> dict[str, Any]:
    pieces = unplaced.of(session, referral)
    rows = [(one.id, one.label or t("Text under no heading"), one.words) for one in pieces]
    return {"pieces": rows} | around(request, referral)


@router.get("/referrals/{ref}/from-word")
def ask_placing(request: Request, referral: Draft, session: Db) -> Response:
    """Shows what is still to be placed, with its words."""
    return render(request, PAGE, form=Filled[Placed](), **_page(request, session, referral))


@router.post("/referrals/{ref}/from-word")
def take_placing(
    request: Request, referral: Draft, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Takes away what was ticked; twice is harmless."""
    tried = attempt(
        session,
        fill(Placed, typed),
        lambda given: unplaced.take_away(session, user, referral, set(given.placed), now=now),
    )
    if tried.refused:
        return tried.redraw(request, PAGE, **_page(request, session, referral))
    left = unplaced.of(session, referral)
    return RedirectResponse(f"{home(referral)}/from-word" if left else home(referral), 303)
