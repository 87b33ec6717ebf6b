"""Links that work once, within the hour, to choose a password and enrol a one-time code."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.auth import codes
from app.auth.tokens import new_token, token_hash
from conferences import sealing
from conferences.models import SignInLink, User

LASTS = timedelta(hours=1)


def make(session: Session, user: User, *, now: datetime) -> str:
    """Makes a link for a person and returns its token; earlier unused links stop working."""
    unused = (SignInLink.user_id == user.id) & SignInLink.used_at.is_(None)
    session.execute(update(SignInLink).where(unused).values(used_at=now))
    token = new_token()
    session.add(
        SignInLink(token_hash=token_hash(token), user_id=user.id, created_at=now, expires_at=now + LASTS)
    )
    session.flush()
    return token


def find(session: Session, token: str, *, now: datetime, to_use: bool = False) -> SignInLink | None:
    """Returns the unused link with this token, or None; `to_use` holds it so that it works only once."""
    found = select(SignInLink).where(SignInLink.token_hash == token_hash(token))
    link = session.scalar(found.with_for_update(of=SignInLink) if to_use else found)
    if link is None or link.used_at is not None or now >= link.expires_at or not link.user.is_active:
        return None
    return link


def code_secret(session: Session, link: SignInLink) -> str:
    """Returns the one-time code secret this link offers: the same each time the page is opened."""
    key = sealing.keyring(session).derive("enrol one-time codes")
    return codes.secret_from(hmac.new(key, link.token_hash, hashlib.sha256).digest())
