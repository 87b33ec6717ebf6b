"""From whom what arrived is hidden: they are like somebody in it, and another can decide."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outside_referral",
        sa.Column("hidden_from", ARRAY(sa.Uuid()), nullable=False, server_default=sa.text("'{}'")),
    )
    op.alter_column("outside_referral", "hidden_from", server_default=None)


def downgrade() -> None:
    op.drop_column("outside_referral", "hidden_from")
