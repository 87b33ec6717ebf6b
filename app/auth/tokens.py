"""Random tokens: given out once, kept only as a hash."""

import hashlib
import hmac
import secrets

from conferences.sealing import Keyring


def new_token() -> str:
    """Returns 256 random bits as text."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Returns what is kept of a token; it is random, so a plain SHA-256 cannot be reversed."""
    return hashlib.sha256(token.encode()).digest()


def form_token(keyring: Keyring, cookie: str) -> str:
    """Returns the token a form carries, bound to the browser's session or visitor cookie."""
    return hmac.new(keyring.derive("form tokens"), cookie.encode(), hashlib.sha256).hexdigest()


def is_form_token(keyring: Keyring, cookie: str, given: str) -> bool:
    """Says in constant time whether a form's token belongs to this browser."""
    return hmac.compare_digest(form_token(keyring, cookie).encode(), given.encode())
