"""Who is asking: the dependencies every page and every API route starts from."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app import shell
from app.auth import api_tokens, sessions
from app.db import acting_for, open_session
from conferences.models import SignInSession, User


class SignInNeeded(Exception):
    """Nobody is signed in, or not all the way; `half_way` when only the code is missing."""

    def __init__(self, *, half_way: bool = False) -> None:
        super().__init__("Sign in first.")
        self.half_way = half_way


class CodeNeeded(Exception):
    """This needs a one-time code entered within the last five minutes."""


class ScopeMissing(Exception):
    """The bearer token was not made for this."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


def clock(request: Request) -> datetime:
    """Returns the moment this request happens at, in UTC."""
    moment: datetime = request.app.state.clock()
    return moment


Db = Annotated[Session, Depends(open_session, scope="function")]
Now = Annotated[datetime, Depends(clock)]


def visitor(request: Request, session: Db) -> None:
    """Puts the shell around a page that anyone may see."""
    request.state.shell = shell.for_visitor(request, session)


def sign_in_session(request: Request, session: Db, now: Now) -> SignInSession | None:
    """Returns this browser's living session, also one that still lacks the code, or None."""
    cookie = request.cookies.get(shell.SESSION_COOKIE)
    return sessions.find(session, cookie, now=now) if cookie else None


def is_api(request: Request) -> bool:
    """Says whether a program is asking, so that answers are JSON."""
    return request.url.path.startswith("/api/")


def bearer(request: Request) -> str | None:
    """Returns the token a program sent, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if is_api(request) and scheme.lower() == "bearer" and token.strip() else None


def current_user(request: Request, session: Db, now: Now) -> User:
    """Returns the person asking; SignInNeeded sends people to sign in and answers programs 401."""
    token = bearer(request)
    user = _by_token(request, session, token, now) if token else _by_cookie(request, session, now)
    if user.membership is None:
        raise SignInNeeded
    request.state.actor_id = user.id
    acting_for(session, user.id, user.area_id)
    if not is_api(request):
        request.state.shell = shell.for_user(request, session, user)
    return user


def _by_token(request: Request, session: Session, token: str, now: datetime) -> User:
    row = api_tokens.find(session, token, now=now)
    if row is None:
        raise SignInNeeded
    request.state.scopes = frozenset(row.scopes)
    return row.user


def _by_cookie(request: Request, session: Session, now: datetime) -> User:
    row = sign_in_session(request, session, now)
    if row is None:
        raise SignInNeeded
    if row.factor_at is None:
        raise SignInNeeded(half_way=True)
    request.state.sign_in = row
    return row.user


CurrentUser = Annotated[User, Depends(current_user)]


def needs(scope: str) -> Callable[[Request, User], None]:
    """Returns a dependency that lets a bearer token through only when it was made for this scope."""

    def check(request: Request, _user: CurrentUser) -> None:
        scopes: frozenset[str] | None = getattr(request.state, "scopes", None)
        if scopes is not None and scope not in scopes:
            raise ScopeMissing(scope)

    return check


def fresh_factor(request: Request, _user: CurrentUser, now: Now) -> None:
    """Raises CodeNeeded unless a one-time code was entered within the last five minutes."""
    row: SignInSession | None = getattr(request.state, "sign_in", None)
    if row is None or not sessions.is_fresh(row, now=now):
        raise CodeNeeded
