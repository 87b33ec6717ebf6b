"""A referral keeps its own checklist, and others may be opened beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessment", sa.Column("beside_id", sa.Uuid(), sa.ForeignKey("assessment.id")))
    op.add_column("assessment", sa.Column("opened_at", sa.DateTime(timezone=True)))
    op.add_column("assessment", sa.Column("opened_by_id", sa.Uuid(), sa.ForeignKey("user_account.id")))
    op.create_check_constraint(
        "opened_beside_is_signed_and_dated",
        "assessment",
        "(beside_id IS NULL) = (opened_at IS NULL) AND (beside_id IS NULL) = (opened_by_id IS NULL)",
    )
    op.drop_constraint("uq_assessment_referral_id", "assessment", type_="unique")
    op.create_index("ix_assessment_referral_id", "assessment", ["referral_id"])
    op.create_index(
        "uq_assessment_one_primary",
        "assessment",
        ["referral_id"],
        unique=True,
        postgresql_where=sa.text("beside_id IS NULL"),
    )


def downgrade() -> None:
    """Refused by the database while any referral has more than one checklist."""
    op.drop_index("uq_assessment_one_primary", "assessment")
    op.drop_index("ix_assessment_referral_id", "assessment")
    op.create_unique_constraint("uq_assessment_referral_id", "assessment", ["referral_id"])
    op.drop_constraint("opened_beside_is_signed_and_dated", "assessment")
    for column in ("opened_by_id", "opened_at", "beside_id"):
        op.drop_column("assessment", column)
