"""A database of made-up people written by COPY: real keys and real seals, built once in a folder of its own.

A third of them are of one area, twenty times as many as a real area has, because a search is inside one
area. The others are of two further areas: copies of those rows under other identifiers and other keys, which
nobody opens.
"""

import hashlib
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy.orm import Session

from app import db, embedded
from conferences import matching, sealing
from conferences.finding import indexing, word_keys
from conferences.matching import Facts
from conferences.models import Area, DataKey, Referral, Role, User
from conferences.sealing import Keyring
from tests import make
from tests.matching.product import one
from tests.matching.world import Record

MOMENT = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)
AT_ONCE, IN_A_CASE = 10_000, 3
OWN_EVERY, AGENCY_EVERY = 2_000, 200  # a worker's own cases among all, and their agency's
COLUMNS = {
    "data_key": (("id", "uuid"), ("wrapped", "bytea"), ("wrapped_by", "text")),
    "person": (("id", "uuid"), ("area_id", "uuid"), ("data_key_id", "uuid"), ("created_at", "timestamptz"),
               ("version", "int4")),
    "person_facts": (("id", "uuid"), ("data_key_id", "uuid"), ("facts_sealed", "bytea"), ("edition", "int4")),
    "case_file": (("id", "uuid"), ("data_key_id", "uuid"), ("area_id", "uuid"), ("reference", "text"),
                  ("opened_at", "timestamptz"), ("opened_by_id", "uuid"), ("shared_at", "timestamptz"),
                  ("withheld", "bool")),
    "involvement": (("id", "uuid"), ("data_key_id", "uuid"), ("case_id", "uuid"), ("person_id", "uuid"),
                    ("part", "text"), ("position", "int4")),
    "person_key": (("area_id", "uuid"), ("key", "bytea"), ("person_id", "uuid")),
}  # fmt: skip
_UNKEYED = (
    "ALTER TABLE person_key DROP CONSTRAINT pk_person_key",
    "ALTER TABLE person_key DROP CONSTRAINT fk_person_key_area_id_area",
    "ALTER TABLE person_key DROP CONSTRAINT fk_person_key_person_id_person",
    "DROP INDEX ix_person_key_person_id",
)
_KEYED = (
    "SET maintenance_work_mem = '1GB'",
    "ALTER TABLE person_key ADD CONSTRAINT pk_person_key PRIMARY KEY (area_id, key, person_id)",
    "CREATE INDEX ix_person_key_person_id ON person_key (person_id)",
    "VACUUM (ANALYZE) person_key",
    "VACUUM (ANALYZE) person_facts",
    "VACUUM (ANALYZE) involvement",
    "VACUUM (ANALYZE) case_file",
    "VACUUM (ANALYZE) referral",
    "VACUUM (ANALYZE) data_key",
    "VACUUM (ANALYZE) person",
)


@dataclass
class Crowd:
    """Who opens the cases, and the one data key under which they all are sealed."""

    area: Area
    amara: User
    dana: User
    officer: User
    case_key: DataKey
    referral: Referral


def id_of(what: str) -> UUID:
    """An identifier that is always the same for a record."""
    return UUID(bytes=hashlib.blake2b(what.encode(), digest_size=16).digest())


def facts_of(record: Record) -> Facts:
    """What the service would know of a made-up person."""
    return Facts(
        name=record.name,
        aliases=record.aliases,
        former_names=record.former_names,
        born=record.dob,
        phones=one(record.phone),
        postcodes=one(record.postcode),
        address_lines=one(record.address_line),
        sex=record.sex,
    )


def build(running: embedded.Embedded, ring: Keyring, records: Sequence[Record]) -> None:
    """Fills an empty database with everybody on the register, a case for every three."""
    db.migrate(running.url("marac_owner"))
    with db.session_factory(db.engine_for(running.url("marac_app")), ring).begin() as session:
        crowd = _crowd(session)
        session.flush()
        session.expunge_all()
    shim = Session(info={"keyring": ring})
    began = time.perf_counter()
    with psycopg.connect(running.url("marac_owner"), autocommit=True) as connection:
        for statement in _UNKEYED:
            connection.execute(statement)
        for first in range(0, len(records), AT_ONCE):
            some = records[first : first + AT_ONCE]
            _people(connection, shim, crowd, some)
            _cases(connection, crowd, some, first // IN_A_CASE)
            _say(f"{first + len(some):>9,} people, {time.perf_counter() - began:.0f} s")
        _refer(connection, crowd)
        _elsewhere(connection, crowd)
        for statement in _KEYED:
            connection.execute(statement)
            _say(f"{statement[:60]}, {time.perf_counter() - began:.0f} s")


def _crowd(session: Session) -> Crowd:
    world = make.world(session, MOMENT)
    police = world.agencies["POL"]
    officer = make.a_user(session, police, Role.FRONTLINE, "Pat Orrin", "pat@pol.example", MOMENT, None)
    sent = make.sent_referral(world)
    return Crowd(world.area, world.amara, world.dana, officer, sealing.new_data_key(session), sent)


def _people(connection: Any, shim: Session, crowd: Crowd, records: Sequence[Record]) -> None:
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ("data_key", "person", "person_facts")}
    found: list[tuple[Any, ...]] = []
    area = crowd.area.id
    for record in records:
        person, facts, key = id_of(record.id), facts_of(record), sealing.new_data_key(shim)
        piece = _Piece(person, key)
        sealing.seal_json(shim, piece, "facts", indexing.packed(facts))
        rows["data_key"].append((key.id, key.wrapped, key.wrapped_by))
        rows["person"].append((person, area, key.id, MOMENT, 1))
        rows["person_facts"].append((person, key.id, piece.facts_sealed, indexing.EDITION))
        words = matching.keys(facts) | word_keys.of_person(facts)
        found += [(area, one, person) for one in set(indexing.blind_keys(shim, area, words))]
    shim.expunge_all()
    shim.info["opened_data_keys"].clear()
    for table, some in (*rows.items(), ("person_key", found)):
        _copy(connection, table, some)


