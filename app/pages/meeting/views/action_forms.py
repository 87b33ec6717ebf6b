"""What an agency, the coordinator and the chair may write about an action, and the pages that ask for it."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, Field

from app.auth.who import Db
from app.forms import Filled, Lines
from app.pages.meeting.views import actions as shown
from conferences.calendars import local_day
from conferences.meeting import action_views, actions
from conferences.meeting.action_views import ActionLine
from conferences.meeting.document_views import agency_named
from conferences.models import Action, ActionStatus, RiskNow, User
from conferences.permissions import Permission, may

Words = Annotated[Lines, Field(max_length=4000)]
Messages = dict[tuple[str, str], str]


class Versioned(BaseModel):
    """Which version of the action the form was drawn from."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class Accept(Versioned):
    """Who will do it."""

    owner: Annotated[str, Field(max_length=200)]
    messages: ClassVar[Messages] = {("owner", "missing"): "Name the person who will do it"}


class Start(Versioned):
    """That work has begun."""

    words: Words | None = Field(None, title="your note")


class Note(BaseModel):
    """What has happened so far."""

    words: Words = Field(title="your note")
    messages: ClassVar[Messages] = {("words", "missing"): "Write what has happened"}


class Done(Versioned):
    """What happened, how it is known, and the risk now."""

    outcome: Words = Field(title="what happened")
    risk_now: RiskNow
    messages: ClassVar[Messages] = {
        ("outcome", "missing"): "Say what happened, and how you know",
        ("risk_now", "*"): "Say whether the risk is lower now",
    }


class Cannot(Versioned):
    """Whether it was not possible or not done, and what happened."""

    kind: Literal[ActionStatus.NOT_POSSIBLE, ActionStatus.NOT_DONE]
    reason: Words = Field(title="what happened")
    messages: ClassVar[Messages] = {
        ("kind", "*"): "Say whether it was not possible or not done",
        ("reason", "missing"): "Say what happened",
    }


class Because(Versioned):
    """Why it is sent back, or why the agency is released."""

    reason: Words = Field(title="the reason")
    messages: ClassVar[Messages] = {("reason", "missing"): "Give the reason"}


class Reassign(Because):
    """Which agency takes the promise over, who there will do it, and by when."""

    agency: Annotated[str, Field(max_length=32)]
    owner: Annotated[str, Field(max_length=200)]
    due: date
    messages: ClassVar[Messages] = {
        ("agency", "missing"): "Choose the agency that takes it over",
        ("owner", "missing"): "Name the person who will do it",
        ("due", "missing"): "Enter the date it will be done by",
        ("reason", "missing"): "Say why another agency takes it",
    }


class WhyLook(BaseModel):
    """Why somebody needs to know where a person is."""

    reason: Annotated[str, Field(max_length=500)] = Field(title="the reason")
    messages: ClassVar[Messages] = {("reason", "missing"): "Say why you need to know"}


FORMS: Final[dict[str, type[BaseModel]]] = {
    "accept": Accept, "start": Start, "note": Note, "done": Done, "cannot": Cannot,
    "confirm": Versioned, "send-back": Because, "release": Because, "reassign": Reassign,
}  # fmt: skip
TYPED: Final = ("outcome", "reason", "words", "owner")


def fresh(line: ActionLine, form: str) -> Filled[Any]:
    """Returns an empty form, or one that already names who would do the action."""
    return Filled.showing(owner=line.owner) if form == "accept" else Filled()


def list_page(
    session: Db, user: User, wanted: str, opened: tuple[str, str], *, now: datetime
) -> dict[str, Any]:
    """Gathers the list: `wanted` is an agency's identifier, `opened` an action's and the form open on it."""
    runs = shown.runs_meetings(user)
    agencies = actions.agencies_of(session, user) if runs else ()
    agency = agency_named(agencies, wanted) if runs else user.agency
    today, rows, found = local_day(now), [], actions.list_for(session, user, agency)
    for action, line in zip(found, action_views.lines(session, found, today), strict=True):
        rows.append(shown.row(line, shown.buttons(user, action), with_agency=runs and agency is None))
    when = action_views.reporting(session, user, now=now)
    chosen = next((one for one in rows if one.line.id == opened[0]), None)
    offered = chosen is not None and opened[1] in [one.form for one in chosen.buttons]
    return {
        "groups": shown.groups(rows, when),
        "figures": shown.figures([one.line for one in rows], when),
        "agencies": [(one.id.hex, one.name) for one in agencies],
        "agency": agency,
        "runs": runs,
        "chosen": chosen if offered else None,
        "open_form": opened[1] if offered else "",
        "today": today,
    }


def one_page(
    session: Db, user: User, action: Action, line: ActionLine, open_form: str, unsent: str = ""
) -> dict[str, Any]:
    """Gathers an action's own page; `unsent` are words typed into a form that is no longer offered."""
    found = shown.buttons(user, action) + shown.more_buttons(user, action)
    offered = open_form in [one.form for one in found]
    return {
        "line": line,
        "tags": shown.tags(line),
        "buttons": found,
        "open_form": open_form if offered else "",
        "agencies": [
            (one.id.hex, one.name) for one in actions.agencies_of(session, user) if one.id != action.agency_id
        ],
        "unsent": "" if offered else unsent,
        "entries": shown.entries(action_views.history(session, action)),
        "contact_rule": action_views.contact_rule(session, action),
        "risk_now": shown.RISKS[line.risk_now] if line.risk_now else "",
        "may_reveal": line.is_open and may(user, Permission.VIEW_ADDRESS, action),
    }
