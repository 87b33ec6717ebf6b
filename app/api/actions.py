"""Actions: an agency's promises, and what became of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from app.api import typed
from app.api.action_views import action_out, actions_out
from app.api.answers import ActionOut
from app.api.creating import Create, api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.errors import NotFound
from conferences.meeting import action_views, actions
from conferences.meeting.document_views import agency_named
from conferences.models import Action
from conferences.visibility import find

router = api_router("actions")
READ, WRITE = scope("actions:read"), scope("actions:write")


@dataclass
class OnAction:
    """A request about one action that the person may know of."""

    ref: str
    session: Db
    user: CurrentUser
    now: Now

    def by(self, verb: Callable[[Action], object]) -> ActionOut:
        """Runs the verb and returns the action as it now stands."""
        action = find(self.session, self.user, Action, self.ref)
        verb(action)
        return action_out(self.session, action, self.now)


On = Annotated[OnAction, Depends()]


@router.get("/actions", dependencies=READ)
def list_actions(session: Db, user: CurrentUser, now: Now, agency_id: str | None = None) -> list[ActionOut]:
    """The actions the person may know of, in order of date due; of one agency or of all."""
    agency = None
    if agency_id is not None:
        agency = agency_named(actions.agencies_of(session, user), agency_id)
        if agency is None:
            raise NotFound
    return actions_out(session, actions.list_for(session, user, agency), now)


@router.get("/actions/{ref}", dependencies=READ)
def get_action(ref: str, session: Db, user: CurrentUser, now: Now) -> ActionOut:
    """Opens one action; opening it is recorded."""
    line = action_views.look(session, user, find(session, user, Action, ref), now=now)
    return ActionOut.model_validate(line)


@router.post("/actions/{ref}/accept", dependencies=WRITE)
def accept_action(body: typed.AcceptAction, on: On) -> ActionOut:
    """The agency takes on an action proposed while it was absent."""
    return on.by(lambda action: actions.accept(
        on.session, on.user, action, owner=body.owner, now=on.now, version=body.version))  # fmt: skip


@router.post("/actions/{ref}/start", dependencies=WRITE)
def start_action(body: typed.StartAction, on: On) -> ActionOut:
    """Says that work has begun."""
    return on.by(lambda action: actions.start(
        on.session, on.user, action, note=body.note, now=on.now, version=body.version))  # fmt: skip


@router.post("/actions/{ref}/notes", dependencies=WRITE, status_code=201)
def add_note(ref: str, body: typed.NoteIn, c: Create) -> ActionOut:
    """Adds a line to the history."""

    def write() -> Action:
        action = find(c.session, c.user, Action, ref)
        actions.note(c.session, c.user, action, words=body.note, now=c.now)
        return action

    row = c.once("/actions", write, lambda id: find(c.session, c.user, Action, id))
    return action_out(c.session, row, c.now)


@router.post("/actions/{ref}/complete", dependencies=WRITE)
def complete_action(body: typed.CompleteAction, on: On) -> ActionOut:
    """Records that the agency kept its word."""
    return on.by(lambda action: actions.complete(
        on.session, on.user, action,
        outcome=body.outcome, risk_now=body.risk_now, now=on.now, version=body.version))  # fmt: skip


@router.post("/actions/{ref}/not-possible", dependencies=WRITE)
def say_not_possible(body: typed.Because, on: On) -> ActionOut:
    """Says that things changed outside the agency; the coordinator confirms it."""
    return on.by(lambda action: actions.not_possible(
        on.session, on.user, action, reason=body.reason, now=on.now, version=body.version))  # fmt: skip


@router.post("/actions/{ref}/not-done", dependencies=WRITE)
def say_not_done(body: typed.Because, on: On) -> ActionOut:
    """Says that the agency did not do what it promised; kept apart from what was not possible."""
    return on.by(lambda action: actions.not_done(
        on.session, on.user, action, reason=body.reason, now=on.now, version=body.version))  # fmt: skip


@router.post("/actions/{ref}/confirm", dependencies=WRITE)
def confirm_not_possible(on: On, body: typed.Versioned | None = None) -> ActionOut:
    """The coordinator agrees that it was not possible."""
    version = body.version if body else None
    return on.by(lambda action: actions.confirm_not_possible(
        on.session, on.user, action, now=on.now, version=version))  # fmt: skip


@router.post("/actions/{ref}/send-back", dependencies=WRITE)
def send_back(body: typed.Because, on: On) -> ActionOut:
    """The coordinator does not agree, and the agency carries on."""
    return on.by(lambda action: actions.send_back(
        on.session, on.user, action, reason=body.reason, now=on.now, version=body.version))  # fmt: skip


@router.post("/actions/{ref}/release", dependencies=WRITE)
def release_action(body: typed.Because, on: On) -> ActionOut:
    """The chair lets the agency go from its promise."""
    return on.by(lambda action: actions.release(
        on.session, on.user, action, reason=body.reason, now=on.now, version=body.version))  # fmt: skip


@router.post("/actions/{ref}/reassign", dependencies=WRITE)
def reassign_action(body: typed.Reassign, on: On) -> ActionOut:
    """Another agency takes the promise over as a new proposal; this one stays in the record."""
    agency = agency_named(actions.agencies_of(on.session, on.user), body.agency_id.hex)
    if agency is None:
        raise NotFound
    return on.by(lambda action: actions.reassign(
        on.session, on.user, action, agency, owner=body.owner, due_on=body.due_on,
        reason=body.reason, now=on.now, version=body.version))  # fmt: skip
