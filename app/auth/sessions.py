"""Sign-in sessions: kept in the database, so that one ends the moment it is ended."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.auth.tokens import new_token, token_hash
from conferences.models import SignInSession, User

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
HALF_WAY = timedelta(minutes=10)  # between password and code
FRESH = timedelta(minutes=5)  # how long a code is enough for what needs one again
_TOUCH = timedelta(minutes=1)


def begin(session: Session, user: User, *, now: datetime, factor_at: datetime | None = None) -> str:
    """Starts a session and returns its token; without `factor_at` it only leads to the code page."""
    token = new_token()
    session.add(
        SignInSession(
            token_hash=token_hash(token),
            user_id=user.id,
            created_at=now,
            last_seen_at=now,
            factor_at=factor_at,
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, *, now: datetime) -> SignInSession | None:
    """Returns the living session with this token and notes that it was used, or None."""
    row = session.scalar(select(SignInSession).where(SignInSession.token_hash == token_hash(token)))
    if row is None or row.ended_at is not None or not row.user.is_active:
        return None
    longest = LONGEST if row.factor_at else HALF_WAY
    if now - row.last_seen_at >= IDLE or now - row.created_at >= longest:
        return None
    if now - row.last_seen_at >= _TOUCH:
        row.last_seen_at = now
    return row


def rotate(session: Session, row: SignInSession, *, now: datetime) -> str:
    """Ends a session whose owner has just entered a code and starts another in its place."""
    row.ended_at = now
    return begin(session, row.user, now=now, factor_at=now)


def end(row: SignInSession, *, now: datetime) -> None:
    """Ends one session."""
    row.ended_at = now


def end_all(session: Session, user: User, *, now: datetime) -> None:
    """Ends every session of a person: on a new password, on leaving."""
    living = (SignInSession.user_id == user.id) & SignInSession.ended_at.is_(None)
    session.execute(update(SignInSession).where(living).values(ended_at=now))


def is_fresh(row: SignInSession, *, now: datetime) -> bool:
    """Says whether a code was entered within the last five minutes."""
    return row.factor_at is not None and now - row.factor_at < FRESH
