"""Forms as the pages offer them, and what a careless or hostile program would send instead."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus

# As they travel: each may stand wherever a person types, chooses, or follows a link.
ODD = (
    "%00", "%ED%A0%80", "%FF%FE", "9" * 5000, "-1", "0", "NaN", "1e999", "%D9%A3", "%C2%B2", "9" * 20, "%",
    "9223372036854775808", "2026-02-30", "0001", "%7B%7D", "%0D%0A", "%F0%9F%92%A9" * 200, "x" * 99_000,
    "0" * 32, "..%2F..",
)  # fmt: skip
IN_A_PATH = tuple(one for one in ODD if len(one) < 5000 and one not in ("%",))
_NAMED = b'--a\r\nContent-Disposition: form-data; name="reason"'
# Whole bodies: what they say they are, and what they are.
BODIES = (
    ("application/json", b"{}"),
    ("application/json", b"\xff"),
    ("text/plain", b"x"),
    ("", b"\x00" * 2000),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=a", _NAMED + b'; filename="x"\r\n\r\n\xff\x00\r\n--a--\r\n'),
    ("multipart/form-data; boundary=a", _NAMED + b"\r\n\r\n\xff\xfe\x00\r\n--a--\r\n"),
    ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--\r\n"),
    ("multipart/form-data; charset=nosuch; boundary=a", _NAMED + b"\r\n\r\nx\r\n--a--\r\n"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    ("application/x-www-form-urlencoded", b"\xff=\xff&\x00=\x00"),
    ("application/x-www-form-urlencoded", b"a=" + b"x" * 1_100_000),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(1500))),
)
_UNSAID = {"form_key", "csrf_token"}


@dataclass
class Form:
    """One form of a page: where it is sent, what a browser would send untouched, and what is typed freely."""

    action: str = ""
    method: str = "get"
    given: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def names(self) -> list[str]:
        """Gives the names of all its fields but those that no person fills."""
        return [name for name in self.given if name not in _UNSAID]

    def filled(self, value: str, *, words_only: bool = False) -> str:
        """Returns the form as it travels, with a value that is already written so in its fields."""
        said = {
            name: value if name in self.words or not words_only else quote_plus(self.given[name])
            for name in self.names()
        }
        return "".join(f"&{quote_plus(name)}={one}" for name, one in said.items())


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(about.get("action", ""), about.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open is not None:
            self._field(self._open, tag, about)

    def _field(self, form: Form, tag: str, about: dict[str, str]) -> None:
        name = about.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and about.get("value"):
            form.given.setdefault(self._select, about["value"])
        elif name and tag in ("textarea", "input"):
            form.given.setdefault(name, about.get("value", ""))
            if tag == "textarea" or about.get("type", "text") in ("text", "search", "tel", "email"):
                form.words.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms(page: str) -> list[Form]:
    """Returns every form of a page."""
    reader = _Forms()
    reader.feed(page)
    return reader.found


def sent_to(page: str, address: str) -> Form:
    """Returns all that the forms of a page would send to an address, as one form."""
    whole = Form(address, "post")
    for one in forms(page):
        if one.method == "post" and (one.action or address).split("?")[0] == address:
            whole.given |= one.given
            whole.words |= one.words
    return whole


def title(page: str) -> str:
    """Returns a page's title, or nothing."""
    found = re.search(r"<title>\s*(.*?)\s*</title>", page, re.S)
    return found[1] if found else ""
