"""Meetings: planned, put in order, issued, opened and concluded."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import Tried, attempt
from app.pages.common.meeting_forms import Issuing, Nothing, Planning, plan
from app.pages.meeting.views import conferences as shown
from app.templating import render
from conferences.case import case_views
from conferences.meeting import agenda, meeting_views, meetings
from conferences.models import Conference, Role, User
from conferences.permissions import Permission, require
from conferences.visibility import find

router = APIRouter(default_response_class=Response)
PAGE = "conferences/agenda.html"


@router.get("/conferences")
def list_meetings(request: Request, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows the meetings to come and those that are over."""
    coming, past = meeting_views.meetings(session, user, now=now)
    rows = [shown.meeting_row(row) for row in coming], [shown.meeting_row(row) for row in past]
    plans = user.role is Role.COORDINATOR
    return render(request, "conferences/list.html", coming=rows[0], past=rows[1], can_plan=plans)


def _planning(session: Db, user: User) -> dict[str, Any]:
    require(user, Permission.PLAN_CONFERENCE)
    chairs = meeting_views.chairs_of(session, user)
    return {"chairs": [(row.id.hex, case_views.name_of_user(session, row)) for row in chairs]}


@router.get("/conferences/new")
def ask_plan(request: Request, session: Db, user: CurrentUser) -> Response:
    """Asks when and where a meeting will be."""
    return render(request, "conferences/new.html", form=Filled[Planning](), **_planning(session, user))


@router.post("/conferences/new")
def take_plan(request: Request, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Plans a meeting."""
    require(user, Permission.PLAN_CONFERENCE)
    key = form_key(typed)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(session, fill(Planning, typed), lambda given: plan(session, user, given, now))
    if tried.value is None:
        return tried.redraw(request, "conferences/new.html", **_planning(session, user))
    led_to = f"/conferences/{tried.value.id.hex}"
    return RedirectResponse(receipts.remember(session, user, key, led_to, now), 303)


@router.get("/conferences/{ref}")
def show_meeting(request: Request, ref: str, session: Db, user: CurrentUser, now: Now) -> Response:
    """Shows the agenda to those who run the meeting, and to others only when and where it is."""
    conference = find(session, user, Conference, ref)
    if not meeting_views.may_open_papers(user, conference):
        return render(request, "conferences/about.html", **shown.about(session, conference, now))
    return render(request, PAGE, form=Filled[Any](), **shown.page(session, user, conference, now))


@router.post("/conferences/{ref}/order")
def order(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Puts the cases in the order of their numbers, or moves one up or down, or children first."""
    conference = find(session, user, Conference, ref)
    require(user, Permission.ORDER_AGENDA, conference)
    rows = agenda.listings_for(session, user, conference)
    wanted, form = shown.order_asked(typed, [row.id for row in rows])
    if typed.get("move") == ["children"]:
        wanted = [row.id for row in agenda.children_first(rows)]
    tried = attempt(session, form, lambda _: agenda.reorder(session, user, conference, wanted, now=now))
    return _answer(request, session, user, now, conference, tried)


def _answer(
    request: Request, session: Db, user: User, now: Now, conference: Conference, tried: Tried[Any]
) -> Response:
    if tried.refused:
        return tried.redraw(request, PAGE, **shown.page(session, user, conference, now))
    return RedirectResponse(f"/conferences/{conference.id.hex}", 303)


def _step(
    request: Request,
    session: Db,
    user: User,
    now: Now,
    ref: str,
    typed: TypedForm,
    permission: Permission,
    verb: Callable[[Conference, Any], object],
    model: type[BaseModel] = Nothing,
) -> Response:
    conference, key = find(session, user, Conference, ref), form_key(typed)
    require(user, permission, conference)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(session, fill(model, typed), lambda given: verb(conference, given))
    if not tried.refused:
        receipts.remember(session, user, key, f"/conferences/{conference.id.hex}", now)
    return _answer(request, session, user, now, conference, tried)


@router.post("/conferences/{ref}/issue")
def issue(request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now) -> Response:
    """Issues the agenda as its next version."""

    def verb(conference: Conference, given: Issuing) -> int:
        return meeting_views.issue_version(session, user, conference, given.number, now=now)

    return _step(request, session, user, now, ref, typed, Permission.ISSUE_AGENDA, verb, Issuing)


@router.post("/conferences/{ref}/open")
def open_meeting(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Opens the meeting."""

    def verb(conference: Conference, _: Nothing) -> None:
        meetings.open_meeting(session, user, conference, now=now)

    return _step(request, session, user, now, ref, typed, Permission.RUN_CONFERENCE, verb)


@router.post("/conferences/{ref}/conclude")
def conclude_meeting(
    request: Request, ref: str, typed: TypedForm, session: Db, user: CurrentUser, now: Now
) -> Response:
    """Concludes the meeting once every case is heard or put off."""

    def verb(conference: Conference, _: Nothing) -> None:
        meetings.conclude_meeting(session, user, conference, now=now)

    return _step(request, session, user, now, ref, typed, Permission.RUN_CONFERENCE, verb)
