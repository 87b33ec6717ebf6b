"""What the service knows of its own people by which a case may be about their household.

Nobody else reads it: it is only compared, and whoever is like somebody in a case is shut out of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.errors import refuse_any
from conferences.finding.indexing import lines_of, postcodes_in, several
from conferences.matching import Facts
from conferences.matching.reaching import line, mail, phone
from conferences.models import Household, Membership, User, new_id
from conferences.permissions import Permission, require
from conferences.sealing import seal, unseal


@dataclass(frozen=True)
class Home:
    """Somebody's own telephones and mail addresses, one a line, and the house and postcode of their home."""

    phones: str | None = None
    line: str | None = None
    postcode: str | None = None
    mails: str | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is said."""
        return not any(astuple(self))


def keep_household(session: Session, actor: User, home: Home, *, now: datetime) -> None:
    """Keeps what a person says of their own home, or forgets it when nothing is said.

    Refused where it could never be compared. The caller then asks for the comparison.
    """
    require(actor, Permission.KEEP_HOUSEHOLD, actor)
    check(home)
    row = _row_of(session, actor)
    if row is None:
        row = Household(id=new_id(), user_id=actor.id, data_key=actor.data_key)
        session.add(row)
    keep(session, row, home)
    row.given_at = now
    audit.record(session, actor, "household.given", actor, at=now)
    session.flush()


def check(home: Home) -> None:
    """Raises Refused for what could never be compared."""
    refuse_any(_slips(home))


def _slips(home: Home) -> Iterator[tuple[str, str]]:
    if any(not phone(one) for one in several(home.phones)):
        yield "phones", "Write each telephone number in full, one on a line."
    if any(not mail(one) for one in several(home.mails)):
        yield "mails", "Write each mail address in full, one on a line."
    if home.line and len(line(home.line)) < 5:
        yield "line", "Write the number and the street, such as 14 Elm Road."
    if home.postcode and len(postcodes_in(home.postcode)) != 1:
        yield "postcode", "Write one postcode in full."
    if home.line and not home.postcode:
        yield "postcode", "Write the postcode too. The same street is in many places."


def keep(session: Session, row: Any, home: Home) -> None:
    """Seals a home in a row; what is not said is emptied."""
    for one in fields(home):
        seal(session, row, one.name, getattr(home, one.name))


def opened(session: Session, row: Any) -> Home:
    """Opens the home that is sealed in a row, to compare it; who shows it asks whether the reader may."""
    return Home(**{one.name: unseal(session, row, one.name) for one in fields(Home)})


def household_of(session: Session, user: User) -> Home:
    """Returns what a person said of their own home."""
    row = _row_of(session, user)
    return opened(session, row) if row else Home()


def _row_of(session: Session, user: User) -> Household | None:
    return session.scalars(select(Household).where(Household.user_id == user.id)).one_or_none()


def facts_of_users(session: Session, users: Sequence[User]) -> list[tuple[User, Facts]]:
    """Returns what people with an account are compared by: name, sign-in address, and their home."""
    ids = [user.id for user in users]
    rows = session.scalars(select(Household).where(Household.user_id.in_(ids)))
    homes = {row.user_id: opened(session, row) for row in rows}
    found = []
    for user in users:
        name, address = unseal(session, user, "name"), unseal(session, user, "email")
        found.append((user, facts(name, homes.get(user.id, Home()), address)))
    return found


def with_a_place(session: Session) -> Sequence[UUID]:
    """Returns everybody of all areas who has a place in an agency now."""
    placed = select(Membership.user_id).where(Membership.ended_at.is_(None))
    return session.scalars(placed.order_by(Membership.user_id)).all()


def facts(name: str | None, home: Home, sign_in: str | None = None) -> Facts:
    """Returns a name and a home as the matcher compares them; `sign_in` is a further mail address."""
    return Facts(
        name=name,
        phones=several(home.phones),
        postcodes=postcodes_in(home.postcode),
        address_lines=lines_of(home.line),
        mails=(*several(home.mails), *([sign_in] if sign_in else ())),
    )
