"""What a person's own page shows, and what is typed there."""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Filled, Lines
from conferences.models import User
from conferences.wall import colleagues, staff
from conferences.wall.staff import Home


class Living(BaseModel):
    """Where somebody lives and is rung at home; all of it may be left out."""

    phones: Annotated[Annotated[Lines, Field(max_length=400)] | None, Field(title="the numbers")] = None
    line: Annotated[str | None, Field(max_length=200, title="the house and street")] = None
    postcode: Annotated[str | None, Field(max_length=20, title="the postcode")] = None
    mails: Annotated[Annotated[Lines, Field(max_length=400)] | None, Field(title="the mail addresses")] = None

    def home(self) -> Home:
        """The same as the domain takes it."""
        return Home(self.phones, self.line, self.postcode, self.mails)


def page(session: Session, user: User) -> dict[str, Any]:
    """Gathers what a person has said, and the lists of colleagues they keep."""
    home = staff.household_of(session, user)
    form = Filled[Any].showing(**asdict(home))
    return {"form": form, "lists": links(session, user)}


def links(session: Session, user: User) -> list[dict[str, str]]:
    """Returns the lists a person may keep: their agency's own, or every agency's for the administrator."""
    found = colleagues.agencies(session, user)
    return [{"name": one.name, "href": f"/agencies/{one.id.hex}/colleagues"} for one in found]
