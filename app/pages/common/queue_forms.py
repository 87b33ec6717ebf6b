"""What is typed when a referral is decided."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from app.forms import Lines
from app.pages.common.meeting_forms import Clock
from conferences.models import DeclineCode, Elsewhere, WithdrawCode

Words = Annotated[Lines, Field(max_length=4000)]


class Pressing(BaseModel):
    """A form with only a button, and the version that was on the page."""

    version: int


class Because(BaseModel):
    """A form with only a reason, and the version that was on the page."""

    reason: Annotated[Words, Field(title="the reason")]
    version: int


class Accepting(BaseModel):
    """Which meeting the case goes on."""

    messages: ClassVar = {("conference", "missing"): "Choose a meeting"}
    conference: Annotated[str, Field(max_length=64, title="a meeting")]
    version: int


class Ticking(BaseModel):
    """Which referrals were ticked in the queue."""

    messages: ClassVar = {("pick", "*"): "Tick the referrals in the queue first, at most 50"}
    pick: Annotated[list[str], Field(min_length=1, max_length=50, title="the referrals")]


class AcceptingMany(BaseModel):
    """Which referrals go on which meeting; each with the version it was ticked at."""

    messages: ClassVar = {
        ("conference", "missing"): "Choose a meeting",
        ("pick", "*"): "Tick them again in the queue",
    }
    pick: Annotated[list[str], Field(min_length=1, max_length=50, title="the referrals")]
    conference: Annotated[str, Field(max_length=64, title="a meeting")]


class Asking(BaseModel):
    """What the referrer is asked, and whether a place is held meanwhile."""

    ask: Annotated[list[str], Field(max_length=200, title="what is missing")] = []
    question: Annotated[Words | None, Field(title="the question")] = None
    meanwhile: Annotated[str | None, Field(max_length=64, title="a meeting")] = None
    version: int


class Declining(BaseModel):
    """Why the referral is declined, and where the person was pointed to instead."""

    messages: ClassVar = {
        ("code", "*"): "Select why it is declined",
        ("reason", "missing"): "Give the reason in words",
        ("signpost", "missing"): "Say where the person was pointed to instead",
    }
    code: DeclineCode
    reason: Annotated[Words, Field(title="the reason")]
    signpost: Annotated[Words, Field(title="where to turn instead")]
    advice: Annotated[Words | None, Field(title="the advice")] = None
    version: int


class Redirecting(BaseModel):
    """Where the referral is sent on to, and why."""

    messages: ClassVar = {
        ("to", "*"): "Select where it goes",
        ("reason", "missing"): "Say why that route is right, and who there has taken it",
    }
    to: Elsewhere
    reason: Annotated[Words, Field(title="the reason")]
    version: int


class Alerting(Because):
    """Why alerts are enough for now."""

    messages: ClassVar = {("reason", "missing"): "Say why alerts are enough for now"}


class Merging(BaseModel):
    """Which turn the referral is added to, and how it is known that they are the same people."""

    messages: ClassVar = {
        ("listing", "missing"): "Select the case it is added to",
        ("reason", "missing"): "Say how you know that they are the same people",
    }
    listing: Annotated[str, Field(max_length=64, title="the case")]
    reason: Annotated[Words, Field(title="the reason")]
    version: int


class Calling(BaseModel):
    """When and where an emergency meeting is, who chairs it, and who is called."""

    messages: ClassVar = {
        ("starts_on", "*"): "Choose the day",
        ("chair", "missing"): "Choose a chair who may know of the case",
        ("venue", "missing"): "Say where or how they meet",
        ("agencies", "*"): "Choose the agencies that are needed",
    }
    starts_on: Annotated[str, Field(max_length=10, title="the day")]
    starts_at: Annotated[Clock, Field(title="the start")]
    venue: Annotated[str, Field(max_length=200, title="where or how they meet")]
    chair: Annotated[UUID, Field(title="a chair")]
    agencies: Annotated[list[UUID], Field(min_length=1, max_length=100, title="the agencies")]
    version: int


class GivingBack(Because):
    """What has to be done before a manager signs off."""

    messages: ClassVar = {("reason", "missing"): "Say what has to be done first"}


class TakingIn(Because):
    """Why a referral is taken in without its sign-off."""

    messages: ClassVar = {("reason", "missing"): "Say why it is taken in without a sign-off"}


class TakingOver(Because):
    """Why a draft is taken over from a writer who has left."""

    messages: ClassVar = {("reason", "missing"): "Say why you take it over"}


class Withdrawing(BaseModel):
    """Why a referral is taken back."""

    messages: ClassVar = {
        ("code", "*"): "Select why you take it back",
        ("reason", "missing"): "Say what happened",
    }
    code: WithdrawCode
    reason: Annotated[Words, Field(title="what happened")]
    version: int


class Appealing(Because):
    """Why the referrer does not agree."""

    messages: ClassVar = {("reason", "missing"): "Say why you do not agree"}


class Confirming(BaseModel):
    """Whether the chair agrees to declining, and why."""

    messages: ClassVar = {
        ("agreed", "missing"): "Say whether you agree",
        ("reason", "missing"): "Say why",
    }
    agreed: Annotated[Literal["yes", "no"], Field(title="whether you agree")]
    reason: Annotated[Words, Field(title="the reason")]
    version: int
