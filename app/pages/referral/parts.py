"""The parts of a referral that are one form each: judgement, people at risk, contact, reason, sharing."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.auth.who import CurrentUser, Db, Now
from app.forms import TypedForm, fill
from app.forms.refusals import attempt
from app.pages.common.draft import Draft, around, expect, go_on, mark, quiet, shown
from app.pages.person.views import contacts
from app.pages.referral.views.from_word import from_word
from app.pages.referral.views.rows import stored_pairs
from app.pages.referral.views.tasks import TASKS, Stored, Task
from app.pages.words import referral as referral_words
from app.templating import render

router = APIRouter(dependencies=[Depends(quiet)], default_response_class=Response)


def task_of(request: Request) -> Task:
    """Returns the part that the address names."""
    return TASKS[request.url.path.rsplit("/", 1)[1]]


TaskHere = Annotated[Task, Depends(task_of)]


def _context(request: Request, session: Db, referral: Draft, stored: Stored) -> dict[str, Any]:
    page = {"version": mark(stored), "theirs": [], "more": 0, "whose": None, "words": referral_words}
    page |= {"from_word": from_word(session, referral, request.url.path.rsplit("/", 1)[1])}
    return page | contacts.choices() | around(request, referral)


def ask(request: Request, task: TaskHere, referral: Draft, session: Db) -> Response:
    """Shows one part of a draft as it is stored."""
    stored = task.stored(session, referral)
    return render(request, task.template, form=shown(stored), **_context(request, session, referral, stored))


@dataclass
class Saving:
    """Somebody sent one part of a draft of theirs."""

    request: Request
    task: TaskHere
    referral: Draft
    typed: TypedForm
    user: CurrentUser
    session: Db
    now: Now

    def save(self, stored: Stored, filled: Any) -> None:
        """Keeps the part, unless somebody changed it after the form was drawn."""
        expect(self.typed, stored)
        self.task.save(self.session, self.user, self.referral, filled, self.now)


def take(sent: Annotated[Saving, Depends()]) -> Response:
    """Saves one part of a draft, or shows it again with what to put right."""
    task = sent.task
    stored, form = task.stored(sent.session, sent.referral), fill(task.form, sent.typed)
    context = _context(sent.request, sent.session, sent.referral, stored)
    if "more" in sent.typed:
        unchecked = replace(form, model=None, errors=())
        return render(sent.request, task.template, form=unchecked, **context | {"more": 1})
    tried = attempt(sent.session, form, lambda filled: sent.save(stored, filled))
    if tried.refused:
        theirs = stored_pairs(task.name, stored) if tried.stale else []
        return tried.redraw(sent.request, task.template, **context | {"theirs": theirs})
    return go_on(sent.request, sent.referral, task.then)


for name in TASKS:
    router.add_api_route(f"/referrals/{{ref}}/{name}", ask, methods=["GET"])
    router.add_api_route(f"/referrals/{{ref}}/{name}", take, methods=["POST"])
