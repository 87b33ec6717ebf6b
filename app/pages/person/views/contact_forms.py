"""What may be typed about how to reach somebody: each way with how safe it is, and where they are."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.forms import Lines
from app.pages.common.forms import Long, Said, Short
from app.pages.common.meeting_forms import read_time
from conferences import reaching
from conferences.reaching import Care, Safe, Way


def _clock(typed: Any) -> str:
    """Reads a time as people write it, and keeps it as 09:30."""
    return f"{read_time(typed):%H:%M}"


Clock = Annotated[str, BeforeValidator(_clock)]
HowSafe = Literal["safe", "unsafe", "unknown"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HOURS: Said = {
    ("after", "*"): "Write the time from which it is safe like 9:30am",
    ("days", "*"): "Select days from the list",
}


class Cared(BaseModel):
    """How safe one way is, and when; what nobody said stays unknown, which is never safe."""

    who_else: Annotated[Short | None, Field(title="who else can see or hear it")] = None
    times: Annotated[Short | None, Field(title="safe times")] = None
    code_word: Annotated[Short | None, Field(title="code word")] = None
    days: Annotated[list[Day], Field(title="days")] = []
    after: Annotated[Clock | None, Field(title="the time")] = None
    before: Annotated[Clock | None, Field(title="the time", validate_default=True)] = None

    @field_validator("before")
    @classmethod
    def _later(cls, before: str | None, info: ValidationInfo) -> str | None:
        after = info.data.get("after")
        if "after" in info.data and (after or before) and (after or "~") >= (before or ""):
            raise PydanticCustomError("hours", "Say from when it is safe, and until when later that day")
        return before

    def cared(self, safety: str | None) -> dict[str, Any]:
        """Gives the fields as the domain keeps them."""
        names = ("who_else", "times", "code_word", "after", "before")
        found = {name: getattr(self, name) for name in names}
        return found | {"days": tuple(self.days), "safety": Safe(safety or "unknown")}

    @classmethod
    def showing(cls, care: Care) -> Self:
        """Makes what the form shows from what is kept."""
        return cls.model_validate(reaching.packed(care))


class Point(Cared):
    """One way to reach them; one that is left blank, or ticked to be removed, is not kept."""

    messages: ClassVar[Said] = HOURS | {("safety", "*"): "Select whether it is safe to use this"}
    way: Annotated[Literal["phone", "mail", "address"], Field(title="what it is")] = "phone"
    value: Annotated[str | None, Field(max_length=300, title="number or address")] = None
    safety: Annotated[HowSafe | None, Field(title="whether it is safe", validate_default=True)] = None
    message: Annotated[HowSafe | None, Field(title="whether a message is safe")] = None
    text: Annotated[HowSafe | None, Field(title="whether a text is safe")] = None
    withheld: Annotated[HowSafe | None, Field(title="whether a withheld number is safe")] = None
    gone: Annotated[Literal["yes"] | None, Field(title="whether to remove it")] = None

    @field_validator("safety")
    @classmethod
    def _said_of_what_was_typed(cls, safety: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("value") and safety is None:
            raise PydanticCustomError("not_said", "Select whether it is safe to use this")
        return safety

    def kept(self) -> reaching.Point | None:
        """Gives the way as the domain keeps it; None for one that says nothing."""
        uses = {name: Safe(getattr(self, name) or "unknown") for name in reaching.USES}
        said = self.cared(self.safety) | uses
        point = reaching.Point(way=Way(self.way), value=self.value, **said)
        return None if self.gone or point == reaching.Point(way=point.way) else point


class Contact(BaseModel):
    """How the person may be reached safely."""

    messages: ClassVar[Said] = {("points", "too_long"): "Give up to 12 ways to reach them"}
    points: Annotated[list[Point], Field(max_length=reaching.MOST_POINTS, title="a way to reach them")] = []
    rule: Annotated[Long | None, Field(title="the rule for agencies")] = None

    def contact(self) -> reaching.Contact:
        """Gives what was typed as the domain keeps it."""
        kept = {n: point for n, one in enumerate(self.points) if (point := one.kept())}
        return reaching.Contact(self.rule, tuple(kept.values()), tuple(kept))


class Address(Cared):
    """Where the person is now."""

    messages: ClassVar[Said] = HOURS | {
        ("words", "missing"): "Write where they are now, or go back to leave it out"
    }
    words: Annotated[Lines, Field(max_length=1000, title="where they are")]
    safety: Annotated[HowSafe | None, Field(title="whether it is safe")] = None

    def care(self) -> Care:
        """Gives how safe it is as the domain keeps it."""
        return Care(**self.cared(self.safety))


def stored(contact: reaching.Contact) -> dict[str, Any]:
    """Gives what is kept as the form shows it; nothing at all before anything was said."""
    if contact == reaching.Contact():
        return {}
    return {"rule": contact.rule, "points": [Point.showing(one) for one in contact.points]}
