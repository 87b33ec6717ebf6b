"""A referral, its completed checklist, and what was decided about it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, relationship

from conferences.models.accounts import User
from conferences.models.areas import Agency
from conferences.models.base import (
    Base,
    DataClass,
    HasId,
    HasSealed,
    HasTold,
    HasVersion,
    MayBeBrought,
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
    AWAITING_SIGNOFF = "awaiting_signoff"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECLINE_ASKED = "decline_asked"
    WITHDRAW_ASKED = "withdraw_asked"
    APPEALED = "appealed"
    ACCEPTED = "accepted"
    ALERT_ONLY = "alert_only"
    MERGED = "merged"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


NOT_SENT = (ReferralStatus.DRAFT, ReferralStatus.AWAITING_SIGNOFF, ReferralStatus.DISCARDED)


class Elsewhere(StrEnum):
    """The other route a referral is sent on (process specification, section 2.2)."""

    OTHER_AREA = "other_area"
    CHILD_PROTECTION = "child_protection"
    MAPPA = "mappa"
    MATAC = "matac"
    ADULT_SAFEGUARDING = "adult_safeguarding"
    OTHER = "other"


class DeclineCode(StrEnum):
    """Why a referral is not accepted; the words given beside it say the rest."""

    NO_GROUND = "no_ground"
    NO_CONNECTION = "no_connection"
    ALREADY_HEARD = "already_heard"
    OTHER_PURPOSE = "other_purpose"
    OTHER = "other"


class WithdrawCode(StrEnum):
    """Why a referrer takes a referral back; that the person does not want it is no reason by itself."""

    SENT_BY_MISTAKE = "sent_by_mistake"
    SENT_TWICE = "sent_twice"
    WRONG_PERSON = "wrong_person"
    FACTS_CHANGED = "facts_changed"
    NOT_WANTED = "not_wanted"


class Gate(StrEnum):
    """Why a referral belongs on another route first; it is stored all the same, and a person decides."""

    UNDER_16 = "under_16"
    OUTSIDE_AREA = "outside_area"
    HARMER_UNDER_16 = "harmer_under_16"


class SignOffSkipped(StrEnum):
    """Why a referral went straight on where a manager would have signed it off."""

    EMERGENCY = "emergency"
    NOBODY = "nobody"


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
    REDIRECTED = "redirected"
    ALERT_ONLY = "alert_only"
    MERGED = "merged"
    WITHDRAW_ASKED = "withdraw_asked"
    WITHDRAW_REFUSED = "withdraw_refused"
    WITHDRAWN = "withdrawn"
    APPEALED = "appealed"
    APPEAL_AGREED = "appeal_agreed"
    UNDONE = "undone"
    SIGNED_OFF = "signed_off"
    GIVEN_BACK = "given_back"
    TAKEN_IN = "taken_in"
    TAKEN_OVER = "taken_over"


class Referral(Base, HasId, HasSealed, HasTold, HasVersion, MayBeBrought):
    """One agency's request that a case be heard."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(
            "(status IN ('draft', 'awaiting_signoff', 'discarded')) = (submitted_at IS NULL)",
            name="submitted_is_dated",
        ),
        CheckConstraint(
            "status IN ('draft', 'discarded') OR (reason_sealed IS NOT NULL AND sharing_sealed IS NOT NULL)",
            name="submitted_says_why_and_on_what_basis",
        ),
        CheckConstraint(
            "(status IN ('draft', 'awaiting_signoff', 'discarded'))"
            " = (qualifies IS NULL AND scoring = 'not_yet')",
            name="submitted_was_scored_or_says_so",
        ),
        CheckConstraint(
            "status <> 'declined' OR (qualifies IS FALSE AND NOT known_repeat)"
            " OR chair_confirmed_by_id IS NOT NULL OR import_id IS NOT NULL",
            name="chair_confirms_declining_what_qualifies",
        ),
        CheckConstraint(
            "(status = 'redirected') = (redirected_to IS NOT NULL)", name="redirected_says_where_to"
        ),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_says_into_what"),
        CheckConstraint(
            "(status = 'withdrawn') = (withdrawal_confirmed_by_id IS NOT NULL)",
            name="withdrawing_is_confirmed",
        ),
        CheckConstraint("status <> 'appealed' OR appealed_at IS NOT NULL", name="appeal_is_dated"),
        CheckConstraint(
            "status <> 'awaiting_signoff' OR signoff_asked_at IS NOT NULL", name="signing_off_is_dated"
        ),
        CheckConstraint("status <> 'discarded' OR withheld", name="discarded_is_known_to_nobody"),
        CheckConstraint("left_lying_at IS NULL OR status = 'draft'", name="left_lying_is_a_draft"),
        CheckConstraint("writer_gone_at IS NULL OR status = 'draft'", name="writer_gone_is_a_draft"),
        CheckConstraint("given_back_at IS NULL OR status = 'draft'", name="given_back_is_a_draft"),
        CheckConstraint(
            "submitted_at IS NULL OR unplaced_sealed IS NULL", name="sent_with_nothing_left_unplaced"
        ),
        Index("ix_referral_queue", "area_id", "status", "submitted_at"),
    )
    area_id: Mapped[UUID] = key_to("area")
    case_id: Mapped[UUID] = key_to("case_file", index=True)
    agency_id: Mapped[UUID] = key_to("agency", index=True)
    referrer_id: Mapped[UUID] = key_to("user_account", index=True)
    status: Mapped[ReferralStatus] = plain(one_of(ReferralStatus), default=ReferralStatus.DRAFT)
    urgency: Mapped[Urgency] = plain(one_of(Urgency), default=Urgency.STANDARD)
    scoring: Mapped[Scoring] = plain(one_of(Scoring), default=Scoring.NOT_YET)
    qualifies: Mapped[bool | None] = open_because(
        DataClass.SPECIAL, "the database itself refuses a decline of a qualifying referral without the chair"
    )
    gate: Mapped[Gate | None] = open_because(
        DataClass.PERSONAL, "the queue puts first what belongs on another route today", one_of(Gate)
    )
    started_at: Mapped[datetime] = plain()
    expires_on: Mapped[date] = plain()
    submitted_at: Mapped[datetime | None] = plain()
    known_repeat: Mapped[bool] = open_because(
        DataClass.CRIMINAL,
        "the database itself refuses a decline of a repeat without the chair",
        default=False,
    )
    chair_confirmed_by_id: Mapped[UUID | None] = key_to("user_account")
    redirected_to: Mapped[Elsewhere | None] = plain(one_of(Elsewhere))
    merged_into_id: Mapped[UUID | None] = plain(ForeignKey("listing.id", use_alter=True))
    withdrawal_confirmed_by_id: Mapped[UUID | None] = key_to("user_account")
    appealed_at: Mapped[datetime | None] = plain()
    signoff_asked_at: Mapped[datetime | None] = plain()
    signoff_skipped: Mapped[SignOffSkipped | None] = plain(one_of(SignOffSkipped))
    given_back_at: Mapped[datetime | None] = plain()
    left_lying_at: Mapped[datetime | None] = plain()
    writer_gone_at: Mapped[datetime | None] = plain()
    safety_check_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    history_sealed: Mapped[bytes | None] = sealed(DataClass.CRIMINAL)
    wishes_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    sharing_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    unplaced_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    case: Mapped[Case] = relationship(lazy="selectin")
    agency: Mapped[Agency] = relationship(lazy="selectin")
    referrer: Mapped[User] = relationship(lazy="selectin", foreign_keys=[referrer_id])
    assessment: Mapped["Assessment"] = relationship(
        lazy="selectin",
        uselist=False,
        primaryjoin="and_(Referral.id == Assessment.referral_id, Assessment.beside_id.is_(None))",
        viewonly=True,
    )
    decisions: Mapped[list["Decision"]] = relationship(
        lazy="selectin", order_by="Decision.seq", back_populates="referral"
    )


