"""A plan in words: the templates of documents, which see dataclasses and nothing else."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import segno
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.pdf.letters import drawable
from app.templating import LONDON, clock, day, language, short_day, t, translations
from conferences.plans import ActionPlan, AgendaPlan, PlannedAction
from conferences.referral.blanks import BlankForm

PDF_TEMPLATES: Final = Path(__file__).resolve().parent.parent.parent / "templates" / "pdf"


@dataclass(frozen=True)
class Square:
    """A QR code as one SVG path, `size` modules wide."""

    size: int
    path: str


def qr(text: str) -> Square:
    """Draw a code that holds the text and nothing else."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    path = "".join(
        f"M{match.start()} {y}.5h{len(match.group())}"
        for y, row in enumerate(rows)
        for match in re.finditer("1+", "".join(str(cell) for cell in row))
    )
    return Square(len(rows), path)


def brief_day(when: date) -> str:
    """Say a day where room is short: Wed 2 Dec 2026."""
    return format_date(when, "EEE d MMM y", locale="cy_GB" if language.get() == "cy" else "en_GB")


def time_of_day(when: time) -> str:
    """Say a local clock time: 9:30am, midday."""
    return clock(datetime.combine(date(2000, 1, 1), when, tzinfo=LONDON))


def moment(when: datetime) -> str:
    """Say when something happened, in London: Fri 27 Nov 2026, 4:22pm; raises ValueError without a zone."""
    if when.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return f"{brief_day(when.astimezone(LONDON))}, {clock(when)}"


def printable(value: object) -> object:
    """Give words as they can be drawn, before they are escaped; leave other things alone."""
    if isinstance(value, Markup):
        return Markup(drawable(value))  # noqa: S704 - no letter becomes markup on the way
    return drawable(value) if isinstance(value, str) else value


@cache
def environment() -> Environment:
    """Build the environment documents are rendered in: strict about missing names, escaping everything."""
    built = Environment(
        loader=FileSystemLoader(PDF_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    built.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: t(message),
        lambda one, many, n: translations(language.get()).ngettext(one, many, n),
        newstyle=True,
    )
    built.filters.update(
        day=day, short_day=short_day, brief_day=brief_day, time_of_day=time_of_day, moment=moment
    )
    built.globals.update(qr=qr)
    return built


def agenda_html(plan: AgendaPlan) -> str:
    """Put the chair's agenda into words."""
    return _render("agenda.html", plan=plan, copy=plan.copy)


def action_plan_html(plan: ActionPlan) -> str:
    """Put an agency's own actions into words, soonest due first."""
    return _render("action_plan.html", plan=plan, copy=plan.copy, actions=sorted(plan.actions, key=_soonest))


def blank_html(form: BlankForm) -> str:
    """Put an empty form into words."""
    return _render("blank.html", form=form)


def _soonest(action: PlannedAction) -> tuple[date, time, str]:
    return action.due_on, action.due_by or time.max, action.reference


def _render(template: str, **words: Any) -> str:
    lang = {"en": "en-GB", "cy": "cy"}.get(language.get(), language.get())
    return environment().get_template(template).render(words, lang=lang)