class _Piece:
    """A row to seal for, without the object mapper."""

    __tablename__ = "person_facts"
    facts_sealed = b""

    def __init__(self, id: UUID, data_key: DataKey) -> None:
        self.id, self.data_key = id, data_key


def _cases(connection: Any, crowd: Crowd, records: Sequence[Record], number: int) -> None:
    cases, parts = [], []
    for first in range(0, len(records), IN_A_CASE):
        case = id_of(f"case {records[first].id}")
        reference = f"AS-{hashlib.blake2b(case.bytes, digest_size=5).hexdigest().upper()}"
        by = _opener(crowd, number)
        cases.append((case, crowd.case_key.id, crowd.area.id, reference, MOMENT, by.id, MOMENT, False))
        for place, record in enumerate(records[first : first + IN_A_CASE]):
            part = ("victim", "perpetrator", "child")[place]
            row = id_of(f"part {record.id}")
            parts.append((row, crowd.case_key.id, case, id_of(record.id), part, place))
        number += 1
    _copy(connection, "case_file", cases)
    _copy(connection, "involvement", parts)


def _opener(crowd: Crowd, number: int) -> User:
    if number % OWN_EVERY == 0:
        return crowd.amara
    return crowd.dana if number % AGENCY_EVERY == 1 else crowd.officer


def _refer(connection: Any, crowd: Crowd) -> None:
    """Writes a sent referral for each case: in every other column like the one made through the verbs."""
    connection.execute(
        """
        INSERT INTO referral
        SELECT (jsonb_populate_record(r, jsonb_build_object(
            'id', gen_random_uuid(), 'case_id', c.id, 'agency_id', m.agency_id, 'referrer_id', m.user_id))).*
        FROM referral r, case_file c JOIN membership m ON m.user_id = c.opened_by_id
        WHERE r.id = %s AND c.area_id = r.area_id AND c.id <> r.case_id
        """,
        (crowd.referral.id,),
    )


_ELSEWHERE = {
    "person": "id, area_id, data_key_id, created_at, version",
    "person_facts": "id, data_key_id, facts_sealed, edition",
    "case_file": "id, area_id, data_key_id, reference, opened_at, opened_by_id, shared_at, withheld",
    "involvement": "id, data_key_id, case_id, person_id, part, position",
    "person_key": "area_id, key, person_id",
}


_AREA = """
    INSERT INTO area (id, name, service_name, reference_prefix, nation, help_phone, created_at)
    SELECT %s, %s, service_name, reference_prefix, nation, help_phone, created_at FROM area WHERE id = %s
"""
_OURS = {
    "person_facts": "id IN (SELECT id FROM person WHERE area_id = %(area)s)",
    "involvement": "case_id IN (SELECT id FROM case_file WHERE area_id = %(area)s)",
}


def _elsewhere(connection: Any, crowd: Crowd) -> None:
    """Doubles and trebles everything into other areas, so that the tables are as long as they should be."""
    for number in (1, 2):
        area = id_of(f"area {number}")
        connection.execute(_AREA, (area, f"Further {number}", crowd.area.id))
        for table, columns in _ELSEWHERE.items():
            made = ", ".join(_other(name.strip(), area, number) for name in columns.split(","))
            where = _OURS.get(table, "area_id = %(area)s")
            statement = f"INSERT INTO {table} ({columns}) SELECT {made} FROM {table} WHERE {where}"  # noqa: S608
            connection.execute(statement, {"area": crowd.area.id})


def _other(column: str, area: UUID, number: int) -> str:
    """What a column holds in the copy: another identifier, another area, another hash."""
    if column in ("id", "case_id", "person_id"):
        return f"md5({column}::text || '{number}')::uuid"
    if column == "area_id":
        return f"'{area}'::uuid"
    return f"substring(sha256(key || '\\x0{number}'::bytea) FROM 1 FOR 6)" if column == "key" else column


def _copy(connection: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = COLUMNS[table]
    names = ", ".join(name for name, _ in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT binary)") as copy,
    ):
        copy.set_types([kind for _, kind in columns])
        for row in rows:
            copy.write_row(row)


def _say(line: str) -> None:
    sys.stdout.write(f"\r{line}" if sys.stdout.isatty() else f"{line}\n")
    sys.stdout.flush()
