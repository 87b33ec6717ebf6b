"""What people and programs are told when something is refused, missing or broken."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match

from app import again, shell
from app.auth.who import CodeNeeded, ScopeMissing, SignInNeeded, is_api
from app.templating import render
from conferences import audit, errors
from conferences.models import User

log = logging.getLogger(__name__)
_PAGES = {400, 403, 404, 409, 413, 422, 429, 500, 503}


# What a program is told where nothing else is said; the same whether a thing is hidden or never was.
DETAILS = {
    400: "The request cannot be read.",
    401: "Send a bearer token.",
    403: "This is not allowed.",
    404: "There is no such thing, or not for this account.",
    405: "This address does not take that method.",
    409: "It has changed meanwhile. Read it again.",
    413: "More was sent than is taken.",
    422: "Some of it cannot be taken; `errors` says what and where.",
    429: "Too many requests. Wait a little.",
    500: "The service is at fault; its log says where.",
    503: "The database is away for a moment. Try again; with the same Idempotency-Key nothing is made twice.",
}


def problem(
    status: int,
    detail: str | None = None,
    *,
    fields: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Returns an RFC 9457 problem; `fields` lists what is wrong where, never what was sent."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body["detail"] = detail or DETAILS.get(status, "This request cannot be answered.")
    if fields:
        body["errors"] = fields
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def answer(
    request: Request, status: int, sentence: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Returns the page, or for a program the problem, for a status."""
    if is_api(request):
        return problem(status, sentence, headers=headers)
    if getattr(request.state, "shell", None) is None:
        request.state.shell = shell.bare(request)
    # A refusal with a sentence of its own says that sentence; every other status has a page of its own.
    page = "refused" if sentence and status in (403, 409, 422) else str(_page(status))
    response = render(request, f"errors/{page}.html", status_code=status, sentence=sentence or "")
    response.headers.update(headers or {})
    return response


def _page(status: int) -> int:
    return status if status in _PAGES else (400 if status < 500 else 500)


def _to_sign_in(request: Request, page: str) -> Response:
    wanted = request.url.path if request.method in ("GET", "HEAD") else "/"
    query = f"?next={quote(wanted, safe='/')}" if wanted != "/" else ""
    return RedirectResponse(page + query, 303)


def sign_in_needed(request: Request, error: SignInNeeded) -> Response:
    """Sends a person to sign in and back, with what they typed in hand; tells a program to authenticate."""
    if is_api(request):
        return problem(401, "Send a bearer token.", headers={"WWW-Authenticate": "Bearer"})
    handed_back = None if error.half_way else again.hand_back(request)
    return handed_back or _to_sign_in(request, "/sign-in/code" if error.half_way else "/sign-in")


def code_needed(request: Request, _error: CodeNeeded) -> Response:
    """Asks for a one-time code again, then comes back."""
    if is_api(request):
        return problem(403, "This needs a person who has just entered a one-time code.")
    return _to_sign_in(request, "/sign-in/code")


def scope_missing(_request: Request, error: ScopeMissing) -> Response:
    """Names the scope that the token lacks."""
    challenge = f'Bearer error="insufficient_scope", scope="{error.scope}"'
    return problem(403, f"The token needs the scope {error.scope}.", headers={"WWW-Authenticate": challenge})


def not_allowed(request: Request, error: errors.NotAllowed) -> Response:
    """Records the refusal in a transaction of its own, because the request's is already undone."""
    actor_id = getattr(request.state, "actor_id", None)
    with request.app.state.sessions.begin() as session:
        actor = session.get(User, actor_id) if actor_id else None
        audit.record_refusal(
            session,
            actor,
            error.permission,
            at=request.app.state.clock(),
            subject_kind=error.subject_kind,
            subject_id=error.subject_id if isinstance(error.subject_id, UUID) else None,
        )
    return answer(request, 403, error.sentence)


def not_found(request: Request, error: errors.NotFound) -> Response:
    """Notes who asked for what; whether there is such a thing makes no difference, not even in time."""
    actor_id = getattr(request.state, "actor_id", None)
    if actor_id and isinstance(error.subject_id, UUID):
        with request.app.state.sessions.begin() as session:
            actor = session.get_one(User, actor_id)
            audit.record_miss(
                session, actor, error.subject_kind, error.subject_id, at=request.app.state.clock()
            )
    return answer(request, 404)


