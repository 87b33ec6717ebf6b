"""A person may have had other names before."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("former_names_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "former_names_sealed")
