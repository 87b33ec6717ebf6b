"""What programs are told: plain values, identifiers as 32 hexadecimal digits, moments in UTC."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from conferences.models import (
    About,
    ActionStatus,
    AgencyKind,
    ConferenceStatus,
    ContributionKind,
    DecisionKind,
    DocumentKind,
    DocumentStatus,
    Elsewhere,
    FirstContact,
    ListingStatus,
    Nature,
    Outcome,
    Part,
    ReferralStatus,
    RiskNow,
    Scoring,
    Urgency,
)


class Shown(BaseModel):
    """An answer, filled from a row or from plain values."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Problem(Shown):
    """An RFC 9457 problem; `errors` name each a field and what is wrong with it, never what was sent."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[dict[str, str]] | None = None


class Missing(Shown):
    """A task that must be done before a referral is sent."""

    task: str
    sentence: str


class HitOut(Shown):
    """One person in one case, and by what: reference, name, alias, phone, postcode or born."""

    case_id: str
    case_reference: str
    name: str | None
    part: Part
    agency: str
    status: ReferralStatus | None
    found_by: str


class FoundOut(Shown):
    """What came of a search; `tried` says how the words were understood."""

    hits: list[HitOut]
    more: bool
    tried: list[str]


class ProfileBrief(Shown):
    """One local reading of a checklist."""

    slug: str
    version: str
    status: str
    hash: str


class InstrumentBrief(Shown):
    """One published version of a checklist."""

    slug: str
    version: str
    title: str
    owner: str
    status: str
    summary: str
    method: str
    items: int
    licence: str
    default_profile: str | None
    profiles: list[ProfileBrief]
    sources: list[str]
    unverified: list[str]
    limits: list[str]
    checked_on: str
    definition_hash: str


class ItemOut(Shown):
    """One item, as our own short topic."""

    id: str
    topic: str
    section: str
    answers: list[str]


class InstrumentOut(Shown):
    """A checklist with its items in official order."""

    slug: str
    version: str
    title: str
    status: str
    definition_hash: str
    summary: str
    owner: str
    items: list[ItemOut]


class ProgressOut(Shown):
    """How far a checklist has got; `certain` once no later answer can undo the referral."""

    answered: int
    total: int
    certain: bool


class PersonOut(Shown):
    """A person in a case."""

    id: str
    part: Part
    name: str | None
    known_as: str | None
    former_names: str | None
    born: str | None
    gender: str | None
    language: str | None
    relationship: str | None


class ReferralOut(Shown):
    """A referral as its reader may see it; `missing` is empty once it can be sent or was."""

    id: str
    case_id: str
    case_reference: str
    status: ReferralStatus
    urgency: Urgency
    scoring: Scoring
    qualifies: bool | None
    instrument: str
    version: int
    started_at: datetime
    kept_until: date
    submitted_at: datetime | None
    answers: dict[str, Any]
    people: list[PersonOut]
    reason: str | None
    result: dict[str, Any] | None
    missing: list[Missing]


class AskableOut(Shown):
    """Something that is open, or that was asked; `answers` are the codes an item can be answered with."""

    key: str
    topic: str
    decides: bool
    answers: list[str]


class FieldOut(Shown):
    """One field of the form: its words, its class, and whether an area asks for it before sending."""

    key: str
    label: str
    hint: str
    why: str
    ask: str
    kind: str
    data_class: str
    level: str
    choices: dict[str, str]
    when: dict[str, Any] | None
    safety: bool


class PartOut(Shown):
    """One part of the form: what it is about, and where it is sent unless it has an address of its own."""

    key: str
    title: str
    section: str
    of: str
    put: str
    when: dict[str, Any] | None
    fields: list[FieldOut]


class ToldOut(Shown):
    """What one part says about the referral, or about one person, as its reader may see it."""

    part: str
    person: str | None
    values: dict[str, Any]


class ToRingOut(Shown):
    """A new person to ring, by reference and initials; `nobody` when no advocate may know of the case."""

    id: str
    case_reference: str
    initials: str
    due_at: datetime
    late: bool
    nobody: bool
    acknowledged_at: datetime | None
    outcome: FirstContact | None


class DrawnOut(Shown):
    """A decision drawn by lot: it is read again when the roll of 0 to 9999 is below the share."""

    id: str
    referral_id: str
    case_reference: str
    decision: DecisionKind
    decided_at: datetime
    share: int
    roll: int


class QueueRowOut(Shown):
    """A referral that waits for a decision, with the reasons why it is here."""

    id: str
    case_reference: str
    victim: str
    status: ReferralStatus
    urgency: Urgency
    qualifies: bool | None
    decide_by: datetime
    paused: bool
    belongs: Elsewhere | None
    why_here: list[str]
    reason: str
    version: int


class AgencyOut(Shown):
    """An agency of the area."""

    id: str
    name: str
    code: str
    kind: AgencyKind


class ChairOut(Shown):
    """Somebody who may chair a meeting."""

    id: str
    name: str


class ListingBrief(Shown):
    """A case's turn; positions are the reader's own, without gaps."""

    id: str
    position: int
    case_reference: str
    initials: str
    minutes: int
    status: ListingStatus


class ConferenceOut(Shown):
    """A meeting with its deadlines; listings only for those who may open them."""

    id: str
    starts_at: datetime
    room_until: datetime | None
    venue: str
    chair: str
    status: ConferenceStatus
    emergency: bool
    agenda_version: int | None
    deadlines: dict[str, date]
    listings: list[ListingBrief] | None


class ContributionOut(Shown):
    """What an agency shared."""

    id: str
    agency: str
    kind: ContributionKind
    nature: Nature | None
    statement: str | None
    happened_on: date | None
    at: datetime


class RiskOut(Shown):
    """One line of the risk summary."""

    id: str
    about: About
    statement: str


class ListingOut(Shown):
    """A case's turn as the meeting knows it."""

    id: str
    conference_id: str
    referral_id: str
    case_reference: str
    status: ListingStatus
    version: int
    contributions: list[ContributionOut]
    risks: list[RiskOut]
    summary: str | None
    outcome: Outcome | None
    outcome_reason: str | None
    victims_voice: str | None
    victims_voice_missing: str | None
    child_line: str | None
    child_line_missing: str | None
    perpetrator_line: str | None
    perpetrator_line_missing: str | None


class ActionOut(Shown):
    """A promise, the least context it needs, and what became of it."""

    id: str
    reference: str
    case_reference: str
    initials: str
    agency: str
    agency_id: str
    what: str
    owner: str
    why: str
    evidence: str
    due_on: date
    agreed_on: date
    status: ActionStatus
    is_open: bool
    late_by: int
    was_late: bool
    to_confirm: bool
    needs_address: bool
    version: int
    outcome: str | None
    reason: str | None
    risk_now: RiskNow | None


class DocumentOut(Shown):
    """One numbered copy; `file` is there once it can be fetched."""

    id: str
    kind: DocumentKind
    status: DocumentStatus
    number: str
    version: int
    asked_at: datetime
    made_at: datetime | None
    destroy_on: date
    sha256: str | None
    file: str | None
