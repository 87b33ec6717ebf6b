"""Short, honest pages that anyone may read: how to get help, and what the service does with what it knows."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app import shell
from app.auth.who import Db, sign_in_session
from app.blank_forms import blank_referral
from app.templating import render
from conferences.models import SignInSession


def _reader(
    request: Request, session: Db, row: Annotated[SignInSession | None, Depends(sign_in_session)]
) -> None:
    """Puts the reader's own shell around the page, or a stranger's."""
    known = row is not None and row.factor_at is not None and row.user.membership is not None
    if row is not None and known:
        request.state.shell = shell.for_user(request, session, row.user)
    else:
        request.state.shell = shell.for_visitor(request, session)


router = APIRouter(prefix="/help", dependencies=[Depends(_reader)], default_response_class=Response)


@router.get("")
def show_help(request: Request) -> Response:
    """Says what each part of the service is for and whom to ring."""
    return render(request, "help/help.html")


@router.get("/accessibility")
def show_accessibility(request: Request) -> Response:
    """Says how the pages were made usable, and what is not known."""
    return render(request, "help/accessibility.html")


@router.get("/privacy")
def show_privacy(request: Request) -> Response:
    """Says what is held about people, who sees it, and how it is kept."""
    return render(request, "help/privacy.html")


@router.get("/what-we-record")
def show_what_we_record(request: Request) -> Response:
    """Tells people who sign in what is written down about what they do."""
    return render(request, "help/what_we_record.html")


@router.get("/blank-referral")
def send_blank_referral(fillable: Annotated[bool, Query()] = False) -> Response:
    """Hands out the empty referral form as a PDF, to print or to fill in on the screen."""
    return blank_referral(fillable=fillable)
