"""Documents as PDF: the only door; Pango is needed when something is drawn, not when this is imported."""

from app.pdf.pango import PangoMissing, pango_missing
from app.pdf.refusal import RenderRefused
from app.pdf.words import action_plan_html, agenda_html, blank_html
from conferences.plans import ActionPlan, AgendaPlan
from conferences.referral.blanks import BlankForm

__all__ = [
    "PangoMissing",
    "RenderRefused",
    "pango_missing",
    "render_action_plan",
    "render_agenda",
    "render_blank",
]


def render_agenda(plan: AgendaPlan, *, strict: bool = False) -> bytes:
    """Draw the chair's agenda as a tagged PDF; the same plan gives the same bytes.

    `strict` raises RenderRefused when the drawing engine grumbles; otherwise only their number is logged.
    Raises PangoMissing when the machine cannot draw.
    """
    return _draw(agenda_html(plan), strict)


def render_action_plan(plan: ActionPlan, *, strict: bool = False) -> bytes:
    """Draw one agency's own actions, soonest first, as a tagged PDF; the same plan gives the same bytes.

    `strict` and the errors are as for the agenda.
    """
    return _draw(action_plan_html(plan), strict)


def render_blank(form: BlankForm, *, strict: bool = False) -> bytes:
    """Draw an empty form as a tagged PDF, with boxes to type into where it is fillable.

    `strict` and the errors are as for the agenda.
    """
    return _draw(blank_html(form), strict, forms=form.fillable)


def _draw(html: str, strict: bool, *, forms: bool = False) -> bytes:
    lacking = pango_missing()
    if lacking:
        raise PangoMissing(lacking)
    from app.pdf.engine import draw

    return draw(html, strict=strict, forms=forms)
