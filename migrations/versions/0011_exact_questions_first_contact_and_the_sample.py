"""Exact questions to the referrer, the advocate's first contact, and the sample the chair reads again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SETTINGS = {"chase_days": "1", "escalate_days": "2", "contact_days": "2", "audit_share": "20"}
WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name, default in SETTINGS.items():
        op.add_column("policy", sa.Column(name, sa.Integer(), nullable=False, server_default=default))
        op.alter_column("policy", name, server_default=None)
    op.create_check_constraint(
        op.f("ck_policy_chasing_in_order"),
        "policy",
        "escalate_days >= chase_days AND chase_days >= 0 AND contact_days >= 0"
        " AND audit_share BETWEEN 0 AND 100",
    )
    op.add_column("listing", sa.Column("provisional", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("listing", "provisional", server_default=None)
    _question()
    _advocate()
    _draw()
    for table in ("question", "advocate_referral", "draw"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO marac_app")
        op.execute(f"GRANT SELECT, UPDATE, DELETE ON {table} TO marac_keeper")


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        _key("data_key_id", "data_key", "question", False),
        _key("decision_id", "decision", "question", False),
        _key("referral_id", "referral", "question", False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _word("askedkind", "item", "part"), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("before_sealed", sa.LargeBinary()),
        sa.Column("answer_sealed", sa.LargeBinary()),
        sa.Column("answered_at", WHEN),
        _key("answered_by_id", "user_account", "question"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer_sealed IS NULL)"
            " AND (answered_at IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_question_answered_is_signed_and_dated"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("decision_id", "kind", "about", name=op.f("uq_question_decision_id_kind_about")),
    )
    op.create_index(op.f("ix_question_referral_id"), "question", ["referral_id"])


def _advocate() -> None:
    table = "advocate_referral"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        _key("data_key_id", "data_key", table, False),
        _key("area_id", "area", table, False),
        _key("case_id", "case_file", table, False),
        _key("referral_id", "referral", table, False),
        sa.Column("made_at", WHEN, nullable=False),
        sa.Column("due_at", WHEN, nullable=False),
        sa.Column("acknowledged_at", WHEN),
        _key("acknowledged_by_id", "user_account", table),
        sa.Column("outcome", _word("firstcontact", "contacted", "not_contactable", "declined")),
        sa.Column("outcome_at", WHEN),
        _key("outcome_by_id", "user_account", table),
        sa.Column("note_sealed", sa.LargeBinary()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)",
            name=op.f("ck_advocate_referral_acknowledged_is_signed"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_at IS NULL) AND (outcome IS NULL) = (outcome_by_id IS NULL)",
            name=op.f("ck_advocate_referral_contact_is_signed_and_dated"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR acknowledged_at IS NOT NULL",
            name=op.f("ck_advocate_referral_acknowledged_first"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advocate_referral")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_advocate_referral_referral_id")),
    )
    op.create_index(op.f("ix_advocate_referral_area_id"), table, ["area_id"])
    op.create_index(op.f("ix_advocate_referral_case_id"), table, ["case_id"])


def _draw() -> None:
    op.create_table(
        "draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        _key("data_key_id", "data_key", "draw", False),
        _key("area_id", "area", "draw", False),
        _key("decision_id", "decision", "draw", False),
        _key("referral_id", "referral", "draw", False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("roll", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("at", WHEN, nullable=False),
        sa.Column("agrees", sa.Boolean()),
        sa.Column("reviewed_at", WHEN),
        _key("reviewed_by_id", "user_account", "draw"),
        sa.Column("note_sealed", sa.LargeBinary()),
        sa.CheckConstraint("drawn = (roll < share * 100)", name=op.f("ck_draw_drawn_by_the_roll")),
        sa.CheckConstraint(
            "share BETWEEN 0 AND 100 AND roll BETWEEN 0 AND 9999", name=op.f("ck_draw_a_fair_roll")
        ),
        sa.CheckConstraint(
            "(agrees IS NULL) = (reviewed_at IS NULL) AND (agrees IS NULL) = (reviewed_by_id IS NULL)",
            name=op.f("ck_draw_reviewed_is_signed_and_dated"),
        ),
        sa.CheckConstraint("agrees IS NULL OR drawn", name=op.f("ck_draw_only_the_drawn_are_reviewed")),
        sa.CheckConstraint(
            "agrees IS NOT FALSE OR note_sealed IS NOT NULL", name=op.f("ck_draw_disagreeing_says_why")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_draw_decision_id")),
    )
    op.create_index(op.f("ix_draw_area_id"), "draw", ["area_id"])
    op.create_index(op.f("ix_draw_referral_id"), "draw", ["referral_id"])


def _key(column: str, to: str, table: str, empty: bool = True) -> sa.Column[object]:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.Column(column, sa.Uuid(), sa.ForeignKey(f"{to}.id", name=name), nullable=empty)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=f"known_{name}", native_enum=False, create_constraint=True, length=32)


def downgrade() -> None:
    for table in ("draw", "advocate_referral", "question"):
        op.drop_table(table)
    op.drop_column("listing", "provisional")
    op.drop_constraint(op.f("ck_policy_chasing_in_order"), "policy", type_="check")
    for name in SETTINGS:
        op.drop_column("policy", name)
