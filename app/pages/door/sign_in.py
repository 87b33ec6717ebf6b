"""Signing in and out."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from app.auth import links, rates, signing_in
from app.auth.addresses import client_address, safe_next
from app.auth.codes import in_fours, picture
from app.auth.who import Db, Now, SignInNeeded, sign_in_session, visitor
from app.errors import answer
from app.forms import Filled, TypedForm, fill, redraw
from app.middleware import cookie
from app.shell import SESSION_COOKIE
from app.templating import render, t
from conferences import sealing
from conferences.models import SignInLink, SignInSession

router = APIRouter(dependencies=[Depends(visitor)], default_response_class=Response)
Row = Annotated[SignInSession | None, Depends(sign_in_session)]


class Address(BaseModel):
    """Who wants to sign in; the password is read apart, exactly as typed."""

    email: Annotated[str, Field(max_length=254)]


class Code(BaseModel):
    """The six digits, however they are spaced."""

    code: Annotated[str, Field(max_length=20)]


def _exactly(typed: TypedForm, name: str) -> str:
    given = typed.get(name, [])
    return given[0] if len(given) == 1 else ""


def _with_session(token: str, where: str) -> Response:
    response = RedirectResponse(where, 303)
    response.headers.append("Set-Cookie", cookie(SESSION_COOKIE, token))
    return response


def _too_many(request: Request) -> Response:
    sentence = t("You have tried too many times. Wait 15 minutes, then try again.")
    return answer(request, 429, sentence, {"Retry-After": "900"})


@router.get("/sign-in")
def ask_password(request: Request, row: Row, next: str = "/") -> Response:
    """Shows the sign-in page, and says so when a session has run out."""
    ran_out = row is None and SESSION_COOKIE in request.cookies
    form = Filled[Address]()
    return render(request, "sign_in/password.html", form=form, next=safe_next(next), ran_out=ran_out)


@router.post("/sign-in")
def take_password(request: Request, typed: TypedForm, row: Row, session: Db, now: Now) -> Response:
    """Goes on to the code when address and password belong together."""
    wanted, form, password = (
        safe_next(_exactly(typed, "next")),
        fill(Address, typed),
        _exactly(typed, "password"),
    )
    if not password:
        form = form.with_error("password", t("Enter your password"))
    if form.model is None:
        return _ask_again(request, form, wanted)
    email, address = form.model.email, client_address(request)
    try:
        token = signing_in.by_password(session, email, password, address=address, now=now, instead_of=row)
    except signing_in.TooMany:
        return _too_many(request)
    if token is None:
        form = form.with_error("email", t("The email address or the password is not right"))
        return _ask_again(request, form, wanted)
    return _with_session(token, f"/sign-in/code?next={quote(wanted)}")


def _ask_again(request: Request, form: Filled[Address], wanted: str) -> Response:
    return redraw(request, "sign_in/password.html", form, next=wanted, ran_out=False)


@router.get("/sign-in/code")
def ask_code(request: Request, row: Row, next: str = "/") -> Response:
    """Asks for the one-time code, also of somebody signed in who must show it again."""
    if row is None:
        raise SignInNeeded
    return render(request, "sign_in/code.html", form=Filled[Code](), next=safe_next(next))


@router.post("/sign-in/code")
def take_code(request: Request, typed: TypedForm, row: Row, session: Db, now: Now) -> Response:
    """Finishes signing in."""
    if row is None:
        raise SignInNeeded
    wanted, form = safe_next(_exactly(typed, "next")), fill(Code, typed)
    try:
        token = form.model and signing_in.by_code(session, row, form.model.code, now=now)
    except signing_in.TooMany:
        return _too_many(request)
    if form.model and not token:
        form = form.with_error("code", t("That code is not right, or has been used. Wait for the next one."))
    if not token:
        return redraw(request, "sign_in/code.html", form, next=wanted)
    return _with_session(token, wanted)


@router.post("/sign-out")
def leave(row: Row, session: Db, now: Now) -> Response:
    """Ends the session and asks the browser to forget what it kept."""
    if row is not None:
        signing_in.sign_out(session, row, now=now)
    response = RedirectResponse("/sign-in", 303)
    response.headers.append("Set-Cookie", cookie(SESSION_COOKIE, "", gone=True))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _enrolment(session: Db, link: SignInLink) -> dict[str, Any]:
    secret = links.code_secret(session, link)
    email = sealing.unseal(session, link.user, "email") or ""
    issuer = link.user.area.service_name
    return {"email": email, "secret": in_fours(secret), "qr": picture(secret, account=email, issuer=issuer)}


def _gone(request: Request) -> Response:
    return render(request, "sign_in/link_gone.html", status_code=404)


@router.get("/welcome/{token}")
def ask_first_password(request: Request, token: str, session: Db, now: Now) -> Response:
    """Shows a new person the secret for their authenticator app."""
    link = links.find(session, token, now=now)
    if link is None:
        return _gone(request)
    return render(request, "sign_in/welcome.html", form=Filled[Code](), **_enrolment(session, link))


@router.post("/welcome/{token}")
def take_first_password(request: Request, token: str, typed: TypedForm, session: Db, now: Now) -> Response:
    """Keeps the first password and the code secret, and signs the person in."""
    if not rates.within(session, rates.LINK, client_address(request), now=now):
        return _too_many(request)
    link = links.find(session, token, now=now, to_use=True)
    if link is None:
        return _gone(request)
    form: Filled[Code] = Filled()
    password, code = _exactly(typed, "password"), _exactly(typed, "code")
    for field, sentence in signing_in.welcome_problems(session, link, password, code, now=now):
        form = form.with_error(field, t(sentence))
    if form.errors:
        return redraw(request, "sign_in/welcome.html", form, **_enrolment(session, link))
    return _with_session(signing_in.welcome(session, link, password, code, now=now), "/")
