"""What is typed while a case is heard."""

from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Lines
from conferences.calendars import local_day
from conferences.case import case_views
from conferences.errors import Refused
from conferences.meeting import actions, meetings
from conferences.meeting.actions import Promise
from conferences.meeting.meetings import Conclusion
from conferences.models import About, Action, Agency, ContributionKind, Listing, Nature, Outcome, Risk, User

Words = Annotated[Lines, Field(max_length=4000)]
Ref = Annotated[str, Field(max_length=64)]
FURTHEST = timedelta(days=2 * 366)


class Contributing(BaseModel):
    """What one agency said, or that it knows nothing."""

    messages: ClassVar = {("kind", "missing"): "Say whether the agency shared something"}
    agency: Annotated[Ref, Field(title="an agency")]
    kind: Annotated[ContributionKind, Field(title="whether the agency shared something")]
    nature: Annotated[Nature | None, Field(title="fact or opinion")] = None
    statement: Annotated[Words | None, Field(title="what was said")] = None
    happened_on: Annotated[date | None, Field(title="the day it happened")] = None


class NamingRisk(BaseModel):
    """One line of the risk summary."""

    about: Annotated[About, Field(title="whom the risk is about")]
    risk_words: Annotated[Words, Field(title="the risk in one line")]


class Summarising(BaseModel):
    """The chair's summary, and which version of the page it was written on."""

    summary: Annotated[Words, Field(title="the summary")]
    version: int


class Agreeing(BaseModel):
    """One agency's promise."""

    messages: ClassVar = {
        ("what", "missing"): "Write what will be done",
        ("owner", "missing"): "Name the person who will do it",
        ("evidence", "missing"): "Say what will show that it was done",
        ("risk", "missing"): "Choose the risk this action lowers",
        ("offered", "missing"): "Say whether the agency offered it",
    }
    action_agency: Annotated[Ref, Field(title="an agency")]
    what: Annotated[Words, Field(title="what will be done")]
    owner: Annotated[str, Field(max_length=200, title="the person who will do it")]
    due_on: Annotated[date, Field(title="the date due")]
    risk: Annotated[Ref, Field(title="the risk this action lowers")]
    evidence: Annotated[Words, Field(title="what will show that it was done")]
    offered: Annotated[Literal["offered", "absent"], Field(title="whether the agency offered it")]
    needs_address: Annotated[list[Literal["yes"]], Field(max_length=1)] = []


class Concluding(BaseModel):
    """How the turn ends: the outcome, and each line's words or the reason there are none."""

    outcome: Outcome | None = None
    outcome_reason: Annotated[Words | None, Field(title="the reason")] = None
    victims_voice: Annotated[Words | None, Field(title="what the person wants")] = None
    victims_voice_missing: Annotated[Words | None, Field(title="the reason")] = None
    child_line: Annotated[Words | None, Field(title="the line for the children")] = None
    child_line_missing: Annotated[Words | None, Field(title="the reason")] = None
    perpetrator_line: Annotated[Words | None, Field(title="the line about the person causing harm")] = None
    perpetrator_line_missing: Annotated[Words | None, Field(title="the reason")] = None
    version: int


class PuttingOff(BaseModel):
    """Why the turn is put off, and what keeps people safe meanwhile."""

    messages: ClassVar = {("defer_reason", "missing"): "Say why, and what keeps them safe until then"}
    defer_reason: Annotated[Words, Field(title="the reason")]


def contribute(session: Session, user: User, listing: Listing, given: Contributing, now: datetime) -> None:
    """Records what an agency said."""
    if given.happened_on and given.happened_on > local_day(now):
        raise Refused("The day it happened cannot be in the future.", field="happened_on")
    meetings.contribute(
        session,
        user,
        listing,
        _agency(session, user, listing, given.agency, "agency"),
        kind=given.kind,
        statement=given.statement,
        nature=given.nature,
        happened_on=given.happened_on,
        now=now,
    )


def agree(session: Session, user: User, listing: Listing, given: Agreeing, now: datetime) -> Action:
    """Records an agency's promise."""
    if given.due_on > local_day(now) + FURTHEST:
        raise Refused("The date must be within the next two years.", field="due_on")
    promise = Promise(
        what=given.what,
        owner=given.owner,
        due_on=given.due_on,
        evidence=given.evidence,
        needs_address=bool(given.needs_address),
    )
    agency = _agency(session, user, listing, given.action_agency, "action_agency")
    risk, offered = _risk(listing, given.risk), given.offered == "offered"
    return actions.agree(session, user, listing, agency, risk, promise, offered=offered, now=now)


def _agency(session: Session, user: User, listing: Listing, ref: str, field: str) -> Agency:
    for agency in case_views.agencies_with(session, user, listing.case):
        if agency.id == _uuid(ref):
            return agency
    raise Refused("Choose an agency of this area.", field=field)


def _risk(listing: Listing, ref: str) -> Risk:
    for risk in listing.risks:
        if risk.id == _uuid(ref):
            return risk
    raise Refused("Choose the risk this action lowers.", field="risk")


def _uuid(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None


def conclusion(given: Concluding) -> Conclusion:
    """Returns the conclusion as it was typed."""
    return Conclusion(**given.model_dump(exclude={"version"}))
