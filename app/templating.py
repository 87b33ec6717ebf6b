"""Pages as HTML: one Jinja environment, the shell around every page, and dates as people say them."""

import io
import secrets
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.assets import asset_url

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
LOCALES: Final = Path(__file__).parent / "locale"
LONDON: Final = ZoneInfo("Europe/London")
language: ContextVar[str] = ContextVar("language", default="en")


@dataclass(frozen=True)
class NavLink:
    """One entry of the main navigation; the count is of things waiting, None for no count."""

    href: str
    label: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Shell:
    """What stands around a page: whose it is, who is signed in, where they can go."""

    service_name: str = "Partnership"
    area_name: str = ""
    user_name: str = ""
    role_label: str = ""
    nav: Sequence[NavLink] = ()
    demo: bool = False
    csrf_token: str = ""
    help_phone: str = ""
    signed_in: bool = False
    may_search: bool = False
    exit_button: bool = False
    handling_note: str = ""


@cache
def translations(tongue: str) -> NullTranslations:
    """Read one language's catalogue; a language without one falls back to the words in the templates."""
    catalogue = LOCALES / tongue / "LC_MESSAGES" / "messages.po"
    if not catalogue.is_file():
        return NullTranslations()
    with catalogue.open("rb") as source, io.BytesIO() as compiled:
        write_mo(compiled, read_po(source, locale=tongue))
        compiled.seek(0)
        return GNUTranslations(compiled)


def t(message: str, **values: object) -> str:
    """Say a sentence in the reader's language, with `%(name)s` places filled in."""
    said = translations(language.get()).gettext(message) if message else ""
    return said % values if values else said


def tn(one: str, many: str, count: int, **values: object) -> str:
    """Say a sentence that depends on a count, with `%(count)s` and other places filled in."""
    return translations(language.get()).ngettext(one, many, count) % {"count": count, **values}


def _here(when: date) -> date:
    """Take the day in London for a moment in time; a moment without a zone is refused."""
    if not isinstance(when, datetime):
        return when
    if when.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return when.astimezone(LONDON)


def day(when: date) -> str:
    """Say a day in full: Wednesday 2 December 2026."""
    return format_date(_here(when), "EEEE d MMMM y", locale=_formats())


def short_day(when: date) -> str:
    """Say a day: 2 December 2026."""
    return format_date(_here(when), "d MMMM y", locale=_formats())


def clock(when: datetime) -> str:
    """Say a time of day in London: 9:30am, 5pm, midday."""
    here = _here(when)
    assert isinstance(here, datetime)  # noqa: S101 - narrows the type
    if here.minute == 0 and here.hour in (0, 12):
        return t("midday") if here.hour else t("midnight")
    minutes = f":{here.minute:02}" if here.minute else ""
    return f"{(here.hour - 1) % 12 + 1}{minutes}{'am' if here.hour < 12 else 'pm'}"


def initials(name: str) -> str:
    """Shorten a name to its initials: T.M. for Testa Marrowby; nothing for no name."""
    return "".join(f"{part[0].upper()}." for part in name.split() if part[0].isalpha())


def _formats() -> str:
    return {"en": "en_GB", "cy": "cy_GB"}.get(language.get(), language.get())


def new_form_key() -> str:
    """Make the random key that lets a form sent twice be recognised as one."""
    return secrets.token_urlsafe(16)


@cache
def environment() -> Environment:
    """Build the environment that pages are rendered in: strict about missing names, escaping everything."""
    built = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    built.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: t(message),
        lambda one, many, n: translations(language.get()).ngettext(one, many, n),
        newstyle=True,
    )
    built.filters.update(day=day, short_day=short_day, clock=clock, initials=initials)
    built.globals.update(asset_url=asset_url, new_form_key=new_form_key)
    return built


def render(request: Request, template: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:
    """Answer with a page inside the shell that the request carries in `request.state.shell`."""
    shell = getattr(request.state, "shell", None) or Shell()
    words = {"errors": (), "lang": language.get(), **context, "shell": shell, "request": request}
    return HTMLResponse(environment().get_template(template).render(words), status_code=status_code)
