"""A manager's sign-off as an area's own policy: asked, skipped and why, given back, taken in without it."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OLD_KIND = (
    "accepted", "returned", "replied", "decline_asked", "decline_refused", "declined", "redirected",
    "alert_only", "merged", "withdraw_asked", "withdraw_refused", "withdrawn", "appealed", "appeal_agreed",
    "undone",
)  # fmt: skip
NEW_KIND = (*OLD_KIND, "signed_off", "given_back", "taken_in")
CLOCKS = "minutes_days >= 0 AND triage_days >= 0 AND draft_days > 0 AND appeal_days >= 0"


def upgrade() -> None:
    _policy()
    _referral()
    _known(NEW_KIND)
    _check(
        "decision",
        "decided_with_a_reason",
        "kind IN ('accepted', 'undone', 'signed_off') OR reason_sealed IS NOT NULL",
    )


def _policy() -> None:
    op.add_column("policy", sa.Column("sign_off", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.alter_column("policy", "sign_off", server_default=None)
    op.add_column("policy", sa.Column("sign_off_days", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("policy", "sign_off_days", server_default=None)
    _check("policy", "clocks_run", f"{CLOCKS} AND sign_off_days >= 0")


def _referral() -> None:
    skipped = sa.Enum(
        "emergency",
        "nobody",
        name="known_signoffskipped",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.add_column("referral", sa.Column("signoff_asked_at", sa.DateTime(timezone=True)))
    op.add_column("referral", sa.Column("signoff_skipped", skipped))
    op.add_column("referral", sa.Column("given_back_at", sa.DateTime(timezone=True)))
    op.create_check_constraint(
        op.f("ck_referral_signing_off_is_dated"),
        "referral",
        "status <> 'awaiting_signoff' OR signoff_asked_at IS NOT NULL",
    )
    op.create_check_constraint(
        op.f("ck_referral_given_back_is_a_draft"), "referral", "given_back_at IS NULL OR status = 'draft'"
    )


def _known(words: tuple[str, ...]) -> None:
    _check("decision", "known_decisionkind", f"kind IN ({', '.join(repr(word) for word in words)})")


def _check(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def downgrade() -> None:
    raise NotImplementedError("Referrals may have been signed off, which the older tables have no word for.")
