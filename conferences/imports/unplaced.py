"""What a Word form says and no part of the referral holds yet: kept with the draft till it is placed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from conferences import audit
from conferences.models import Referral, User, new_id
from conferences.permissions import Permission, require
from conferences.sealing import seal_json, unseal_json

MOST = 100_000
LONGEST_LABEL = 200
MORE = "The form says more than is kept here. Keep the form itself until you have looked."


@dataclass(frozen=True)
class Piece:
    """One piece of a form: a name for it that lasts, the label it stood under, and its words."""

    id: str
    label: str
    words: str


def keep(session: Session, referral: Referral, pieces: list[tuple[str, str]]) -> None:
    """Keeps pieces as (label, words) with a draft, up to 100,000 letters in all."""
    kept, room = [], MOST
    for label, words in pieces:
        room -= len(label) + len(words)
        if room < 0:
            kept.append([new_id().hex[:12], "", MORE])
            break
        kept.append([new_id().hex[:12], label[:LONGEST_LABEL], words])
    seal_json(session, referral, "unplaced", kept or None)


def of(session: Session, referral: Referral) -> list[Piece]:
    """Reads what is still to be placed; the caller has asked whether the reader may."""
    return [Piece(*one) for one in unseal_json(session, referral, "unplaced") or []]


def take_away(session: Session, actor: User, referral: Referral, ids: set[str], *, now: datetime) -> None:
    """Forgets pieces that were placed or are not needed; those that are gone already change nothing."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    left = [one for one in of(session, referral) if one.id not in ids]
    seal_json(session, referral, "unplaced", [[one.id, one.label, one.words] for one in left] or None)
    audit.record(session, actor, "referral.saved", referral, at=now, fields="unplaced")
    session.flush()
