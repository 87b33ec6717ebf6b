"""Dates that change the risk, on the screen: each in words, and the form that adds one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.pages.common.draft import home
from app.pages.common.forms import Birth, Said
from app.pages.common.told import born_words
from app.pages.words import referral as words
from app.pages.words.coaching import coach_of
from app.templating import t
from conferences import births
from conferences.models import Referral, ReferralStatus, User
from conferences.permissions import Permission, may
from conferences.referral import dated_events
from conferences.referral.dated_events import DatedEvent

KINDS = {
    "release": "Somebody is released from prison or custody",
    "separation": "They separate",
    "birth": "A child is born",
    "hearing": "A court sits",
}


class Dating(BaseModel):
    """What happens, on which day as far as it is known, and whether that is a guess."""

    messages: ClassVar[Said] = {
        ("kind", "*"): "Select what happens on that day",
        ("on", "missing"): "Enter the day, or the month and year",
    }
    kind: Literal["release", "separation", "birth", "hearing"]
    on: Annotated[Birth, Field(title="the day")]
    estimated: Annotated[Literal["yes"] | None, Field(title="whether it is a guess")] = None

    def told(self) -> dict[str, Any]:
        """Gives what was typed as the domain takes it."""
        day = str(births.Born(self.on.year, self.on.month, self.on.day))
        return {"kind": self.kind, "on": day, "estimated": self.estimated is not None}


@dataclass(frozen=True)
class Line:
    """One date in words; `id` is empty where it stands in another part of the form."""

    id: str
    what: str
    when: str


def lines(events: Iterable[DatedEvent]) -> list[Line]:
    """Gives dates in words, soonest first."""
    return [Line(one.id, words.said(KINDS, one.kind), _when(one)) for one in events]


def _when(event: DatedEvent) -> str:
    day = born_words(event.on)
    return t("about %(day)s", day=day) if event.estimated and event.on.day else day


def dates_page(session: Session, user: User, referral: Referral) -> dict[str, Any]:
    """Gives the dates told so far, the choices of the form, and where the page leads back to."""
    draft = referral.status is ReferralStatus.DRAFT
    opens = not draft and may(user, Permission.VIEW_CASE, referral.case)
    return {
        "here": f"{home(referral)}/dates",
        "back": f"/cases/{referral.case_id.hex}" if opens else home(referral),
        "reference": referral.case.reference,
        "dates": lines(dated_events.of_referral(session, referral)),
        "kinds": words.options(KINDS),
        "asked": coach_of("dates"),
    }
