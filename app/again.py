"""A form sent after its session had run out: what was typed is handed back, to be sent again."""

from dataclasses import replace
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.responses import Response

from app import shell
from app.templating import render

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 200
# Nothing is handed back where a secret is typed, or where there is nothing to lose.
NEVER = ("/sign-in", "/sign-out", "/welcome", "/account", "/search")
_NOT_TYPED = ("csrf_token", "form_key", "version")


def hand_back(request: Request) -> Response | None:
    """Returns a page that holds what somebody typed who was signed in; None when there is nothing to hold.

    It stands in that page alone, as it did in the page it was typed into: nothing is stored.
    """
    body: bytes = getattr(request.state, "sent", b"")
    by_script = "application/json" in request.headers.get("Accept", "")
    if not body or by_script or request.url.path.startswith(NEVER) or not shell.was_signed_in(request):
        return None
    try:
        typed = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    if not any(words.strip() for name, words in typed if name not in _NOT_TYPED):
        return None
    request.state.shell = replace(shell.bare(request), exit_button=True)
    query = f"?{request.url.query}" if request.url.query else ""
    return render(
        request,
        "errors/signed_out.html",
        status_code=401,
        typed=[(name, words) for name, words in typed if name != "csrf_token"],
        token=shell.again_token(request),
        action=request.url.path + query,
    )
