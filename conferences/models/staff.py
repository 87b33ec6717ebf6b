"""What the service must know of its own people, so that no case about their household reaches them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from conferences.models.base import Base, DataClass, HasId, HasSealed, key_to, plain, sealed


class Household(Base, HasId, HasSealed):
    """Where somebody with an account lives and is rung at home, if they chose to say so."""

    __tablename__ = "household"
    user_id: Mapped[UUID] = key_to("user_account", unique=True)
    phones_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    line_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    postcode_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    mails_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    given_at: Mapped[datetime] = plain()


class Employee(Base, HasId, HasSealed):
    """Somebody who works for an agency and has no account."""

    __tablename__ = "employee"
    __table_args__ = (
        CheckConstraint("(removed_at IS NULL) = (removed_by_id IS NULL)", name="removing_is_signed"),
        CheckConstraint(
            "removed_at IS NULL OR "
            "num_nonnulls(phones_sealed, line_sealed, postcode_sealed, mails_sealed) = 0",
            name="whoever_left_has_no_home",
        ),
    )
    agency_id: Mapped[UUID] = key_to("agency", index=True)
    name_sealed: Mapped[bytes] = sealed(DataClass.PERSONAL, nullable=False)
    phones_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    line_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    postcode_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    mails_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    named_at: Mapped[datetime] = plain()
    named_by_id: Mapped[UUID] = key_to("user_account")
    removed_at: Mapped[datetime | None] = plain()
    removed_by_id: Mapped[UUID | None] = key_to("user_account")
