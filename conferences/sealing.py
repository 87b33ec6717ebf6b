"""Sealing: identifying columns are encrypted, bound to their table, row and column.

AES-256-GCM under one random data key per person or case; data keys are wrapped by a key kept outside the
database. A sealed value is: 1 byte format, 16 bytes data key id, 12 bytes nonce, ciphertext. The plaintext is
padded to 64 bytes so that its length tells little. Destroying a data key shreds all it sealed.
"""

import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.errors import CannotOpen
from conferences.models.base import DataKey, new_id


class Sealable(Protocol):
    """A row that names the data key its sealed columns open with."""

    @property
    def id(self) -> Any: ...

    @property
    def data_key(self) -> Any: ...


FORMAT = b"\x01"
BLOCK = 64


@dataclass(frozen=True)
class Keyring:
    """The keys outside the database: `current` names the one new data keys are wrapped by."""

    current: str
    keys: dict[str, bytes] = field(repr=False)

    def derive(self, purpose: str, key_id: str | None = None) -> bytes:
        """Returns 32 bytes for one purpose, so that no two uses share a key."""
        secret = self.keys.get(key_id or self.current)
        if secret is None:
            raise CannotOpen
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret)


def new_keyring() -> Keyring:
    """Makes a keyring with one fresh random key."""
    return Keyring(current="k1", keys={"k1": secrets.token_bytes(32)})


def keyring(session: Session) -> Keyring:
    """Returns the keyring the shell put on this session."""
    ring: Keyring = session.info["keyring"]
    return ring


def _wrapping_key(session: Session, key_id: str) -> AESGCM:
    cached: dict[str, AESGCM] = session.info.setdefault("wrapping_keys", {})
    if key_id not in cached:
        cached[key_id] = AESGCM(keyring(session).derive("wrap data keys", key_id))
    return cached[key_id]


def new_data_key(session: Session) -> DataKey:
    """Makes a data key for one person or case and adds it to the session."""
    ring, key_id = keyring(session), new_id()
    secret, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    wrapped = nonce + _wrapping_key(session, ring.current).encrypt(nonce, secret, key_id.bytes)
    row = DataKey(id=key_id, wrapped=wrapped, wrapped_by=ring.current)
    session.add(row)
    _opened(session)[key_id] = AESGCM(secret)
    return row


def _opened(session: Session) -> dict[UUID, AESGCM]:
    opened: dict[UUID, AESGCM] = session.info.setdefault("opened_data_keys", {})
    return opened


def _cipher(session: Session, key: DataKey) -> AESGCM:
    if key.wrapped is None:
        raise CannotOpen
    opened = _opened(session)
    if key.id not in opened:
        nonce, wrapped = key.wrapped[:12], key.wrapped[12:]
        try:
            secret = _wrapping_key(session, key.wrapped_by).decrypt(nonce, wrapped, key.id.bytes)
        except InvalidTag as problem:
            raise CannotOpen from problem
        opened[key.id] = AESGCM(secret)
    return opened[key.id]


def fits(session: Session) -> bool:
    """Says whether the session's keys open what is stored; two installations' keys may share a name."""
    try:
        for key in session.scalars(select(DataKey).where(DataKey.wrapped.is_not(None)).limit(1)):
            _cipher(session, key)
    except CannotOpen:
        return False
    return True


def _bound_to(row: Any, column: str) -> bytes:
    return f"{row.__tablename__}|{row.id.hex}|{column}".encode()


def _pad(value: bytes) -> bytes:
    framed = len(value).to_bytes(4, "big") + value
    return framed + b"\x00" * (-len(framed) % BLOCK)


def seal_bytes(session: Session, row: Sealable, column: str, value: bytes | None) -> None:
    """Seals bytes into `row.<column>_sealed`; None empties the column."""
    anyrow: Any = row
    if value is None:
        setattr(row, f"{column}_sealed", None)
        return
    if anyrow.id is None:
        anyrow.id = new_id()
    key: DataKey = anyrow.data_key
    nonce = secrets.token_bytes(12)
    text = _cipher(session, key).encrypt(nonce, _pad(value), _bound_to(row, column))
    setattr(row, f"{column}_sealed", FORMAT + key.id.bytes + nonce + text)


def unseal_bytes(session: Session, row: Sealable, column: str) -> bytes | None:
    """Opens `row.<column>_sealed`; raises CannotOpen for a wrong key, row, column or changed byte."""
    value: bytes | None = getattr(row, f"{column}_sealed")
    if value is None:
        return None
    key: DataKey = row.data_key
    if value[:1] != FORMAT or value[1:17] != key.id.bytes:
        raise CannotOpen
    try:
        framed = _cipher(session, key).decrypt(value[17:29], value[29:], _bound_to(row, column))
    except InvalidTag as problem:
        raise CannotOpen from problem
    return framed[4 : 4 + int.from_bytes(framed[:4], "big")]


def seal(session: Session, row: Sealable, column: str, value: str | None) -> None:
    """Seals words into `row.<column>_sealed`; None or an empty string empties the column."""
    seal_bytes(session, row, column, value.encode() if value else None)


def unseal(session: Session, row: Sealable, column: str) -> str | None:
    """Opens words sealed in `row.<column>_sealed`."""
    value = unseal_bytes(session, row, column)
    return None if value is None else value.decode()


def seal_json(session: Session, row: Sealable, column: str, value: Any) -> None:
    """Seals a JSON value into `row.<column>_sealed`; None empties the column."""
    packed = None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    seal_bytes(session, row, column, packed)


def unseal_json(session: Session, row: Sealable, column: str) -> Any:
    """Opens a JSON value sealed in `row.<column>_sealed`."""
    value = unseal_bytes(session, row, column)
    return None if value is None else json.loads(value)


def blind_index(session: Session, purpose: str, value: str) -> bytes:
    """Returns a keyed hash by which an exact value can be found again without being readable."""
    cached: dict[str, bytes] = session.info.setdefault("index_keys", {})
    if purpose not in cached:
        ring = keyring(session)
        cached[purpose] = ring.derive(f"blind index: {purpose}", min(ring.keys))
    return hmac.digest(cached[purpose], value.encode(), "sha256")


def shred(key: DataKey, *, now: datetime) -> None:
    """Destroys a data key, and with it everything it sealed."""
    key.wrapped, key.destroyed_at = None, now
