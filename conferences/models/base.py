"""What every table has in common: names, identifiers, data classes, sealed columns."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Enum, ForeignKey, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship


class DataClass(StrEnum):
    """How much harm a column could do if it got out (process specification, section 3)."""

    NONE = "none"
    SECRET = "secret"  # noqa: S105 - the name of a class, not a password
    PERSONAL = "P"
    SPECIAL = "SC"
    CRIMINAL = "CO"
    CHILD = "CH"
    SAFE = "SAFE"


class Base(DeclarativeBase):
    """The registry of tables; every constraint has a name the code can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: DateTime(timezone=True)}  # noqa: RUF012 - SQLAlchemy reads it as is


def new_id() -> UUID:
    """Returns 128 random bits: a public reference nobody can count or guess."""
    return UUID(bytes=secrets.token_bytes(16))


def plain(*args: Any, **options: Any) -> Any:
    """Declares a column that says nothing about a person."""
    return mapped_column(*args, info={"data_class": DataClass.NONE}, **options)


def open_because(data_class: DataClass, because: str, *args: Any, **options: Any) -> Any:
    """Declares a classed column that stays readable in the database, with the reason why it must."""
    return mapped_column(*args, info={"data_class": data_class, "open_because": because}, **options)


def sealed(data_class: DataClass, **options: Any) -> Any:
    """Declares a column that holds only sealed bytes (see `conferences.sealing`)."""
    options.setdefault("nullable", True)
    return mapped_column(LargeBinary, info={"data_class": data_class, "sealed": True}, **options)


def one_of(kind: type[StrEnum]) -> Enum:
    """Returns the column type for a closed list of words, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=f"known_{kind.__name__.lower()}",
        values_callable=lambda members: [member.value for member in members],
    )


def key_to(table: str, **options: Any) -> Any:
    """Declares a reference to another table's row."""
    return plain(ForeignKey(f"{table}.id"), **options)


class DataKey(Base):
    """One random key per person or case, wrapped by the key outside the database; destroying it shreds."""

    __tablename__ = "data_key"
    id: Mapped[UUID] = plain(primary_key=True, default=new_id)
    wrapped: Mapped[bytes | None] = mapped_column(info={"data_class": DataClass.SECRET, "sealed": True})
    wrapped_by: Mapped[str] = plain()
    destroyed_at: Mapped[datetime | None] = plain()


class HasSealed:
    """A row with sealed columns names the data key that opens them."""

    data_key_id: Mapped[UUID] = mapped_column(
        ForeignKey("data_key.id"), info={"data_class": DataClass.NONE}, sort_order=-5
    )

    @declared_attr
    def data_key(cls) -> Mapped[DataKey]:
        """The key, fetched for a whole list of rows in one query."""
        return relationship(DataKey, lazy="selectin")


class HasTold:
    """What the form was told about a row beyond its own columns: one sealed JSON object per data class."""

    told_personal_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL, sort_order=80)
    told_special_sealed: Mapped[bytes | None] = sealed(DataClass.SPECIAL, sort_order=80)
    told_criminal_sealed: Mapped[bytes | None] = sealed(DataClass.CRIMINAL, sort_order=80)
    told_child_sealed: Mapped[bytes | None] = sealed(DataClass.CHILD, sort_order=80)
    told_safe_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE, sort_order=80)


class HasId:
    """A row with a random identifier."""

    id: Mapped[UUID] = mapped_column(
        primary_key=True, default=new_id, info={"data_class": DataClass.NONE}, sort_order=-10
    )


class MayBeBrought:
    """A row an import may have made; one that is withheld is visible to nobody: not whole yet, or undone."""

    import_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("import_batch.id"), index=True, info={"data_class": DataClass.NONE}, sort_order=80
    )
    withheld: Mapped[bool] = mapped_column(default=False, info={"data_class": DataClass.NONE}, sort_order=81)


class HasVersion:
    """A row two people may edit at once: the second is told, never overwritten silently."""

    version: Mapped[int] = mapped_column(default=1, info={"data_class": DataClass.NONE}, sort_order=90)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}
