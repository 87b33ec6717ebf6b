"""What stands around a page for this visitor or this signed-in person."""

from dataclasses import replace

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.auth.tokens import form_token, new_token
from app.templating import NavLink, Shell, t
from conferences import sealing
from conferences.models import Area, Installation, Role, User
from conferences.permissions import Permission, may

SESSION_COOKIE, VISITOR_COOKIE = "__Host-session", "__Host-visitor"
AGAIN = "again "  # so that no other token of a visitor outlives the signing in

ROLE_LABELS = {
    Role.FRONTLINE: "Frontline worker",
    Role.REPRESENTATIVE: "Agency representative",
    Role.IDVA: "Independent adviser",
    Role.COORDINATOR: "Coordinator",
    Role.CHAIR: "Chair",
    Role.ADMINISTRATOR: "Administrator",
}
# Where a person can go, in order: the address, its name, what one must be allowed, other addresses below it.
_NAV: tuple[tuple[str, str, Permission | None, tuple[str, ...]], ...] = (
    ("/", "My work", None, ()),
    ("/queue", "Referrals to decide", Permission.VIEW_QUEUE, ()),
    ("/referrals", "Referrals", Permission.START_REFERRAL, ()),
    ("/cases", "Cases", Permission.START_REFERRAL, ("/imports",)),
    ("/conferences", "Meetings", Permission.VIEW_CONFERENCES, ("/listings",)),
    ("/actions", "Actions", Permission.VIEW_ACTIONS, ("/documents",)),
    ("/help", "Help", None, ()),
)


def csrf_token(request: Request) -> str:
    """Returns the token this browser's forms carry, giving a new visitor a cookie to bind it to."""
    cookie = request.cookies.get(SESSION_COOKIE) or _visitor(request)
    return form_token(request.app.state.keyring, cookie)


def _visitor(request: Request) -> str:
    cookie = request.cookies.get(VISITOR_COOKIE)
    if not cookie:
        cookie = getattr(request.state, "new_visitor", None) or new_token()
        request.state.new_visitor = cookie
    return cookie


def was_signed_in(request: Request) -> bool:
    """Says whether this browser still shows a session, living or not."""
    return SESSION_COOKIE in request.cookies


def again_token(request: Request) -> str:
    """Returns the token of a form that is sent again after signing in, when the session is another."""
    return form_token(request.app.state.keyring, AGAIN + _visitor(request))


def bare(request: Request) -> Shell:
    """Returns what can be said without the database: the last known service name and demo banner."""
    known: Shell = getattr(request.app.state, "front", None) or Shell()
    return replace(known, csrf_token=csrf_token(request))


def for_visitor(request: Request, session: Session) -> Shell:
    """Returns the shell of a page anyone may see."""
    areas = session.scalars(select(Area).limit(2)).all()
    only = areas[0] if len(areas) == 1 else None
    front = Shell(
        service_name=only.service_name if only else Shell.service_name,
        help_phone=only.help_phone if only else "",
        demo=_is_demo(session),
    )
    request.app.state.front = front
    return replace(front, csrf_token=csrf_token(request))


def for_user(request: Request, session: Session, user: User) -> Shell:
    """Returns the shell of a signed-in person's page."""
    return Shell(
        service_name=user.area.service_name,
        area_name=user.area.name,
        user_name=sealing.unseal(session, user, "name") or "",
        role_label=t(ROLE_LABELS[user.role]) if user.role else "",
        nav=_nav(request.url.path, user),
        demo=_is_demo(session),
        csrf_token=csrf_token(request),
        help_phone=user.area.help_phone,
        signed_in=True,
        may_search=may(user, Permission.SEARCH),
    )


def _is_demo(session: Session) -> bool:
    return bool(session.scalar(select(Installation.demo)))


def _nav(path: str, user: User) -> tuple[NavLink, ...]:
    def here(*places: str) -> bool:
        return any(path == place or (place != "/" and path.startswith(f"{place}/")) for place in places)

    return tuple(
        NavLink(href, t(label), current=here(href, *below))
        for href, label, needed, below in _NAV
        if needed is None or may(user, needed)
    )
