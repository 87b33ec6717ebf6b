"""The checklists, for anybody signed in to check: what each asks, by which rules, from which sources."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.auth.who import CurrentUser
from app.blank_forms import blank_checklist
from app.pages.checklist.views import instruments as shown
from app.templating import render

router = APIRouter(default_response_class=Response)


@router.get("/instruments")
def list_instruments(request: Request, _user: CurrentUser) -> Response:
    """Shows every shipped checklist with its status."""
    return render(request, "instruments/list.html", rows=shown.listed())


@router.get("/instruments/{slug}")
def show_instrument(
    request: Request, slug: str, _user: CurrentUser, version: Annotated[str, Query()] = ""
) -> Response:
    """Shows one checklist: the newest version, or the one asked for."""
    return render(request, "instruments/one.html", **shown.page(shown.found(slug, version)))


@router.get("/instruments/{slug}/blank")
def send_blank(
    slug: str,
    _user: CurrentUser,
    version: Annotated[str, Query()] = "",
    fillable: Annotated[bool, Query()] = False,
) -> Response:
    """Hands out the empty checklist as a PDF, to print or to fill in on the screen."""
    return blank_checklist(shown.with_items(slug, version), fillable=fillable)
