"""Reading rows without everything a page shows beside them: a list asks for thousands of rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, lazyload


@contextmanager
def lightly(session: Session) -> Iterator[None]:
    """Fetches what is related to a row only when it is asked for, until the end of the block."""

    def leave_relations(state: ORMExecuteState) -> None:
        if state.is_select and not state.is_column_load and not state.is_relationship_load:
            state.statement = state.statement.options(lazyload("*"))

    event.listen(session, "do_orm_execute", leave_relations)
    try:
        yield
    finally:
        event.remove(session, "do_orm_execute", leave_relations)
