"""What a person's own page shows, and what is typed there."""

from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Filled, Lines
from conferences.errors import NotFound
from conferences.models import Agency, User
from conferences.wall import staff
from conferences.wall.staff import Home


class Living(BaseModel):
    """Where somebody lives and is rung at home; all of it may be left out."""

    phones: Annotated[Annotated[Lines, Field(max_length=400)] | None, Field(title="the numbers")] = None
    line: Annotated[str | None, Field(max_length=200, title="the house and street")] = None
    postcode: Annotated[str | None, Field(max_length=20, title="the postcode")] = None

    def home(self) -> Home:
        """The same as the domain takes it."""
        return Home(self.phones, self.line, self.postcode)


class Colleagues(BaseModel):
    """Everyone who works for an agency without an account, one name a line."""

    names: Annotated[Annotated[Lines, Field(max_length=20_000)] | None, Field(title="the names")] = None


def own_agency(user: User) -> Agency:
    """Returns the agency a person works for."""
    if user.agency is None:
        raise NotFound
    return user.agency


def page(session: Session, user: User) -> dict[str, Any]:
    """Gathers what a person has said, and their agency's list."""
    home, agency = staff.household_of(session, user), own_agency(user)
    names = "\n".join(staff.colleagues_of(session, agency))
    form = Filled[Any].showing(phones=home.phones, line=home.line, postcode=home.postcode, names=names)
    return {"form": form, "agency": agency.name}
