"""Who causes harm, and the children: a list of each, with adding, changing and removing."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import Filled, TypedForm, fill, form_key
from app.forms.refusals import attempt
from app.pages.common.draft import around, expect, go_on, mark, quiet, shown
from app.pages.common.forms import AnyPerson
from app.pages.referral.views.people import GROUPS, Here, Named, Place, named, people_lines, person_pairs
from app.pages.referral.views.tasks import person_stored
from app.pages.words.referral import options_for_people
from app.receipts import once, remember
from app.templating import render
from conferences.person.people import PersonDetails
from conferences.referral import referrals

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)


def _context(request: Request, here: Place, stored: dict[str, Any]) -> dict[str, Any]:
    context = around(request, here.referral) | {"group": here.group, "version": mark(stored), "theirs": []}
    onward, query = context["back"], _coming_from(request)
    return context | options_for_people() | {"onward": onward, "query": query, "back": here.list + query}


def _coming_from(request: Request) -> str:
    """Gives what an address ends with while somebody is on the way from the check and back to it."""
    return "?from=check" if request.query_params.get("from") == "check" else ""


def list_people(request: Request, here: Here, session: Db) -> Response:
    """Shows the people of one group."""
    lines = people_lines(session, here.referral, here.group)
    return render(request, "referrals/people.html", lines=lines, **_context(request, here, {}))


def ask_new(request: Request, here: Here) -> Response:
    """Shows an empty form for one more person."""
    form: Filled[AnyPerson] = Filled()
    return render(request, "referrals/person.html", form=form, **_context(request, here, {}))


def add(request: Request, here: Here, typed: TypedForm, user: CurrentUser, session: Db, now: Now) -> Response:
    """Adds one more person to the draft."""
    key, group = form_key(typed), here.group
    before = once(session, user, key, now)
    if before:
        return RedirectResponse(before, 303)

    def save(form: Any) -> None:
        details = PersonDetails(**form.details())
        referrals.save_person(session, user, here.referral, group.part, details, now=now)

    tried = attempt(session, fill(group.form, typed), save)
    if tried.refused:
        return tried.redraw(request, "referrals/person.html", **_context(request, here, {}))
    return RedirectResponse(remember(session, user, key, here.list + _coming_from(request), now), 303)


def ask_again(request: Request, here: Here, row: Named, session: Db) -> Response:
    """Shows what is stored of one person."""
    stored = person_stored(session, row)
    return render(request, "referrals/person.html", form=shown(stored), **_context(request, here, stored))


def change(
    request: Request, here: Here, row: Named, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Changes what is stored of one person."""
    stored, group = person_stored(session, row), here.group

    def save(form: Any) -> None:
        expect(typed, stored)
        details = PersonDetails(**form.details())
        referrals.save_person(session, user, here.referral, group.part, details, involvement=row, now=now)

    tried = attempt(session, fill(group.form, typed), save)
    if tried.refused:
        theirs = person_pairs(stored) if tried.stale else []
        context = _context(request, here, stored) | {"theirs": theirs}
        return tried.redraw(request, "referrals/person.html", **context)
    return go_on(request, here.referral, group.name)


def ask_removing(request: Request, here: Here, row: Named, session: Db) -> Response:
    """Asks whether somebody was named by mistake."""
    pairs = person_pairs(person_stored(session, row))
    return render(request, "referrals/remove.html", pairs=pairs, **_context(request, here, {}))


def remove(
    request: Request, here: Here, person: str, typed: TypedForm, user: CurrentUser, session: Db, now: Now
) -> Response:
    """Takes somebody named by mistake out of the draft."""
    key = form_key(typed)
    before = once(session, user, key, now)
    if before:
        return RedirectResponse(before, 303)
    row = named(here, person)
    referrals.remove_person(session, user, here.referral, row, now=now)
    return RedirectResponse(remember(session, user, key, here.list + _coming_from(request), now), 303)


for name in GROUPS:
    where = f"/referrals/{{ref}}/{name}"
    router.add_api_route(where, list_people, methods=["GET"])
    router.add_api_route(f"{where}/new", ask_new, methods=["GET"])
    router.add_api_route(f"{where}/new", add, methods=["POST"])
    router.add_api_route(f"{where}/{{person}}", ask_again, methods=["GET"])
    router.add_api_route(f"{where}/{{person}}", change, methods=["POST"])
    router.add_api_route(f"{where}/{{person}}/remove", ask_removing, methods=["GET"])
    router.add_api_route(f"{where}/{{person}}/remove", remove, methods=["POST"])
