"""Whose cases and whose referrals are found without reading all of them.

Revision ID: 0015
Revises: 0014
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_file_opened_by_id", "case_file", ["opened_by_id"])
    op.create_index("ix_referral_agency_id", "referral", ["agency_id"])


def downgrade() -> None:
    op.drop_index("ix_referral_agency_id", "referral")
    op.drop_index("ix_case_file_opened_by_id", "case_file")
