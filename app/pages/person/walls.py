"""Who may know of a case: asked of the referrer in the draft, kept by the coordinator afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.common.draft import draft, home, quiet
from app.pages.person.views import walls as shown
from app.pages.person.views.walls import Confirming, KeepingToAFew, Lifting, Place, ShuttingOut
from app.receipts import once, remember
from app.templating import render
from conferences.forbidding import NEVER
from conferences.models import Case
from conferences.permissions import Permission, may, require
from conferences.visibility import find
from conferences.wall import walls

router = APIRouter(default_response_class=Response)
LIST, LIFT = "walls/list.html", "walls/lift.html"


def place(request: Request, ref: str, session: Db, user: CurrentUser) -> Place:
    """Returns the author's draft, or the case of whoever may say who knows of it."""
    if request.url.path.startswith("/referrals/"):
        quiet(request, user)
        referral = draft(request, ref, user, session)
        return Place(referral.case, home(referral), draft=True)
    case = find(session, user, Case, ref)
    require(user, Permission.LIFT_WALL, case)
    return Place(case, f"/cases/{case.id.hex}")


Here = Annotated[Place, Depends(place)]


@dataclass
class Saying:
    """Somebody said who may know of a case, or may again."""

    request: Request
    ref: str
    typed: TypedForm
    session: Db
    user: CurrentUser
    now: Now

    @cached_property
    def here(self) -> Place:
        """The case; asked for only after a form that was sent before has led to where it led."""
        return place(self.request, self.ref, self.session, self.user)

    def take(
        self, form: type[BaseModel], verb: Callable[[Any], None], again: Callable[[], tuple[str, Any]]
    ) -> Response:
        """Runs the verb and leads back to the list, or shows the page again with what to put right."""
        key = form_key(self.typed)
        led_to = once(self.session, self.user, key, self.now)
        if led_to:
            return RedirectResponse(led_to, 303)
        tried = attempt(self.session, fill(form, self.typed), verb)
        if tried.refused:
            template, context = again()
            return tried.redraw(self.request, template, **context)
        where = self._back()
        return RedirectResponse(remember(self.session, self.user, key, where, self.now), 303)

    def _back(self) -> str:
        """The list; the case once its walls are somebody else's to keep again; or away from it altogether."""
        case = self.here.case
        if any(forbids(self.user, case) for forbids in NEVER):
            return "/cases"
        keeps = self.here.draft or may(self.user, Permission.LIFT_WALL, case)
        return self.here.list if keeps else self.here.home

    def list_again(self) -> tuple[str, Any]:
        """The list with its forms, as it stands."""
        return LIST, shown.page(self.session, self.user, self.here)


Said = Annotated[Saying, Depends()]


def list_walls(request: Request, here: Here, session: Db, user: CurrentUser) -> Response:
    """Shows who is shut out and who alone may know."""
    return render(request, LIST, form=Filled[Any](), **shown.page(session, user, here))


def exclude(s: Said) -> Response:
    """Shuts a person or an agency out of the case."""
    return s.take(ShuttingOut, lambda m: shown.shut_out(s.session, s.user, s.here, m, s.now), s.list_again)


def restrict(s: Said) -> Response:
    """Adds one of the few who alone may know of the case."""
    return s.take(KeepingToAFew, lambda m: shown.keep_to(s.session, s.user, s.here, m, s.now), s.list_again)


def ask_opening(request: Request, here: Here) -> Response:
    """Asks why everybody may know of the case again who ordinarily may."""
    return render(request, LIFT, form=Filled[Lifting](), place=here, wall=None)


def open_again(s: Said) -> Response:
    """Ends the restriction to a few."""
    return s.take(
        Lifting,
        lambda m: walls.open_again(s.session, s.user, s.here.case, reason=m.why, now=s.now),
        lambda: (LIFT, {"place": s.here, "wall": None}),
    )


def ask_lifting(request: Request, here: Here, wall: str, session: Db) -> Response:
    """Asks why somebody may know of the case again."""
    row = shown.one_wall(session, here.case, wall)
    return render(request, LIFT, form=Filled[Lifting](), place=here, wall=row)


def lift(s: Said, wall: str) -> Response:
    """Ends one exclusion, signed and with a reason."""
    return s.take(
        Lifting,
        lambda m: walls.lift(s.session, s.user, s.here.case, shown.reference(wall), reason=m.why, now=s.now),
        lambda: (LIFT, {"place": s.here, "wall": shown.one_wall(s.session, s.here.case, wall)}),
    )


@router.post("/cases/{ref}/exclusions/{wall}/confirm")
def confirm(s: Said, wall: str) -> Response:
    """Says that somebody whose name is like one in the case stays shut out."""
    return s.take(
        Confirming,
        lambda _: walls.confirm(s.session, s.user, s.here.case, shown.reference(wall), now=s.now),
        s.list_again,
    )


for base in ("/referrals/{ref}", "/cases/{ref}"):
    router.add_api_route(f"{base}/exclusions", list_walls, methods=["GET"])
    router.add_api_route(f"{base}/exclusions", exclude, methods=["POST"])
    router.add_api_route(f"{base}/exclusions/{{wall}}", ask_lifting, methods=["GET"])
    router.add_api_route(f"{base}/exclusions/{{wall}}", lift, methods=["POST"])
    router.add_api_route(f"{base}/restriction", restrict, methods=["POST"])
    router.add_api_route(f"{base}/restriction/lift", ask_opening, methods=["GET"])
    router.add_api_route(f"{base}/restriction/lift", open_again, methods=["POST"])
