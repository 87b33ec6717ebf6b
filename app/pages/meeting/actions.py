"""Actions: an agency's own list, and what became of each promise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now, fresh_factor
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import Tried, attempt
from app.pages.meeting.views.action_forms import FORMS, TYPED, WhyLook, fresh, list_page, one_page
from app.pages.person.views.contacts import address_shown
from app.receipts import once, remember
from app.templating import render
from conferences.errors import Refused
from conferences.meeting import action_views, actions
from conferences.meeting.document_views import agency_named
from conferences.models import Action, ActionStatus
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.visibility import find

router = APIRouter(prefix="/actions", default_response_class=Response)
NEEDED = {
    "confirm": Permission.CONFIRM_ACTION,
    "send-back": Permission.CONFIRM_ACTION,
    "release": Permission.RELEASE_ACTION,
    "reassign": Permission.REASSIGN_ACTION,
}


@dataclass
class Answering:
    """Somebody sent a form about an action they may know of."""

    request: Request
    session: Db
    user: CurrentUser
    now: Now
    typed: TypedForm
    ref: str

    def by(self, name: str, verb: Callable[[Action, Any], None]) -> Response:
        """Runs the verb with the form's model and goes back to where the form stood, or shows it again."""
        action = find(self.session, self.user, Action, self.ref)
        require(self.user, NEEDED.get(name, Permission.ANSWER_ACTION), action)
        led_to = once(self.session, self.user, form_key(self.typed), self.now)
        if led_to is not None:
            return RedirectResponse(led_to, 303)
        tried = attempt(self.session, fill(FORMS[name], self.typed), lambda model: verb(action, model))
        if tried.refused:
            return self._again(action, name, tried)
        place = remember(self.session, self.user, form_key(self.typed), self._back(action), self.now)
        return RedirectResponse(place, 303)

    def _first(self, name: str) -> str:
        return next(iter(self.typed.get(name, [])), "")

    def _back(self, action: Action) -> str:
        return "/actions" if self._first("page") == "list" else f"/actions/{action.id.hex}"

    def _again(self, action: Action, name: str, tried: Tried[None]) -> Response:
        if self._first("page") == "list" and not tried.stale:
            page = list_page(self.session, self.user, "", (action.id.hex, name), now=self.now)
            if page["open_form"]:
                return tried.redraw(self.request, "actions/list.html", **page)
        line = action_views.look(self.session, self.user, action, now=self.now)
        unsent = "\n".join(tried.form.value(one) for one in TYPED if tried.form.value(one))
        page = one_page(self.session, self.user, action, line, name, unsent)
        return tried.redraw(self.request, "actions/one.html", **page)


Answer = Annotated[Answering, Depends()]


@router.get("")
def list_actions(
    request: Request,
    session: Db,
    user: CurrentUser,
    now: Now,
    agency: str = "",
    open: str = "",
    form: str = "",
) -> Response:
    """Shows an agency its own actions, and those who run the meeting all of them."""
    page = list_page(session, user, agency, (open, form), now=now)
    filled = fresh(page["chosen"].line, form) if page["chosen"] else Filled()
    return render(request, "actions/list.html", form=filled, **page)


@router.get("/{ref}")
def show_action(
    request: Request, ref: str, session: Db, user: CurrentUser, now: Now, form: str = ""
) -> Response:
    """Shows one action with its history, and the form that was asked for."""
    action = find(session, user, Action, ref)
    line = action_views.look(session, user, action, now=now)
    page = one_page(session, user, action, line, form)
    return render(request, "actions/one.html", form=fresh(line, form), **page)


@router.post("/{ref}/accept")
def accept(a: Answer) -> Response:
    """The agency takes on an action proposed while it was absent."""
    return a.by("accept", lambda action, m: actions.accept(
        a.session, a.user, action, owner=m.owner, version=m.version, now=a.now))  # fmt: skip


@router.post("/{ref}/start")
def start(a: Answer) -> Response:
    """Says that work has begun."""
    return a.by("start", lambda action, m: actions.start(
        a.session, a.user, action, note=m.words, version=m.version, now=a.now))  # fmt: skip


@router.post("/{ref}/note")
def add_note(a: Answer) -> Response:
    """Adds a line to the history."""
    return a.by("note", lambda action, m: actions.note(a.session, a.user, action, words=m.words, now=a.now))


@router.post("/{ref}/complete")
def complete(a: Answer) -> Response:
    """Records that the agency kept its word."""
    return a.by("done", lambda action, m: actions.complete(
        a.session, a.user, action, outcome=m.outcome, risk_now=m.risk_now, version=m.version, now=a.now
    ))  # fmt: skip


@router.post("/{ref}/cannot")
def cannot(a: Answer) -> Response:
    """Records that it was not possible, or that it was not done: two different things."""

    def say(action: Action, m: Any) -> None:
        verb = actions.not_possible if m.kind is ActionStatus.NOT_POSSIBLE else actions.not_done
        verb(a.session, a.user, action, reason=m.reason, version=m.version, now=a.now)

    return a.by("cannot", say)


@router.post("/{ref}/confirm")
def confirm(a: Answer) -> Response:
    """The coordinator agrees that it was not possible."""
    return a.by("confirm", lambda action, m: actions.confirm_not_possible(
        a.session, a.user, action, version=m.version, now=a.now))  # fmt: skip


@router.post("/{ref}/send-back")
def send_back(a: Answer) -> Response:
    """The coordinator does not agree, and the agency carries on."""
    return a.by("send-back", lambda action, m: actions.send_back(
        a.session, a.user, action, reason=m.reason, version=m.version, now=a.now))  # fmt: skip


@router.post("/{ref}/release")
def release(a: Answer) -> Response:
    """The chair lets the agency go from its promise."""
    return a.by("release", lambda action, m: actions.release(
        a.session, a.user, action, reason=m.reason, version=m.version, now=a.now))  # fmt: skip


@router.post("/{ref}/reassign")
def reassign(a: Answer) -> Response:
    """Another agency takes the promise over."""

    def give(action: Action, m: Any) -> None:
        agency = agency_named(actions.agencies_of(a.session, a.user), m.agency)
        if agency is None:
            raise Refused("Choose the agency that takes it over", field="agency")
        actions.reassign(
            a.session, a.user, action, agency,
            owner=m.owner, due_on=m.due, reason=m.reason, version=m.version, now=a.now,
        )  # fmt: skip

    return a.by("reassign", give)


@router.get("/{ref}/address", dependencies=[Depends(fresh_factor)])
def ask_why(request: Request, ref: str, session: Db, user: CurrentUser) -> Response:
    """Asks why somebody needs to know where the person is, right after a one-time code."""
    action = find(session, user, Action, ref)
    require(user, Permission.VIEW_ADDRESS, action)
    return render(request, "actions/address.html", form=Filled(), action=action, asked=False)


@router.post("/{ref}/address", dependencies=[Depends(fresh_factor)])
def show_address(a: Answer) -> Response:
    """Shows the address once, on this answer alone, and records the look with its reason."""
    action = find(a.session, a.user, Action, a.ref)
    require(a.user, Permission.VIEW_ADDRESS, action)
    tried = attempt(a.session, fill(WhyLook, a.typed), lambda m: people.look_at_address(
        a.session, a.user, action, reason=m.reason, now=a.now))  # fmt: skip
    if tried.refused:
        return tried.redraw(a.request, "actions/address.html", action=action, asked=False)
    found = address_shown(tried.value)
    return render(a.request, "actions/address.html", action=action, asked=True, address=found)
