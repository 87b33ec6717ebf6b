"""The conflict wall: who must never learn that a case exists, and the few who alone may."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, relationship

from conferences.models.accounts import User
from conferences.models.base import Base, DataClass, HasId, HasSealed, key_to, plain, sealed

LIFTING = (
    "(lifted_at IS NULL) = (lifted_by_id IS NULL) AND (lifted_at IS NULL) = (lifting_reason_sealed IS NULL)"
)


class Exclusion(Base, HasId, HasSealed):
    """This person, everyone in this agency, or somebody named who has no account yet, may not know."""

    __tablename__ = "exclusion"
    __table_args__ = (
        CheckConstraint("num_nonnulls(user_id, agency_id, named_sealed) = 1", name="one_is_meant"),
        CheckConstraint("by_id IS NOT NULL OR suggested_at IS NOT NULL", name="somebody_or_a_likeness"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirming_is_signed"),
        CheckConstraint(LIFTING, name="lifting_is_signed"),
    )
    case_id: Mapped[UUID] = key_to("case_file", index=True)
    user_id: Mapped[UUID | None] = key_to("user_account")
    agency_id: Mapped[UUID | None] = key_to("agency")
    named_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    reason_sealed: Mapped[bytes] = sealed(DataClass.SAFE, nullable=False)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID | None] = key_to("user_account")
    suggested_at: Mapped[datetime | None] = plain()
    confirmed_at: Mapped[datetime | None] = plain()
    confirmed_by_id: Mapped[UUID | None] = key_to("user_account")
    lifted_at: Mapped[datetime | None] = plain()
    lifted_by_id: Mapped[UUID | None] = key_to("user_account")
    lifting_reason_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)


class Restriction(Base, HasId, HasSealed):
    """One of the few who may know of a case; while a case has any, it exists for nobody else."""

    __tablename__ = "restriction"
    __table_args__ = (
        CheckConstraint("num_nonnulls(user_id, agency_id) = 1", name="person_or_agency"),
        CheckConstraint(LIFTING, name="lifting_is_signed"),
        Index("ix_restriction_in_force", "case_id", postgresql_where=text("lifted_at IS NULL")),
    )
    case_id: Mapped[UUID] = key_to("case_file")
    user_id: Mapped[UUID | None] = key_to("user_account")
    agency_id: Mapped[UUID | None] = key_to("agency")
    reason_sealed: Mapped[bytes] = sealed(DataClass.SAFE, nullable=False)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
    lifted_at: Mapped[datetime | None] = plain()
    lifted_by_id: Mapped[UUID | None] = key_to("user_account")
    lifting_reason_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
