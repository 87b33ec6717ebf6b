"""Referrals from people without an account: links, and what arrives through them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("referral_link", "outside_referral")


def upgrade() -> None:
    _link()
    _outside()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO marac_app")
        op.execute(f"GRANT SELECT, UPDATE, DELETE ON {table} TO marac_keeper")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _link() -> None:
    op.create_table(
        "referral_link",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("area_id", sa.Uuid(), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("agency_id", sa.Uuid(), sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by_id", sa.Uuid(), sa.ForeignKey("user_account.id")),
        sa.CheckConstraint("expires_at > made_at", name="expires_later"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawing_is_signed_and_dated"
        ),
    )
    op.create_index("ix_referral_link_area_id", "referral_link", ["area_id"])


def _outside() -> None:
    op.create_table(
        "outside_referral",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("data_key_id", sa.Uuid(), sa.ForeignKey("data_key.id"), nullable=False),
        sa.Column("area_id", sa.Uuid(), sa.ForeignKey("area.id"), nullable=False),
        sa.Column("agency_id", sa.Uuid(), sa.ForeignKey("agency.id"), nullable=False),
        sa.Column("link_id", sa.Uuid(), sa.ForeignKey("referral_link.id"), nullable=False, unique=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary()),
        sa.Column("taken_at", sa.DateTime(timezone=True)),
        sa.Column("refused_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by_id", sa.Uuid(), sa.ForeignKey("user_account.id")),
        sa.Column("referral_id", sa.Uuid(), sa.ForeignKey("referral.id")),
        sa.Column("reason_sealed", sa.LargeBinary()),
        sa.CheckConstraint("(taken_at IS NULL) = (referral_id IS NULL)", name="taken_on_as_a_referral"),
        sa.CheckConstraint("(refused_at IS NULL) = (reason_sealed IS NULL)", name="refused_with_a_reason"),
        sa.CheckConstraint(
            "(decided_by_id IS NULL) = (taken_at IS NULL AND refused_at IS NULL)", name="decided_is_signed"
        ),
        sa.CheckConstraint("taken_at IS NULL OR refused_at IS NULL", name="decided_once"),
        sa.CheckConstraint("(body_sealed IS NULL) = (decided_by_id IS NOT NULL)", name="kept_until_decided"),
    )
    op.create_index(
        "ix_outside_referral_waiting", "outside_referral", ["area_id", "decided_by_id", "arrived_at"]
    )
