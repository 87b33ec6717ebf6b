"""The whole referral form: what it asks beyond the first columns, and what an area asks of it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CLASSES = ("personal", "special", "criminal", "child", "safe")
NEVER_LEFT_OUT = (
    "first_judgement", "answers", "last_judgement", "victim_name", "safe_contact", "perpetrator_named",
    "reason", "consent", "share_purpose", "share_said", "share_what", "share_proportionate",
    "share_risk_telling", "share_risk_silence", "share_decided_by", "share_manager", "share_tell",
    "share_tell_how", "share_review",
)


def upgrade() -> None:
    for table in ("referral", "involvement"):
        for name in CLASSES:
            op.add_column(table, sa.Column(f"told_{name}_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("assessment", sa.Column("paper_sealed", sa.LargeBinary(), nullable=True))
    gate = sa.Enum(
        "under_16", "outside_area", name="known_gate", native_enum=False, create_constraint=True, length=32
    )
    op.add_column("referral", sa.Column("gate", gate, nullable=True))
    for column in ("fields_required", "fields_left_out"):
        op.add_column(
            "policy", sa.Column(column, sa.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'"))
        )
        op.alter_column("policy", column, server_default=None)
    quoted = ", ".join(f"'{key}'" for key in NEVER_LEFT_OUT)
    op.create_check_constraint(
        "safety_fields_stay", "policy", f"NOT (fields_left_out && ARRAY[{quoted}]::text[])"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_referral_known_gate"), "referral")
    op.drop_column("referral", "gate")
    op.drop_column("assessment", "paper_sealed")
    op.drop_constraint(op.f("ck_policy_safety_fields_stay"), "policy")
    for column in ("fields_required", "fields_left_out"):
        op.drop_column("policy", column)
    for table in ("referral", "involvement"):
        for name in CLASSES:
            op.drop_column(table, f"told_{name}_sealed")
