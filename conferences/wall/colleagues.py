"""Those who work for an agency without an account: named, changed and ended by who answers for the agency.

What is written of their home is compared and shown to nobody again: it can only be written anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, Uuid, func, select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.errors import Refused
from conferences.matching import Facts
from conferences.models import Agency, Employee, User, new_id
from conferences.permissions import Permission, may, require
from conferences.sealing import new_data_key, seal, unseal
from conferences.wall import staff
from conferences.wall.staff import Home

MOST = 500


@dataclass(frozen=True)
class Colleague:
    """Somebody's name, and where they live as far as it was given."""

    name: str
    home: Home = field(default_factory=Home)


@dataclass(frozen=True)
class Listed:
    """Somebody on an agency's list: the name, and which of phones, line, postcode and mails is kept."""

    id: UUID
    name: str
    kept: tuple[str, ...]


def listed(session: Session, actor: User, agency: Agency) -> list[Listed]:
    """Returns who is on an agency's list, by name, for whoever answers for it."""
    require(actor, Permission.NAME_COLLEAGUES, agency)
    found = [Listed(row.id, name, _kept(row)) for row, name in _named(session, [agency])]
    return sorted(found, key=lambda one: (same(one.name), one.id))


def agencies(session: Session, actor: User) -> list[Agency]:
    """Returns the agencies whose list a person may keep, by name."""
    here = select(Agency).where(Agency.area_id == actor.area_id).order_by(Agency.name)
    return [one for one in session.scalars(here) if permitted(actor, one)]


def permitted(actor: User, agency: Agency) -> bool:
    """Returns whether a person may keep an agency's list."""
    return may(actor, Permission.NAME_COLLEAGUES, agency)


def one(session: Session, actor: User, row: Employee) -> Listed:
    """Returns one of an agency's list."""
    require(actor, Permission.NAME_COLLEAGUES, _agency_of(session, row))
    return Listed(row.id, unseal(session, row, "name") or "", _kept(row))


def add(session: Session, actor: User, agency: Agency, given: Colleague, *, now: datetime) -> Employee:
    """Adds somebody to an agency's list; the same person twice is harmless.

    Refused for a name that is there already with another home. The caller then asks for the comparison.
    """
    require(actor, Permission.NAME_COLLEAGUES, agency)
    known = _by_name(session, agency)
    before = known.get(same(given.name))
    if before is not None and (given.home.is_empty or staff.opened(session, before) == given.home):
        return before
    if before is not None:
        raise Refused("This name is on the list. Change it there, or tell the two apart.", field="name")
    return _added(session, actor, agency, given, len(known), now)


def _added(
    session: Session, actor: User, agency: Agency, given: Colleague, before: int, now: datetime
) -> Employee:
    if before >= MOST:
        raise Refused("The list holds 500 names already. End those who have left.", field="name")
    row = Employee(id=new_id(), agency_id=agency.id, data_key=new_data_key(session))
    row.named_at, row.named_by_id = now, actor.id
    _write(session, row, given)
    session.add(row)
    audit.record(session, actor, "colleague.added", row, at=now)
    session.flush()
    return row


def change(
    session: Session, actor: User, row: Employee, name: str, home: Home | None, *, now: datetime
) -> None:
    """Writes a name anew, and a home as a whole; without one what is kept of the home stays."""
    agency = _agency_of(session, row)
    require(actor, Permission.NAME_COLLEAGUES, agency)
    namesake = _by_name(session, agency).get(same(name))
    if namesake is not None and namesake.id != row.id:
        raise Refused("This name is on the list. Change it there, or tell the two apart.", field="name")
    _write(session, row, Colleague(name, staff.opened(session, row) if home is None else home))
    audit.record(session, actor, "colleague.changed", row, at=now)
    session.flush()


def end(session: Session, actor: User, row: Employee, *, now: datetime) -> None:
    """Takes somebody off the list and forgets their home. What was found by it stays for the coordinator."""
    require(actor, Permission.NAME_COLLEAGUES, _agency_of(session, row))
    if row.removed_at is not None:
        return
    staff.keep(session, row, Home())
    row.removed_at, row.removed_by_id = now, actor.id
    audit.record(session, actor, "colleague.ended", row, at=now)
    session.flush()


def bring(session: Session, actor: User, agency: Agency, given: Sequence[Colleague], *, now: datetime) -> int:
    """Adds everyone of a list, and writes the homes of those who are on it already; nobody is taken off.

    Returns how many names are new; twice changes nothing. Refused as a whole for what cannot be compared.
    """
    require(actor, Permission.NAME_COLLEAGUES, agency)
    if len({same(one.name) for one in given}) < len(given):
        raise Refused("A name is there twice. Write it once, or tell the two apart.", field="names")
    known, new = _by_name(session, agency), 0
    for one in given:
        before = known.get(same(one.name))
        if before is None:
            _added(session, actor, agency, one, len(known) + new, now)
            new += 1
        elif not one.home.is_empty and staff.opened(session, before) != one.home:
            _write(session, before, Colleague(unseal(session, before, "name") or "", one.home))
            audit.record(session, actor, "colleague.changed", before, at=now)
    audit.record(session, actor, "colleagues.named", agency, at=now)
    session.flush()
    return new


def _write(session: Session, row: Employee, given: Colleague) -> None:
    name = " ".join(given.name.split())
    if not name or len(name) > 200:
        raise Refused("Write their name, at most 200 characters.", field="name")
    staff.check(given.home)
    seal(session, row, "name", name)
    staff.keep(session, row, given.home)


def same(name: str) -> str:
    """Returns a name as two are compared on a list: spaces and capitals do not count."""
    return " ".join(name.casefold().split())


def _kept(row: Employee) -> tuple[str, ...]:
    return tuple(part.name for part in fields(Home) if getattr(row, f"{part.name}_sealed") is not None)


def _agency_of(session: Session, row: Employee) -> Agency:
    return session.get_one(Agency, row.agency_id)


def _by_name(session: Session, agency: Agency) -> dict[str, Employee]:
    return {same(name): row for row, name in _named(session, [agency])}


def _named(session: Session, some: Sequence[Agency]) -> list[tuple[Employee, str]]:
    ids = [agency.id for agency in some]
    rows = session.scalars(select(Employee).where(Employee.agency_id.in_(ids), Employee.removed_at.is_(None)))
    return [(row, unseal(session, row, "name") or "") for row in rows]


def lists(session: Session) -> list[tuple[UUID, UUID]]:
    """Returns the agencies of all areas that list somebody, each with one who named somebody there."""
    wanted = select(Employee.agency_id, func.min(Employee.named_by_id.cast(Text)).cast(Uuid))
    rows = session.execute(wanted.where(Employee.removed_at.is_(None)).group_by(Employee.agency_id))
    return sorted((agency, actor) for agency, actor in rows)


def facts_of(session: Session, some: Iterable[Agency]) -> list[tuple[Agency, Facts]]:
    """Returns what those who work for some agencies without an account are compared by."""
    known = {agency.id: agency for agency in some}
    return [
        (known[row.agency_id], staff.facts(name, staff.opened(session, row)))
        for row, name in _named(session, list(known.values()))
    ]
