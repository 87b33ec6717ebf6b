"""What surrounds every request: headers, size limit, same-origin checks, one log line, a last resort."""

import logging
import re
import time
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import again, errors
from app.auth.tokens import is_form_token
from app.auth.who import bearer
from app.shell import AGAIN, SESSION_COOKIE, VISITOR_COOKIE
from app.templating import t
from conferences.imports.safety import LARGEST_FILE

LARGEST_BODY = 1024 * 1024
# Where a file may be sent, and what is said of one that is too large.
UPLOADS = {
    "/imports/new": "The file is larger than 5 MB. Split it, for example by year.",
    "/referrals/from-word": "The file is larger than 5 MB. Save the form without its pictures.",
}
LARGEST_UPLOAD = LARGEST_FILE + LARGEST_BODY  # the file, and what its form says beside it
# A browser shows the answer only once it has sent everything: so much is taken in, and forgotten.
LARGEST_IGNORED = 64 * 1024 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_FIRST_PART = re.compile(
    rb'--[^\r\n]{1,200}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n([!-~]{1,200})\r\n', re.I
)
log = logging.getLogger("app.requests")

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Around:
    """Wraps the app: every answer, also one made of an error, leaves through here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method, started = scope["method"], time.perf_counter()
        # A copy: the server itself must go on knowing that it was asked for a head only.
        scope = {**scope, "method": "GET" if method == "HEAD" else method, "state": scope.get("state", {})}
        request = Request(scope)
        send = _with_headers(request, _without_body(send) if method == "HEAD" else send)
        status = await self._serve(request, receive, send)
        _log_line(scope, method, status, time.perf_counter() - started)

    async def _serve(self, request: Request, receive: Receive, send: Send) -> int:
        sent = _Sent(send)
        try:
            refusal, receive = await _refusal(request, receive)
            await (refusal or self.app)(request.scope, receive, sent)
        except Exception as error:
            if sent.status:
                log.error("broken off: %s at %s", type(error).__name__, errors.where(error))
                raise
            response = await run_in_threadpool(errors.broken, request, error)
            await response(request.scope, receive, sent)
        return sent.status


class _Sent:
    """Passes messages on and remembers the status."""

    def __init__(self, send: Send) -> None:
        self._send, self.status = send, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)


def _with_headers(request: Request, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if not (request.url.path.startswith("/static/") and message["status"] in (200, 304)):
                headers["Cache-Control"] = "no-store"
            visitor = getattr(request.state, "new_visitor", None)
            if visitor:
                headers.append("Set-Cookie", cookie(VISITOR_COOKIE, visitor))
        await send(message)

    return sending


def cookie(name: str, value: str, *, gone: bool = False) -> str:
    """Returns a cookie no script can read, no other site can send along with a form, no subdomain can set."""
    return f"{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax" + ("; Max-Age=0" if gone else "")


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending


async def _refusal(request: Request, receive: Receive) -> tuple[Response | None, Receive]:
    """Returns an answer when the request must not reach the app, and the body to go on with."""
    if request.method in SAFE:
        elsewhere = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        if elsewhere and request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            return errors.answer(request, 403), receive
        return None, receive
    body = await _read(request, receive)
    if body is None:
        return errors.answer(request, 413, t(UPLOADS.get(request.url.path, ""))), receive
    if bearer(request) is None and not (is_same_origin(request) and _has_token(request, body)):
        return errors.answer(request, 403), _replay(body, receive)
    if request.headers.get("Content-Type", "").startswith(again.FORM):
        request.state.sent = body
    return None, _replay(body, receive)


async def _read(request: Request, receive: Receive) -> bytes | None:
    """Reads the body, or returns None as soon as it is known to be too large."""
    length = request.headers.get("Content-Length", "0")
    most = LARGEST_UPLOAD if request.url.path in UPLOADS else LARGEST_BODY
    if not length.isdecimal() or int(length) > most:
        if request.url.path in UPLOADS:
            await _ignore(receive)
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


async def _ignore(receive: Receive) -> None:
    """Takes in what is not wanted, and keeps none of it."""
    ignored = 0
    while ignored < LARGEST_IGNORED:
        message = await receive()
        ignored += len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def is_same_origin(request: Request) -> bool:
    """Says whether a browser itself vouches that one of our own pages sent this.

    Under the referrer policy no-referrer browsers send "Origin: null" from our own forms, so that counts
    only together with the fetch metadata, which no page can forge.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin"):
        return False
    if origin in (None, "null"):
        return site == "same-origin"
    public = request.app.state.settings.public_url
    return urlsplit(origin).netloc == (urlsplit(public).netloc if public else request.headers.get("Host", ""))


def _has_token(request: Request, body: bytes) -> bool:
    visitor = request.cookies.get(VISITOR_COOKIE)
    browser = request.cookies.get(SESSION_COOKIE) or visitor
    given = request.headers.get("X-CSRF-Token") or _form_field(request.headers, body)
    if not browser or not given:
        return False
    keyring = request.app.state.keyring
    sent_again = bool(visitor) and is_form_token(keyring, f"{AGAIN}{visitor}", given)
    return is_form_token(keyring, browser, given) or sent_again


def _form_field(headers: Headers, body: bytes) -> str | None:
    """Returns the token of a form; whatever else is sent names it in the header."""
    kind = headers.get("Content-Type", "")
    if kind.startswith("multipart/form-data"):
        found = _FIRST_PART.match(body[:1000])  # our forms name the token before anything else
        return found[1].decode("ascii") if found else None
    if not kind.startswith("application/x-www-form-urlencoded"):
        return None
    try:
        given = parse_qs(body.decode("ascii", "replace"), max_num_fields=1000).get("csrf_token", [])
    except ValueError:
        return None
    return given[0] if len(given) == 1 else None


def _log_line(scope: Scope, method: str, status: int, seconds: float) -> None:
    """Names the route, never the address: addresses hold references."""
    route = getattr(scope.get("route"), "path", "none")
    log.info("%s %s %s %d ms", method, route, status, round(seconds * 1000))
