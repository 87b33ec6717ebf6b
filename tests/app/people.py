"""Accounts for the tests of signing in, made through the same verbs as everywhere."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.auth import accounts, codes
from conferences.models import Agency, AgencyKind, Area, Nation, Role, User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ashmere(session: Session, now: datetime) -> Area:
    """Makes the area everything happens in."""
    area = Area(
        name="Ashmere",
        service_name="Ashmere partnership",
        reference_prefix="AS",
        nation=Nation.ENGLAND,
        help_phone="01632 960100",
        created_at=now,
    )
    session.add(area)
    session.flush()
    return area


def ben(session: Session, password_hash: str, now: datetime) -> User:
    """Makes Ben, who coordinates, with a password and a one-time code."""
    area = ashmere(session, now)
    host = Agency(area_id=area.id, name="Ashmere Council", code="host", kind=AgencyKind.HOST)
    session.add(host)
    session.flush()
    user = accounts.add(
        session, host, Role.COORDINATOR, name="Ben Ormerod", email="ben@ashmere.example", now=now
    )
    accounts.give_secrets(session, user, password_hash=password_hash, code_secret=SECRET)
    session.commit()
    return user


def code(now: datetime) -> str:
    """Returns what the authenticator app shows at a moment."""
    return codes.code_at(SECRET, now)
