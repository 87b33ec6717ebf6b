"""Whose own name is like one in a case: shut out at once, until a coordinator has looked.

Names are compared whenever an account is made and whenever a referral is sent. Rather one too many: a person
who is shut out by mistake is let in again with a reason, one who read their sister's case is not.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, register, walls
from conferences.indexing import facts_of
from conferences.matching import Facts, judge
from conferences.models import Case, Exclusion, Involvement, Membership, User, new_id
from conferences.sealing import seal, unseal

# What two names must have in common, in bits: more than a first name, and more than a family name alone.
ALIKE = 10.0


def look_at_user(session: Session, user: User, *, now: datetime) -> None:
    """Compares somebody given an account with everyone in the area's cases, and with names kept out."""
    known = Facts(name=unseal(session, user, "name"))
    found = register.candidates_for_area(session, user.area_id, known, now=now)
    reasons = {UUID(one.id): one.reasons for one in found}
    wanted = select(Involvement).where(
        Involvement.person_id.in_(list(reasons)), Involvement.removed_at.is_(None)
    )
    for row in session.scalars(wanted):
        case = session.get_one(Case, row.case_id)
        _suspect(session, case, user, reasons[row.person_id], now)
    for wall in _named(session, user):
        verdict = judge(known, Facts(name=unseal(session, wall, "named")))
        if verdict is not None and verdict.bits >= ALIKE:
            _suspect(session, session.get_one(Case, wall.case_id), user, verdict.reasons, now)


def _named(session: Session, user: User) -> Iterable[Exclusion]:
    """The exclusions in force of people who had no account when they were named."""
    return session.scalars(
        select(Exclusion)
        .join(Case, Case.id == Exclusion.case_id)
        .where(
            Case.area_id == user.area_id, Exclusion.named_sealed.is_not(None), Exclusion.lifted_at.is_(None)
        )
    ).all()


def look_at_case(session: Session, case: Case, *, now: datetime) -> None:
    """Compares everyone who can sign in with the people of a case, and with the names kept out of it."""
    parties = [facts_of(session, row.person) for row in case.involvements]
    names = [unseal(session, wall, "named") for wall in case.exclusions]
    parties += [Facts(name=name) for name in names if name]
    staff = select(User).join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
    for user in session.scalars(staff.where(User.area_id == case.area_id, User.id != case.opened_by_id)):
        known = Facts(name=unseal(session, user, "name"))
        verdicts = [verdict for party in parties if (verdict := judge(known, party)) is not None]
        alike = [one for one in verdicts if one.bits >= ALIKE]
        if alike:
            _suspect(session, case, user, max(alike, key=lambda one: one.bits).reasons, now)


def _suspect(session: Session, case: Case, user: User, reasons: tuple[str, ...], now: datetime) -> None:
    earlier = select(Exclusion.id).where(Exclusion.case_id == case.id, Exclusion.user_id == user.id)
    if session.scalar(earlier.limit(1)) is not None:
        return  # shut out already, or somebody has looked and said that they are not the same
    if [one.id for one in walls.deciders(session, case)] == [user.id]:
        audit.record(session, None, "person.left_to_decide", case, at=now)
        return  # a case that nobody may know of is a case that is lost
    row = Exclusion(id=new_id(), case_id=case.id, user_id=user.id, data_key=case.data_key, at=now)
    row.suggested_at = now
    seal(session, row, "reason", "; ".join(("Their name is like one in this case", *reasons)))
    session.add(row)
    audit.record(session, None, "person.suspected", case, at=now)
    session.flush()
    session.refresh(case, ["exclusions"])
