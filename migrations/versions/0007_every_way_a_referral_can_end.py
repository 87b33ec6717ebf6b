"""Every way a referral can end: elsewhere, alerts only, merged, taken back, appealed; and undoing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OLD_STATUS = ("draft", "submitted", "returned", "decline_asked", "accepted", "declined")
NEW_STATUS = (
    "draft",
    "awaiting_signoff",
    "submitted",
    "returned",
    "decline_asked",
    "withdraw_asked",
    "appealed",
    "accepted",
    "alert_only",
    "merged",
    "redirected",
    "declined",
    "withdrawn",
)
OLD_KIND = ("accepted", "returned", "replied", "decline_asked", "decline_refused", "declined")
NEW_KIND = (
    *OLD_KIND,
    "redirected",
    "alert_only",
    "merged",
    "withdraw_asked",
    "withdraw_refused",
    "withdrawn",
    "appealed",
    "appeal_agreed",
    "undone",
)
OLD_TURN = ("listed", "heard", "deferred")
ELSEWHERE = ("other_area", "child_protection", "mappa", "matac", "adult_safeguarding", "other")
DECLINE = ("no_ground", "no_connection", "already_heard", "other_purpose", "other")
WITHDRAW = ("sent_by_mistake", "sent_twice", "wrong_person", "facts_changed", "not_wanted")


def upgrade() -> None:
    _states()
    _referral()
    _decision()
    _listing()
    op.add_column("policy", sa.Column("appeal_days", sa.Integer(), nullable=False, server_default="2"))
    op.alter_column("policy", "appeal_days", server_default=None)
    _check("policy", "clocks_run", "minutes_days >= 0 AND triage_days >= 0 AND draft_days > 0 AND appeal_days >= 0")


def _states() -> None:
    _known("referral", "status", "referralstatus", NEW_STATUS)
    _known("decision", "kind", "decisionkind", NEW_KIND)
    _known("listing", "status", "listingstatus", (*OLD_TURN, "taken_off"))


def _referral() -> None:
    op.add_column("referral", sa.Column("known_repeat", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("referral", "known_repeat", server_default=None)
    op.add_column("referral", sa.Column("redirected_to", _word("elsewhere", ELSEWHERE)))
    op.add_column("referral", sa.Column("merged_into_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_referral_merged_into_id_listing"), "referral", "listing", ["merged_into_id"], ["id"]
    )
    op.add_column("referral", sa.Column("withdrawal_confirmed_by_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_referral_withdrawal_confirmed_by_id_user_account"),
        "referral",
        "user_account",
        ["withdrawal_confirmed_by_id"],
        ["id"],
    )
    op.add_column("referral", sa.Column("appealed_at", sa.DateTime(timezone=True)))
    unsent = "status IN ('draft', 'awaiting_signoff')"
    _check("referral", "submitted_is_dated", f"({unsent}) = (submitted_at IS NULL)")
    _check(
        "referral",
        "submitted_was_scored_or_says_so",
        f"({unsent}) = (qualifies IS NULL AND scoring = 'not_yet')",
    )
    _check(
        "referral",
        "chair_confirms_declining_what_qualifies",
        "status <> 'declined' OR (qualifies IS FALSE AND NOT known_repeat) OR chair_confirmed_by_id IS NOT NULL",
    )
    new = {
        "redirected_says_where_to": "(status = 'redirected') = (redirected_to IS NOT NULL)",
        "merged_says_into_what": "(status = 'merged') = (merged_into_id IS NOT NULL)",
        "withdrawing_is_confirmed": "(status = 'withdrawn') = (withdrawal_confirmed_by_id IS NOT NULL)",
        "appeal_is_dated": "status <> 'appealed' OR appealed_at IS NOT NULL",
    }
    for name, rule in new.items():
        op.create_check_constraint(op.f(f"ck_referral_{name}"), "referral", rule)


def _decision() -> None:
    op.add_column("decision", sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False))
    op.create_unique_constraint(op.f("uq_decision_seq"), "decision", ["seq"])
    op.add_column("decision", sa.Column("decline_code", _word("declinecode", DECLINE)))
    op.add_column("decision", sa.Column("withdraw_code", _word("withdrawcode", WITHDRAW)))
    op.add_column("decision", sa.Column("signpost_sealed", sa.LargeBinary()))
    op.add_column("decision", sa.Column("advice_sealed", sa.LargeBinary()))
    op.add_column("decision", sa.Column("before", JSONB()))
    op.add_column("decision", sa.Column("left_version", sa.Integer()))
    op.add_column("decision", sa.Column("undoes_id", sa.Uuid()))
    op.create_foreign_key(op.f("fk_decision_undoes_id_decision"), "decision", "decision", ["undoes_id"], ["id"])
    op.create_unique_constraint(op.f("uq_decision_undoes_id"), "decision", ["undoes_id"])
    op.execute("UPDATE decision SET decline_code = 'other' WHERE kind IN ('decline_asked', 'declined')")
    new = {
        "decided_with_a_reason": "kind IN ('accepted', 'undone') OR reason_sealed IS NOT NULL",
        "declined_says_why": "kind NOT IN ('decline_asked', 'declined') OR decline_code IS NOT NULL",
        "withdrawing_says_why": "(kind = 'withdraw_asked') = (withdraw_code IS NOT NULL)",
        "not_wanting_it_is_no_reason": "withdraw_code <> 'not_wanted'",
        "undone_says_what": "(kind = 'undone') = (undoes_id IS NOT NULL)",
    }
    for name, rule in new.items():
        op.create_check_constraint(op.f(f"ck_decision_{name}"), "decision", rule)


def _listing() -> None:
    op.drop_constraint(op.f("uq_listing_conference_id_case_id"), "listing", type_="unique")
    op.create_index(
        "uq_listing_conference_case",
        "listing",
        ["conference_id", "case_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'taken_off'"),
    )


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=f"known_{name}", native_enum=False, create_constraint=True, length=32)


def _known(table: str, column: str, name: str, words: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    _check(table, f"known_{name}", f"{column} IN ({listed})")


def _check(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def downgrade() -> None:
    raise NotImplementedError("Referrals may stand where the older tables have no word for it.")
