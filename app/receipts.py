"""A form sent twice leads to the same place once: the receipt remembers where it led."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from conferences.models import FormReceipt, User, new_id

LONGEST = 64


def once(session: Session, user: User, key: str, now: datetime) -> str | None:
    """Returns where this form led before, or None the first time; call it before the verb.

    Of two sent at the same moment the second waits until the first is over. A missing key counts as new.
    """
    if not _is_key(key):
        return None
    # The service may add receipts but never change one, so the waiting is on a lock and not on the row.
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{user.id} {key}", 0))))
    mine = (FormReceipt.user_id == user.id) & (FormReceipt.key == key)
    return session.scalar(select(FormReceipt.led_to).where(mine))


def remember(session: Session, user: User, key: str, led_to: str, now: datetime) -> str:
    """Notes where the form led and returns that place; call it after the verb, in the same transaction."""
    if _is_key(key):
        row = insert(FormReceipt).values(id=new_id(), user_id=user.id, key=key, led_to=led_to, at=now)
        session.execute(row.on_conflict_do_nothing(index_elements=["user_id", "key"]))
    return led_to


def _is_key(key: str) -> bool:
    return bool(key) and len(key) <= LONGEST and "\0" not in key
