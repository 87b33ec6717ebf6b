"""What every page of a draft stands on: the draft itself, a quiet shell, and a mark against stale forms."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from app.auth.who import CurrentUser, Db
from app.forms import Filled, Typed, tidy
from app.pages.words.coaching import coached
from app.pages.words.referral import facts_asked
from conferences.checklist import assessments
from conferences.errors import Stale, WrongState
from conferences.models import Referral
from conferences.person import pair_facts
from conferences.referral import referral_views


def quiet(request: Request, _user: CurrentUser) -> None:
    """Puts the way out of the page on it: it may be open in somebody's home."""
    request.state.shell = replace(request.state.shell, exit_button=True)


def draft(request: Request, ref: str, user: CurrentUser, session: Db) -> Referral:
    """Returns the author's draft that the address names; the way back to one sent leads to its result."""
    try:
        return referral_views.open_draft(session, user, ref)
    except WrongState:
        if request.method != "GET":
            raise
        raise HTTPException(303, headers={"Location": f"/referrals/{ref}"}) from None


Draft = Annotated[Referral, Depends(draft)]


def home(referral: Referral) -> str:
    """Gives the address of a referral's own page."""
    return f"/referrals/{referral.id.hex}"


def around(request: Request, referral: Referral) -> dict[str, Any]:
    """Gives what every page of a draft shows besides its form."""
    checking = request.query_params.get("from") == "check"
    here = home(referral)
    return {
        "here": here,
        "checking": checking,
        "back": f"{here}/check" if checking else here,
        "action": request.url.path + ("?from=check" if checking else ""),
        "kept_until": referral.expires_on,
        "levels": assessments.levels_to_choose(referral.assessment),
        "coach": coached(),
        "facts": facts_asked(pair_facts.asked(assessments.rules_of(referral.assessment))),
    }


def go_on(request: Request, referral: Referral, then: str = "") -> RedirectResponse:
    """Leads on after saving: back to the check when it came from there, else to the next page."""
    checking = request.query_params.get("from") == "check"
    place = "check" if checking else then
    return RedirectResponse(home(referral) + (f"/{place}" if place else ""), 303)


def mark(stored: Mapping[str, object]) -> str:
    """Gives a mark of what is stored, so that a form drawn from something older can be told."""
    words = json.dumps(stored, sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def expect(typed: Typed, stored: Mapping[str, object]) -> None:
    """Raises Stale when the form was drawn from something else than what is stored now."""
    given = first(typed, "version")
    if given and given != mark(stored):
        raise Stale


def first(typed: Typed, name: str) -> str:
    """Gives the first value typed under a name, tidied; empty when there is none."""
    return tidy(next(iter(typed.get(name, [])), ""))


def shown(stored: Mapping[str, Any]) -> Filled[Any]:
    """Makes a form that shows what is stored."""
    return Filled.showing(**stored)


def version_of(typed: Typed) -> int | None:
    """Gives the version a form was drawn from; None when it carries none that can be read."""
    given = first(typed, "version")
    return int(given) if given.isdecimal() and len(given) < 10 else None
