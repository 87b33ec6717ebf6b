"""Destroying what drafts put aside had said, once nobody could want them back."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.finding import indexing
from conferences.models import DataKey, Involvement, Person, Referral


def destroy_put_aside(session: Session, *, now: datetime) -> int:
    """Destroys the keys of drafts put aside four weeks ago, and returns how many drafts they were.

    Which drafts these are the database decides by its own clock (revision 0030). What is left of one is that
    it was there, whose it was and when. Whoever is known from elsewhere keeps their key and stays findable.
    """
    session.flush()
    ids = session.scalars(select(func.destroy_put_aside())).all()
    for row in session.scalars(select(Referral).where(Referral.id.in_(ids)).order_by(Referral.id)):
        persons = (
            select(Person.id)
            .join(Involvement, Involvement.person_id == Person.id)
            .join(DataKey, DataKey.id == Person.data_key_id)
            .where(Involvement.case_id == row.case_id, DataKey.wrapped.is_(None))
        )
        for person_id in session.scalars(persons).all():
            indexing.forget(session, person_id)
        audit.record(session, None, "referral.destroyed", row, at=now)
    session.flush()
    session.expire_all()
    return len(ids)
