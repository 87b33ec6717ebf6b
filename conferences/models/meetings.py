"""A conference, each case's turn on it, and what was said and seen there."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
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
from conferences.models.people import Case
from conferences.models.referrals import Referral


class ConferenceStatus(StrEnum):
    """Where a meeting stands (process specification, section 2.4)."""

    PLANNED = "planned"
    AGENDA_ISSUED = "agenda_issued"
    IN_SESSION = "in_session"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class ConferenceKind(StrEnum):
    """Whether a meeting stands in the calendar, or was called for one case that cannot wait."""

    ORDINARY = "ordinary"
    EMERGENCY = "emergency"


class ListingStatus(StrEnum):
    """Where a case's turn stands; only a listing is ever concluded, never a case."""

    LISTED = "listed"
    HEARD = "heard"
    DEFERRED = "deferred"
    TAKEN_OFF = "taken_off"


class Outcome(StrEnum):
    """How the chair concluded a listing."""

    ACTIONS_AGREED = "actions_agreed"
    NO_FURTHER_ACTION = "no_further_action"


class ContributionKind(StrEnum):
    """Whether an agency knew anything; "nothing known" is an answer, silence is not."""

    SHARED = "shared"
    NOTHING_KNOWN = "nothing_known"


class Nature(StrEnum):
    """Whether a statement is a fact or somebody's view."""

    FACT = "fact"
    OPINION = "opinion"


class About(StrEnum):
    """Whom a risk threatens, or from whom it comes."""

    VICTIM = "victim"
    CHILDREN = "children"
    PERPETRATOR = "perpetrator"
    OTHERS = "others"
    STAFF = "staff"


class Conference(Base, HasId, HasVersion):
    """The meeting."""

    __tablename__ = "conference"
    __table_args__ = (
        # Two emergencies may begin together, and neither tells of the other by being in the way.
        Index(
            "uq_conference_ordinary",
            "area_id",
            "starts_at",
            unique=True,
            postgresql_where=text("kind = 'ordinary'"),
        ),
        CheckConstraint("agenda_version >= 0", name="agenda_counts_up"),
        CheckConstraint("brought OR chair_id IS NOT NULL", name="has_a_chair"),
    )
    area_id: Mapped[UUID] = key_to("area")
    starts_at: Mapped[datetime] = plain()
    room_until: Mapped[datetime | None] = plain()
    venue: Mapped[str] = plain()
    chair_id: Mapped[UUID | None] = key_to("user_account")
    kind: Mapped[ConferenceKind] = plain(one_of(ConferenceKind), default=ConferenceKind.ORDINARY)
    status: Mapped[ConferenceStatus] = plain(one_of(ConferenceStatus), default=ConferenceStatus.PLANNED)
    agenda_version: Mapped[int] = plain(default=0)
    created_at: Mapped[datetime] = plain()
    created_by_id: Mapped[UUID] = key_to("user_account")
    brought: Mapped[bool] = plain(default=False)
    chair: Mapped[User] = relationship(lazy="selectin", foreign_keys=[chair_id])
    listings: Mapped[list["Listing"]] = relationship(order_by="Listing.position", back_populates="conference")


class CalledAgency(Base):
    """That an agency was called to an emergency meeting; the others do not know of it."""

    __tablename__ = "called_agency"
    conference_id: Mapped[UUID] = key_to("conference", primary_key=True)
    agency_id: Mapped[UUID] = key_to("agency", primary_key=True)


class Listing(Base, HasId, HasSealed, HasVersion, MayBeBrought):
    """A case's turn on one agenda."""

    __tablename__ = "listing"
    __table_args__ = (
        Index(
            "uq_listing_conference_case",
            "conference_id",
            "case_id",
            unique=True,
            postgresql_where=text("status <> 'taken_off' AND NOT withheld"),
        ),
        CheckConstraint("(status = 'heard') = (concluded_at IS NOT NULL)", name="heard_is_dated"),
        CheckConstraint(
            "(concluded_at IS NULL) = (concluded_by_id IS NULL) OR import_id IS NOT NULL",
            name="concluded_is_signed",
        ),
        CheckConstraint(
            "status <> 'heard' OR (outcome IS NOT NULL"
            " AND (victims_voice_sealed IS NOT NULL OR victims_voice_missing_sealed IS NOT NULL)"
            " AND (child_line_sealed IS NOT NULL OR child_line_missing_sealed IS NOT NULL)"
            " AND (perpetrator_line_sealed IS NOT NULL OR perpetrator_line_missing_sealed IS NOT NULL))"
            " OR import_id IS NOT NULL",
            name="heard_has_every_line",
        ),
        CheckConstraint("minutes > 0 AND position >= 0", name="takes_time"),
    )
    conference_id: Mapped[UUID] = key_to("conference", index=True)
    case_id: Mapped[UUID] = key_to("case_file", index=True)
    referral_id: Mapped[UUID] = key_to("referral")
    position: Mapped[int] = plain()
    minutes: Mapped[int] = plain()
    status: Mapped[ListingStatus] = plain(one_of(ListingStatus), default=ListingStatus.LISTED)
    provisional: Mapped[bool] = plain(default=False)
    listed_at: Mapped[datetime] = plain()
    listed_by_id: Mapped[UUID] = key_to("user_account")
    outcome: Mapped[Outcome | None] = plain(one_of(Outcome))
    outcome_reason_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    summary_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    victims_voice_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    victims_voice_missing_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    child_line_sealed: Mapped[bytes | None] = sealed(DataClass.CHILD)
    child_line_missing_sealed: Mapped[bytes | None] = sealed(DataClass.CHILD)
    perpetrator_line_sealed: Mapped[bytes | None] = sealed(DataClass.CRIMINAL)
    perpetrator_line_missing_sealed: Mapped[bytes | None] = sealed(DataClass.CRIMINAL)
    concluded_at: Mapped[datetime | None] = plain()
    concluded_by_id: Mapped[UUID | None] = key_to("user_account")
    conference: Mapped[Conference] = relationship(back_populates="listings", lazy="selectin")
    case: Mapped[Case] = relationship(lazy="selectin")
    referral: Mapped[Referral] = relationship(lazy="selectin", foreign_keys=[referral_id])
    contributions: Mapped[list["Contribution"]] = relationship(lazy="selectin", order_by="Contribution.at")
    risks: Mapped[list["Risk"]] = relationship(lazy="selectin", order_by="Risk.at")


class Contribution(Base, HasId, HasSealed):
    """What an agency shared in the room."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint("(kind = 'shared') = (statement_sealed IS NOT NULL)", name="shared_says_what"),
        CheckConstraint("(kind = 'shared') = (nature IS NOT NULL)", name="shared_is_fact_or_opinion"),
    )
    listing_id: Mapped[UUID] = key_to("listing", index=True)
    agency_id: Mapped[UUID] = key_to("agency")
    kind: Mapped[ContributionKind] = plain(one_of(ContributionKind))
    nature: Mapped[Nature | None] = plain(one_of(Nature))
    statement_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    happened_on: Mapped[date | None] = plain()
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
    agency: Mapped[Agency] = relationship(lazy="selectin")


class Risk(Base, HasId, HasSealed):
    """One line of the risk summary; every action answers one."""

    __tablename__ = "risk"
    listing_id: Mapped[UUID] = key_to("listing", index=True)
    about: Mapped[About] = plain(one_of(About))
    statement_sealed: Mapped[bytes] = sealed(DataClass.SPECIAL, nullable=False)
    at: Mapped[datetime] = plain()
    by_id: Mapped[UUID] = key_to("user_account")
