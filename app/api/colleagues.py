"""Those of an agency without an account; what is written of a home is compared and never answered back."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from app import comparing
from app.api.answers import Shown
from app.api.creating import api_router, scope
from app.api.typed import Body, Line
from app.auth.who import CurrentUser, Db, Now
from conferences.models import Agency, Employee
from conferences.visibility import find
from conferences.wall import colleagues
from conferences.wall.colleagues import Colleague
from conferences.wall.staff import Home

router = api_router("colleagues")
WRITE = scope("colleagues:write")
Several = Annotated[list[Annotated[Line, Field(max_length=100)]], Field(max_length=10)]


class HomeIn(Body):
    """Where somebody lives and is reached at home; all of it may be left out."""

    phones: Several = Field(default_factory=list)
    mails: Several = Field(default_factory=list)
    line: Line | None = None
    postcode: Annotated[Line, Field(max_length=20)] | None = None

    def home(self) -> Home:
        """The same as the domain takes it."""
        return Home(_joined(self.phones), self.line, self.postcode, _joined(self.mails))


class ColleagueIn(Body):
    """Somebody's name, and their home as far as it is known."""

    name: Line
    home: HomeIn = Field(default_factory=HomeIn)


class ManyIn(Body):
    """Those to put on the list, at most 500."""

    colleagues: Annotated[list[ColleagueIn], Field(min_length=1, max_length=colleagues.MOST)]


class ChangeIn(Body):
    """A name, and a home as a whole; without `home` what is kept of it stays."""

    name: Line
    home: HomeIn | None = None


class ColleagueOut(Shown):
    """Somebody on the list; `kept` names what is kept of their home: phones, line, postcode, mails."""

    id: str
    name: str
    kept: list[str]


class BroughtOut(Shown):
    """How many names are new."""

    new: int


def _joined(some: Sequence[str]) -> str | None:
    return "\n".join(some) or None


@router.get("/agencies/{ref}/colleagues", dependencies=WRITE)
def list_colleagues(ref: str, session: Db, user: CurrentUser) -> list[ColleagueOut]:
    """Who is on an agency's list, for who answers for it."""
    agency = find(session, user, Agency, ref)
    rows = colleagues.listed(session, user, agency)
    return [ColleagueOut(id=one.id.hex, name=one.name, kept=list(one.kept)) for one in rows]


@router.post("/agencies/{ref}/colleagues", dependencies=WRITE)
def add_colleagues(ref: str, body: ManyIn, session: Db, user: CurrentUser, now: Now) -> BroughtOut:
    """Adds people and writes anew the homes of those on the list, all or nothing; twice changes nothing."""
    agency = find(session, user, Agency, ref)
    given = [Colleague(one.name, one.home.home()) for one in body.colleagues]
    return BroughtOut(new=comparing.bring_colleagues(session, user, agency, given, now=now))


@router.put("/colleagues/{ref}", dependencies=WRITE, status_code=204)
def change_colleague(ref: str, body: ChangeIn, session: Db, user: CurrentUser, now: Now) -> None:
    """Writes a name anew and, where it is sent, the whole home."""
    row, home = find(session, user, Employee, ref), body.home.home() if body.home else None
    comparing.change_colleague(session, user, row, body.name, home, now=now)


@router.post("/colleagues/{ref}/end", dependencies=WRITE, status_code=204)
def end_colleague(ref: str, session: Db, user: CurrentUser, now: Now) -> None:
    """Takes somebody off the list and forgets their home."""
    colleagues.end(session, user, find(session, user, Employee, ref), now=now)
