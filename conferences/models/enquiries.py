"""“Known elsewhere?”: one area asks another about the people of a case, and a person there answers."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, relationship

from conferences.models.accounts import User
from conferences.models.areas import Area
from conferences.models.base import Base, DataClass, HasId, HasSealed, key_to, plain, sealed


class EnquiryAnswer(StrEnum):
    """All that one area says to another in writing."""

    KNOWN = "known"
    NOT_KNOWN = "not_known"
    RING_ME = "ring_me"


class Enquiry(Base, HasId, HasSealed):
    """A question to another area; it belongs to the area that is asked."""

    __tablename__ = "enquiry"
    __table_args__ = (
        CheckConstraint("area_id <> from_area_id", name="asks_another_area"),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)"
            " AND (answered_at IS NULL) = (answer_sealed IS NULL)",
            name="answer_is_signed_and_dated",
        ),
        Index(
            "uq_enquiry_open",
            "case_id",
            "area_id",
            unique=True,
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index("ix_enquiry_waiting", "area_id", "asked_at"),
    )
    area_id: Mapped[UUID] = key_to("area")
    from_area_id: Mapped[UUID] = key_to("area")
    case_id: Mapped[UUID] = key_to("case_file")
    asked_at: Mapped[datetime] = plain()
    asked_by_id: Mapped[UUID] = key_to("user_account")
    about_sealed: Mapped[bytes] = sealed(DataClass.PERSONAL, nullable=False)
    reason_sealed: Mapped[bytes] = sealed(DataClass.SPECIAL, nullable=False)
    answer_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    answered_at: Mapped[datetime | None] = plain()
    answered_by_id: Mapped[UUID | None] = key_to("user_account")
    area: Mapped[Area] = relationship(lazy="selectin", foreign_keys=[area_id])
    from_area: Mapped[Area] = relationship(lazy="selectin", foreign_keys=[from_area_id])
    asked_by: Mapped[User] = relationship(lazy="selectin", foreign_keys=[asked_by_id])
