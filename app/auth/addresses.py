"""Where a person may be sent after signing in, and where a request came from."""

from urllib.parse import urlsplit

from fastapi import Request


def safe_next(wanted: str | None) -> str:
    """Returns the wanted path when it lies on this site, or the front page.

    A backslash or a second slash at the start would make browsers leave the site.
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    if any(letter == "\\" or ord(letter) < 33 or ord(letter) == 127 for letter in wanted):
        return "/"
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else "/"


def client_address(request: Request) -> str:
    """Returns the address the request came from; the server has already judged any forwarding header."""
    return request.client.host if request.client else "unknown"
