"""Copies of documents: asked for by one person, made once, sealed, fetched by that person alone."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conferences import audit, policies, references
from conferences.calendars import local_day, working_days_from
from conferences.errors import NotFound, Refused
from conferences.models import (
    Agency,
    Area,
    Conference,
    Document,
    DocumentCase,
    DocumentKind,
    DocumentStatus,
    User,
    new_id,
)
from conferences.permissions import Permission, may, require
from conferences.plans import Copy
from conferences.sealing import new_data_key, seal_bytes, unseal, unseal_bytes


def ask_for_agenda(session: Session, actor: User, conference: Conference, *, now: datetime) -> Document:
    """Asks for this person's copy of the agenda as it was last issued."""
    require(actor, Permission.MAKE_AGENDA, conference)
    if conference.agenda_version == 0:
        raise Refused("Issue the agenda first.")
    destroy_on = local_day(conference.starts_at) + timedelta(days=7)
    return _ask(session, actor, DocumentKind.AGENDA, conference, None, destroy_on, now)


def ask_for_plan(session: Session, actor: User, agency: Agency, *, now: datetime) -> Document:
    """Asks for an agency's own action plan; only the agency, the coordinator and the chair may."""
    if not may(actor, Permission.MAKE_PLAN, agency):
        raise NotFound
    area = session.get_one(Area, actor.area_id)
    destroy_on = working_days_from(local_day(now), 10, area.nation)
    return _ask(session, actor, DocumentKind.ACTION_PLAN, None, agency, destroy_on, now)


def _ask(
    session: Session,
    actor: User,
    kind: DocumentKind,
    conference: Conference | None,
    agency: Agency | None,
    destroy_on: date,
    now: datetime,
) -> Document:
    number, version = _number_and_version(session, actor, kind, conference, agency)
    row = Document(
        id=new_id(),
        area_id=actor.area_id,
        kind=kind,
        number=number,
        version=version,
        conference=conference,
        agency=agency,
        recipient=actor,
        check_code=references.check_code(),
        destroy_on=destroy_on,
        asked_at=now,
        data_key=new_data_key(session),
    )
    session.add(row)
    audit.record(session, actor, "document.asked", row, at=now)
    session.flush()
    return row


def _number_and_version(
    session: Session, actor: User, kind: DocumentKind, conference: Conference | None, agency: Agency | None
) -> tuple[str, int]:
    """A copy of an agenda carries the issue's version; an agency's plans share a number and count up."""
    if conference is not None:
        return references.document_number(), conference.agenda_version
    session.execute(select(User.id).where(User.id == actor.id).with_for_update())
    same = select(Document.number, func.max(Document.version)).where(
        Document.recipient_id == actor.id,
        Document.kind == kind,
        Document.agency_id == (agency.id if agency else None),
    )
    found = session.execute(same.group_by(Document.number)).first()
    return (found[0], found[1] + 1) if found else (references.document_number(), 1)


def to_make(session: Session, document_id: UUID) -> Document | None:
    """Returns the copy a job is to make, locked; None when it has been made already."""
    return session.scalars(
        select(Document)
        .where(Document.id == document_id, Document.status == DocumentStatus.ASKED)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def keep(
    session: Session, document: Document, body: bytes, *, cases: Iterable[UUID] = (), now: datetime
) -> None:
    """Keeps a finished copy, sealed, with the hash that proves it and the cases it speaks of."""
    session.add_all(DocumentCase(document_id=document.id, case_id=case_id) for case_id in set(cases))
    seal_bytes(session, document, "body", body)
    document.sha256 = hashlib.sha256(body).hexdigest()
    document.made_at, document.status = now, DocumentStatus.READY
    audit.record(session, document.recipient, "document.made", document, at=now)


def give_up(document: Document) -> None:
    """Marks a copy that could not be made, so that nobody waits for it."""
    document.status = DocumentStatus.FAILED


def fetch(session: Session, actor: User, document: Document, *, now: datetime) -> bytes:
    """Returns the PDF to the person it was made for, and records that they took it."""
    require(actor, Permission.FETCH_DOCUMENT, document)
    body = unseal_bytes(session, document, "body")
    if body is None:
        raise Refused("This copy is not ready yet. Wait a moment, then try again.")
    audit.record(session, actor, "document.fetched", document, at=now)
    return body


def copy_of(session: Session, document: Document) -> Copy:
    """Returns what is printed on every page of this copy."""
    recipient = document.recipient
    return Copy(
        number=document.number,
        version=document.version,
        recipient_name=unseal(session, recipient, "name") or "",
        recipient_agency=recipient.agency.name if recipient.agency else "",
        made_at=document.asked_at,
        check_code=document.check_code,
        destroy_on=document.destroy_on,
    )


def reply_by(session: Session, area: Area, conference: Conference | None, today: date) -> date:
    """Returns the day by which an agency reports: before the next meeting, or in ten working days."""
    if conference is None:
        return working_days_from(today, 10, area.nation)
    return max(policies.deadlines_of(session, conference).report, today)
