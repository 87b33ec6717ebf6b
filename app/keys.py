"""The key that seals columns: a small file beside the data folder, readable by the service alone."""

import base64
import json
import os
from pathlib import Path

from app.db import NotFit
from conferences.sealing import Keyring, new_keyring


def read_keyring(file: Path) -> Keyring:
    """Returns the keys in the file; raises NotFit when it is missing, open to others, or not a key file."""
    try:
        if file.stat().st_mode & 0o077:
            raise NotFit(f"The key file {file} can be read by others. Run: chmod 600 {file}")
        kept = json.loads(file.read_text())
        keys = {name: base64.b64decode(secret, validate=True) for name, secret in kept["keys"].items()}
        ring = Keyring(current=kept["current"], keys=keys)
    except FileNotFoundError as missing:
        raise NotFit(f"The key file {file} is missing; nothing can be opened without it.") from missing
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise NotFit(f"The key file {file} is not a key file.") from broken
    if ring.current not in keys or any(len(secret) != 32 for secret in keys.values()):
        raise NotFit(f"The key file {file} is not a key file.")
    return ring


def write_keyring(file: Path, ring: Keyring) -> None:
    """Writes the keys to a new file only its owner can read; never replaces one (FileExistsError)."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {
        "current": ring.current,
        "keys": {name: base64.b64encode(secret).decode() for name, secret in ring.keys.items()},
    }
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(json.dumps(kept))


def make_key_once(file: Path) -> Keyring:
    """Returns the keys in the file, making it first where there is none yet."""
    if not file.exists():
        write_keyring(file, new_keyring())
    return read_keyring(file)
