"""A doubtful row of a list waits until a person says whether it is taken or left out."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    ALTER TABLE import_row
        ADD COLUMN doubtful BOOLEAN NOT NULL DEFAULT false,
        ADD COLUMN decided VARCHAR(32),
        ADD CONSTRAINT ck_import_row_known_rowdecision CHECK (decided IN ('take', 'leave')),
        ADD CONSTRAINT ck_import_row_only_doubts_are_decided CHECK (decided IS NULL OR doubtful),
        ADD CONSTRAINT ck_import_row_left_out_is_not_taken
            CHECK (taken_at IS NULL OR decided IS DISTINCT FROM 'leave')
    """)
    op.execute("ALTER TABLE import_row ALTER COLUMN doubtful DROP DEFAULT")


def downgrade() -> None:
    op.execute("ALTER TABLE import_row DROP COLUMN decided, DROP COLUMN doubtful")
