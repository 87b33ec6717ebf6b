"""What was kept as one telephone, before there were several ways, is sealed anew in its place."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app import db, keys
from app.embedded import Embedded, make_database
from app.settings import settings
from conferences.models import DataKey, Person, new_id
from conferences.person import contacts
from conferences.reaching import Contact, Point, Safe
from conferences.sealing import new_data_key, new_keyring, seal

OLD = {
    "phone": "07700 900123",
    "may_ring": "yes",
    "may_leave_message": "no",
    "times": "School hours",
    "code_word": "kettle",
    "who_else": "Her sister",
    "rule": "Ring at work.",
}
# One id does for one row of each table; `part` says whose case it is.
BEFORE = (
    "INSERT INTO area (id, name, service_name, reference_prefix, nation, help_phone, created_at)"
    " VALUES (:id, 'Ashmere', 'Partnership', 'AS', 'england', '01632 960100', now())",
    "INSERT INTO user_account (id, data_key_id, area_id, email_index, email_sealed, name_sealed, is_active,"
    " created_at, version) VALUES (:id, :key, :id, '', '', '', true, now(), 1)",
    "INSERT INTO case_file (id, data_key_id, area_id, reference, opened_at, opened_by_id, withheld)"
    " VALUES (:id, :key, :id, 'AS-7KQ2', now(), :id, false)",
    "INSERT INTO person (id, data_key_id, area_id, created_at, version) VALUES (:id, :key, :id, now(), 1)",
    "INSERT INTO involvement (id, data_key_id, case_id, person_id, part, position)"
    " VALUES (:id, :key, :id, :id, 'victim', 0)",
)


class Old:
    """A row of the table as it was."""

    __tablename__ = "safe_contact"

    def __init__(self, key: DataKey) -> None:
        self.id, self.data_key = new_id(), key


def put(session: Session) -> Old:
    """Keeps how a person may be reached as it was kept then."""
    row = Old(new_data_key(session))
    session.flush()
    for column, words in OLD.items():
        seal(session, row, column, words)
    named = [f"{column}_sealed" for column in OLD]
    last = (
        f"INSERT INTO safe_contact (id, data_key_id, person_id, version, {', '.join(named)})"  # noqa: S608
        f" VALUES (:id, :key, :id, 1, {', '.join(f':{one}' for one in named)})"
    )
    values = vars(row) | {"id": row.id, "key": row.data_key.id}
    for statement in (*BEFORE, last):
        session.execute(text(statement), values)
    return row


@pytest.mark.slow
def test_a_database_of_before_keeps_its_ways(
    embedded: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, file = f"test_old_{new_id().hex}", tmp_path / "sealing.key"
    make_database(embedded, name)
    owner = embedded.url("marac_owner", name)
    keys.write_keyring(file, new_keyring())
    monkeypatch.setenv("MARAC_KEY_FILE", str(file))
    settings.cache_clear()
    db.migrate(owner, "0020")
    engine = create_engine(db.dialect_url(owner))
    sessions = db.session_factory(engine, keys.read_keyring(file))
    with sessions.begin() as session:
        put_id = put(session).id
    db.migrate(owner)
    with sessions.begin() as session:
        person = session.get_one(Person, put_id)
        point = Point(
            value="07700 900123", safety=Safe.SAFE, message=Safe.UNSAFE, times="School hours",
            code_word="kettle", who_else="Her sister",
        )  # fmt: skip
        assert contacts.contact_of(session, person) == Contact("Ring at work.", (point,))
        assert contacts.rows_of(session, person)[0].given_by_id == put_id
    engine.dispose()
    settings.cache_clear()
