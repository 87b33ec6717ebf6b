"""The copies a person has asked for, newest first."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from conferences.models import Agency, Document, User
from conferences.visibility import visible_to

SHOWN = 50


def copies_for(session: Session, actor: User) -> Sequence[Document]:
    """Returns the newest fifty copies made for this person."""
    newest = visible_to(actor, Document).order_by(Document.asked_at.desc(), Document.number)
    return session.scalars(newest.limit(SHOWN)).all()


def agency_named(agencies: Sequence[Agency], reference: str) -> Agency | None:
    """Returns the agency with this identifier among those given, or None."""
    return next((one for one in agencies if one.id.hex == reference), None)
