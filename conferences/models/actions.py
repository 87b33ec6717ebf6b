"""Commitments: what one agency promised, and what became of it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from conferences.models.accounts import User
from conferences.models.areas import Agency
from conferences.models.base import (
    Base,
    DataClass,
    HasId,
    HasSealed,
    HasVersion,
    MayBeBrought,
    key_to,
    one_of,
    plain,
    sealed,
)
from conferences.models.meetings import Listing, Risk
from conferences.models.people import Case


class ActionStatus(StrEnum):
    """Where a commitment stands; overdue and late are derived, never stored."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOT_DONE = "not_done"
    REASSIGNED = "reassigned"
    SUPERSEDED = "superseded"
    RELEASED = "released"


class RiskNow(StrEnum):
    """What the action did to the risk it answered."""

    LOWER = "lower"
    SAME = "same"
    HIGHER = "higher"
    NOT_KNOWN = "not_known"


class Action(Base, HasId, HasSealed, HasVersion, MayBeBrought):
    """One agency's promise: a named person, a date, the risk it answers, what will show it was done."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("area_id", "reference"),
        CheckConstraint(
            "(status = 'done') = (completed_at IS NOT NULL)"
            " AND (completed_at IS NULL) = (completed_by_id IS NULL)"
            " AND (completed_at IS NULL) = (outcome_sealed IS NULL)"
            " OR import_id IS NOT NULL",
            name="completed_is_signed_and_dated",
        ),
        CheckConstraint(
            "status NOT IN ('not_possible', 'not_done', 'released') OR reason_sealed IS NOT NULL",
            name="unkept_has_a_reason",
        ),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)"
            " AND (confirmed_at IS NULL OR status = 'not_possible')",
            name="confirmed_is_signed_and_dated",
        ),
        Index("ix_action_agency_due", "area_id", "agency_id", "status", "due_on"),
    )
    area_id: Mapped[UUID] = key_to("area")
    case_id: Mapped[UUID] = key_to("case_file", index=True)
    listing_id: Mapped[UUID] = key_to("listing", index=True)
    risk_id: Mapped[UUID] = key_to("risk")
    agency_id: Mapped[UUID] = key_to("agency")
    instead_of_id: Mapped[UUID | None] = key_to("action")
    reference: Mapped[str] = plain()
    what_sealed: Mapped[bytes] = sealed(DataClass.SPECIAL, nullable=False)
    owner_sealed: Mapped[bytes] = sealed(DataClass.PERSONAL, nullable=False)
    evidence_sealed: Mapped[bytes] = sealed(DataClass.SPECIAL, nullable=False)
    due_on: Mapped[date] = plain()
    needs_address: Mapped[bool] = plain(default=False)
    status: Mapped[ActionStatus] = plain(one_of(ActionStatus), default=ActionStatus.PROPOSED)
    agreed_at: Mapped[datetime] = plain()
    agreed_by_id: Mapped[UUID] = key_to("user_account")
    completed_at: Mapped[datetime | None] = plain()
    completed_by_id: Mapped[UUID | None] = key_to("user_account")
    outcome_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    risk_now: Mapped[RiskNow | None] = plain(one_of(RiskNow))
    reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    confirmed_at: Mapped[datetime | None] = plain()
    confirmed_by_id: Mapped[UUID | None] = key_to("user_account")
    agency: Mapped[Agency] = relationship(lazy="selectin")
    case: Mapped[Case] = relationship(lazy="selectin")
    listing: Mapped[Listing] = relationship(lazy="selectin")
    risk: Mapped[Risk] = relationship(lazy="selectin")
    updates: Mapped[list["ActionUpdate"]] = relationship(lazy="selectin", order_by="ActionUpdate.at")


class ActionUpdate(Base, HasId, HasSealed):
    """One line of an action's history, in the words of whoever wrote it."""

    __tablename__ = "action_update"
    action_id: Mapped[UUID] = key_to("action", index=True)
    status: Mapped[ActionStatus] = plain(one_of(ActionStatus))
    note_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
    by: Mapped[User] = relationship(lazy="selectin")
