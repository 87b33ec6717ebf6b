"""Finding and making accounts; the address a person signs in with is found by a keyed hash."""

import unicodedata
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.auth import codes
from conferences import audit, sealing
from conferences.models import Agency, Membership, Role, User
from conferences.wall import conflicts


def address_index(session: Session, email: str) -> bytes:
    """Returns the blind index of an address, however it was typed."""
    plain = unicodedata.normalize("NFKC", email).strip().casefold()
    return sealing.blind_index(session, "user email", plain)


def find(session: Session, email: str) -> User | None:
    """Returns the account with this address, or None."""
    return session.scalar(select(User).where(User.email_index == address_index(session, email)))


def add(session: Session, agency: Agency, role: Role, *, name: str, email: str, now: datetime) -> User:
    """Makes an account without password or code; its owner gets a sign-in link for those."""
    key = sealing.new_data_key(session)
    user = User(
        area_id=agency.area_id,
        email_index=address_index(session, email),
        data_key_id=key.id,
        is_active=True,
        created_at=now,
    )
    user.data_key = key
    sealing.seal(session, user, "email", email.strip())
    sealing.seal(session, user, "name", name.strip())
    session.add(user)
    session.flush()
    session.add(Membership(user_id=user.id, agency_id=agency.id, role=role, started_at=now))
    session.flush()
    session.refresh(user)
    audit.record(session, None, "account.invited", user, at=now)
    conflicts.look_at_user(session, user, now=now)
    return user


def give_secrets(session: Session, user: User, *, password_hash: str, code_secret: str) -> None:
    """Keeps a password's hash and seals the secret of the one-time codes."""
    user.password_hash, user.totp_last_step = password_hash, None
    sealing.seal(session, user, "totp", code_secret)


def code_secret(session: Session, user: User) -> str | None:
    """Returns the secret of a person's one-time codes, or None before they have chosen."""
    return sealing.unseal(session, user, "totp")


def use_code(session: Session, user: User, typed: str, *, now: datetime) -> bool:
    """Says whether a code is right, and uses it up: two requests with one code cannot both succeed."""
    secret = code_secret(session, user)
    step = secret and codes.accepted_step(secret, typed, last=user.totp_last_step, now=now)
    if not step:
        return False
    unused = (User.totp_last_step.is_(None)) | (User.totp_last_step < step)
    used = session.scalar(
        update(User).where(User.id == user.id, unused).values(totp_last_step=step).returning(User.id)
    )
    session.refresh(user)
    return used is not None
