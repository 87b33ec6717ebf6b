"""A referral, its completed checklist, and what was decided about it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, relationship

from conferences.models.accounts import User
from conferences.models.areas import Agency
from conferences.models.base import (
    Base,
    DataClass,
    HasId,
    HasSealed,
    HasVersion,
    key_to,
    one_of,
    open_because,
    plain,
    sealed,
)
from conferences.models.people import Case


class ReferralStatus(StrEnum):
    """Where a referral stands (process specification, section 2.2)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECLINE_ASKED = "decline_asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Urgency(StrEnum):
    """Whether a referral can wait for the next meeting."""

    STANDARD = "standard"
    EMERGENCY = "emergency"


class Scoring(StrEnum):
    """Whether the checklist could be scored; a failure never stops a referral."""

    NOT_YET = "not_yet"
    SCORED = "scored"
    UNSCORED = "unscored"


class DecisionKind(StrEnum):
    """What a person decided about a referral."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    REPLIED = "replied"
    DECLINE_ASKED = "decline_asked"
    DECLINE_REFUSED = "decline_refused"
    DECLINED = "declined"


class Referral(Base, HasId, HasSealed, HasVersion):
    """One agency's request that a case be heard."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("(status = 'draft') = (submitted_at IS NULL)", name="submitted_is_dated"),
        CheckConstraint(
            "status = 'draft' OR (reason_sealed IS NOT NULL AND sharing_sealed IS NOT NULL)",
            name="submitted_says_why_and_on_what_basis",
        ),
        CheckConstraint(
            "(status = 'draft') = (qualifies IS NULL AND scoring = 'not_yet')",
            name="submitted_was_scored_or_says_so",
        ),
        CheckConstraint(
            "status <> 'declined' OR qualifies IS FALSE OR chair_confirmed_by_id IS NOT NULL",
            name="chair_confirms_declining_what_qualifies",
        ),
        Index("ix_referral_queue", "area_id", "status", "submitted_at"),
    )
    area_id: Mapped[UUID] = key_to("area")
    case_id: Mapped[UUID] = key_to("case_file", index=True)
    agency_id: Mapped[UUID] = key_to("agency")
    referrer_id: Mapped[UUID] = key_to("user_account", index=True)
    status: Mapped[ReferralStatus] = plain(one_of(ReferralStatus), default=ReferralStatus.DRAFT)
    urgency: Mapped[Urgency] = plain(one_of(Urgency), default=Urgency.STANDARD)
    scoring: Mapped[Scoring] = plain(one_of(Scoring), default=Scoring.NOT_YET)
    qualifies: Mapped[bool | None] = open_because(
        DataClass.SPECIAL, "the database itself refuses a decline of a qualifying referral without the chair"
    )
    started_at: Mapped[datetime] = plain()
    expires_on: Mapped[date] = plain()
    submitted_at: Mapped[datetime | None] = plain()
    chair_confirmed_by_id: Mapped[UUID | None] = key_to("user_account")
    safety_check_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    history_sealed: Mapped[bytes | None] = sealed(DataClass.CRIMINAL)
    wishes_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    sharing_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    case: Mapped[Case] = relationship(lazy="selectin")
    agency: Mapped[Agency] = relationship(lazy="selectin")
    referrer: Mapped[User] = relationship(lazy="selectin", foreign_keys=[referrer_id])
    assessment: Mapped["Assessment"] = relationship(lazy="selectin", uselist=False, back_populates="referral")
    decisions: Mapped[list["Decision"]] = relationship(
        lazy="selectin", order_by="Decision.at", back_populates="referral"
    )


class Assessment(Base, HasId, HasSealed, HasVersion):
    """A completed checklist, bound for ever to the edition and profile it was scored under."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint(
            "(completed_at IS NULL) = (completed_by_id IS NULL)", name="completed_is_signed_and_dated"
        ),
    )
    referral_id: Mapped[UUID] = key_to("referral", unique=True)
    instrument: Mapped[str] = plain()
    instrument_version: Mapped[str] = plain()
    definition_hash: Mapped[str] = plain()
    profile: Mapped[str | None] = plain()
    profile_hash: Mapped[str | None] = plain()
    answers_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    first_judgement_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    final_judgement_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    result_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    completed_at: Mapped[datetime | None] = plain()
    completed_by_id: Mapped[UUID | None] = key_to("user_account")
    referral: Mapped[Referral] = relationship(back_populates="assessment")


class Decision(Base, HasId, HasSealed):
    """A person's decision about a referral, with the reason they gave."""

    __tablename__ = "decision"
    referral_id: Mapped[UUID] = key_to("referral", index=True)
    kind: Mapped[DecisionKind] = plain(one_of(DecisionKind))
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
    by: Mapped[User] = relationship(lazy="selectin")
    referral: Mapped[Referral] = relationship(back_populates="decisions")
