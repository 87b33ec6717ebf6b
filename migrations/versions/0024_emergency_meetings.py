"""Meetings called at once for one case, and the agencies that are called to them."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

APP, KEEPER = "marac_app", "marac_keeper"


def upgrade() -> None:
    kind = sa.Enum(
        "ordinary",
        "emergency",
        name="known_conferencekind",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.add_column("conference", sa.Column("kind", kind, nullable=False, server_default="ordinary"))
    op.alter_column("conference", "kind", server_default=None)
    op.drop_constraint(op.f("uq_conference_area_id_starts_at"), "conference", type_="unique")
    op.create_index(
        "uq_conference_ordinary",
        "conference",
        ["area_id", "starts_at"],
        unique=True,
        postgresql_where=sa.text("kind = 'ordinary'"),
    )
    op.create_table(
        "called_agency",
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_called_agency_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_called_agency_conference_id_conference")
        ),
        sa.PrimaryKeyConstraint("conference_id", "agency_id", name=op.f("pk_called_agency")),
    )
    op.execute(f"GRANT SELECT, INSERT ON called_agency TO {APP}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON called_agency TO {KEEPER}")


def downgrade() -> None:
    raise NotImplementedError(
        "Emergency meetings may have been held, which the older tables have no word for."
    )
