"""The steps of signing in: password, one-time code, first welcome, signing out."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.auth import accounts, codes, links, passwords, rates, sessions
from app.db import acting_for
from conferences import audit, sealing
from conferences.models import SignInLink, SignInSession, User


class TooMany(Exception):
    """Tried too often; wait for the next quarter of an hour."""


def _count(session: Session, tries: list[tuple[rates.Rate, str]], now: datetime) -> None:
    # Every counter counts, so no list comprehension that stops early.
    allowed = [rates.within(session, rate, subject, now=now) for rate, subject in tries]
    if not all(allowed):
        raise TooMany


def by_password(
    session: Session,
    email: str,
    password: str,
    *,
    address: str,
    now: datetime,
    instead_of: SignInSession | None = None,
) -> str | None:
    """Returns the token of a half-way session, or None; an unknown address costs and says the same.

    Raises TooMany, after which even the right password is not looked at. The browser's earlier session ends.
    """
    who = accounts.address_index(session, email).hex()
    _count(session, [(rates.SIGN_IN_PAIR, f"{who}|{address}"), (rates.SIGN_IN_ADDRESS, address),
                     (rates.SIGN_IN_ACCOUNT, who)], now)  # fmt: skip
    user = accounts.find(session, email)
    usable = user if user and user.is_active and user.totp_sealed else None
    right = passwords.matches(usable.password_hash if usable else None, password[: passwords.LONGEST + 1])
    if usable is None or not right:
        audit.record(session, _acting(session, user), "session.refused", user, at=now)
        return None
    if usable.password_hash and passwords.costs_too_little(usable.password_hash):
        usable.password_hash = passwords.hash_password(password)
    if instead_of is not None:
        sessions.end(instead_of, now=now)
    return sessions.begin(session, usable, now=now)


def _acting(session: Session, user: User | None) -> User | None:
    if user is not None:
        acting_for(session, user.id, user.area_id)
    return user


def by_code(session: Session, row: SignInSession, typed: str, *, now: datetime) -> str | None:
    """Returns the token of a whole session that replaces the half-way one, or None for a wrong code."""
    user = row.user
    _count(session, [(rates.CODE, user.id.hex)], now)
    _acting(session, user)
    if not accounts.use_code(session, user, typed, now=now):
        audit.record(session, user, "session.refused", user, at=now)
        return None
    first = row.factor_at is None
    user.last_sign_in_at = now
    if first:
        audit.record(session, user, "session.signed_in", user, at=now)
    return sessions.rotate(session, row, now=now)


def prove(session: Session, user: User, typed: str, *, now: datetime) -> bool:
    """Says whether a code sent with one request is right, and uses it up; a wrong one is recorded.

    Raises TooMany. The caller answers rather than raises, so that a wrong try stays counted.
    """
    _count(session, [(rates.CODE, user.id.hex)], now)
    right = accounts.use_code(session, user, typed, now=now)
    if not right:
        audit.record(session, user, "session.refused", user, at=now)
    return right


def welcome_problems(
    session: Session, link: SignInLink, password: str, typed: str, *, now: datetime
) -> list[tuple[str, str]]:
    """Returns (field, sentence) for what is wrong with a first password and code; none when both will do."""
    user, found = link.user, []
    name, email = sealing.unseal(session, user, "name") or "", sealing.unseal(session, user, "email") or ""
    about = (*name.split(), email.partition("@")[0], *user.area.name.split(), *user.area.service_name.split())
    sentence = passwords.objection(password, about=about)
    if sentence:
        found.append(("password", sentence))
    if codes.accepted_step(links.code_secret(session, link), typed, last=None, now=now) is None:
        found.append(("code", "Enter the six digits your authenticator app shows now."))
    return found


def welcome(session: Session, link: SignInLink, password: str, typed: str, *, now: datetime) -> str:
    """Keeps the password and code secret, uses up link and code, ends other sessions, returns a whole one."""
    user = link.user
    _acting(session, user)
    accounts.give_secrets(
        session,
        user,
        password_hash=passwords.hash_password(password),
        code_secret=links.code_secret(session, link),
    )
    link.used_at = user.last_sign_in_at = now
    session.flush()
    accounts.use_code(session, user, typed, now=now)
    sessions.end_all(session, user, now=now)
    audit.record(session, user, "account.welcomed", user, at=now)
    return sessions.begin(session, user, now=now, factor_at=now)


def sign_out(session: Session, row: SignInSession, *, now: datetime) -> None:
    """Ends this browser's session at once."""
    _acting(session, row.user)
    sessions.end(row, now=now)
    audit.record(session, row.user, "session.signed_out", row.user, at=now)
