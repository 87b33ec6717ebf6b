"""What follows a referral: exact questions, the advocate’s first ring, the chair’s sample."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from conferences.models.base import (
    Base,
    DataClass,
    HasId,
    HasSealed,
    HasVersion,
    key_to,
    one_of,
    plain,
    sealed,
)
from conferences.models.people import Case
from conferences.models.referrals import Decision, Referral


class AskedKind(StrEnum):
    """Whether an item of the checklist is asked about, or a part of the referral."""

    ITEM = "item"
    PART = "part"


class FirstContact(StrEnum):
    """What came of the advocate's first attempts to reach the person."""

    CONTACTED = "contacted"
    NOT_CONTACTABLE = "not_contactable"
    DECLINED = "declined"


class Question(Base, HasId, HasSealed):
    """One exact thing the coordinator asks the referrer; `before` is what was answered first."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("decision_id", "kind", "about"),
        CheckConstraint(
            "(answered_at IS NULL) = (answer_sealed IS NULL)"
            " AND (answered_at IS NULL) = (answered_by_id IS NULL)",
            name="answered_is_signed_and_dated",
        ),
    )
    decision_id: Mapped[UUID] = key_to("decision")
    referral_id: Mapped[UUID] = key_to("referral", index=True)
    position: Mapped[int] = plain()
    kind: Mapped[AskedKind] = plain(one_of(AskedKind))
    about: Mapped[str] = plain()
    before_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    answer_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    answered_at: Mapped[datetime | None] = plain()
    answered_by_id: Mapped[UUID | None] = key_to("user_account")


class AdvocateReferral(Base, HasId, HasSealed, HasVersion):
    """With every referral the area's advocates are told that there is a new person to ring."""

    __tablename__ = "advocate_referral"
    __table_args__ = (
        CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)", name="acknowledged_is_signed"
        ),
        CheckConstraint(
            "(outcome IS NULL) = (outcome_at IS NULL) AND (outcome IS NULL) = (outcome_by_id IS NULL)",
            name="contact_is_signed_and_dated",
        ),
        CheckConstraint("outcome IS NULL OR acknowledged_at IS NOT NULL", name="acknowledged_first"),
    )
    area_id: Mapped[UUID] = key_to("area", index=True)
    case_id: Mapped[UUID] = key_to("case_file", index=True)
    referral_id: Mapped[UUID] = key_to("referral", unique=True)
    made_at: Mapped[datetime] = plain()
    due_at: Mapped[datetime] = plain()
    acknowledged_at: Mapped[datetime | None] = plain()
    acknowledged_by_id: Mapped[UUID | None] = key_to("user_account")
    outcome: Mapped[FirstContact | None] = plain(one_of(FirstContact))
    outcome_at: Mapped[datetime | None] = plain()
    outcome_by_id: Mapped[UUID | None] = key_to("user_account")
    note_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    case: Mapped[Case] = relationship(lazy="selectin")


class Draw(Base, HasId, HasSealed):
    """The recorded draw that says whether the chair reads a decision again, and what the chair found."""

    __tablename__ = "draw"
    __table_args__ = (
        CheckConstraint("drawn = (roll < share * 100)", name="drawn_by_the_roll"),
        CheckConstraint("share BETWEEN 0 AND 100 AND roll BETWEEN 0 AND 9999", name="a_fair_roll"),
        CheckConstraint(
            "(agrees IS NULL) = (reviewed_at IS NULL) AND (agrees IS NULL) = (reviewed_by_id IS NULL)",
            name="reviewed_is_signed_and_dated",
        ),
        CheckConstraint("agrees IS NULL OR drawn", name="only_the_drawn_are_reviewed"),
        CheckConstraint("agrees IS NOT FALSE OR note_sealed IS NOT NULL", name="disagreeing_says_why"),
    )
    area_id: Mapped[UUID] = key_to("area", index=True)
    decision_id: Mapped[UUID] = key_to("decision", unique=True)
    referral_id: Mapped[UUID] = key_to("referral", index=True)
    share: Mapped[int] = plain()
    roll: Mapped[int] = plain()
    drawn: Mapped[bool] = plain()
    at: Mapped[datetime] = plain()
    agrees: Mapped[bool | None] = plain()
    reviewed_at: Mapped[datetime | None] = plain()
    reviewed_by_id: Mapped[UUID | None] = key_to("user_account")
    note_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    decision: Mapped[Decision] = relationship(lazy="selectin")
    referral: Mapped[Referral] = relationship(lazy="selectin")
