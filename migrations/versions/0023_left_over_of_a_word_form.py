"""What a Word form says and no part of the referral holds yet, kept sealed with the draft."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None
RULE = "ck_referral_sent_with_nothing_left_unplaced"


def upgrade() -> None:
    op.add_column("referral", sa.Column("unplaced_sealed", sa.LargeBinary(), nullable=True))
    op.create_check_constraint(op.f(RULE), "referral", "submitted_at IS NULL OR unplaced_sealed IS NULL")


def downgrade() -> None:
    op.drop_constraint(op.f(RULE), "referral", type_="check")
    op.drop_column("referral", "unplaced_sealed")
