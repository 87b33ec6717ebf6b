"""What was kept as one telephone, before there were several ways, is sealed anew in its place."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app import db, keys
from app.embedded import Embedded
from app.settings import settings
from conferences import contacts, referrals
from conferences.models import DataKey, Part, Person, new_id
from conferences.people import PersonDetails
from conferences.reaching import Contact, Point, Safe
from conferences.sealing import new_keyring, seal
from tests import make, server

OLD = {
    "phone": "07700 900123",
    "may_ring": "yes",
    "may_leave_message": "no",
    "times": "School hours",
    "code_word": "kettle",
    "who_else": "Her sister",
    "rule": "Ring at work.",
}


class Old:
    """A row of the table as it was."""

    __tablename__ = "safe_contact"

    def __init__(self, key: DataKey) -> None:
        self.id, self.data_key = new_id(), key


def put(session: Session, person: Person) -> None:
    """Keeps how a person may be reached as it was kept then."""
    row = Old(person.data_key)
    for column, words in OLD.items():
        seal(session, row, column, words)
    named = [f"{column}_sealed" for column in OLD]
    columns, places = ", ".join(named), ", ".join(f":{one}" for one in named)
    session.execute(
        text(
            f"INSERT INTO safe_contact (id, data_key_id, person_id, version, {columns})"  # noqa: S608
            f" VALUES (:id, :key, :person, 1, {places})"
        ),
        vars(row) | {"id": row.id, "key": person.data_key_id, "person": person.id},
    )


@pytest.mark.slow
def test_a_database_of_before_keeps_its_ways(
    embedded: Embedded, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = server.copy_of_template(embedded, f"test_old_{new_id().hex}")
    file, owner = tmp_path / "sealing.key", embedded.url("marac_owner", name)
    keys.write_keyring(file, new_keyring())
    monkeypatch.setenv("MARAC_KEY_FILE", str(file))
    settings.cache_clear()
    engine = create_engine(db.dialect_url(owner))
    sessions = db.session_factory(engine, keys.read_keyring(file))
    with sessions.begin() as session:
        world = make.world(session, now)
        draft = make.draft(world)
        details = PersonDetails(name="Testa Marrowby")
        row = referrals.save_person(session, world.amara, draft, Part.VICTIM, details, now=world.now)
        person_id, opener = row.person_id, world.amara.id
    with pytest.raises(RuntimeError, match="cannot keep"):
        db.migrate_back(owner, "0020")
    with sessions.begin() as session:
        session.execute(text("DELETE FROM contact_point"))
    db.migrate_back(owner, "0020")
    with sessions.begin() as session:
        key_id = session.execute(text("SELECT data_key_id FROM person WHERE id = :id"), {"id": person_id})
        key = session.get_one(DataKey, key_id.scalar_one())
        put(session, Person(id=person_id, data_key=key, data_key_id=key.id))
        session.expunge_all()
    db.migrate(owner)
    with sessions.begin() as session:
        person = session.get_one(Person, person_id)
        point = Point(
            value="07700 900123", safety=Safe.SAFE, message=Safe.UNSAFE, times="School hours",
            code_word="kettle", who_else="Her sister",
        )  # fmt: skip
        assert contacts.contact_of(session, person) == Contact("Ring at work.", (point,))
        assert contacts.rows_of(session, person)[0].given_by_id == opener
    engine.dispose()
    settings.cache_clear()
