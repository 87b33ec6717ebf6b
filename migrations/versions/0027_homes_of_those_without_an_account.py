"""Mail addresses beside homes, and homes of those who work for an agency without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NEW = {"household": ("mails",), "employee": ("phones", "line", "postcode", "mails")}
LEFT = (
    "removed_at IS NULL OR "
    "num_nonnulls(phones_sealed, line_sealed, postcode_sealed, mails_sealed) = 0"
)


def upgrade() -> None:
    for table, columns in NEW.items():
        for column in columns:
            op.add_column(table, sa.Column(f"{column}_sealed", sa.LargeBinary()))
    op.create_check_constraint(op.f("ck_employee_whoever_left_has_no_home"), "employee", LEFT)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_employee_whoever_left_has_no_home"), "employee")
    for table, columns in NEW.items():
        for column in columns:
            op.drop_column(table, f"{column}_sealed")
