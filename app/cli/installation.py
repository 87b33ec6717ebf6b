"""Whether a database holds only invented people: said once, by its owner, and never changed."""

from datetime import datetime

from sqlalchemy import create_engine, select
from sqlalchemy.dialects.postgresql import insert

from app.db import NotFit, dialect_url
from conferences.models import Area, Installation


def mark(owner_url: str, *, demo: bool, now: datetime) -> None:
    """Marks an empty database as a demonstration or as a real one; raises NotFit when it is the other."""
    engine = create_engine(dialect_url(owner_url), hide_parameters=True)
    try:
        with engine.begin() as connection:
            marked = connection.scalar(select(Installation.demo))
            if marked is None and demo and connection.scalar(select(Area.id).limit(1)):
                raise NotFit("This database already holds an area, so it cannot become a demonstration.")
            if marked is not None and marked is not demo:
                kind = "a demonstration" if marked else "not a demonstration"
                raise NotFit(f"This database is {kind}. Use another one.")
            connection.execute(
                insert(Installation).values(id=1, demo=demo, created_at=now).on_conflict_do_nothing()
            )
    finally:
        engine.dispose()
