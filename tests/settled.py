"""The cast, settled in a database of each worker once; each test meets them in a transaction of its own."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.models import Agency, Area, User
from tests import make
from tests.make import World

Settled = dict[str, UUID]


def settle(session: Session, now: datetime, password_hash: str) -> Settled:
    """Makes the cast, and returns who is where."""
    made = make.world(session, now, password_hash)
    named = {field.name: getattr(made, field.name) for field in fields(made)}
    return {name: row.id for name, row in named.items() if isinstance(row, Area | User)}


def meet(session: Session, now: datetime, settled: Settled) -> World:
    """Returns the cast as a session sees them."""
    rows: dict[UUID, Any] = {row.id: row for kind in (Area, User) for row in session.scalars(select(kind))}
    here = {name: rows[ref] for name, ref in settled.items()}
    agencies = session.scalars(select(Agency).where(Agency.area_id == settled["area"]))
    return World(session=session, now=now, agencies={one.code: one for one in agencies}, **here)
