"""One-time codes from an authenticator app (RFC 6238): six digits, thirty seconds, each used once."""

import base64
import hmac
from datetime import datetime

import pyotp
import segno

SECONDS = 30


def secret_from(seed: bytes) -> str:
    """Returns the secret, as base32 text, for an authenticator app; the seed is 20 bytes or more."""
    return base64.b32encode(seed[:20]).decode()


def step_at(now: datetime) -> int:
    """Returns which thirty seconds it is."""
    return int(now.timestamp()) // SECONDS


def code_at(secret: str, now: datetime) -> str:
    """Returns the code an authenticator app shows at a moment."""
    return pyotp.TOTP(secret).generate_otp(step_at(now))


def accepted_step(secret: str, typed: str, *, last: int | None, now: datetime) -> int | None:
    """Returns the step a typed code belongs to, or None when it is wrong, too old or already used.

    One step either side is allowed for a phone whose clock is a little off; the clock is the server's.
    """
    digits = "".join(letter for letter in typed if letter.isdigit() and letter.isascii())
    generator, here, found = pyotp.TOTP(secret), step_at(now), None
    for step in (here - 1, here, here + 1):
        right = hmac.compare_digest(generator.generate_otp(step), digits)
        if right and (last is None or step > last):
            found = step
    return found


def picture(secret: str, *, account: str, issuer: str) -> str:
    """Returns a QR code to scan, as a data address for an image."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def in_fours(secret: str) -> str:
    """Returns the secret in groups of four, for typing by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
