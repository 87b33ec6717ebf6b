"""Who may know of a case: who is shut out, the few who alone may, and how either ends."""

from typing import Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.api.answers import Shown
from app.api.creating import api_router, scope
from app.api.typed import Body, Line, Words
from app.auth.who import CurrentUser, Db, Now
from conferences.case import case_views
from conferences.meeting import actions
from conferences.models import Case
from conferences.permissions import Permission, require
from conferences.visibility import find
from conferences.wall import walls

router = api_router("walls")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


class OneOfThem(Body):
    """A person or an agency, and why."""

    user_id: UUID | None = None
    agency_id: UUID | None = None
    reason: Words

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(value is not None for value in self._meant()) != 1:
            raise PydanticCustomError("name_exactly_one", "name exactly one")
        return self

    def _meant(self) -> tuple[object, ...]:
        return (self.user_id, self.agency_id)


class ShuttingOutIn(OneOfThem):
    """A person, an agency, or the name of somebody who has no account, and why."""

    named: Line | None = None

    def _meant(self) -> tuple[object, ...]:
        return (self.user_id, self.agency_id, self.named)


class WhyNow(Body):
    """Why somebody may know of a case again."""

    reason: Words


class WallOut(Shown):
    """One exclusion, or one of the few; `to_confirm` where the service found somebody alike."""

    id: str
    who: str
    reason: str
    to_confirm: bool


class ChoiceOut(Shown):
    """A person or an agency one could choose."""

    user_id: str | None = None
    agency_id: str | None = None
    name: str


class WallsOut(Shown):
    """Who is shut out of a case, the few who alone may know, and whom one could choose."""

    case_id: str
    shut_out: list[WallOut]
    few: list[WallOut]
    choices: list[ChoiceOut] = Field(default_factory=list)


@router.get("/cases/{ref}/walls", dependencies=READ)
def list_walls(ref: str, session: Db, user: CurrentUser) -> WallsOut:
    """Who is shut out of a case and who alone may know of it, for those who decide about that."""
    case = find(session, user, Case, ref)
    require(user, Permission.LIFT_WALL, case)
    shut_out, few = ([_one(row) for row in rows] for rows in walls.shown(session, case))
    agencies = [ChoiceOut(agency_id=row.id.hex, name=row.name) for row in actions.agencies_of(session, user)]
    people = [
        ChoiceOut(user_id=row.id.hex, name=case_views.name_of_user(session, row))
        for row in case_views.colleagues(session, user)
    ]
    return WallsOut(case_id=case.id.hex, shut_out=shut_out, few=few, choices=[*agencies, *people])


def _one(row: walls.WallShown) -> WallOut:
    return WallOut(id=row.id.hex, who=row.who, reason=row.why, to_confirm=row.to_confirm)


@router.post("/cases/{ref}/walls", dependencies=WRITE, status_code=204)
def shut_out(ref: str, body: ShuttingOutIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Shuts somebody out of a case: to them it is then nowhere; the same person twice is harmless."""
    case = find(session, user, Case, ref)
    walls.exclude(session, user, case, **body.model_dump(), now=now)


@router.post("/cases/{ref}/walls/{wall}/lift", dependencies=WRITE, status_code=204)
def lift_wall(ref: str, wall: UUID, body: WhyNow, session: Db, user: CurrentUser, now: Now) -> None:
    """Lets somebody know of a case again."""
    walls.lift(session, user, find(session, user, Case, ref), wall, reason=body.reason, now=now)


@router.post("/cases/{ref}/walls/{wall}/confirm", dependencies=WRITE, status_code=204)
def confirm_wall(ref: str, wall: UUID, session: Db, user: CurrentUser, now: Now) -> None:
    """Says that somebody who is like a person in the case stays shut out."""
    walls.confirm(session, user, find(session, user, Case, ref), wall, now=now)


@router.post("/cases/{ref}/few", dependencies=WRITE, status_code=204)
def keep_to_few(ref: str, body: OneOfThem, session: Db, user: CurrentUser, now: Now) -> None:
    """Adds one of the few who alone may know of a case; somebody who decides has to be the first."""
    case = find(session, user, Case, ref)
    walls.restrict(session, user, case, **body.model_dump(), now=now)


@router.post("/cases/{ref}/few/lift", dependencies=WRITE, status_code=204)
def open_again(ref: str, body: WhyNow, session: Db, user: CurrentUser, now: Now) -> None:
    """Lets everybody know of a case again who ordinarily may; who is shut out stays shut out."""
    walls.open_again(session, user, find(session, user, Case, ref), reason=body.reason, now=now)
