"""What the service does for one answer: the statements it sends and the sealed columns it opens.

How long an answer takes is what it does; unlike the time, this can be compared exactly.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from conferences import sealing

_COUNTED = re.compile(r"(sa_savepoint_)\d+")


@contextmanager
def noted(connection: Connection) -> Iterator[list[str]]:
    """Gathers, while it is open, every statement without its values and every sealed column opened."""
    done: list[str] = []

    def sent(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        done.append(_COUNTED.sub(r"\1", statement))

    def opening(session: Any, row: Any, column: str) -> bytes | None:
        done.append(f"opened {row.__tablename__}.{column}")
        return opened(session, row, column)

    opened = sealing.unseal_bytes
    sealing.unseal_bytes = opening
    event.listen(connection, "before_cursor_execute", sent)
    try:
        yield done
    finally:
        event.remove(connection, "before_cursor_execute", sent)
        sealing.unseal_bytes = opened
