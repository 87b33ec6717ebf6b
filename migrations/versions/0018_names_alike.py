"""Somebody whose name is like one in a case is shut out until a person has looked."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("suggested_at", "confirmed_at"):
        op.add_column("exclusion", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("exclusion", sa.Column("confirmed_by_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_exclusion_confirmed_by_id_user_account"), "exclusion", "user_account", ["confirmed_by_id"], ["id"]
    )
    op.alter_column("exclusion", "by_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_exclusion_somebody_or_a_likeness"), "exclusion", "by_id IS NOT NULL OR suggested_at IS NOT NULL"
    )
    op.create_check_constraint(
        op.f("ck_exclusion_confirming_is_signed"), "exclusion", "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_exclusion_confirming_is_signed"), "exclusion")
    op.drop_constraint(op.f("ck_exclusion_somebody_or_a_likeness"), "exclusion")
    op.execute("UPDATE exclusion SET by_id = c.opened_by_id FROM case_file c WHERE c.id = case_id AND by_id IS NULL")
    op.alter_column("exclusion", "by_id", nullable=False)
    for name in ("confirmed_by_id", "confirmed_at", "suggested_at"):
        op.drop_column("exclusion", name)
