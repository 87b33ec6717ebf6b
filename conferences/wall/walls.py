"""The conflict wall: who must never learn of a case, the few who alone may, and how either ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from conferences import audit
from conferences.errors import NotFound, Refused
from conferences.forbidding import NEVER
from conferences.models import (
    Agency,
    Case,
    Exclusion,
    Listing,
    Membership,
    Referral,
    Restriction,
    Role,
    User,
    new_id,
)
from conferences.permissions import Permission, may, require
from conferences.sealing import seal, unseal
from conferences.visibility import visible_to

Wall = Exclusion | Restriction
NOBODY_LEFT = "Somebody must be left who can decide. Leave at least one coordinator or chair who may know."


@dataclass(frozen=True)
class WallShown:
    """One exclusion or one of the few, as those who may end it read it."""

    id: UUID
    who: str
    why: str
    at: datetime
    to_confirm: bool = False


def is_shut_out(case: Case, agency: Agency) -> bool:
    """Returns whether a whole agency may not know of a case, so that nothing may be asked of it there."""
    if any(wall.agency_id == agency.id for wall in case.exclusions):
        return True
    return bool(case.restrictions) and all(agency.id not in _agencies_of(one) for one in case.restrictions)


def _agencies_of(row: Restriction) -> set[UUID | None]:
    """A person among the few may act for their agency."""
    return {row.agency_id, row.user.agency_id if row.user else None} - {None}


def exclude(
    session: Session,
    actor: User,
    case: Case,
    *,
    user_id: UUID | None = None,
    agency_id: UUID | None = None,
    named: str | None = None,
    reason: str,
    now: datetime,
) -> None:
    """Shuts a person, a whole agency, or somebody named who has no account yet, out of a case.

    To them it no longer exists anywhere, and no case that was added to it as an update does either. Refused
    where nobody would be left who can decide.
    """
    require(actor, Permission.EXCLUDE, case)
    if not named:
        _of_this_area(session, case, user_id, agency_id)
    for one in (case, *joined(session, case)):
        shut_out = {wall.user_id or wall.agency_id for wall in one.exclusions}
        if named or (user_id or agency_id) not in shut_out:
            _exclude(session, actor, one, user_id, agency_id, named, reason, now)


def _exclude(
    session: Session,
    actor: User,
    case: Case,
    user_id: UUID | None,
    agency_id: UUID | None,
    named: str | None,
    reason: str,
    now: datetime,
) -> None:
    row = Exclusion(id=new_id(), case_id=case.id, user_id=user_id, agency_id=agency_id)
    row.data_key, row.at, row.by_id = case.data_key, now, actor.id
    seal(session, row, "named", named)
    seal(session, row, "reason", reason)
    session.add(row)
    _check(session, actor, case, draft_field="who")
    audit.record(session, actor, "person.excluded", case, at=now)


def restrict(
    session: Session,
    actor: User,
    case: Case,
    *,
    user_id: UUID | None = None,
    agency_id: UUID | None = None,
    reason: str,
    now: datetime,
) -> None:
    """Adds one of the few who alone may know of a case; whoever says so, and its author, stay among them.

    Refused until a coordinator or a chair is among the few. A case that was added to it is kept to them too.
    """
    require(actor, Permission.EXCLUDE, case)
    _of_this_area(session, case, user_id, agency_id)
    for one in (case, *joined(session, case)):
        _restrict(session, actor, one, user_id, agency_id, reason, now)


def _restrict(
    session: Session,
    actor: User,
    case: Case,
    user_id: UUID | None,
    agency_id: UUID | None,
    reason: str,
    now: datetime,
) -> None:
    known = {one.user_id or one.agency_id for one in case.restrictions}
    for added_user, added_agency in ((user_id, agency_id), (actor.id, None), (case.opened_by_id, None)):
        if (added_user or added_agency) in known:
            continue
        known.add(added_user or added_agency)
        row = Restriction(id=new_id(), case_id=case.id, user_id=added_user, agency_id=added_agency)
        row.data_key, row.at, row.by_id = case.data_key, now, actor.id
        seal(session, row, "reason", reason)
        session.add(row)
    _check(session, actor, case, draft_field="among")
    kind = User if user_id else Agency
    audit.record(session, actor, "case.restricted", case, at=now, fields=kind.__tablename__)


def joined(session: Session, case: Case) -> list[Case]:
    """Returns the cases that count as one with this: a referral of the one was added to a turn of the other.

    They speak of the same two people, so whoever must not know of one would learn of it by any other.
    """
    known, edge = {case.id}, {case.id}
    added = select(Listing.case_id, Referral.case_id).join(Referral, Referral.merged_into_id == Listing.id)
    while edge:
        touching = added.where(Listing.case_id.in_(edge) | Referral.case_id.in_(edge))
        edge = {one for both in session.execute(touching) for one in both} - known
        known |= edge
    wanted = select(Case).where(Case.id.in_(known - {case.id}))
    return list(session.scalars(wanted.order_by(Case.opened_at, Case.id)))


def _of_this_area(session: Session, case: Case, user_id: UUID | None, agency_id: UUID | None) -> None:
    found = session.get(User, user_id) if user_id else session.get(Agency, agency_id)
    if found is None or found.area_id != case.area_id:
        raise Refused("Choose a person or an agency of this area.", field="who")


def _check(session: Session, actor: User, case: Case, *, draft_field: str) -> None:
    session.flush()
    session.refresh(case, ["exclusions", "restrictions"])
    if not deciders(session, case):
        raise Refused(NOBODY_LEFT, field=draft_field)
    if case.shared_at is None and any(forbids(actor, case) for forbids in NEVER):
        raise Refused("You are writing this referral. Name the people, not your own agency.", field="who")


def deciders(session: Session, case: Case) -> list[User]:
    """Returns the coordinators and chairs of the area who may know of a case."""
    wanted = (
        select(User)
        .join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
        .where(User.area_id == case.area_id, Membership.role.in_((Role.COORDINATOR, Role.CHAIR)))
    )
    return [one for one in session.scalars(wanted) if not any(forbids(one, case) for forbids in NEVER)]


def lift(session: Session, actor: User, case: Case, wall_id: UUID, *, reason: str, now: datetime) -> None:
    """Ends one exclusion, signed and with a reason; twice changes nothing."""
    require(actor, Permission.LIFT_WALL, case)
    row = session.get(Exclusion, wall_id, with_for_update=True)
    if row is None or row.case_id != case.id:
        raise NotFound
    if row.lifted_at is None:
        for one, wall in _alike(session, case, row):
            _lift(session, actor, one, [wall], reason, now)


def confirm(session: Session, actor: User, case: Case, wall_id: UUID, *, now: datetime) -> None:
    """Says that somebody who is like a person in the case stays shut out; twice changes nothing."""
    require(actor, Permission.LIFT_WALL, case)
    row = session.get(Exclusion, wall_id, with_for_update=True)
    if row is None or row.case_id != case.id:
        raise NotFound
    for one, wall in _alike(session, case, row):
        if waits(wall):
            wall.confirmed_at, wall.confirmed_by_id = now, actor.id
            audit.record(session, actor, "person.confirmed", one, at=now)
    session.flush()


def _alike(session: Session, case: Case, row: Exclusion) -> list[tuple[Case, Exclusion]]:
    """An exclusion, and those in force of the same person, agency or name in the cases joined to it."""

    def meant(wall: Exclusion) -> tuple[object, ...]:
        return (wall.user_id, wall.agency_id, unseal(session, wall, "named"))

    others = [(one, wall) for one in joined(session, case) for wall in one.exclusions]
    return [(case, row), *((one, wall) for one, wall in others if meant(wall) == meant(row))]


def waits(row: Exclusion) -> bool:
    """Returns whether somebody was shut out only because they are like a person in the case."""
    return row.suggested_at is not None and row.confirmed_at is None and row.lifted_at is None


def is_to_look_at(actor: User, case: Case) -> bool:
    """Returns whether somebody shut out of a case for being like a person in it waits for this person."""
    return any(waits(row) for row in case.exclusions) and may(actor, Permission.LIFT_WALL, case)


def suggested(case_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Holds for a case out of which somebody is shut until a person has looked."""
    wanted = select(Exclusion.id).where(
        Exclusion.case_id == case_id,
        Exclusion.suggested_at.is_not(None),
        Exclusion.confirmed_at.is_(None),
        Exclusion.lifted_at.is_(None),
    )
    return wanted.exists()


