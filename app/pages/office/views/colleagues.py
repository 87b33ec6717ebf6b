"""Those of an agency without an account on the screen: names, and only that something of a home is kept."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Lines
from app.pages.office.views.account import Living
from app.templating import t
from conferences.models import Agency, Employee, User
from conferences.wall import colleagues
from conferences.wall.colleagues import Colleague

KEPT = {"phones": "telephone", "line": "house", "postcode": "postcode", "mails": "mail address"}
_NO_NAME: dict[tuple[str, str], str] = {("name", "missing"): "Write their name, at most 200 characters."}


class Renaming(BaseModel):
    """What somebody is called."""

    messages: ClassVar = _NO_NAME
    name: Annotated[str, Field(max_length=200, title="their name")]


class Naming(Living):
    """Somebody without an account, and their home."""

    messages: ClassVar = _NO_NAME
    name: Annotated[str, Field(max_length=200, title="their name")]

    def colleague(self) -> Colleague:
        """The same as the domain takes it."""
        return Colleague(self.name, self.home())


class Pasting(BaseModel):
    """Many at once, one a line."""

    messages: ClassVar = {("names", "missing"): "Give at least one name and at most 500, one on a line"}
    names: Annotated[Annotated[Lines, Field(max_length=80_000)], Field(title="the names")]


def place(agency: Agency) -> str:
    """Returns the address of an agency's list."""
    return f"/agencies/{agency.id.hex}/colleagues"


def page(session: Session, user: User, agency: Agency) -> dict[str, Any]:
    """Gathers an agency's list."""
    rows = [
        {"name": one.name, "kept": kept(one.kept), "href": f"/colleagues/{one.id.hex}"}
        for one in colleagues.listed(session, user, agency)
    ]
    return {"rows": rows, "agency": agency.name, "here": place(agency)}


def one(session: Session, user: User, row: Employee) -> dict[str, Any]:
    """Gathers one of a list: the name, and what kind of thing is kept."""
    agency, listed = session.get_one(Agency, row.agency_id), colleagues.one(session, user, row)
    here = f"/colleagues/{row.id.hex}"
    return {"name": listed.name, "kept": kept(listed.kept), "here": here, "list": place(agency)}


def kept(parts: tuple[str, ...]) -> str:
    """Says in words what is kept of somebody's home, and never what it is."""
    return ", ".join(t(KEPT[part]) for part in parts)
