"""People can be found again: keyed hashes of what is known of them, and a sealed copy to compare by.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

APP, KEEPER = "marac_app", "marac_keeper"


def upgrade() -> None:
    op.create_table(
        "person_key",
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_person_key_area_id_area"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_key_person_id_person"),
        sa.PrimaryKeyConstraint("area_id", "key", "person_id", name="pk_person_key"),
    )
    op.create_index("ix_person_key_person_id", "person_key", ["person_id"])
    op.create_table(
        "person_facts",
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["data_key_id"], ["data_key.id"], name="fk_person_facts_data_key_id_data_key"),
        sa.ForeignKeyConstraint(["id"], ["person.id"], name="fk_person_facts_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_person_facts"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON person_facts TO {APP}")
    # Keys are made from other rows; when a name changes the old ones must go, or they would still find it.
    op.execute(f"GRANT SELECT, INSERT, DELETE ON person_key TO {APP}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON person_facts, person_key TO {KEEPER}")


def downgrade() -> None:
    op.drop_table("person_facts")
    op.drop_table("person_key")
