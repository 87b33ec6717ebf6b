"""Short references for paper and telephone: random, never counted, without look-alike letters."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def short(length: int) -> str:
    """Returns random letters and digits that are hard to misread."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def case_reference(prefix: str) -> str:
    """Returns a case reference such as `AS-7KQ2X`."""
    return f"{prefix}-{short(5)}"


def action_reference(agency_code: str) -> str:
    """Returns an action reference such as `HSG-4QD7`."""
    return f"{agency_code}-{short(4)}"


def document_number() -> str:
    """Returns a document number such as `D-7F3K9`."""
    return f"D-{short(5)}"


def check_code() -> str:
    """Returns the code by which a copy can be checked, such as `H7QK-2M9R-XW41`."""
    return "-".join(short(4) for _ in range(3))
