"""Lists taken by the worker, step by step, so that the page can say how far it is."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app import jobs
from app.db import acting_for
from app.errors import note
from conferences.imports import taking
from conferences.models import ImportBatch, User

AT_ONCE = 25


def ask_to_take(
    session: Session, actor: User, batch: ImportBatch, *, joins_matches: bool, now: datetime
) -> None:
    """Begins to take a list and, in the same transaction, asks for the job that does it."""
    taking.begin(session, actor, batch, joins_matches=joins_matches, now=now)
    jobs.ask(session, take, batch_id=batch.id.hex, actor_id=actor.id.hex)


@jobs.queue.task(name="imports.take")
def take(batch_id: str, actor_id: str) -> None:
    """Takes a list to its end; when it breaks off, nothing of it is visible and it can be tried again."""
    try:
        while not _step(UUID(batch_id), UUID(actor_id)):
            pass
    except Exception as problem:
        note(problem)
        with jobs.unit_of_work() as session:
            _acting(session, UUID(actor_id))
            taking.give_up(session, UUID(batch_id), now=datetime.now(UTC))


def _step(batch_id: UUID, actor_id: UUID) -> bool:
    with jobs.unit_of_work() as session:
        actor = _acting(session, actor_id)
        return taking.take_some(session, actor, batch_id, most=AT_ONCE, now=datetime.now(UTC)).over


def _acting(session: Session, actor_id: UUID) -> User:
    actor = session.get_one(User, actor_id)
    acting_for(session, actor.id, actor.area_id)
    return actor
