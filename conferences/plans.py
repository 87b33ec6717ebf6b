"""What goes into each document: plain facts for one audience, and no field for where anyone lives.

A document is drawn from one of these and from nothing else, so what is not here cannot be printed.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


@dataclass(frozen=True)
class Copy:
    """One numbered copy of a document in one person's hands; `made_at` is an aware moment."""

    number: str
    version: int
    recipient_name: str
    recipient_agency: str
    made_at: datetime
    check_code: str
    destroy_on: date
    copy_no: int = 1
    copies: int = 1


@dataclass(frozen=True)
class PersonLine:
    """A person in a case: the name, the age if known, and a few words such as "ex-partner".

    An age is in years, or in words such as "38 or 39" where no more than the year of birth is known.
    """

    name: str
    age: int | str | None = None
    about: str = ""


@dataclass(frozen=True)
class Reason:
    """One ground on which a case is heard, and the sentence that says why."""

    ground: str
    sentence: str


@dataclass(frozen=True)
class Bounds:
    """How many items were answered yes (`lowest`), how many could be (`highest`), and the area's line.

    `of` is the number of items on the checklist.
    """

    lowest: int
    highest: int
    threshold: int
    of: int


@dataclass(frozen=True)
class UnknownTopic:
    """A topic nobody has answered yet, and who may know."""

    topic: str
    who_may_know: str = ""


@dataclass(frozen=True)
class PreviousAction:
    """An action of the case's last plan: what it was, how it ended, what that means today."""

    what: str
    outcome: str
    so_today: str = ""


@dataclass(frozen=True)
class SharedItem:
    """One thing an agency shares about a case; `kind` is a word such as "Fact" or "Opinion"."""

    agency: str
    kind: str
    text: str


@dataclass(frozen=True)
class OutstandingAction:
    """An earlier action that the meeting looks at before any case."""

    case_reference: str
    agency: str
    what: str
    due_on: date
    what_happened: str


@dataclass(frozen=True)
class RunningItem:
    """One line of the running order, fit to be left on a table: references and initials only.

    `position` is 0 for a line that is no case's turn.
    """

    position: int
    what: str
    note: str = ""
    starts_at: time | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Attendee:
    """Someone expected in the room, when they signed the statement, and for which items."""

    agency: str
    person: str
    signed_on: date | None = None
    here_for: str = ""


@dataclass(frozen=True)
class AgendaCase:
    """A case as its chair has it in hand: names and ages, why it is here, what is known and not known.

    `position` is its item number on this viewer's agenda. `their` is the word before "words" and "views".
    """

    position: int
    reference: str
    initials: str
    victim: PersonLine
    perpetrators: tuple[PersonLine, ...]
    referred_by: str
    referred_on: date
    children: tuple[PersonLine, ...] = ()
    tags: tuple[str, ...] = ()
    why_here: tuple[Reason, ...] = ()
    in_her_words: str = ""
    words_told_to: str = ""
    their: str = "their"
    bounds: Bounds | None = None
    unknown: tuple[UnknownTopic, ...] = ()
    previous_on: date | None = None
    previous_actions: tuple[PreviousAction, ...] = ()
    children_note: str = ""
    perpetrator_note: str = ""
    shared: tuple[SharedItem, ...] = ()
    nothing_known: tuple[str, ...] = ()
    no_return: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    starts_at: time | None = None
    ends_at: time | None = None
    note_lines: int = 3
    action_rows: int = 4


@dataclass(frozen=True)
class AgendaPlan:
    """The chair's agenda: the cover, the running order and one part per case. Times are local clock times."""

    service_name: str
    meeting_on: date
    starts_at: time
    chair_name: str
    coordinator_name: str
    cases: tuple[AgendaCase, ...]
    copy: Copy
    ends_at: time | None = None
    venue: str = ""
    chair_agency: str = ""
    statement_version: str = ""
    statement_points: tuple[str, ...] = ()
    outstanding: tuple[OutstandingAction, ...] = ()
    running_order: tuple[RunningItem, ...] = ()
    attendance: tuple[Attendee, ...] = ()
    apologies: tuple[str, ...] = ()
    case_summary: str = ""
    quorum: str = ""


class ContactSign(StrEnum):
    """The small picture beside a contact rule; the words carry the meaning."""

    NO_CONTACT = "no-contact"
    NO_POST = "no-post"
    PHONE_ONLY = "phone-only"


@dataclass(frozen=True)
class PlannedAction:
    """One of the agency's own actions with the least context it needs.

    `about` is a case reference and initials. `evidence_required` says what will show that it was done.
    `contact_rule` is read before anyone is contacted. `late_by_working_days` is 0 for an action not late.
    """

    reference: str
    what: str
    due_on: date
    about: str
    why: str
    owner: str
    status_words: str
    evidence_required: str
    contact_rule: str = ""
    contact_sign: ContactSign | None = None
    due_by: time | None = None
    late_by_working_days: int = 0


@dataclass(frozen=True)
class ActionPlan:
    """One agency's own actions from one meeting, and how to answer; nothing of any other agency."""

    agency_name: str
    meeting_on: date
    reply_by: date
    coordinator_phone: str
    actions: tuple[PlannedAction, ...]
    copy: Copy
    service_name: str = ""
