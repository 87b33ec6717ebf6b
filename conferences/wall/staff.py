"""What the service knows of its own people by which a case may be about their household.

Nobody else reads it: it is only compared, and whoever is like somebody in a case is shut out of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.errors import Refused
from conferences.finding.indexing import lines_of, postcodes_in, several
from conferences.matching import Facts
from conferences.matching.reaching import line, phone
from conferences.models import Agency, Employee, Household, User, new_id
from conferences.permissions import Permission, require
from conferences.sealing import new_data_key, seal, unseal

MOST_NAMES = 500


@dataclass(frozen=True)
class Home:
    """Somebody's own telephones, one a line, and the first line and the postcode of their home."""

    phones: str | None = None
    line: str | None = None
    postcode: str | None = None


def keep_household(session: Session, actor: User, home: Home, *, now: datetime) -> None:
    """Keeps what a person says of their own home, or forgets it when nothing is said.

    Refused where it could never be compared. The caller then asks for the comparison.
    """
    require(actor, Permission.KEEP_HOUSEHOLD, actor)
    _check(home)
    row = _row_of(session, actor)
    if row is None:
        row = Household(id=new_id(), user_id=actor.id, data_key=actor.data_key)
        session.add(row)
    for column in ("phones", "line", "postcode"):
        seal(session, row, column, getattr(home, column))
    row.given_at = now
    audit.record(session, actor, "household.given", actor, at=now)
    session.flush()


def _check(home: Home) -> None:
    if any(not phone(one) for one in several(home.phones)):
        raise Refused("Write each telephone number in full, one on a line.", field="phones")
    if home.line and len(line(home.line)) < 5:
        raise Refused("Write the number and the street, such as 14 Elm Road.", field="line")
    if home.postcode and len(postcodes_in(home.postcode)) != 1:
        raise Refused("Write one postcode in full.", field="postcode")
    if home.line and not home.postcode:
        raise Refused("Write the postcode too. The same street is in many places.", field="postcode")


def household_of(session: Session, user: User) -> Home:
    """Returns what a person said of their own home."""
    row = _row_of(session, user)
    return _opened(session, row) if row else Home()


def _row_of(session: Session, user: User) -> Household | None:
    return session.scalars(select(Household).where(Household.user_id == user.id)).one_or_none()


def _opened(session: Session, row: Household) -> Home:
    return Home(*(unseal(session, row, column) for column in ("phones", "line", "postcode")))


def name_colleagues(
    session: Session, actor: User, agency: Agency, names: Iterable[str], *, now: datetime
) -> None:
    """Keeps the names of everyone who works for an agency without an account; the whole list at once."""
    require(actor, Permission.NAME_COLLEAGUES, agency)
    wanted = {_same(name): name for one in names if (name := " ".join(one.split()))}
    if len(wanted) > MOST_NAMES or any(len(name) > 200 for name in wanted.values()):
        raise Refused("Write one name a line, at most 500 names.", field="names")
    held = {_same(name): row for row, name in _named(session, [agency])}
    for key in held.keys() - wanted.keys():
        held[key].removed_at, held[key].removed_by_id = now, actor.id
    for key in sorted(wanted.keys() - held.keys()):
        row = Employee(id=new_id(), agency_id=agency.id, data_key=new_data_key(session))
        row.named_at, row.named_by_id = now, actor.id
        seal(session, row, "name", wanted[key])
        session.add(row)
    audit.record(session, actor, "colleagues.named", agency, at=now)
    session.flush()


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def colleagues_of(session: Session, agency: Agency) -> list[str]:
    """Returns the names of those who work for an agency without an account."""
    return sorted(name for _, name in _named(session, [agency]))


def _named(session: Session, agencies: Sequence[Agency]) -> list[tuple[Employee, str]]:
    ids = [agency.id for agency in agencies]
    rows = session.scalars(select(Employee).where(Employee.agency_id.in_(ids), Employee.removed_at.is_(None)))
    return [(row, unseal(session, row, "name") or "") for row in rows]


def facts_of_users(session: Session, users: Sequence[User]) -> list[tuple[User, Facts]]:
    """Returns what people with an account are compared by: their name, telephones and home."""
    ids = [user.id for user in users]
    rows = session.scalars(select(Household).where(Household.user_id.in_(ids)))
    homes = {row.user_id: _opened(session, row) for row in rows}
    return [(user, _facts(unseal(session, user, "name"), homes.get(user.id, Home()))) for user in users]


def _facts(name: str | None, home: Home) -> Facts:
    return Facts(
        name=name,
        phones=several(home.phones),
        postcodes=postcodes_in(home.postcode),
        address_lines=lines_of(home.line),
    )


def employees(session: Session, agencies: Sequence[Agency]) -> list[tuple[Agency, str]]:
    """Returns those who work for some agencies without an account: the agency and the name."""
    known = {agency.id: agency for agency in agencies}
    return [(known[row.agency_id], name) for row, name in _named(session, agencies)]
