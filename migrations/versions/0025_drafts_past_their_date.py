"""Drafts past their date are put aside, or left lying where a person has to look."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STATUS = (
    "draft", "awaiting_signoff", "submitted", "returned", "decline_asked", "withdraw_asked", "appealed",
    "accepted", "alert_only", "merged", "redirected", "declined", "withdrawn", "discarded",
)  # fmt: skip
UNSENT = "status IN ('draft', 'awaiting_signoff', 'discarded')"


def upgrade() -> None:
    op.add_column("referral", sa.Column("left_lying_at", sa.DateTime(timezone=True)))
    _check("known_referralstatus", f"status IN ({', '.join(repr(word) for word in STATUS)})")
    _check("submitted_is_dated", f"({UNSENT}) = (submitted_at IS NULL)")
    _check("submitted_was_scored_or_says_so", f"({UNSENT}) = (qualifies IS NULL AND scoring = 'not_yet')")
    _check(
        "submitted_says_why_and_on_what_basis",
        "status IN ('draft', 'discarded') OR (reason_sealed IS NOT NULL AND sharing_sealed IS NOT NULL)",
    )
    new = {
        "discarded_is_known_to_nobody": "status <> 'discarded' OR withheld",
        "left_lying_is_a_draft": "left_lying_at IS NULL OR status = 'draft'",
    }
    for name, rule in new.items():
        op.create_check_constraint(op.f(f"ck_referral_{name}"), "referral", rule)


def _check(name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_referral_{name}"), "referral", type_="check")
    op.create_check_constraint(op.f(f"ck_referral_{name}"), "referral", rule)


def downgrade() -> None:
    raise NotImplementedError("Drafts may have been put aside, which the older tables have no word for.")
