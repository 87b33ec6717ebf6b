"""One decision about a referral, taken once: who may, what was typed, the verb, and back to its page."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import receipts
from app.forms import Typed, fill, form_key
from app.forms.refusals import Tried, attempt
from app.pages.words.case import decision_words
from app.templating import t
from conferences.case import case_views
from conferences.models import Referral, User
from conferences.permissions import Permission, may, require
from conferences.visibility import find

PAGE = "queue/referral.html"
Context = Callable[[Session, User, Referral, datetime], dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """One kind of decision: what is typed, who may take it, and the page it is typed on."""

    model: type[BaseModel]
    needed: Permission
    context: Context
    template: str = PAGE


def open_referral(session: Session, user: User, ref: str) -> Referral:
    """Returns a referral to whoever may see the queue."""
    require(user, Permission.VIEW_QUEUE)
    return find(session, user, Referral, ref)


def _naming_who_was_first(session: Session, tried: Tried[Any], referral: Referral) -> Tried[Any]:
    """Says who decided what meanwhile, where a decision is what changed last."""
    session.refresh(referral)
    last = referral.decisions[-1] if referral.decisions else None
    if last is None or last.left_version != referral.version:
        return tried
    who = case_views.name_of_user(session, session.get_one(User, last.by_id))
    said = {"name": who, "what": decision_words(last.kind)}
    sentence = t("Meanwhile %(name)s: “%(what)s”. Nothing was overwritten.", **said)
    form = dataclasses.replace(tried.form, errors=()).with_error("", sentence)
    return dataclasses.replace(tried, form=form)


def decide(
    request: Request,
    session: Session,
    user: User,
    now: datetime,
    referral: Referral,
    typed: Typed,
    step: Step,
    verb: Callable[[Any], object],
    *,
    back: str = "",
) -> Response:
    """Takes a decision once, however often it is sent; what is refused comes back as it was typed."""
    require(user, step.needed, referral)
    key = form_key(typed)
    led_to = receipts.once(session, user, key, now)
    if led_to:
        return RedirectResponse(led_to, 303)
    tried = attempt(session, fill(step.model, typed), verb)
    if tried.stale and may(user, Permission.VIEW_QUEUE):
        tried = _naming_who_was_first(session, tried, referral)
    if tried.refused:
        return tried.redraw(request, step.template, **step.context(session, user, referral, now))
    where = back or f"/queue/{referral.id.hex}"
    return RedirectResponse(receipts.remember(session, user, key, where, now), 303)
