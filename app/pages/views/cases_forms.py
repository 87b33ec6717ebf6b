"""What is typed on the pages of a case."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Lines
from conferences import case_views, people
from conferences.errors import Refused
from conferences.models import Case, User

Words = Annotated[Lines, Field(max_length=4000)]


class Looking(BaseModel):
    """Why somebody needs the address."""

    messages: ClassVar = {("reason", "missing"): "Say why you need the address."}
    reason: Annotated[Words, Field(title="the reason")]


class ShuttingOut(BaseModel):
    """Who must not know of the case, and why."""

    messages: ClassVar = {
        ("who", "missing"): "Choose a person or an agency.",
        ("why", "missing"): "Say why they must not know of this case.",
    }
    who: Annotated[str, Field(max_length=64, title="a person or an agency")]
    why: Annotated[Words, Field(title="the reason")]


def shut_out(session: Session, user: User, case: Case, given: ShuttingOut, now: datetime) -> None:
    """Shuts the person or the agency that was chosen out of the case."""
    kind, _, ref = given.who.partition("-")
    chosen = _uuid(ref)
    known = {
        "agency": {row.id for row in case_views.agencies_with(session, user, case)},
        "person": {row.id for row in case_views.colleagues(session, user)}
        - {wall.user_id for wall in case.exclusions},
    }
    if chosen is None or chosen not in known.get(kind, set()):
        raise Refused("Choose a person or an agency.", field="who")
    people.exclude(
        session,
        user,
        case,
        user_id=chosen if kind == "person" else None,
        agency_id=chosen if kind == "agency" else None,
        reason=given.why,
        now=now,
    )


def _uuid(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None
