"""Copies of documents: asked for together with the job that makes them, made by the worker."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from app import jobs, pdf
from app.db import acting_for
from app.errors import note
from conferences.errors import NotFound
from conferences.meeting import documents, papers
from conferences.models import Agency, Conference, Document, DocumentKind, User
from conferences.permissions import Permission, may

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
}


def ask_for_agenda(session: Session, actor: User, conference: Conference, *, now: datetime) -> Document:
    """Asks for the person's copy of an agenda and, in the same transaction, for the job that makes it."""
    return _with_job(session, actor, documents.ask_for_agenda(session, actor, conference, now=now))


def ask_for_plan(session: Session, actor: User, agency: Agency, *, now: datetime) -> Document:
    """Asks for an agency's action plan and, in the same transaction, for the job that makes it."""
    return _with_job(session, actor, documents.ask_for_plan(session, actor, agency, now=now))


def _with_job(session: Session, actor: User, document: Document) -> Document:
    jobs.ask(session, make_copy, document_id=document.id.hex, actor_id=actor.id.hex)
    return document


def download(session: Session, actor: User, document: Document, *, now: datetime) -> Response:
    """Hands the PDF to the person it was made for, under a name like `D-7F3K9-v1.pdf` that says nothing."""
    if not may_still_have(actor, document):
        raise NotFound
    body = documents.fetch(session, actor, document, now=now)
    named = f'attachment; filename="{document.number}-v{document.version}.pdf"'
    return Response(body, media_type="application/pdf", headers=HEADERS | {"Content-Disposition": named})


@jobs.queue.task(name="documents.make_copy")
def make_copy(document_id: str, actor_id: str) -> None:
    """Makes one copy, or marks it as failed so that nobody goes on waiting; twice changes nothing."""
    try:
        with jobs.unit_of_work() as session:
            _make(session, UUID(document_id), UUID(actor_id), now=datetime.now(UTC))
    except Exception as problem:
        note(problem)
        with jobs.unit_of_work() as session:
            _give_up(session, UUID(document_id), UUID(actor_id))


def _wanted(session: Session, document_id: UUID, actor_id: UUID) -> tuple[User, Document | None]:
    actor = session.get_one(User, actor_id)
    acting_for(session, actor.id, actor.area_id)
    return actor, documents.to_make(session, document_id)


def _make(session: Session, document_id: UUID, actor_id: UUID, *, now: datetime) -> None:
    actor, document = _wanted(session, document_id, actor_id)
    if document is None:
        return
    if not may_still_have(actor, document):
        raise NotFound
    cases, body = papers.cases_in(session, document), _drawn(session, document, now)
    documents.keep(session, document, body, cases=cases, now=now)


def may_still_have(actor: User, document: Document) -> bool:
    """Returns whether the person a copy is for may, as things are now, know what it says."""
    if document.recipient_id != actor.id:
        return False
    if document.kind is DocumentKind.AGENDA:
        return may(actor, Permission.MAKE_AGENDA, document.conference)
    return may(actor, Permission.MAKE_PLAN, document.agency)


def _drawn(session: Session, document: Document, now: datetime) -> bytes:
    if document.kind is DocumentKind.AGENDA:
        return pdf.render_agenda(papers.agenda_plan(session, document))
    return pdf.render_action_plan(papers.action_plan(session, document, now=now))


def _give_up(session: Session, document_id: UUID, actor_id: UUID) -> None:
    _, document = _wanted(session, document_id, actor_id)
    if document is not None:
        documents.give_up(document)
