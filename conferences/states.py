"""The moves a thing may make, one table per noun; a state with no exit is final."""

from enum import StrEnum
from typing import Any

from conferences.errors import Stale, WrongState
from conferences.models import ActionStatus as A
from conferences.models import BatchStatus as B
from conferences.models import ConferenceStatus as C
from conferences.models import ListingStatus as L
from conferences.models import ReferralStatus as R

MOVES: dict[str, dict[StrEnum, set[StrEnum]]] = {
    "referral": {
        R.DRAFT: {R.SUBMITTED, R.AWAITING_SIGNOFF, R.DISCARDED},
        R.AWAITING_SIGNOFF: {R.SUBMITTED, R.DRAFT},
        R.SUBMITTED: {
            R.ACCEPTED,
            R.RETURNED,
            R.DECLINE_ASKED,
            R.DECLINED,
            R.REDIRECTED,
            R.ALERT_ONLY,
            R.MERGED,
            R.WITHDRAW_ASKED,
        },
        R.RETURNED: {R.SUBMITTED, R.ACCEPTED, R.REDIRECTED, R.ALERT_ONLY, R.MERGED, R.WITHDRAW_ASKED},
        R.DECLINE_ASKED: {R.DECLINED, R.SUBMITTED},
        R.WITHDRAW_ASKED: {R.WITHDRAWN, R.SUBMITTED, R.RETURNED},
        R.APPEALED: {R.SUBMITTED, R.DECLINED},
        R.ACCEPTED: set(),
        R.ALERT_ONLY: {R.ACCEPTED},
        R.MERGED: set(),
        R.REDIRECTED: set(),
        R.DECLINED: {R.APPEALED},
        R.WITHDRAWN: set(),
        R.DISCARDED: set(),
    },
    "conference": {
        C.PLANNED: {C.AGENDA_ISSUED, C.CANCELLED},
        C.AGENDA_ISSUED: {C.AGENDA_ISSUED, C.IN_SESSION, C.CANCELLED},
        C.IN_SESSION: {C.CONCLUDED},
        C.CONCLUDED: set(),
        C.CANCELLED: set(),
    },
    "listing": {
        L.LISTED: {L.HEARD, L.DEFERRED, L.TAKEN_OFF},
        L.HEARD: set(),
        L.DEFERRED: set(),
        L.TAKEN_OFF: set(),
    },
    "action": {
        A.PROPOSED: {A.ACCEPTED, A.NOT_POSSIBLE, A.NOT_DONE, A.REASSIGNED, A.RELEASED, A.SUPERSEDED},
        A.ACCEPTED: {
            A.IN_PROGRESS,
            A.DONE,
            A.NOT_POSSIBLE,
            A.NOT_DONE,
            A.REASSIGNED,
            A.RELEASED,
            A.SUPERSEDED,
        },
        A.IN_PROGRESS: {A.DONE, A.NOT_POSSIBLE, A.NOT_DONE, A.REASSIGNED, A.RELEASED, A.SUPERSEDED},
        A.NOT_POSSIBLE: {A.IN_PROGRESS, A.REASSIGNED, A.RELEASED, A.SUPERSEDED},
        A.NOT_DONE: {A.IN_PROGRESS, A.REASSIGNED, A.RELEASED, A.SUPERSEDED},
        A.DONE: set(),
        A.REASSIGNED: set(),
        A.SUPERSEDED: set(),
        A.RELEASED: set(),
    },
    "import_batch": {
        B.READ: {B.CHECKED, B.DISCARDED},
        B.CHECKED: {B.CHECKED, B.TAKING, B.DISCARDED},
        B.TAKING: {B.TAKEN, B.CHECKED},
        B.TAKEN: {B.UNDONE},
        B.UNDONE: set(),
        B.DISCARDED: set(),
    },
}

SENTENCES: dict[str, str] = {
    "referral": "This referral has already been decided or is not in that place any more.",
    "conference": "This meeting is not at that stage.",
    "listing": "This case has already been concluded at this meeting.",
    "action": "This action has already been answered.",
    "import_batch": "This list is not at that stage any more.",
}


def may_move(thing: Any, to: StrEnum) -> bool:
    """Returns whether the thing may go to that state from where it is."""
    return to in MOVES[thing.__tablename__][thing.status]


def move(thing: Any, to: StrEnum) -> None:
    """Moves the thing, or raises WrongState and changes nothing."""
    if not may_move(thing, to):
        raise WrongState(SENTENCES[thing.__tablename__])
    thing.status = to


def expect(thing: Any, version: int | None) -> None:
    """Raises Stale when the form was drawn from an older version; None means the writer did not look."""
    if version is not None and thing.version != version:
        raise Stale
