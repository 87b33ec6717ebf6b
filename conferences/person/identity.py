"""Who is the same person: what somebody decided about two records, remembered and reversible.

Nothing is ever copied from one record to the other. Two records are one person while a decision that says so
is in force, so undoing the decision restores both exactly.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.errors import NotFound, Refused
from conferences.models import Case, IdentityDecision, Involvement, Person, Sameness, User, new_id
from conferences.permissions import Permission, require
from conferences.records import decided, records_of
from conferences.sealing import seal, unseal
from conferences.visibility import visible_to
from conferences.wall import conflicts

__all__ = ["decided", "records_of"]


def person_shown(session: Session, actor: User, person_id: UUID) -> Person:
    """Returns a person named in a case the actor may know of; anybody else does not exist."""
    if not _known_to(session, actor, (person_id,)):
        raise NotFound
    return session.get_one(Person, person_id)


def decide(
    session: Session,
    actor: User,
    one: Person,
    other: Person,
    answer: Sameness,
    *,
    reason: str | None,
    now: datetime,
) -> IdentityDecision:
    """Remembers whether two records are the same person; a later answer replaces an earlier one."""
    require(actor, Permission.DECIDE_IDENTITY)
    for person in (one, other):
        person_shown(session, actor, person.id)
    if one.id == other.id:
        raise Refused("This is one and the same record.", field="answer")
    if answer is Sameness.SAME:
        _refuse_contradiction(session, actor, one, other)
    if answer is not Sameness.NOT_SURE and not reason:
        raise Refused("Say what made you sure, in a sentence.", field="reason")
    earlier = in_force(session, one.id, other.id)
    if earlier is not None:
        _undo(earlier, actor, now)
        session.flush()
    first, second = sorted((one, other), key=lambda person: person.id)
    row = IdentityDecision(
        id=new_id(), area_id=one.area_id, one_id=first.id, other_id=second.id, data_key=first.data_key
    )
    row.answer, row.at, row.by_id = answer, now, actor.id
    seal(session, row, "reason", reason)
    session.add(row)
    session.flush()
    audit.record(session, actor, f"identity.{answer.value}", row, at=now)
    if answer is Sameness.SAME:
        conflicts.look_at_people(session, (one.id, other.id), now=now)
    return row


def undo(session: Session, actor: User, row: IdentityDecision, *, now: datetime) -> None:
    """Takes a decision back: both records are again exactly what they were before it."""
    require(actor, Permission.DECIDE_IDENTITY)
    for person_id in (row.one_id, row.other_id):
        person_shown(session, actor, person_id)
    if row.undone_at is None:
        _undo(row, actor, now)
        audit.record(session, actor, "identity.undone", row, at=now)
        session.flush()


def _undo(row: IdentityDecision, actor: User, now: datetime) -> None:
    row.undone_at, row.undone_by_id = now, actor.id


def in_force(session: Session, one: UUID, other: UUID) -> IdentityDecision | None:
    """Returns what was last decided about two records and not taken back since."""
    first, second = sorted((one, other))
    wanted = select(IdentityDecision).where(
        IdentityDecision.one_id == first,
        IdentityDecision.other_id == second,
        IdentityDecision.undone_at.is_(None),
    )
    return session.scalars(wanted.with_for_update()).one_or_none()


def reason_of(session: Session, row: IdentityDecision) -> str | None:
    """Reads why somebody decided so."""
    return unseal(session, row, "reason")


def _refuse_contradiction(session: Session, actor: User, one: Person, other: Person) -> None:
    """Three records cannot be one person while two of them were found to be different people.

    A decision about a record that the actor may not know of is not told them by a refusal either.
    """
    groups = records_of(session, (one.id, other.id))
    known = _known_to(session, actor, groups[one.id] | groups[other.id])
    for pair, row in decided(session, groups[one.id] & known).items():
        apart = row.answer is Sameness.DIFFERENT and set(pair) != {one.id, other.id}
        if apart and any(person in groups[other.id] & known for person in pair):
            raise Refused(
                "One of these records was found to be a different person from another of them. "
                "Take that decision back first.",
                field="answer",
            )


def _known_to(session: Session, actor: User, ids: Iterable[UUID]) -> set[UUID]:
    """Those of the records that are in a case the actor may know of."""
    seen = visible_to(actor, Case).with_only_columns(Case.id)
    named = select(Involvement.person_id).where(
        Involvement.case_id.in_(seen), Involvement.removed_at.is_(None), Involvement.person_id.in_(set(ids))
    )
    return set(session.scalars(named))
