"""My work: what waits for the person who signed in, by reference and initials only."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.pages.office.views.my_work import greeting, lists, tiles
from app.templating import render
from conferences.permissions import Permission, may
from conferences.triage.my_work_views import my_work

router = APIRouter(default_response_class=Response)


@router.get("/")
def show(request: Request, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows what waits for this person, the pressing first."""
    work = my_work(session, user, now=now)
    return render(
        request,
        "my_work/show.html",
        now=now,
        greeting=greeting(request.state.shell.user_name, now),
        tiles=tiles(work),
        lists=lists(work, now),
        meeting=work.meeting,
        may_refer=may(user, Permission.START_REFERRAL),
    )
