"""How a person is found again although every word about them is sealed: blind keys and a sealed copy."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from conferences.models.base import Base, DataClass, HasSealed, key_to, open_because, plain, sealed


class PersonKey(Base):
    """One keyed hash by which a person is found in one area; made from other rows, never typed."""

    __tablename__ = "person_key"
    __table_args__ = (Index("ix_person_key_person_id", "person_id"),)
    area_id: Mapped[UUID] = key_to("area", primary_key=True)
    key: Mapped[bytes] = open_because(
        DataClass.PERSONAL,
        "people are found by keyed blind indexes, each area's its own, because what is known is sealed",
        primary_key=True,
    )
    person_id: Mapped[UUID] = key_to("person", primary_key=True)


class PersonFacts(Base, HasSealed):
    """What a person is compared by, in one sealed piece under the person's own data key."""

    __tablename__ = "person_facts"
    id: Mapped[UUID] = key_to("person", primary_key=True)
    facts_sealed: Mapped[bytes] = sealed(DataClass.SAFE, nullable=False)
    edition: Mapped[int] = plain()