def refused(status: int) -> Callable[[Request, errors.DomainError], Response]:
    """Returns a handler that answers with the error's own sentence."""

    def respond(request: Request, error: errors.DomainError) -> Response:
        field = getattr(error, "field", None)
        if is_api(request) and field:
            return problem(status, error.sentence, fields=[{"field": field, "message": error.sentence}])
        return answer(request, status, error.sentence)

    return respond


def incomplete(request: Request, error: errors.Incomplete) -> Response:
    """Lists for a program what is missing; a page shows the sentences."""
    if is_api(request):
        return problem(422, fields=[{"field": field, "message": said} for field, said in error.missing])
    return answer(request, 422, error.sentence)


def bad_request(request: Request, error: RequestValidationError) -> Response:
    """Says which fields are wrong, not what was in them; an unreadable reference is not found."""
    wrong = error.errors()
    if any(item["loc"][:1] == ("path",) for item in wrong):
        return answer(request, 404)
    if not is_api(request):
        return answer(request, 422)
    return problem(422, fields=[{"field": _place(item), "message": _said(item)} for item in wrong])


def _place(item: dict[str, Any]) -> str:
    """Names the field at fault; the name of a field that should not be there is the sender's, so not said."""
    loc = item["loc"][:-1] if item["type"] == "extra_forbidden" else item["loc"]
    return ".".join(map(str, loc[1:])) or str(loc[0])


def _said(item: dict[str, Any]) -> str:
    """A validator's own sentence may quote the input, so only pydantic's fixed ones are passed on."""
    kind = item["type"]
    return "Not acceptable." if kind in ("value_error", "assertion_error") else str(kind).replace("_", " ")


def http_error(request: Request, error: HTTPException) -> Response:
    """Answers the framework's own refusals, such as 404 and 405, keeping their headers; 303 leads on."""
    if error.status_code == 303 and error.headers:
        return RedirectResponse(error.headers["Location"], 303)
    if error.status_code == 405 and request.method == "GET" and not is_api(request):
        return RedirectResponse(_page_above(request), 303)
    return answer(request, error.status_code, headers=error.headers)


def _page_above(request: Request) -> str:
    """Returns the page a form stood on: its answer has an address that only a pressed button can open."""
    path = request.url.path
    while path := path.rpartition("/")[0]:
        scope = {**request.scope, "path": path}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
            return path
    return "/"


def changed_meanwhile(request: Request, _error: Exception) -> Response:
    """Answers the second of two people who changed the same thing."""
    return answer(request, 409, errors.Stale().sentence if is_api(request) else None)


def broken_rule(request: Request, error: IntegrityError) -> Response:
    """Answers 409 when somebody else was first; a rule broken by our own fault is a 500."""
    if getattr(error.orig, "sqlstate", None) in ("23505", "23P01"):
        return changed_meanwhile(request, error)
    return broken(request, error)


def database_away(request: Request, error: Exception) -> Response:
    """Says that nothing was saved and to try again."""
    log.error("database away: %s", type(error).__name__)
    return answer(request, 503, headers={"Retry-After": "10"})


def broken(request: Request, error: Exception) -> Response:
    """Answers 500 without any detail; the log names the kind of error and the place, never its words."""
    note(error)
    return answer(request, 500)


def note(error: BaseException) -> None:
    """Logs what kind of error it was and where, without its words."""
    log.error("broken: %s at %s", type(error).__name__, where(error))


def where(error: BaseException) -> str:
    """Returns the lines of our own code that an error passed through, outermost first."""
    places, step = [], error.__traceback__
    while step is not None:
        name = step.tb_frame.f_globals.get("__name__", "")
        if name.partition(".")[0] in ("app", "conferences", "risk"):
            places.append(f"{name}:{step.tb_lineno}")
        step = step.tb_next
    return " > ".join(places) or "unknown"


def install(app: FastAPI) -> None:
    """Adds every handler to the app."""
    handlers: dict[type[Exception], Callable[..., Response]] = {
        SignInNeeded: sign_in_needed,
        CodeNeeded: code_needed,
        ScopeMissing: scope_missing,
        errors.NotFound: not_found,
        errors.NotAllowed: not_allowed,
        errors.Stale: changed_meanwhile,
        errors.WrongState: refused(409),
        errors.Incomplete: incomplete,
        errors.Refused: refused(422),
        errors.CannotOpen: broken,
        RequestValidationError: bad_request,
        HTTPException: http_error,
        StaleDataError: changed_meanwhile,
        IntegrityError: broken_rule,
        OperationalError: database_away,
        TimeoutError: database_away,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
