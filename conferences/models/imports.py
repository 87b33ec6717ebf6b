"""A list that was brought from elsewhere, row by row, and what is remembered about lists of its kind."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

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

_FOUND_AGAIN = "a keyed hash, by which the same row is known again without being readable"


class BatchStatus(StrEnum):
    """Where a list stands on its way into the record."""

    READ = "read"
    CHECKED = "checked"
    TAKING = "taking"
    TAKEN = "taken"
    UNDONE = "undone"
    DISCARDED = "discarded"


class Verdict(StrEnum):
    """What a row of a list would do to the record."""

    NEW = "new"
    MATCHES = "matches"
    HERE = "here"
    WRONG = "wrong"


class RowDecision(StrEnum):
    """What a person says becomes of a doubtful row."""

    TAKE = "take"
    LEAVE = "leave"


class ImportBatch(Base, HasId, HasSealed, HasVersion):
    """One list somebody brought; what it makes is visible to nobody before the whole list is taken."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("done >= 0 AND done <= rows", name="counts_its_rows"),
        CheckConstraint("(status IN ('taken', 'undone')) = (taken_at IS NOT NULL)", name="taken_is_dated"),
        CheckConstraint("(status = 'undone') = (undone_at IS NOT NULL)", name="undone_is_dated"),
        CheckConstraint("status IN ('read', 'discarded') OR checked_at IS NOT NULL", name="checked_first"),
    )
    area_id: Mapped[UUID] = key_to("area", index=True)
    by_id: Mapped[UUID] = key_to("user_account", index=True)
    source_index: Mapped[bytes] = open_because(DataClass.PERSONAL, _FOUND_AGAIN)
    headings_index: Mapped[bytes] = open_because(DataClass.PERSONAL, _FOUND_AGAIN)
    source_sealed: Mapped[bytes] = sealed(DataClass.PERSONAL, nullable=False)
    file_name_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    sheet_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    headings_sealed: Mapped[bytes] = sealed(DataClass.PERSONAL, nullable=False)
    notes: Mapped[list[str]] = plain(ARRAY(Text), default=list)
    columns: Mapped[list[str]] = plain(ARRAY(Text))
    unnamed_agency_id: Mapped[UUID | None] = key_to("agency")
    joins_matches: Mapped[bool] = plain(default=False)
    status: Mapped[BatchStatus] = plain(one_of(BatchStatus), default=BatchStatus.READ)
    rows: Mapped[int] = plain()
    done: Mapped[int] = plain(default=0)
    read_at: Mapped[datetime] = plain()
    checked_at: Mapped[datetime | None] = plain()
    moved_at: Mapped[datetime | None] = plain()
    failed_at: Mapped[datetime | None] = plain()
    taken_at: Mapped[datetime | None] = plain()
    undone_at: Mapped[datetime | None] = plain()


class ImportRow(Base, HasId, HasSealed):
    """One row of a list: what would come of it, what is wrong with it, and what it made."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("batch_id", "number"),
        CheckConstraint("taken_at IS NULL OR raw_sealed IS NULL", name="forgets_its_words_once_taken"),
        CheckConstraint("undone_at IS NULL OR taken_at IS NOT NULL", name="undone_was_taken"),
        CheckConstraint("(taken_at IS NULL) OR (case_id IS NOT NULL)", name="taken_has_a_case"),
        CheckConstraint("decided IS NULL OR doubtful", name="only_doubts_are_decided"),
        CheckConstraint("taken_at IS NULL OR decided IS DISTINCT FROM 'leave'", name="left_out_is_not_taken"),
        Index("ix_import_row_fingerprint", "fingerprint"),
        Index("ix_import_row_reference_index", "reference_index"),
        Index("ix_import_row_pair_index", "pair_index"),
    )
    batch_id: Mapped[UUID] = key_to("import_batch", index=True)
    number: Mapped[int] = plain()
    raw_sealed: Mapped[bytes | None] = sealed(DataClass.SAFE)
    fingerprint: Mapped[bytes | None] = open_because(DataClass.PERSONAL, _FOUND_AGAIN)
    reference_index: Mapped[bytes | None] = open_because(DataClass.PERSONAL, _FOUND_AGAIN)
    pair_index: Mapped[bytes | None] = open_because(DataClass.PERSONAL, _FOUND_AGAIN)
    verdict: Mapped[Verdict | None] = plain(one_of(Verdict))
    problems: Mapped[list[str]] = plain(ARRAY(Text), default=list)
    notes: Mapped[list[str]] = plain(ARRAY(Text), default=list)
    doubtful: Mapped[bool] = plain(default=False)
    decided: Mapped[RowDecision | None] = plain(one_of(RowDecision))
    case_id: Mapped[UUID | None] = key_to("case_file", index=True)
    taken_at: Mapped[datetime | None] = plain()
    undone_at: Mapped[datetime | None] = plain()
    kept_at: Mapped[datetime | None] = plain()


class ImportMapping(Base, HasId, HasSealed, HasVersion):
    """What the columns of a source's lists mean, and whom its names for agencies mean, as last confirmed."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("area_id", "source_index", "headings_index"),)
    area_id: Mapped[UUID] = key_to("area")
    source_index: Mapped[bytes] = open_because(DataClass.PERSONAL, _FOUND_AGAIN)
    headings_index: Mapped[bytes] = open_because(DataClass.PERSONAL, _FOUND_AGAIN)
    columns: Mapped[list[str]] = plain(ARRAY(Text))
    unnamed_agency_id: Mapped[UUID | None] = key_to("agency")
    meant_sealed: Mapped[bytes | None] = sealed(DataClass.PERSONAL)
    saved_at: Mapped[datetime] = plain()
