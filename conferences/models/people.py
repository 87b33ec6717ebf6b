"""Cases and the people in them, and how they may be reached."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, relationship

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

if TYPE_CHECKING:
    from conferences.models.walls import Exclusion, Restriction


class Part(StrEnum):
    """Who a person is in a case."""

    VICTIM = "victim"
    PERPETRATOR = "perpetrator"
    CHILD = "child"
    OTHER_ADULT = "other_adult"


class Case(Base, HasId, HasSealed, MayBeBrought):
    """One victim with one named set of perpetrators."""

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("area_id", "reference"),
        # Both in one, or the planner reads all of an area to find those of one person.
        Index("ix_case_file_opener", "opened_by_id", "area_id"),
    )
    area_id: Mapped[UUID] = key_to("area", index=True)
    reference: Mapped[str] = plain()
    opened_at: Mapped[datetime] = plain()
    opened_by_id: Mapped[UUID] = key_to("user_account")
    shared_at: Mapped[datetime | None] = plain()
    involvements: Mapped[list["Involvement"]] = relationship(
        lazy="selectin",
        order_by="Involvement.position",
        primaryjoin="and_(Case.id == Involvement.case_id, Involvement.removed_at.is_(None))",
        viewonly=True,
    )
    exclusions: Mapped[list["Exclusion"]] = relationship(
        lazy="selectin",
        primaryjoin="and_(Case.id == Exclusion.case_id, Exclusion.lifted_at.is_(None))",
        order_by="Exclusion.at, Exclusion.id",
        viewonly=True,
    )
    restrictions: Mapped[list["Restriction"]] = relationship(
        lazy="selectin",
        primaryjoin="and_(Case.id == Restriction.case_id, Restriction.lifted_at.is_(None))",
        order_by="Restriction.at, Restriction.id",
        viewonly=True,
    )


class Person(Base, HasId, HasSealed, HasVersion):
    """The human in a case."""

    __tablename__ = "person"
    area_id: Mapped[UUID] = key_to("area", index=True)
    name_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    known_as_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    former_names_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    born_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    gender_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    language_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL)
    created_at: Mapped[datetime] = plain()
    safe_contact: Mapped["SafeContact | None"] = relationship(lazy="selectin", uselist=False)


class Involvement(Base, HasId, HasSealed, HasTold):
    """A person's part in a case, and how they stand to the victim."""

    __tablename__ = "involvement"
    __table_args__ = (
        Index(
            "uq_involvement_one_victim",
            "case_id",
            unique=True,
            postgresql_where=text("part = 'victim' AND removed_at IS NULL"),
        ),
        Index("ix_involvement_of_case", "case_id", "person_id", postgresql_where=text("removed_at IS NULL")),
    )
    case_id: Mapped[UUID] = key_to("case_file", index=True)
    person_id: Mapped[UUID] = key_to("person", index=True)
    part: Mapped[Part] = open_because(
        DataClass.PERSONAL, "children-first ordering and the data return count parts", one_of(Part)
    )
    position: Mapped[int] = plain(default=0)
    relationship_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    lives_with_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    detail_sealed: Mapped[bytes | None] = sealed(DataClass.CHILD)
    removed_at: Mapped[datetime | None] = plain()
    person: Mapped[Person] = relationship(lazy="selectin")


class SafeContact(Base, HasId, HasSealed, HasVersion):
    """What every agency reads before a person is contacted; its version is that of all their ways as well."""

    __tablename__ = "safe_contact"
    person_id: Mapped[UUID] = key_to("person", unique=True)
    rule_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)


class ContactPoint(Base, HasId, HasSealed):
    """One way to reach a person with how safe it is; never changed, only ended and given anew."""

    __tablename__ = "contact_point"
    __table_args__ = (
        Index("ix_contact_point_in_use", "person_id", postgresql_where=text("ended_at IS NULL")),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ending_is_signed"),
    )
    person_id: Mapped[UUID] = key_to("person")
    position: Mapped[int] = plain()
    said_sealed: Mapped[bytes] = sealed(DataClass.SAFE, nullable=False)
    given_at: Mapped[datetime] = plain()
    given_by_id: Mapped[UUID] = key_to("user_account")
    ended_at: Mapped[datetime | None] = plain()
    ended_by_id: Mapped[UUID | None] = key_to("user_account")


class SafeAddress(Base, HasId, HasSealed):
    """Where a person is: its own object with its own key, permission and audit event, printed nowhere."""

    __tablename__ = "safe_address"
    __table_args__ = (
        Index(
            "uq_safe_address_current",
            "person_id",
            unique=True,
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )
    person_id: Mapped[UUID] = key_to("person")
    address_sealed: Mapped[bytes] = sealed(DataClass.SAFE, nullable=False)
    care_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    given_at: Mapped[datetime] = plain()
    given_by_id: Mapped[UUID] = key_to("user_account")
    superseded_at: Mapped[datetime | None] = plain()
