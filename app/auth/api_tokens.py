"""Bearer tokens: a person's own program, limited to named scopes."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth.tokens import new_token, token_hash
from conferences import audit
from conferences.errors import Refused
from conferences.models import ApiToken, User

SCOPES = ("referrals:read", "referrals:write", "conferences:read", "conferences:write",
          "actions:read", "actions:write", "documents:read", "instruments:read",
          "addresses:read", "colleagues:write")  # fmt: skip
LASTS = timedelta(days=90)


def make(session: Session, user: User, scopes: list[str], *, now: datetime) -> str:
    """Makes a token that lasts ninety days and returns it; raises Refused for an unknown scope."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise Refused(f"Choose scopes from: {', '.join(SCOPES)}.")
    token = new_token()
    session.add(
        ApiToken(
            token_hash=token_hash(token),
            user_id=user.id,
            scopes=sorted(set(scopes)),
            created_at=now,
            expires_at=now + LASTS,
        )
    )
    session.flush()
    audit.record(session, user, "token.issued", user, at=now, fields=" ".join(sorted(set(scopes))))
    return token


def find(session: Session, token: str, *, now: datetime) -> ApiToken | None:
    """Returns the living token, or None."""
    row = session.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash(token)))
    if row is None or row.revoked_at is not None or now >= row.expires_at or not row.user.is_active:
        return None
    return row


def revoke_all(session: Session, user: User, *, now: datetime) -> int:
    """Ends every token of a person and says how many there were."""
    living = session.scalars(
        select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None))
    ).all()
    for row in living:
        row.revoked_at = now
    return len(living)
