"""Drafts whose writer has left: found as such, and taken over by a colleague with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KINDS = (
    "accepted", "returned", "replied", "decline_asked", "decline_refused", "declined", "redirected",
    "alert_only", "merged", "withdraw_asked", "withdraw_refused", "withdrawn", "appealed", "appeal_agreed",
    "undone", "signed_off", "given_back", "taken_in", "taken_over",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("referral", sa.Column("writer_gone_at", sa.DateTime(timezone=True)))
    op.create_check_constraint(
        op.f("ck_referral_writer_gone_is_a_draft"), "referral", "writer_gone_at IS NULL OR status = 'draft'"
    )
    name = op.f("ck_decision_known_decisionkind")
    op.drop_constraint(name, "decision", type_="check")
    op.create_check_constraint(name, "decision", f"kind IN ({', '.join(repr(word) for word in KINDS)})")


def downgrade() -> None:
    raise NotImplementedError("Drafts may have been taken over, which the older tables have no word for.")
