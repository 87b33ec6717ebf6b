"""What programs send and are told about how to reach somebody."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field

from app.api.answers import Shown
from app.api.typed import Body, Line, Words
from conferences import reaching
from conferences.reaching import MOST_POINTS, Care, Safe, Way

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="24-hour, such as 09:30")]


class CareIn(Body):
    """How safe one way is; what is left out is unknown, and what is unknown is never used."""

    safety: Safe = Safe.UNKNOWN
    times: Line | None = None
    days: Annotated[tuple[Day, ...], Field(max_length=7)] = ()
    after: Clock | None = None
    before: Clock | None = None
    who_else: Line | None = None
    code_word: Line | None = None

    def care(self) -> Care:
        """Gives it as the domain keeps it."""
        return Care(**self._known())

    def _known(self) -> dict[str, Any]:
        return self.model_dump(exclude={"address"})


class PointIn(CareIn):
    """One way to reach somebody."""

    way: Way
    value: Annotated[Line, Field(max_length=300)] | None = None
    message: Safe = Safe.UNKNOWN
    text: Annotated[Safe, Field(description="whether they may be sent a text")] = Safe.UNKNOWN
    withheld: Annotated[Safe, Field(description="whether they may be rung without a number showing")] = (
        Safe.UNKNOWN
    )

    def point(self) -> reaching.Point:
        """Gives it as the domain keeps it."""
        return reaching.Point(**self._known())


class ContactIn(Body):
    """How somebody may be reached, as a whole: a way that is not named any more is ended."""

    rule: Words | None = None
    points: Annotated[tuple[PointIn, ...], Field(max_length=MOST_POINTS)] = ()
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None

    def contact(self) -> reaching.Contact:
        """Gives it as the domain keeps it."""
        return reaching.Contact(self.rule, tuple(one.point() for one in self.points))


class AddressIn(CareIn):
    """Where somebody is now, and how safe it is to write or go there."""

    address: Words


class PointOut(Shown):
    """One way to reach somebody; only `safe` may be used, and only in its hours."""

    way: Way
    value: str | None
    safety: Safe
    message: Safe
    text: Safe
    withheld: Safe
    times: str | None
    days: list[str]
    after: str | None
    before: str | None
    who_else: str | None
    code_word: str | None


class ContactOut(Shown):
    """How somebody may be reached: the rule comes before every way."""

    rule: str | None
    points: list[PointOut]
    version: int

    @classmethod
    def of(cls, contact: reaching.Contact, version: int) -> Self:
        """Fills it from what was opened."""
        points = [PointOut.model_validate(one) for one in contact.points]
        return cls(rule=contact.rule, points=points, version=version)
