"""Referrals from people without an account: the link an agency was given, and what arrived through it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Uuid
from sqlalchemy.orm import Mapped, relationship

from conferences.models.areas import Agency
from conferences.models.base import (
    Base,
    DataClass,
    HasId,
    HasSealed,
    key_to,
    open_because,
    plain,
    sealed,
)


class ReferralLink(Base, HasId):
    """A link that lets an agency send one referral without an account; only the hash of its token is kept."""

    __tablename__ = "referral_link"
    __table_args__ = (
        CheckConstraint("expires_at > made_at", name="expires_later"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawing_is_signed_and_dated"
        ),
    )
    area_id: Mapped[UUID] = key_to("area", index=True)
    agency_id: Mapped[UUID] = key_to("agency")
    token_hash: Mapped[bytes] = open_because(
        DataClass.SECRET, "the SHA-256 of a random token; the token itself is never stored", unique=True
    )
    made_at: Mapped[datetime] = plain()
    made_by_id: Mapped[UUID] = key_to("user_account")
    expires_at: Mapped[datetime] = plain()
    used_at: Mapped[datetime | None] = plain()
    withdrawn_at: Mapped[datetime | None] = plain()
    withdrawn_by_id: Mapped[UUID | None] = key_to("user_account")
    agency: Mapped[Agency] = relationship(lazy="selectin")


class OutsideReferral(Base, HasId, HasSealed):
    """What arrived through a link, kept sealed until a coordinator takes it on or says why not."""

    __tablename__ = "outside_referral"
    __table_args__ = (
        CheckConstraint("(taken_at IS NULL) = (referral_id IS NULL)", name="taken_on_as_a_referral"),
        CheckConstraint("(refused_at IS NULL) = (reason_sealed IS NULL)", name="refused_with_a_reason"),
        CheckConstraint(
            "(decided_by_id IS NULL) = (taken_at IS NULL AND refused_at IS NULL)", name="decided_is_signed"
        ),
        CheckConstraint("taken_at IS NULL OR refused_at IS NULL", name="decided_once"),
        CheckConstraint("(body_sealed IS NULL) = (decided_by_id IS NOT NULL)", name="kept_until_decided"),
        Index("ix_outside_referral_waiting", "area_id", "decided_by_id", "arrived_at"),
    )
    area_id: Mapped[UUID] = key_to("area")
    agency_id: Mapped[UUID] = key_to("agency")
    link_id: Mapped[UUID] = key_to("referral_link", unique=True)
    arrived_at: Mapped[datetime] = plain()
    body_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    taken_at: Mapped[datetime | None] = plain()
    refused_at: Mapped[datetime | None] = plain()
    decided_by_id: Mapped[UUID | None] = key_to("user_account")
    referral_id: Mapped[UUID | None] = key_to("referral")
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    hidden_from: Mapped[list[UUID]] = plain(ARRAY(Uuid), default=list)
    agency: Mapped[Agency] = relationship(lazy="selectin")
