"""How others than the person at risk may be reached: each on a page of their own, in a draft."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill
from app.forms.refusals import attempt
from app.pages.common.draft import around, expect, go_on, mark, quiet, shown
from app.pages.person.views import contact_forms, contacts
from app.pages.referral.views.people import GROUPS, Here, Named, Place
from app.pages.referral.views.tasks import Stored, ways_stored
from app.templating import render
from conferences.models import Involvement
from conferences.referral import referrals

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)
PAGE = "referrals/contact.html"


def _context(request: Request, session: Db, here: Place, row: Involvement, stored: Stored) -> dict[str, Any]:
    page = {"version": mark(stored), "theirs": [], "more": 0, **contacts.choices()}
    page |= around(request, here.referral) | {"whose": contacts.whose(session, row)}
    return page if page["checking"] else page | {"back": here.list}


def ask_reaching(request: Request, here: Here, row: Named, session: Db) -> Response:
    """Shows how one person in a draft may be reached, as it is stored."""
    stored = ways_stored(session, row)
    return render(request, PAGE, form=shown(stored), **_context(request, session, here, row, stored))


def take_reaching(
    request: Request, here: Here, row: Named, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Saves how one person in a draft may be reached, or shows it again with what to put right."""
    stored, form = ways_stored(session, row), fill(contact_forms.Contact, typed)
    context = _context(request, session, here, row, stored)
    if "more" in typed:
        unchecked = replace(form, model=None, errors=())
        return render(request, PAGE, form=unchecked, **context | {"more": 1})

    def save(given: contact_forms.Contact) -> None:
        expect(typed, stored)
        referrals.save_contact(session, user, here.referral, given.contact(), about=row, now=now)

    tried = attempt(session, form, save)
    if tried.refused:
        theirs = contacts.pairs(stored) if tried.stale else []
        return tried.redraw(request, PAGE, **context | {"theirs": theirs})
    return go_on(request, here.referral, here.group.name)


for name in GROUPS:
    where = f"/referrals/{{ref}}/{name}/{{person}}/contact"
    router.add_api_route(where, ask_reaching, methods=["GET"])
    router.add_api_route(where, take_reaching, methods=["POST"])