def to_look_at(session: Session, actor: User) -> list[Case]:
    """Returns the cases in which somebody shut out for being like a person waits for this person."""
    wanted = visible_to(actor, Case).where(suggested(Case.id), Case.shared_at.is_not(None))
    rows = session.scalars(wanted.order_by(Case.opened_at, Case.id)).all()
    return [case for case in rows if may(actor, Permission.LIFT_WALL, case)]


def open_again(session: Session, actor: User, case: Case, *, reason: str, now: datetime) -> None:
    """Ends the restriction of a case to a few; those shut out of it stay shut out."""
    require(actor, Permission.LIFT_WALL, case)
    for one in (case, *joined(session, case)):
        if one.restrictions:
            _lift(session, actor, one, one.restrictions, reason, now)


def _lift(
    session: Session, actor: User, case: Case, rows: Iterable[Wall], reason: str, now: datetime
) -> None:
    if not reason or not reason.strip():
        raise Refused("Say why they may know of it now.", field="why")
    for row in rows:
        row.lifted_at, row.lifted_by_id = now, actor.id
        seal(session, row, "lifting_reason", reason)
    audit.record(session, actor, "wall.lifted", case, at=now)
    session.flush()
    session.refresh(case, ["exclusions", "restrictions"])


def shown(session: Session, case: Case) -> tuple[list[WallShown], list[WallShown]]:
    """Returns who is shut out of a case, and the few who alone may know of it, with the reasons."""
    rows: list[Wall] = [*case.exclusions, *case.restrictions]
    users = session.scalars(select(User).where(User.id.in_({row.user_id for row in rows if row.user_id})))
    names = {user.id: unseal(session, user, "name") or "" for user in users}
    agencies = select(Agency).where(Agency.id.in_({row.agency_id for row in rows if row.agency_id}))
    names |= {agency.id: agency.name for agency in session.scalars(agencies)}

    def one(row: Wall) -> WallShown:
        meant = row.user_id or row.agency_id
        named = unseal(session, row, "named") if isinstance(row, Exclusion) and meant is None else None
        who = names[meant] if meant else named or ""
        looks = isinstance(row, Exclusion) and waits(row)
        return WallShown(row.id, who, unseal(session, row, "reason") or "", row.at, looks)

    return [one(row) for row in case.exclusions], [one(row) for row in case.restrictions]
