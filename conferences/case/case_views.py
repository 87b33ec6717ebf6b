"""What a case looks like to one person: only what they may know of, and who else has looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, births
from conferences.errors import NotFound, Refused
from conferences.models import (
    Action,
    Agency,
    AuditEntry,
    Case,
    Conference,
    Involvement,
    Listing,
    ListingStatus,
    Membership,
    Part,
    Person,
    Referral,
    ReferralStatus,
    Role,
    User,
)
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.sealing import unseal
from conferences.visibility import visible_to
from conferences.wall import walls

PAGE = 50
LOOKS = (
    "referral.viewed",
    "case.viewed",
    "contact.viewed",
    "other_contact.viewed",
    "harm_contact.viewed",
    "address.viewed",
    "listing.viewed",
    "action.viewed",
    "access.missed",
)


@dataclass(frozen=True)
class PersonShown:
    """A person in a case: their part, what is known of them, their age in words on a day."""

    id: UUID
    part: Part
    name: str
    age: str
    details: PersonDetails


@dataclass(frozen=True)
class CaseRow:
    """A case in a list: by reference and initials, never by name; its newest referral and turn."""

    case: Case
    initials: str
    referral_id: UUID | None
    referral_status: ReferralStatus | None
    turn_status: ListingStatus | None
    meeting_at: datetime | None


@dataclass(frozen=True)
class Looked:
    """One line of who has looked at a case."""

    at: datetime
    who: str
    agency: str
    what: str
    reason: str | None


def persons(session: Session, case: Case, on: date) -> list[PersonShown]:
    """Returns everyone in a case, in the order they were named."""
    return [_person(session, row, on) for row in case.involvements]


def _person(session: Session, row: Involvement, on: date) -> PersonShown:
    known = people.details_of(session, row)
    age = births.age_words(known.born, on)
    return PersonShown(
        id=row.id, part=row.part, name=known.name or "Name not given yet", age=age, details=known
    )


def victim_person(case: Case) -> Person:
    """Returns the person at risk; raises Refused while nobody is named."""
    row = people.victim_of(case)
    if row is None:
        raise Refused("Nobody is named as at risk yet.")
    return row.person


def involved(case: Case, reference: str) -> Involvement:
    """Returns somebody in a case beside the person at risk, or raises NotFound."""
    for row in case.involvements:
        if row.id.hex == reference and row.part is not Part.VICTIM:
            return row
    raise NotFound


def case_list(session: Session, actor: User, *, page: int = 1) -> tuple[list[CaseRow], bool]:
    """Returns a page of the cases a person may know of, newest first, and whether there are older ones."""
    wanted = visible_to(actor, Case).order_by(Case.opened_at.desc(), Case.id)
    found = session.scalars(wanted.offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    referrals, turns = _newest(session, actor, [case.id for case in found[:PAGE]])
    return [_case_row(session, case, referrals, turns) for case in found[:PAGE]], len(found) > PAGE


def _newest(session: Session, actor: User, ids: list[UUID]) -> tuple[dict[UUID, Any], dict[UUID, Any]]:
    """The newest referral and the newest turn of each case, as the few columns a list shows."""
    referrals = visible_to(actor, Referral).where(Referral.case_id.in_(ids)).order_by(Referral.started_at)
    turns = visible_to(actor, Listing).where(Listing.case_id.in_(ids)).order_by(Listing.listed_at)
    found = session.execute(referrals.with_only_columns(Referral.case_id, Referral.id, Referral.status))
    wanted = turns.join(Conference, Conference.id == Listing.conference_id).with_only_columns(
        Listing.case_id, Listing.status, Conference.starts_at
    )
    return {row.case_id: row for row in found}, {row.case_id: row for row in session.execute(wanted)}


def _case_row(session: Session, case: Case, referrals: dict[UUID, Any], turns: dict[UUID, Any]) -> CaseRow:
    victim, referral, turn = people.victim_of(case), referrals.get(case.id), turns.get(case.id)
    return CaseRow(
        case=case,
        initials=people.initials(people.name_of(session, victim)) if victim else "",
        referral_id=referral.id if referral else None,
        referral_status=referral.status if referral else None,
        turn_status=turn.status if turn else None,
        meeting_at=turn.starts_at if turn else None,
    )


def referrals_of(session: Session, actor: User, case: Case) -> Sequence[Referral]:
    """Returns the referrals of a case that a person may know of, newest first."""
    wanted = visible_to(actor, Referral).where(Referral.case_id == case.id)
    return session.scalars(wanted.order_by(Referral.started_at.desc())).all()


def listings_of(session: Session, actor: User, case: Case) -> Sequence[Listing]:
    """Returns the turns of a case, and those its referrals were added to, newest first."""
    joined = visible_to(actor, Referral).where(Referral.case_id == case.id)
    turns = joined.with_only_columns(Referral.merged_into_id)
    wanted = visible_to(actor, Listing).where((Listing.case_id == case.id) | Listing.id.in_(turns))
    return session.scalars(wanted.order_by(Listing.listed_at.desc())).all()


def actions_of(session: Session, actor: User, case: Case) -> Sequence[Action]:
    """Returns the actions of a case that a person may know of, in order of date due."""
    wanted = visible_to(actor, Action).where(Action.case_id == case.id)
    return session.scalars(wanted.order_by(Action.due_on, Action.reference)).all()


def look(session: Session, actor: User, case: Case, *, now: datetime) -> None:
    """Opens a case and records who looked."""
    require(actor, Permission.VIEW_CASE, case)
    audit.record(session, actor, "case.viewed", case, at=now)


def who_has_looked(session: Session, actor: User, case: Case, *, most: int = 50) -> list[Looked]:
    """Returns who opened a case, its referrals, turns or actions, newest first; coordinators only."""
    if actor.role is not Role.COORDINATOR:
        return []
    subjects = [case.id]
    for rows in (referrals_of, listings_of, actions_of):
        subjects += [row.id for row in rows(session, actor, case)]
    wanted = select(AuditEntry).where(AuditEntry.subject_id.in_(subjects), AuditEntry.kind.in_(LOOKS))
    entries = session.scalars(wanted.order_by(AuditEntry.seq.desc()).limit(most)).all()
    wanted_ids = {entry.actor_id for entry in entries if entry.actor_id}
    users = {user.id: user for user in session.scalars(select(User).where(User.id.in_(wanted_ids)))}
    return [
        _looked(session, entry, users.get(entry.actor_id) if entry.actor_id else None) for entry in entries
    ]


def _looked(session: Session, entry: AuditEntry, user: User | None) -> Looked:
    name = unseal(session, user, "name") if user else None
    return Looked(
        at=entry.at,
        who=name or "",
        agency=user.agency.name if user and user.agency else "",
        what=audit.SENTENCES[entry.kind],
        reason=unseal(session, entry, "reason") if entry.data_key else None,
    )


def name_of_user(session: Session, user: User) -> str:
    """Returns the name of a signed-in person."""
    return unseal(session, user, "name") or ""


def agencies_with(session: Session, actor: User, case: Case) -> list[Agency]:
    """Returns the agencies of the area that may take part in a case, by name: none that may not know."""
    wanted = select(Agency).where(Agency.area_id == actor.area_id).order_by(Agency.name)
    return [agency for agency in session.scalars(wanted) if not walls.is_shut_out(case, agency)]


def colleagues(session: Session, actor: User) -> list[User]:
    """Returns the people of the area who can sign in and work with cases, by name."""
    wanted = (
        select(User)
        .join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
        .where(User.area_id == actor.area_id, User.is_active, Membership.role != Role.ADMINISTRATOR)
    )
    return sorted(session.scalars(wanted), key=lambda user: name_of_user(session, user))
