"""The four database roles, the same on the embedded server and on a real one."""

OWNER, APP, AUDITOR, KEEPER = "marac_owner", "marac_app", "marac_auditor", "marac_keeper"

PURPOSES = {
    OWNER: "owns the tables and runs migrations",
    APP: "is what the service connects as",
    AUDITOR: "reads the audit record and nothing else",
    KEEPER: "rotates keys and carries out retention",
}

# Row-level security binds none of those who are superuser or may bypass it, so the roles say no to both.
_ATTRIBUTES = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


def _role(name: str, purpose: str) -> list[str]:
    exists = f"SELECT FROM pg_roles WHERE rolname = '{name}'"
    return [
        f"DO $$ BEGIN IF NOT EXISTS ({exists}) THEN CREATE ROLE {name}; END IF; END $$",
        f"ALTER ROLE {name} {_ATTRIBUTES}",
        f"COMMENT ON ROLE {name} IS '{purpose}'",
    ]


def role_statements() -> list[str]:
    """Returns the SQL an administrator runs once per server; running it again changes nothing."""
    return [
        *(line for name, purpose in PURPOSES.items() for line in _role(name, purpose)),
        # A request that takes longer than this is lost to the person who waits for it anyway.
        f"ALTER ROLE {APP} SET statement_timeout = '30s'",
        f"ALTER ROLE {APP} SET idle_in_transaction_session_timeout = '60s'",
        f"ALTER ROLE {APP} SET synchronous_commit = 'on'",
    ]


def database_statements(database: str) -> list[str]:
    """Returns the SQL that gives the database to its owner and lets the other roles in, and nobody else."""
    return [
        f'ALTER DATABASE "{database}" OWNER TO {OWNER}',
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO {APP}, {AUDITOR}, {KEEPER}',
    ]


def schema_statements() -> list[str]:
    """Returns the SQL, run inside the database, that leaves table-making to the owner alone."""
    return [
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APP}, {AUDITOR}, {KEEPER}",
    ]
