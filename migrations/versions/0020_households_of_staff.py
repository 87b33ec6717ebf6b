"""Where staff live, if they say so, and who works for an agency without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

APP, KEEPER = "marac_app", "marac_keeper"


def upgrade() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("phones_sealed", sa.LargeBinary()),
        sa.Column("line_sealed", sa.LargeBinary()),
        sa.Column("postcode_sealed", sa.LargeBinary()),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["data_key_id"], ["data_key.id"], name=op.f("fk_household_data_key_id_data_key")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_household_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("user_id", name=op.f("uq_household_user_id")),
    )
    _employees()
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON household, employee TO {APP}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON household, employee TO {KEEPER}")


def _employees() -> None:
    op.create_table(
        "employee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("removed_by_id", sa.Uuid()),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by_id IS NULL)", name=op.f("ck_employee_removing_is_signed")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_employee_agency_id_agency")),
        sa.ForeignKeyConstraint(["data_key_id"], ["data_key.id"], name=op.f("fk_employee_data_key_id_data_key")),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["user_account.id"], name=op.f("fk_employee_named_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["user_account.id"], name=op.f("fk_employee_removed_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee")),
    )
    op.create_index(op.f("ix_employee_agency_id"), "employee", ["agency_id"])


def downgrade() -> None:
    op.drop_table("employee")
    op.drop_table("household")
