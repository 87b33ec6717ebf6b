"""What the pages about copies show: which document, for whom, whether it can be fetched yet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.templating import short_day, t
from conferences.models import Document, DocumentKind, DocumentStatus

PATIENCE: Final = timedelta(minutes=3)
_STATES: Final = {DocumentStatus.READY: "ready", DocumentStatus.FAILED: "failed"}


@dataclass(frozen=True)
class CopyView:
    """One copy: `state` is waiting, late, ready or failed; `again` is where to ask for another."""

    href: str
    title: str
    about: str
    number: str
    state: str
    asked_at: datetime
    made_at: datetime | None
    destroy_on: date
    check_code: str
    again: str
    agency: str


def copy_view(document: Document, *, now: datetime) -> CopyView:
    """Describes one copy; one that is not made after three minutes is late."""
    waiting = "late" if now - document.asked_at > PATIENCE else "waiting"
    is_agenda = document.kind is DocumentKind.AGENDA
    return CopyView(
        href=f"/documents/{document.id.hex}",
        title=t("Agenda") if is_agenda else t("Action plan"),
        about=_about(document),
        number=t("%(number)s, version %(version)s", number=document.number, version=document.version),
        state=_STATES.get(document.status, waiting),
        asked_at=document.asked_at,
        made_at=document.made_at,
        destroy_on=document.destroy_on,
        check_code=document.check_code,
        again=_again(document),
        agency=document.agency_id.hex if document.agency_id else "",
    )


def _about(document: Document) -> str:
    if document.conference is not None:
        return t("Meeting on %(day)s", day=short_day(document.conference.starts_at))
    return document.agency.name if document.agency else ""


def _again(document: Document) -> str:
    if document.conference_id is not None:
        return f"/conferences/{document.conference_id.hex}/agenda/copy"
    return "/actions/plan"
