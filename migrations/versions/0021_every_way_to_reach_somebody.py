"""Several ways to reach a person, each with how safe it is; what was kept as one telephone becomes the first."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from app.keys import read_keyring
from app.settings import settings
from conferences.models import DataKey, new_id
from conferences.sealing import seal_json, unseal

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

APP, KEEPER = "marac_app", "marac_keeper"
BEFORE = ("phone", "may_ring", "may_leave_message", "times", "code_word", "who_else")
SAFE = {"yes": "safe", "no": "unsafe"}


def upgrade() -> None:
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("data_key_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by_id", sa.Uuid()),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_contact_point_ending_is_signed")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_contact_point_{column}_{table}"))
            for column, table in (
                ("data_key_id", "data_key"),
                ("person_id", "person"),
                ("given_by_id", "user_account"),
                ("ended_by_id", "user_account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
    )
    op.create_index(
        "ix_contact_point_in_use", "contact_point", ["person_id"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON contact_point TO {APP}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON contact_point TO {KEEPER}")
    op.add_column("safe_address", sa.Column("care_sealed", sa.LargeBinary()))
    _seal_anew()
    for column in BEFORE:
        op.drop_column("safe_contact", f"{column}_sealed")


class _Row:
    """One row, as much of it as sealing needs."""

    def __init__(self, table: str, row_id: Any, data_key: Any, **sealed: Any) -> None:
        self.__tablename__, self.id, self.data_key = table, row_id, data_key
        self.__dict__.update(sealed)


OLD = sa.text(
    "SELECT s.*, d.wrapped, d.wrapped_by, first.opened_at, first.opened_by_id FROM safe_contact s"
    " JOIN data_key d ON d.id = s.data_key_id AND d.wrapped IS NOT NULL JOIN LATERAL ("
    " SELECT c.opened_at, c.opened_by_id FROM case_file c JOIN involvement i ON i.case_id = c.id"
    " WHERE i.person_id = s.person_id ORDER BY c.opened_at LIMIT 1) first ON true"
)
NEW = sa.text(
    "INSERT INTO contact_point (id, data_key_id, person_id, position, said_sealed, given_at, given_by_id)"
    " VALUES (:id, :key, :person, 0, :said, :at, :by)"
)


def _seal_anew() -> None:
    """A sealed value is bound to its table, so what was kept before is opened once and sealed in its new place."""
    found = op.get_bind().execute(OLD).mappings().all()
    if not found:
        return
    session = Session(op.get_bind(), info={"keyring": read_keyring(settings().sealing_key)})
    for row in found:
        key = DataKey(id=row["data_key_id"], wrapped=row["wrapped"], wrapped_by=row["wrapped_by"])
        sealed = {f"{one}_sealed": row[f"{one}_sealed"] for one in BEFORE}
        before = _Row("safe_contact", row["id"], key, **sealed)
        known = {one: unseal(session, before, one) for one in BEFORE}
        said = _said({name: words for name, words in known.items() if words})
        if said:
            point = _Row("contact_point", new_id(), key)
            seal_json(session, point, "said", said)
            values = {"id": point.id, "key": key.id, "person": row["person_id"], "at": row["opened_at"]}
            session.execute(NEW, values | {"said": point.said_sealed, "by": row["opened_by_id"]})


def _said(known: dict[str, str]) -> dict[str, str]:
    said = {name: known[name] for name in ("times", "code_word", "who_else") if name in known}
    said |= {"value": known["phone"]} if "phone" in known else {}
    safety = SAFE.get(known.get("may_ring", ""), "unknown")
    message = SAFE.get(known.get("may_leave_message", ""), "unknown")
    if not said and safety != "unsafe" and message != "unsafe":
        return {}
    return {"way": "phone", "safety": safety, "message": message} | said


def downgrade() -> None:
    """Refused while anybody has a way to reach them: it would be lost."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM contact_point")):
        raise RuntimeError("Ways to reach people are held that the earlier version cannot keep.")
    op.drop_column("safe_address", "care_sealed")
    op.drop_table("contact_point")
    for column in BEFORE:
        op.add_column("safe_contact", sa.Column(f"{column}_sealed", sa.LargeBinary()))
