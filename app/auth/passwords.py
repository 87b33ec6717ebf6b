"""Passwords: long, not guessable from the place, kept as Argon2id hashes."""

from functools import lru_cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from app.db import NotFit

SHORTEST, LONGEST = 15, 128
# RFC 9106's second recommended option. Each hash holds 64 MiB, so only a few run at once.
HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_AT_ONCE = BoundedSemaphore(4)


def check_floor(hasher: PasswordHasher = HASHER) -> None:
    """Raises NotFit when hashing costs less than RFC 9106 recommends (3 passes over 64 MiB)."""
    if hasher.time_cost < 3 or hasher.memory_cost < 64 * 1024:
        raise NotFit("Passwords must be hashed with at least 3 passes over 64 MiB.")


def hash_password(password: str) -> str:
    """Returns the Argon2id hash to keep."""
    with _AT_ONCE:
        return HASHER.hash(password)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return HASHER.hash("a password that nobody has")


def matches(kept: str | None, password: str) -> bool:
    """Says whether the password is the one kept; takes as long when there is no such account."""
    with _AT_ONCE:
        try:
            return HASHER.verify(kept or _nobody(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def costs_too_little(kept: str) -> bool:
    """Says whether a kept hash was made with older, cheaper settings."""
    return HASHER.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _well_known() -> frozenset[str]:
    return frozenset(files("app.auth").joinpath("well_known_passwords.txt").read_text().split())


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def objection(password: str, *, about: tuple[str, ...] = ()) -> str | None:
    """Returns what is wrong with a new password, or None; `about` holds words an insider would try.

    No rules of composition and no expiry (NCSC and OWASP ASVS 5.0, 6.2).
    """
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more. Three or four unrelated words work well."
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer."
    bare = _plain(password)
    if len(set(bare)) < 5 or bare in _well_known():
        return "Choose a password that is harder to guess."
    left = bare
    for word in sorted({_plain(word) for word in about} | _well_known(), key=len, reverse=True):
        left = left.replace(word, "") if len(word) > 3 else left
    if len(left) < 6:
        return "Choose a password that is not made of your name, your service or well-known words."
    return None
