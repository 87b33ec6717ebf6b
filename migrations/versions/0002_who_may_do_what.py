"""What each database role may do: the service adds and changes, and deletes nothing.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APP, AUDITOR, KEEPER = "marac_app", "marac_auditor", "marac_keeper"
# Lines are added to these and never changed, not even by the service itself.
ADDED_TO_ONLY = ("audit_entry", "data_key", "decision", "contribution", "action_update", "form_receipt")
READ_ONLY = ("installation", "alembic_version")


def upgrade() -> None:
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {APP}")
    op.execute(f"REVOKE UPDATE ON {', '.join(ADDED_TO_ONLY)} FROM {APP}")
    op.execute(f"REVOKE INSERT, UPDATE ON {', '.join(READ_ONLY)} FROM {APP}")
    op.execute(f"GRANT SELECT ON audit_entry TO {AUDITOR}")
    op.execute(f"GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {KEEPER}")
    op.execute(f"REVOKE UPDATE, DELETE ON audit_entry FROM {KEEPER}")
    op.execute(f"REVOKE UPDATE, DELETE ON {', '.join(READ_ONLY)} FROM {KEEPER}")


def downgrade() -> None:
    op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}, {AUDITOR}, {KEEPER}")
