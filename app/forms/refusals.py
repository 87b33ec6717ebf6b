"""Runs a verb with what was typed; what the domain refuses comes back as sentences on the same page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.forms.filled import Filled, M
from app.forms.shapes import Shape, member, shape_of
from app.templating import render, t
from conferences.errors import DomainError, Incomplete, Refused, Stale

T = TypeVar("T")


@dataclass(frozen=True)
class Tried(Generic[T]):
    """What came of a form: the verb's answer, or the form again with what to put right.

    `status`: 303 the verb ran, 422 something is to be put right, 409 somebody else was first.
    """

    form: Filled[Any]
    status: int
    value: T | None = None

    @property
    def refused(self) -> bool:
        """Nothing was changed; the page is to be shown again."""
        return self.status != 303

    @property
    def stale(self) -> bool:
        """Somebody else changed the thing first; what was typed is still in the form."""
        return self.status == 409

    def redraw(self, request: Request, template: str, **context: Any) -> HTMLResponse:
        """Shows the same page with the summary first and what was typed kept."""
        return render(
            request, template, status_code=self.status, form=self.form, errors=self.form.errors, **context
        )


def attempt(session: Session, form: Filled[M], verb: Callable[[M], T]) -> Tried[T]:
    """Calls the verb with the filled model inside a savepoint, so that a refusal leaves nothing half-done.

    `Refused`, `WrongState` and `Incomplete` come back as 422, `Stale` as 409; the others pass through.
    """
    model = form.model
    if model is None:
        return Tried(form, 422)
    try:
        value = _whole(session, verb, model)
    except Incomplete as refusal:
        for name, sentence in refusal.missing:
            form = form.with_error(name, t(sentence), _control(model, name))
        return Tried(form, 422)
    except Refused as refusal:
        name = refusal.field or ""
        return Tried(form.with_error(name, t(refusal.sentence), _control(model, name)), 422)
    except (Stale, StaleDataError):
        return Tried(form.with_error("", t(Stale().sentence)), 409)
    return Tried(form, 303, value)


def _whole(session: Session, verb: Callable[[M], T], model: M) -> T:
    """Calls the verb; what it did before it refused is forgotten in memory as well."""
    try:
        with session.begin_nested():
            return verb(model)
    except (DomainError, StaleDataError):
        session.expire_all()
        raise


def _control(model: BaseModel, name: str) -> str | None:
    """Names the control a sentence leads to: the first box of a date, the first of a repeated group."""
    group, _, inner = name.partition("-")
    groups = type(model).model_fields.get(group) if inner else None
    if groups and shape_of(groups) is Shape.GROUPS:  # one of a repeated group, such as incidents-2-on
        one = member(groups).model_fields.get(inner.partition("-")[2])
        return f"{name}-day" if one and shape_of(one) in (Shape.DAY, Shape.PARTS) else None
    about = type(model).model_fields.get(name)
    shape = shape_of(about) if about else Shape.ONE
    if about and shape is Shape.GROUPS:
        first = next(iter(member(about).model_fields))
        return f"{name}-0-{first}" + (
            "-day" if shape_of(member(about).model_fields[first]) is Shape.DAY else ""
        )
    return f"{name}-day" if shape in (Shape.DAY, Shape.PARTS) else None
