"""One at a time: a row is locked, and then read anew even where it had been read before."""

from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from conferences.errors import NotFound

T = TypeVar("T", bound=Any)


def locked(session: Session, row: T, *, whole: bool = False) -> T:
    """Returns the row as nobody else can change it meanwhile; `whole` reads what hangs on it as well.

    Locking and reading are two statements: in one, a row that somebody changed while this transaction
    waited would be refused as stale even where the change does no harm, such as the same form sent twice.
    """
    kind = type(row)
    session.execute(select(kind.id).where(kind.id == row.id).with_for_update())
    columns = None if whole else [column.key for column in inspect(kind).column_attrs]
    session.refresh(row, columns)
    return still_there(row)


def still_there(row: T) -> T:
    """Returns the row, or raises NotFound where it was taken away while this transaction waited for it."""
    if getattr(row, "withheld", False):
        raise NotFound(row.__tablename__, row.id)
    return row
