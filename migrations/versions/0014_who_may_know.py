"""Restrictions beside exclusions, how either ends, and which cases a copy speaks of."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

APP, KEEPER = "marac_app", "marac_keeper"
LIFTING = (
    "(lifted_at IS NULL) = (lifted_by_id IS NULL)"
    " AND (lifted_at IS NULL) = (lifting_reason_sealed IS NULL)"
)


def upgrade() -> None:
    _exclusions()
    _restrictions()
    _copies()
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON restriction TO {APP}")
    op.execute(f"GRANT SELECT, INSERT ON document_case TO {APP}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON restriction, document_case TO {KEEPER}")


def _exclusions() -> None:
    op.add_column("exclusion", sa.Column("named_sealed", sa.LargeBinary()))
    op.add_column("exclusion", sa.Column("lifting_reason_sealed", sa.LargeBinary()))
    op.drop_constraint(op.f("ck_exclusion_person_or_agency"), "exclusion")
    op.drop_constraint(op.f("ck_exclusion_lifting_is_signed"), "exclusion")
    op.create_check_constraint(
        op.f("ck_exclusion_one_is_meant"), "exclusion", "num_nonnulls(user_id, agency_id, named_sealed) = 1"
    )
    op.create_check_constraint(op.f("ck_exclusion_lifting_is_signed"), "exclusion", LIFTING)


def _restrictions() -> None:
    op.create_table(
        "restriction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid()),
        sa.Column("agency_id", sa.Uuid()),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
        sa.Column("lifted_by_id", sa.Uuid()),
        sa.Column("lifting_reason_sealed", sa.LargeBinary()),
        sa.CheckConstraint("num_nonnulls(user_id, agency_id) = 1", name=op.f("ck_restriction_person_or_agency")),
        sa.CheckConstraint(LIFTING, name=op.f("ck_restriction_lifting_is_signed")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_restriction_agency_id_agency")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_restriction_by_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_restriction_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["data_key_id"], ["data_key.id"], name=op.f("fk_restriction_data_key_id_data_key")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["user_account.id"], name=op.f("fk_restriction_lifted_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_restriction_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
    )
    op.create_index(
        "ix_restriction_in_force", "restriction", ["case_id"], postgresql_where=sa.text("lifted_at IS NULL")
    )


def _copies() -> None:
    op.create_table(
        "document_case",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_document_case_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_case_document_id_document")
        ),
        sa.PrimaryKeyConstraint("document_id", "case_id", name=op.f("pk_document_case")),
    )
    # Copies made before now may speak of any case of their area that was on an agenda: rather one too many.
    op.execute(
        "INSERT INTO document_case SELECT DISTINCT d.id, l.case_id FROM document d"
        " JOIN case_file c ON c.area_id = d.area_id JOIN listing l ON l.case_id = c.id"
    )


def downgrade() -> None:
    op.drop_table("document_case")
    op.drop_index("ix_restriction_in_force", table_name="restriction")
    op.drop_table("restriction")
    op.drop_constraint(op.f("ck_exclusion_lifting_is_signed"), "exclusion")
    op.drop_constraint(op.f("ck_exclusion_one_is_meant"), "exclusion")
    op.execute("DELETE FROM exclusion WHERE named_sealed IS NOT NULL")
    op.create_check_constraint(
        op.f("ck_exclusion_lifting_is_signed"),
        "exclusion",
        "(lifted_at IS NULL) = (lifted_by_id IS NULL)",
    )
    op.create_check_constraint(
        op.f("ck_exclusion_person_or_agency"), "exclusion", "(user_id IS NULL) <> (agency_id IS NULL)"
    )
    op.drop_column("exclusion", "lifting_reason_sealed")
    op.drop_column("exclusion", "named_sealed")
