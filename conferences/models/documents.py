"""A numbered, versioned copy of a document made for one reader."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from conferences.models.accounts import User
from conferences.models.areas import Agency
from conferences.models.base import Base, DataClass, HasId, HasSealed, key_to, one_of, plain, sealed
from conferences.models.meetings import Conference


class DocumentKind(StrEnum):
    """What a document is for."""

    AGENDA = "agenda"
    ACTION_PLAN = "action_plan"


class DocumentStatus(StrEnum):
    """Whether the copy can be fetched yet."""

    ASKED = "asked"
    READY = "ready"
    FAILED = "failed"


class Document(Base, HasId, HasSealed):
    """One copy: what it is, for whom, which version, and the sealed PDF itself."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("area_id", "number", "version"),
        CheckConstraint(
            "(status = 'ready') = (body_sealed IS NOT NULL)"
            " AND (body_sealed IS NULL) = (sha256 IS NULL)"
            " AND (body_sealed IS NULL) = (made_at IS NULL)",
            name="ready_has_a_body",
        ),
        CheckConstraint("(kind = 'action_plan') = (agency_id IS NOT NULL)", name="a_plan_has_an_agency"),
    )
    area_id: Mapped[UUID] = key_to("area")
    kind: Mapped[DocumentKind] = plain(one_of(DocumentKind))
    number: Mapped[str] = plain()
    version: Mapped[int] = plain()
    conference_id: Mapped[UUID | None] = key_to("conference")
    agency_id: Mapped[UUID | None] = key_to("agency")
    recipient_id: Mapped[UUID] = key_to("user_account", index=True)
    check_code: Mapped[str] = plain(unique=True)
    destroy_on: Mapped[date] = plain()
    status: Mapped[DocumentStatus] = plain(one_of(DocumentStatus), default=DocumentStatus.ASKED)
    asked_at: Mapped[datetime] = plain()
    made_at: Mapped[datetime | None] = plain()
    sha256: Mapped[str | None] = plain()
    body_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    recipient: Mapped[User] = relationship(lazy="selectin")
    agency: Mapped[Agency | None] = relationship(lazy="selectin")
    conference: Mapped[Conference | None] = relationship(lazy="selectin")


class DocumentCase(Base):
    """That a copy speaks of a case, so that whoever is shut out of the case later cannot fetch it again."""

    __tablename__ = "document_case"
    document_id: Mapped[UUID] = key_to("document", primary_key=True)
    case_id: Mapped[UUID] = key_to("case_file", primary_key=True)
