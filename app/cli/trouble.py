"""What went wrong with a command, in one line; never a trace, because its words may name somebody."""

import psycopg
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from app.cli import quiet
from app.db import NotFit
from app.embedded import CannotEmbed
from app.errors import where
from conferences.errors import DomainError


def sentence(error: Exception) -> str:
    """Returns what to tell whoever typed the command; of a fault of our own its kind and place."""
    if isinstance(error, NotFit | CannotEmbed | DomainError):
        return str(error)
    if isinstance(error, ValidationError):
        return _setting(error)
    if isinstance(error, OSError):
        return quiet.sentence(error)
    if isinstance(error, ArgumentError | UnicodeError):
        return "DATABASE_URL or MARAC_OWNER_URL is not the address of a PostgreSQL database."
    if isinstance(error, OperationalError | psycopg.OperationalError):
        return (
            "The database cannot be reached. Is it running, and is its address in DATABASE_URL and "
            "MARAC_OWNER_URL right?"
        )
    if isinstance(error, SQLAlchemyError | psycopg.Error):
        return f"The database refused: {type(getattr(error, 'orig', None) or error).__name__}."
    return f"The service itself is at fault: {type(error).__name__} at {where(error)}."


def _setting(error: ValidationError) -> str:
    """Names the settings at fault, not what they were set to."""
    found = error.errors(include_input=False, include_url=False)
    names = {str(one["loc"][0]) for one in found}
    said = sorted(name if name.isupper() else f"MARAC_{name.upper()}" for name in names)
    return f"Not acceptable: {', '.join(said)}. See docs/reference/settings.md."