class Assessment(Base, HasId, HasSealed, HasVersion):
    """A completed checklist, bound for ever to the edition and profile it was scored under.

    A referral has one of its own; one opened later for the same case stands beside it.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint(
            "(completed_at IS NULL) = (completed_by_id IS NULL)", name="completed_is_signed_and_dated"
        ),
        CheckConstraint(
            "(beside_id IS NULL) = (opened_at IS NULL) AND (beside_id IS NULL) = (opened_by_id IS NULL)",
            name="opened_beside_is_signed_and_dated",
        ),
        Index(
            "uq_assessment_one_primary",
            "referral_id",
            unique=True,
            postgresql_where=text("beside_id IS NULL"),
        ),
    )
    referral_id: Mapped[UUID] = key_to("referral", index=True)
    beside_id: Mapped[UUID | None] = key_to("assessment")
    opened_at: Mapped[datetime | None] = plain()
    opened_by_id: Mapped[UUID | None] = key_to("user_account")
    instrument: Mapped[str] = plain()
    instrument_version: Mapped[str] = plain()
    definition_hash: Mapped[str] = plain()
    profile: Mapped[str | None] = plain()
    profile_hash: Mapped[str | None] = plain()
    answers_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    paper_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    first_judgement_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    final_judgement_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    result_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    completed_at: Mapped[datetime | None] = plain()
    completed_by_id: Mapped[UUID | None] = key_to("user_account")
    referral: Mapped[Referral] = relationship(lazy="selectin")


class Decision(Base, HasId, HasSealed):
    """A person's decision about a referral, with the reason they gave; lines are added, never changed."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('accepted', 'undone', 'signed_off') OR reason_sealed IS NOT NULL",
            name="decided_with_a_reason",
        ),
        CheckConstraint(
            "kind NOT IN ('decline_asked', 'declined') OR decline_code IS NOT NULL", name="declined_says_why"
        ),
        CheckConstraint(
            "(kind = 'withdraw_asked') = (withdraw_code IS NOT NULL)", name="withdrawing_says_why"
        ),
        CheckConstraint("withdraw_code <> 'not_wanted'", name="not_wanting_it_is_no_reason"),
        CheckConstraint("(kind = 'undone') = (undoes_id IS NOT NULL)", name="undone_says_what"),
    )
    seq: Mapped[int] = plain(BigInteger, Identity(always=True), unique=True)
    referral_id: Mapped[UUID] = key_to("referral", index=True)
    kind: Mapped[DecisionKind] = plain(one_of(DecisionKind))
    decline_code: Mapped[DeclineCode | None] = plain(one_of(DeclineCode))
    withdraw_code: Mapped[WithdrawCode | None] = plain(one_of(WithdrawCode))
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    signpost_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    advice_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
    before: Mapped[dict[str, Any] | None] = plain(JSONB)
    left_version: Mapped[int | None] = plain()
    undoes_id: Mapped[UUID | None] = key_to("decision", unique=True)
    by: Mapped[User] = relationship(lazy="selectin")
    referral: Mapped[Referral] = relationship(back_populates="decisions")
