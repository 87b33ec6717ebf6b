"""People who sign in, how they prove who they are, and what they have already sent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

from conferences.models.areas import Agency, Area
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


class Role(StrEnum):
    """What a signed-in person is here to do."""

    FRONTLINE = "frontline"
    REPRESENTATIVE = "representative"
    IDVA = "idva"
    COORDINATOR = "coordinator"
    CHAIR = "chair"
    ADMINISTRATOR = "administrator"


class User(Base, HasId, HasSealed, HasVersion):
    """The signed-in human."""

    __tablename__ = "user_account"
    area_id: Mapped[UUID] = key_to("area")
    email_index: Mapped[bytes] = open_because(
        DataClass.PERSONAL,
        "sign-in finds the account by a keyed blind index, never by the address",
        unique=True,
    )
    email_sealed: Mapped[bytes] = sealed(DataClass.PERSONAL, nullable=False)
    name_sealed: Mapped[bytes] = sealed(DataClass.PERSONAL, nullable=False)
    password_hash: Mapped[str | None] = open_because(
        DataClass.SECRET, "Argon2id is one way; sign-in must compare it before anyone is known"
    )
    totp_sealed: Mapped[bytes | None] = sealed(DataClass.SECRET)
    totp_last_step: Mapped[int | None] = plain()
    is_active: Mapped[bool] = plain(default=True)
    created_at: Mapped[datetime] = plain()
    last_sign_in_at: Mapped[datetime | None] = open_because(
        DataClass.PERSONAL, "shown to the person at sign-in; leavers are found by it"
    )
    area: Mapped[Area] = relationship(lazy="joined")
    membership: Mapped["Membership | None"] = relationship(
        lazy="selectin",
        primaryjoin="and_(User.id == Membership.user_id, Membership.ended_at.is_(None))",
        viewonly=True,
        uselist=False,
    )

    @property
    def role(self) -> Role | None:
        """What this person is here to do now, or None when the membership has ended."""
        return self.membership.role if self.membership else None

    @property
    def agency(self) -> Agency | None:
        """The agency this person speaks for now."""
        return self.membership.agency if self.membership else None

    @property
    def agency_id(self) -> UUID | None:
        """The agency's identifier, or None when the membership has ended."""
        return self.membership.agency_id if self.membership else None


class Membership(Base, HasId):
    """A person's place in one agency with one role, from a moment until it ends."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("uq_membership_current", "user_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ends_after_it_starts"),
    )
    user_id: Mapped[UUID] = key_to("user_account")
    agency_id: Mapped[UUID] = key_to("agency")
    role: Mapped[Role] = plain(one_of(Role))
    started_at: Mapped[datetime] = plain()
    ended_at: Mapped[datetime | None] = plain()
    agency: Mapped[Agency] = relationship(lazy="joined")


class SignInSession(Base, HasId):
    """A browser that signed in; only the hash of its token is kept."""

    __tablename__ = "sign_in_session"
    token_hash: Mapped[bytes] = open_because(
        DataClass.SECRET, "the SHA-256 of a random token; the token itself is never stored", unique=True
    )
    user_id: Mapped[UUID] = key_to("user_account")
    created_at: Mapped[datetime] = plain()
    last_seen_at: Mapped[datetime] = plain()
    factor_at: Mapped[datetime | None] = plain()
    ended_at: Mapped[datetime | None] = plain()
    user: Mapped[User] = relationship(lazy="joined")


class SignInLink(Base, HasId):
    """A link that works once, within the hour, to choose a password and enrol a one-time code."""

    __tablename__ = "sign_in_link"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_later"),)
    token_hash: Mapped[bytes] = open_because(
        DataClass.SECRET, "the SHA-256 of a random token; the token itself is never stored", unique=True
    )
    user_id: Mapped[UUID] = key_to("user_account")
    created_at: Mapped[datetime] = plain()
    expires_at: Mapped[datetime] = plain()
    used_at: Mapped[datetime | None] = plain()
    user: Mapped[User] = relationship(lazy="joined")


class ApiToken(Base, HasId):
    """A bearer token for a person's own program, limited to named scopes."""

    __tablename__ = "api_token"
    token_hash: Mapped[bytes] = open_because(
        DataClass.SECRET, "the SHA-256 of a random token; the token itself is never stored", unique=True
    )
    user_id: Mapped[UUID] = key_to("user_account")
    scopes: Mapped[list[str]] = plain(ARRAY(Text))
    created_at: Mapped[datetime] = plain()
    expires_at: Mapped[datetime] = plain()
    revoked_at: Mapped[datetime | None] = plain()
    user: Mapped[User] = relationship(lazy="joined")


class RateCounter(Base):
    """How often something was tried in one fixed window; the key is a keyed hash."""

    __tablename__ = "rate_counter"
    key: Mapped[bytes] = plain(primary_key=True)
    window_start: Mapped[datetime] = plain(primary_key=True)
    count: Mapped[int] = plain(default=0)


class FormReceipt(Base, HasId):
    """What a form led to, so that sending it twice leads to the same place."""

    __tablename__ = "form_receipt"
    __table_args__ = (UniqueConstraint("user_id", "key"),)
    user_id: Mapped[UUID] = key_to("user_account")
    key: Mapped[str] = plain()
    led_to: Mapped[str] = plain()
    at: Mapped[datetime] = plain()
