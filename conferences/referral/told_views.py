"""What the form was told, as one reader may see it: by data class and by agency."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import fields
from conferences.fields import FieldClass, FormField, Sheet
from conferences.models import Agency, Case, Involvement, Referral, ReferralStatus, User
from conferences.permissions import Permission, may
from conferences.person import people
from conferences.referral import told
from conferences.visibility import visible_to


@dataclass(frozen=True)
class Told:
    """What one part says about one thing: who it is about, and each field with its answer."""

    sheet: Sheet
    about: str
    person: UUID | None
    answers: list[tuple[FormField, Any]]


def may_read(user: User, referral: Referral, one: FormField) -> bool:
    """Returns whether a person may read one field.

    The author may; others read what is theirs by role, an agency's own number only in that agency, and what
    could get somebody hurt not at all here: it opens with how to reach them, and the look is recorded.
    """
    if referral.referrer_id == user.id:
        return True
    if one.data_class is FieldClass.SAFE:
        return False
    if one.agencies and (user.agency is None or user.agency.kind not in one.agencies):
        return False
    return may(user, Permission.VIEW_CASE, referral.case) or may(user, Permission.VIEW_REFERRAL, referral)


def of_referral(session: Session, user: User, referral: Referral) -> list[Told]:
    """Returns everything the form says that this person may read, part by part, without what is empty."""
    return list(_parts(session, referral, lambda one: may_read(user, referral, one)))


def kept_apart(session: Session, referral: Referral) -> list[Told]:
    """Returns what could get somebody hurt; the caller has asked and recorded as for safe contact."""
    return list(_parts(session, referral, lambda one: one.data_class is FieldClass.SAFE))


def newest(session: Session, user: User, case: Case) -> Referral | None:
    """Returns the newest referral of a case that was sent and that this person may know of."""
    seen = visible_to(user, Referral).where(
        Referral.case_id == case.id, Referral.status != ReferralStatus.DRAFT
    )
    return session.scalars(seen.order_by(Referral.submitted_at.desc()).limit(1)).first()


def agency_names(session: Session, user: User) -> dict[str, str]:
    """Returns the area's agencies by reference, for what is stored as a list of agencies."""
    return {row.id.hex: row.name for row in session.scalars(select(Agency).filter_by(area_id=user.area_id))}


def _parts(session: Session, referral: Referral, wanted: Any) -> Iterator[Told]:
    for sheet in fields.form().sheets.values():
        asked = [one for one in sheet.fields if not one.home and wanted(one)]
        for row in told.rows_for(referral, sheet) if asked else []:
            known = told.read(session, row)
            answers = [(one, known[one.key]) for one in asked if one.key in known]
            if answers:
                person = row if isinstance(row, Involvement) and sheet.each else None
                about = people.name_of(session, person) if person else ""
                yield Told(sheet, about, person.id if person else None, answers)
