"""What is typed when a referral is decided."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from app.forms import Lines

Words = Annotated[Lines, Field(max_length=4000)]


class Accepting(BaseModel):
    """Which meeting the case goes on."""

    messages: ClassVar = {("conference", "missing"): "Choose a meeting"}
    conference: Annotated[str, Field(max_length=64, title="a meeting")]
    version: int


class Asking(BaseModel):
    """What the referrer is asked."""

    messages: ClassVar = {("question", "missing"): "Write the question the referrer should answer."}
    question: Annotated[Words, Field(title="the question")]
    version: int


class Declining(BaseModel):
    """Why the referral is declined."""

    messages: ClassVar = {("reason", "missing"): "Give the reason, and what was offered instead."}
    reason: Annotated[Words, Field(title="the reason")]
    version: int


class Confirming(BaseModel):
    """Whether the chair agrees to declining, and why."""

    messages: ClassVar = {
        ("agreed", "missing"): "Say whether you agree.",
        ("reason", "missing"): "Say why.",
    }
    agreed: Annotated[Literal["yes", "no"], Field(title="whether you agree")]
    reason: Annotated[Words, Field(title="the reason")]
    version: int
