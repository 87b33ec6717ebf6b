"""Decisions of people: two records are one person, a referral is a repeat."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("identity_decision", "repeat_decision")


def upgrade() -> None:
    _identity_decision()
    _repeat_decision()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO marac_app")
        op.execute(f"GRANT SELECT, UPDATE, DELETE ON {table} TO marac_keeper")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _identity_decision() -> None:
    op.create_table(
        "identity_decision",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("data_key_id", sa.Uuid(), sa.ForeignKey("data_key.id"), nullable=False),
        sa.Column("area_id", sa.Uuid(), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("one_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("other_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary()),
        *_who_and_when(),
        sa.CheckConstraint("answer IN ('same', 'different', 'not_sure')", name="known_sameness"),
        sa.CheckConstraint("one_id < other_id", name="two_records_in_order"),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_is_signed_and_dated"),
    )
    op.create_index("ix_identity_decision_area_id", "identity_decision", ["area_id"])
    op.create_index("ix_identity_decision_other_id", "identity_decision", ["other_id"])
    op.create_index(
        "uq_identity_decision_in_force",
        "identity_decision",
        ["one_id", "other_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def _repeat_decision() -> None:
    op.create_table(
        "repeat_decision",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("data_key_id", sa.Uuid(), sa.ForeignKey("data_key.id"), nullable=False),
        sa.Column("referral_id", sa.Uuid(), sa.ForeignKey("referral.id"), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("earlier_referral_id", sa.Uuid(), sa.ForeignKey("referral.id")),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary()),
        *_who_and_when(),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_is_signed_and_dated"),
    )
    op.create_index(
        "uq_repeat_decision_in_force",
        "repeat_decision",
        ["referral_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def _who_and_when() -> list[sa.Column]:
    return [
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by_id", sa.Uuid(), sa.ForeignKey("user_account.id")),
    ]
