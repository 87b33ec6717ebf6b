"""Who did or saw what, and who was refused."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.orm import Mapped, relationship

from conferences.models.base import (
    Base,
    DataClass,
    DataKey,
    HasId,
    key_to,
    one_of,
    open_because,
    plain,
    sealed,
)


class AuditOutcome(StrEnum):
    """Whether the thing was done or refused."""

    DONE = "done"
    REFUSED = "refused"


class AuditEntry(Base, HasId):
    """One line of the trail; the service may add lines and read them, never change or remove one."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)
    seq: Mapped[int] = plain(BigInteger, Identity(always=True), unique=True)
    area_id: Mapped[UUID | None] = key_to("area", index=True)
    at: Mapped[datetime] = plain()
    actor_id: Mapped[UUID | None] = open_because(
        DataClass.PERSONAL, "the trail answers who looked; it is read by subject and by actor", index=True
    )
    kind: Mapped[str] = plain()
    subject_kind: Mapped[str | None] = plain()
    subject_id: Mapped[UUID | None] = plain()
    outcome: Mapped[AuditOutcome] = plain(one_of(AuditOutcome), default=AuditOutcome.DONE)
    fields: Mapped[str | None] = plain()
    data_key_id: Mapped[UUID | None] = key_to("data_key")
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    data_key: Mapped[DataKey | None] = relationship(lazy="select")
