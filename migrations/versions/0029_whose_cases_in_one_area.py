"""The cases somebody opened are found without reading every case of their area."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_file_opener", "case_file", ["opened_by_id", "area_id"])
    op.drop_index("ix_case_file_opened_by_id", "case_file")


def downgrade() -> None:
    op.create_index("ix_case_file_opened_by_id", "case_file", ["opened_by_id"])
    op.drop_index("ix_case_file_opener", "case_file")
