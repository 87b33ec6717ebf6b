"""Lists brought from elsewhere, and the mark on what they made.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("import_batch", "import_row", "import_mapping")
BROUGHT = ("case_file", "referral", "listing", "action")
# What a list leaves out stays unknown, so the rules that ask a meeting for it do not ask a list.
ORIGINAL = {
    ("referral", "chair_confirms_declining_what_qualifies"): (
        "status <> 'declined' OR (qualifies IS FALSE AND NOT known_repeat) OR chair_confirmed_by_id IS NOT NULL"
    ),
    ("listing", "heard_has_every_line"): (
        "status <> 'heard' OR (outcome IS NOT NULL"
        " AND (victims_voice_sealed IS NOT NULL OR victims_voice_missing_sealed IS NOT NULL)"
        " AND (child_line_sealed IS NOT NULL OR child_line_missing_sealed IS NOT NULL)"
        " AND (perpetrator_line_sealed IS NOT NULL OR perpetrator_line_missing_sealed IS NOT NULL))"
    ),
    ("listing", "concluded_is_signed"): "(concluded_at IS NULL) = (concluded_by_id IS NULL)",
    ("action", "completed_is_signed_and_dated"): (
        "(status = 'done') = (completed_at IS NOT NULL)"
        " AND (completed_at IS NULL) = (completed_by_id IS NULL)"
        " AND (completed_at IS NULL) = (outcome_sealed IS NULL)"
    ),
}
STATEMENTS = (
    """
    CREATE TABLE import_batch (
        id UUID NOT NULL,
        data_key_id UUID NOT NULL,
        area_id UUID NOT NULL,
        by_id UUID NOT NULL,
        source_index BYTEA NOT NULL,
        headings_index BYTEA NOT NULL,
        source_sealed BYTEA NOT NULL,
        file_name_sealed BYTEA,
        sheet_sealed BYTEA,
        headings_sealed BYTEA NOT NULL,
        notes TEXT[] NOT NULL,
        columns TEXT[] NOT NULL,
        unnamed_agency_id UUID,
        joins_matches BOOLEAN NOT NULL,
        status VARCHAR(32) NOT NULL,
        rows INTEGER NOT NULL,
        done INTEGER NOT NULL,
        read_at TIMESTAMP WITH TIME ZONE NOT NULL,
        checked_at TIMESTAMP WITH TIME ZONE,
        moved_at TIMESTAMP WITH TIME ZONE,
        failed_at TIMESTAMP WITH TIME ZONE,
        taken_at TIMESTAMP WITH TIME ZONE,
        undone_at TIMESTAMP WITH TIME ZONE,
        version INTEGER NOT NULL,
        CONSTRAINT pk_import_batch PRIMARY KEY (id),
        CONSTRAINT ck_import_batch_counts_its_rows CHECK (done >= 0 AND done <= rows),
        CONSTRAINT ck_import_batch_taken_is_dated CHECK ((status IN ('taken', 'undone')) = (taken_at IS NOT NULL)),
        CONSTRAINT ck_import_batch_undone_is_dated CHECK ((status = 'undone') = (undone_at IS NOT NULL)),
        CONSTRAINT ck_import_batch_checked_first CHECK (status IN ('read', 'discarded') OR checked_at IS NOT NULL),
        CONSTRAINT fk_import_batch_data_key_id_data_key FOREIGN KEY(data_key_id) REFERENCES data_key (id),
        CONSTRAINT fk_import_batch_area_id_area FOREIGN KEY(area_id) REFERENCES area (id),
        CONSTRAINT fk_import_batch_by_id_user_account FOREIGN KEY(by_id) REFERENCES user_account (id),
        CONSTRAINT fk_import_batch_unnamed_agency_id_agency FOREIGN KEY(unnamed_agency_id) REFERENCES agency (id),
        CONSTRAINT ck_import_batch_known_batchstatus CHECK (status IN ('read', 'checked', 'taking', 'taken', 'undone', 'discarded'))
)
    """,
    "CREATE INDEX ix_import_batch_area_id ON import_batch (area_id)",
    "CREATE INDEX ix_import_batch_by_id ON import_batch (by_id)",
    """
    CREATE TABLE import_row (
        id UUID NOT NULL,
        data_key_id UUID NOT NULL,
        batch_id UUID NOT NULL,
        number INTEGER NOT NULL,
        raw_sealed BYTEA,
        fingerprint BYTEA,
        reference_index BYTEA,
        pair_index BYTEA,
        verdict VARCHAR(32),
        problems TEXT[] NOT NULL,
        notes TEXT[] NOT NULL,
        case_id UUID,
        taken_at TIMESTAMP WITH TIME ZONE,
        undone_at TIMESTAMP WITH TIME ZONE,
        kept_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_import_row PRIMARY KEY (id),
        CONSTRAINT uq_import_row_batch_id_number UNIQUE (batch_id, number),
        CONSTRAINT ck_import_row_forgets_its_words_once_taken CHECK (taken_at IS NULL OR raw_sealed IS NULL),
        CONSTRAINT ck_import_row_undone_was_taken CHECK (undone_at IS NULL OR taken_at IS NOT NULL),
        CONSTRAINT ck_import_row_taken_has_a_case CHECK ((taken_at IS NULL) OR (case_id IS NOT NULL)),
        CONSTRAINT fk_import_row_data_key_id_data_key FOREIGN KEY(data_key_id) REFERENCES data_key (id),
        CONSTRAINT fk_import_row_batch_id_import_batch FOREIGN KEY(batch_id) REFERENCES import_batch (id),
        CONSTRAINT ck_import_row_known_verdict CHECK (verdict IN ('new', 'matches', 'here', 'wrong')),
        CONSTRAINT fk_import_row_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
)
    """,
    "CREATE INDEX ix_import_row_batch_id ON import_row (batch_id)",
    "CREATE INDEX ix_import_row_pair_index ON import_row (pair_index)",
    "CREATE INDEX ix_import_row_fingerprint ON import_row (fingerprint)",
    "CREATE INDEX ix_import_row_reference_index ON import_row (reference_index)",
    "CREATE INDEX ix_import_row_case_id ON import_row (case_id)",
    """
    CREATE TABLE import_mapping (
        id UUID NOT NULL,
        data_key_id UUID NOT NULL,
        area_id UUID NOT NULL,
        source_index BYTEA NOT NULL,
        headings_index BYTEA NOT NULL,
        columns TEXT[] NOT NULL,
        unnamed_agency_id UUID,
        meant_sealed BYTEA,
        saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_import_mapping PRIMARY KEY (id),
        CONSTRAINT uq_import_mapping_area_id_source_index_headings_index UNIQUE (area_id, source_index, headings_index),
        CONSTRAINT fk_import_mapping_data_key_id_data_key FOREIGN KEY(data_key_id) REFERENCES data_key (id),
        CONSTRAINT fk_import_mapping_area_id_area FOREIGN KEY(area_id) REFERENCES area (id),
        CONSTRAINT fk_import_mapping_unnamed_agency_id_agency FOREIGN KEY(unnamed_agency_id) REFERENCES agency (id)
)
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO marac_app")
        op.execute(f"GRANT SELECT, UPDATE, DELETE ON {table} TO marac_keeper")
    for table in BROUGHT:
        op.add_column(table, sa.Column("import_id", sa.Uuid(), sa.ForeignKey("import_batch.id")))
        op.add_column(table, sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.text("false")))
        op.alter_column(table, "withheld", server_default=None)
        op.create_index(f"ix_{table}_import_id", table, ["import_id"])
    for (table, name), rule in ORIGINAL.items():
        _replace(table, name, f"{rule} OR import_id IS NOT NULL")
    op.add_column("conference", sa.Column("brought", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.alter_column("conference", "brought", server_default=None)
    op.alter_column("conference", "chair_id", nullable=True)
    op.create_check_constraint(op.f("ck_conference_has_a_chair"), "conference", "brought OR chair_id IS NOT NULL")
    _one_turn("status <> 'taken_off' AND NOT withheld")


def _one_turn(where: str) -> None:
    op.drop_index("uq_listing_conference_case", "listing")
    op.create_index(
        "uq_listing_conference_case",
        "listing",
        ["conference_id", "case_id"],
        unique=True,
        postgresql_where=sa.text(where),
    )


def _replace(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def downgrade() -> None:
    _one_turn("status <> 'taken_off'")
    op.drop_constraint(op.f("ck_conference_has_a_chair"), "conference")
    op.alter_column("conference", "chair_id", nullable=False)
    op.drop_column("conference", "brought")
    for (table, name), rule in ORIGINAL.items():
        _replace(table, name, rule)
    for table in BROUGHT:
        op.drop_column(table, "withheld")
        op.drop_column(table, "import_id")
    for table in reversed(TABLES):
        op.drop_table(table)
