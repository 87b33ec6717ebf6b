"""One answer saved as it is given, of a referral's own checklist or of one beside it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session
from starlette.responses import JSONResponse

from app.forms import Typed
from app.pages.checklist.views.answers import one_of, read_answers
from app.pages.common.draft import first
from app.templating import clock, t
from conferences.checklist import assessments
from conferences.checklist.answers import Answer
from conferences.checklist.assessments import Progress
from conferences.models import Assessment

Save = Callable[[list[Answer]], Progress]


def one_answer(session: Session, row: Assessment, typed: Typed, save: Save, now: datetime) -> JSONResponse:
    """Saves the answer that was sent by itself; says how many there are, and never a score."""
    edition, wanted = assessments.edition_of(row), first(typed, "item")
    items = [item for item in edition.items if item.id == wanted]
    if not items:
        return JSONResponse({"error": t("That question is not on this checklist.")}, 422)
    read = read_answers(edition, items, one_of(items[0], typed), assessments.answers_of(session, row))
    if read.form.errors:
        return JSONResponse({"error": read.form.errors[0].message}, 422)
    progress = save(read.given)
    reply = {"answered": progress.answered, "total": progress.total, "certain": progress.certain}
    return JSONResponse(reply | {"saved_at": clock(now)})
