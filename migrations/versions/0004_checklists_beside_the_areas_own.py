"""An area may work with further checklists beside its own."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "policy", sa.Column("checklists", sa.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'"))
    )
    op.alter_column("policy", "checklists", server_default=None)


def downgrade() -> None:
    op.drop_column("policy", "checklists")
