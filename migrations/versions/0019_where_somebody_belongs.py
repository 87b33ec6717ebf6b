"""One more reason why a referral belongs on another route first: whoever causes harm is a child."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OLD = "gate IN ('under_16', 'outside_area')"
NEW = "gate IN ('under_16', 'outside_area', 'harmer_under_16')"


def upgrade() -> None:
    _known(NEW)


def downgrade() -> None:
    op.execute("UPDATE referral SET gate = NULL WHERE gate = 'harmer_under_16'")
    _known(OLD)


def _known(rule: str) -> None:
    op.drop_constraint(op.f("ck_referral_known_gate"), "referral", type_="check")
    op.create_check_constraint(op.f("ck_referral_known_gate"), "referral", rule)
