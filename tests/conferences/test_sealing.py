"""Sealed columns open only where they were sealed, and tell little by their length."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from conferences import sealing
from conferences.errors import CannotOpen
from conferences.models import Person, new_id
from conferences.sealing import Keyring, new_keyring
from tests.make import World


def a_person(world: World, name: str | None = "Siân Ŵyn") -> Person:
    key = sealing.new_data_key(world.session)
    row = Person(id=new_id(), area_id=world.area.id, data_key=key, created_at=world.now)
    sealing.seal(world.session, row, "name", name)
    world.session.add(row)
    world.session.flush()
    return row


def test_what_was_sealed_opens_again_in_any_script(world: World) -> None:
    assert sealing.unseal(world.session, a_person(world, "محمد Łucja Ọlá 佳"), "name") == "محمد Łucja Ọlá 佳"


def test_nothing_stays_nothing(world: World) -> None:
    row = a_person(world, None)
    assert row.name_sealed is None
    assert sealing.unseal(world.session, row, "name") is None


def test_the_name_is_not_in_the_database(world: World) -> None:
    row = a_person(world, "Testa Marrowby")
    stored = world.session.scalar(text("SELECT name_sealed FROM person WHERE id = :id"), {"id": row.id})
    assert b"Testa" not in stored
    assert b"Marrowby" not in stored


@pytest.mark.parametrize("place", [0, 1, 16, 17, 28, 29, 60, -1])
def test_any_changed_byte_is_noticed(world: World, place: int) -> None:
    row = a_person(world)
    assert row.name_sealed is not None
    changed = bytearray(row.name_sealed)
    changed[place] ^= 1
    row.name_sealed = bytes(changed)
    with pytest.raises(CannotOpen):
        sealing.unseal(world.session, row, "name")


def test_a_value_moved_to_another_column_does_not_open(world: World) -> None:
    row = a_person(world)
    row.known_as_sealed = row.name_sealed
    with pytest.raises(CannotOpen):
        sealing.unseal(world.session, row, "known_as")


def test_a_value_moved_to_another_row_of_the_same_key_does_not_open(world: World) -> None:
    row = a_person(world)
    other = Person(id=new_id(), area_id=world.area.id, data_key=row.data_key, created_at=world.now)
    other.name_sealed = row.name_sealed
    with pytest.raises(CannotOpen):
        sealing.unseal(world.session, other, "name")


def test_short_values_are_all_the_same_length(world: World) -> None:
    lengths = {len(a_person(world, name).name_sealed or b"") for name in ("Al", "Testa Marrowby", "x" * 60)}
    assert lengths == {1 + 16 + 12 + 64 + 16}


def test_a_destroyed_key_opens_nothing(world: World) -> None:
    row = a_person(world)
    sealing.shred(row.data_key, now=world.now)
    with pytest.raises(CannotOpen):
        sealing.unseal(world.session, row, "name")
    assert row.data_key.destroyed_at == world.now


def test_another_installations_key_opens_nothing(world: World, session: Session) -> None:
    row = a_person(world)
    session.info["keyring"] = new_keyring()
    session.info.pop("wrapping_keys")
    session.info.pop("opened_data_keys")
    with pytest.raises(CannotOpen):
        sealing.unseal(session, row, "name")


def test_a_key_the_ring_does_not_hold_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        new_keyring().derive("wrap data keys", "k9")


def test_keys_do_not_print() -> None:
    secret = b"\x01" * 32
    assert "x01" not in repr(Keyring("k1", {"k1": secret}))


def test_blind_indexes_differ_by_purpose_and_agree_for_the_same_value(world: World) -> None:
    s = world.session
    assert sealing.blind_index(s, "email", "a@b.example") == sealing.blind_index(s, "email", "a@b.example")
    assert sealing.blind_index(s, "email", "a@b.example") != sealing.blind_index(s, "phone", "a@b.example")


def test_a_blind_index_survives_a_new_current_key(world: World) -> None:
    s = world.session
    before = sealing.blind_index(s, "email", "a@b.example")
    ring = sealing.keyring(s)
    s.info["keyring"] = Keyring("k2", {**ring.keys, "k2": b"\x07" * 32})
    s.info.pop("index_keys")
    assert sealing.blind_index(s, "email", "a@b.example") == before
