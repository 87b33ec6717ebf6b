"""One area can ask another whether somebody is known there; a person answers.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

APP, KEEPER = "marac_app", "marac_keeper"


def _to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_enquiry_{column}_{table}")


def upgrade() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("from_area_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("area_id <> from_area_id", name=op.f("ck_enquiry_asks_another_area")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL) AND (answered_at IS NULL) = (answer_sealed IS NULL)",
            name=op.f("ck_enquiry_answer_is_signed_and_dated"),
        ),
        _to("area", "area_id"),
        _to("area", "from_area_id"),
        _to("case_file", "case_id"),
        _to("user_account", "asked_by_id"),
        _to("user_account", "answered_by_id"),
        _to("data_key", "data_key_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry"),
    )
    op.create_index("ix_enquiry_waiting", "enquiry", ["area_id", "asked_at"])
    op.create_index(
        "uq_enquiry_open",
        "enquiry",
        ["case_id", "area_id"],
        unique=True,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON enquiry TO {APP}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON enquiry TO {KEEPER}")


def downgrade() -> None:
    op.drop_table("enquiry")
