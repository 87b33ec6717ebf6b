"""Puts what a Word form says of agreement, ways and the address into the draft; the rest goes to a person."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from conferences.errors import Refused
from conferences.imports import consent, reach
from conferences.imports.form_read import FormRead
from conferences.models import Part, Referral, User
from conferences.person import people
from conferences.reaching import Contact
from conferences.referral import referrals


def keep_consent(session: Session, actor: User, referral: Referral, read: FormRead, now: datetime) -> None:
    """Notes whether the person agreed; without a lawful basis the part stays to be completed."""
    kept, used = consent.said(read.values, reason_beside=consent.NOT_ASKED in read.form)
    if kept:
        referrals.note_sharing(session, actor, referral, **kept, now=now)
    _leave(read, consent.LABELS, used)


def keep_ways(session: Session, actor: User, referral: Referral, read: FormRead, now: datetime) -> None:
    """Keeps how each person is reached, and where the person at risk is, as far as the form says how safe."""
    victim = people.victim_of(referral.case)
    harming = people.in_part(referral.case, Part.PERPETRATOR)
    used: set[str] = set()
    # His come first: what reaches him too is then refused as safe for her, and left to a person.
    for rows, found in (
        (harming, reach.of_harm(read.values)),
        ([victim] if victim else [], reach.of_victim(read.values)),
    ):
        if len(rows) == 1 and found.contact != Contact():
            save = partial(referrals.save_contact, session, actor, referral, found.contact)
            if _saved(session, partial(save, about=rows[0], now=now)):
                used |= found.used
    words, care, address = reach.address_of(read.values)
    if victim and words:
        put = partial(referrals.save_address, session, actor, referral, words, care=care, now=now)
        used |= address if _saved(session, put) else set()
    _leave(read, reach.LABELS, used)


def _saved(session: Session, save: Callable[[], None]) -> bool:
    try:
        with session.begin_nested():
            save()
    except Refused:
        return False
    return True


def _leave(read: FormRead, labels: dict[str, str], used: Collection[str]) -> None:
    for key, label in labels.items():
        if key in read.values and key not in used:
            read.leave(label, read.values.pop(key))
