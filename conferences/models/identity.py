"""Who was found to be the same person, and which referral was found to be a repeat: decisions of people."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, relationship

from conferences.models.accounts import User
from conferences.models.base import (
    Base,
    DataClass,
    HasId,
    HasSealed,
    key_to,
    one_of,
    open_because,
    plain,
    sealed,
)

_UNDONE_IS_SIGNED = "(undone_at IS NULL) = (undone_by_id IS NULL)"


class Sameness(StrEnum):
    """What a person said about two records."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_SURE = "not_sure"


class IdentityDecision(Base, HasId, HasSealed):
    """Two records looked at side by side; a merge is this line and nothing else, so undoing it restores."""

    __tablename__ = "identity_decision"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="two_records_in_order"),
        CheckConstraint(_UNDONE_IS_SIGNED, name="undone_is_signed_and_dated"),
        Index(
            "uq_identity_decision_in_force",
            "one_id",
            "other_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_identity_decision_other_id", "other_id"),
    )
    area_id: Mapped[UUID] = key_to("area", index=True)
    one_id: Mapped[UUID] = key_to("person")
    other_id: Mapped[UUID] = key_to("person")
    answer: Mapped[Sameness] = open_because(
        DataClass.PERSONAL, "records of one person are found together in one query", one_of(Sameness)
    )
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
    undone_at: Mapped[datetime | None] = plain()
    undone_by_id: Mapped[UUID | None] = key_to("user_account")
    by: Mapped[User] = relationship(lazy="selectin", foreign_keys=[by_id])


class RepeatDecision(Base, HasId, HasSealed):
    """Whether a referral is a repeat, as a person confirmed it, with the evidence they were shown."""

    __tablename__ = "repeat_decision"
    __table_args__ = (
        CheckConstraint(_UNDONE_IS_SIGNED, name="undone_is_signed_and_dated"),
        Index(
            "uq_repeat_decision_in_force",
            "referral_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
        ),
    )
    referral_id: Mapped[UUID] = key_to("referral")
    is_repeat: Mapped[bool] = open_because(DataClass.SPECIAL, "the data return counts repeats")
    earlier_referral_id: Mapped[UUID | None] = key_to("referral")
    evidence_sealed: Mapped[bytes] = sealed(DataClass.SPECIAL, nullable=False)
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
    undone_at: Mapped[datetime | None] = plain()
    undone_by_id: Mapped[UUID | None] = key_to("user_account")
    by: Mapped[User] = relationship(lazy="selectin", foreign_keys=[by_id])
