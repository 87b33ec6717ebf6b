"""What programs may send: each body is closed, each text tidied, and nothing sent is ever answered back."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.forms import tidy
from conferences.models import (
    About,
    ContributionKind,
    DeclineCode,
    Elsewhere,
    FirstContact,
    Nature,
    Outcome,
    RiskNow,
    Urgency,
    WithdrawCode,
)

LAST_DAY = date(2100, 1, 1)


def _line(value: str) -> str:
    return _some(tidy(value))


def _words(value: str) -> str:
    return _some(tidy(value, lines=True))


def _some(value: str) -> str:
    if not value:
        raise PydanticCustomError("blank", "blank")
    return value


Line = Annotated[str, Field(max_length=200), AfterValidator(_line)]
Words = Annotated[str, Field(max_length=4000), AfterValidator(_words)]
Day = Annotated[date, Field(le=LAST_DAY)]
Moment = Annotated[AwareDatetime, Field(le=datetime(2100, 1, 1, tzinfo=UTC))]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Slug = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_-]*$")]
Born = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$", description="1991, 1991-03 or 1991-03-12")]


class Body(BaseModel):
    """A closed body: a field nobody asked for is refused."""

    model_config = ConfigDict(extra="forbid")


class Versioned(Body):
    """A body that may say which version it was written against; an older one is answered 409."""

    version: Version | None = None


class StartReferral(Body):
    """It is safe to talk, or the worker keys in from notes; `instrument` is another enabled checklist."""

    safe_to_talk: Literal["alone", "from_notes"]
    instrument: Slug | None = None


class Answer(Body):
    """One item's answer, by the codes of its edition; null with no parts and no number takes it back.

    An item made of several signs takes `parts`, an item that asks how many takes `number`.
    """

    item: Annotated[str, Field(max_length=16)]
    value: Slug | None
    source: Line | None = None
    note: Words | None = None
    parts: Annotated[dict[Slug, Slug], Field(max_length=30)] = {}
    number: Annotated[int, Field(strict=True, ge=0, le=10_000)] | None = None


class Answers(Body):
    """Answers to save; items not named keep theirs."""

    answers: Annotated[list[Answer], Field(min_length=1, max_length=100)]


class FirstJudgement(Body):
    """The worker's own judgement before the first item."""

    view: Literal["serious", "worried", "less_worried", "cannot_tell"]
    why: Words | None = None


class Facts(Body):
    """What the rules of some checklists look at and their questions do not ask."""

    relationship: Literal["intimate", "family", "other", "dont_know"] | None = None
    cohabited: Literal["yes", "no", "dont_know"] | None = None
    physical_assault_or_threat_at_index: Literal["yes", "no", "dont_know"] | None = None
    victim_extremely_frightened: Literal["yes", "no", "dont_know"] | None = None
    suspected_honour_based_abuse: Literal["yes", "no", "dont_know"] | None = None


class LastJudgement(Body):
    """The worker's judgement after the last item, and the level where a person chooses it."""

    refer: bool
    why: Words | None = None
    level: Slug | None = None
    facts: Facts = Facts()


class FurtherIn(Body):
    """Which further checklist is opened."""

    instrument: Slug


class DateIn(Body):
    """A date that changes the risk, as far as it is known: `2027`, `2027-03` or `2027-03-01`."""

    kind: Literal["release", "separation", "birth", "hearing"]
    on: Born
    estimated: bool = False


class PersonIn(Body):
    """What is known of a person."""

    name: Line | None = None
    known_as: Words | None = None
    former_names: Words | None = None
    born: Born | None = None
    gender: Line | None = None
    language: Line | None = None
    relationship: Line | None = None
    lives_with: Line | None = None
    detail: Words | None = None


class ReasonIn(Body):
    """Why now, what the person wants, and the dated history that the grounds ask for."""

    reason: Words
    wishes: Words | None = None
    urgency: Urgency = Urgency.STANDARD
    incidents: Annotated[list[Day], Field(max_length=50)] = []
    escalating: Literal["yes", "no", "dont_know"] | None = None
    repeat: Literal["yes", "no", "dont_know"] | None = None
    last_referral_on: Day | None = None


class SharingIn(Body):
    """On what lawful basis the case is shared."""

    consent: Literal["given", "refused", "not_safe_to_ask"]
    basis: Literal["public_task", "legal_obligation", "vital_interests", "legitimate_interests"]
    why: Words | None = None


class FormPart(Body):
    """One part of the form as a whole: what is not given is emptied. Days are 2026, 2026-11 or 2026-11-20."""

    values: dict[
        Annotated[str, Field(max_length=40)], Words | int | Annotated[list[Line], Field(max_length=60)] | None
    ]


class PaperIn(Body):
    """A checklist that was filled in on paper: the day on it, who filled it in, and its answers."""

    filled_on: Day
    filled_by: Line
    answers: Annotated[list[Answer], Field(min_length=1, max_length=100)]


class AcceptReferral(Versioned):
    """The meeting at which the case is heard."""

    conference_id: UUID


class Question(Versioned):
    """What the referrer should answer: things that are open, by their keys, or words, or both."""

    question: Words | None = None
    ask: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=200)] = []
    meanwhile_id: UUID | None = None


class AnswerGiven(Body):
    """The answer to one question: a code of the item, words, or both."""

    key: Annotated[str, Field(max_length=40)]
    value: Annotated[str, Field(max_length=40)] | None = None
    words: Words | None = None


class Reply(Versioned):
    """The referrer's answers to each question, and words beside them."""

    reply: Words | None = None
    answers: Annotated[list[AnswerGiven], Field(max_length=200)] = []


class Because(Versioned):
    """A reason."""

    reason: Words


class DeclineReferral(Because):
    """Why the referral is declined, and where the person was pointed to instead."""

    code: DeclineCode
    signpost: Words
    advice: Words | None = None


class RedirectReferral(Because):
    """Where the referral is sent on to."""

    to: Elsewhere


class MergeReferral(Because):
    """The turn the referral is added to."""

    listing_id: UUID


class WithdrawReferral(Because):
    """Why the referral is taken back."""

    code: WithdrawCode


class FirstContactIn(Body):
    """What came of ringing."""

    outcome: FirstContact
    note: Words | None = None


class ReviewIn(Body):
    """Whether the chair agrees with a drawn decision; not agreeing needs a note."""

    agrees: bool
    note: Words | None = None


class Reassign(Because):
    """Which agency takes a promise over, who there will do it, and by when."""

    agency_id: UUID
    owner: Line
    due_on: Day


class ConfirmDecline(Because):
    """Whether the chair agrees to declining."""

    agreed: bool


class ConferenceIn(Body):
    """A meeting to be planned; moments carry their offset from UTC."""

    starts_at: Moment
    room_until: Moment | None = None
    venue: Line
    chair_id: UUID


class EmergencyIn(Versioned):
    """An emergency meeting: when, where or how, who chairs it, and the agencies that are called."""

    starts_at: Moment
    venue: Line
    chair_id: UUID
    agency_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]


class Order(Body):
    """The listings of an agenda, all of them, in the order they are heard."""

    order: Annotated[list[UUID], Field(max_length=500)]


class ContributionIn(Body):
    """What an agency shared, or that it knows nothing."""

    agency_id: UUID
    kind: ContributionKind
    statement: Words | None = None
    nature: Nature | None = None
    happened_on: Day | None = None


class RiskIn(Body):
    """One line of the risk summary."""

    about: About
    statement: Words


class Summary(Body):
    """The chair's summary, written against a version of the listing."""

    summary: Words
    version: Version


class ActionIn(Body):
    """What an agency promises; not offered means that it was not in the room."""

    agency_id: UUID
    risk_id: UUID
    what: Words
    owner: Line
    due_on: Day
    evidence: Words
    needs_address: bool = False
    offered: bool = True


class ConclusionIn(Versioned):
    """How a case's turn ends: each line has its words, or the reason there are none."""

    outcome: Outcome | None = None
    outcome_reason: Words | None = None
    victims_voice: Words | None = None
    victims_voice_missing: Words | None = None
    child_line: Words | None = None
    child_line_missing: Words | None = None
    perpetrator_line: Words | None = None
    perpetrator_line_missing: Words | None = None


class AcceptAction(Versioned):
    """Who will do it; null keeps the person named at the meeting."""

    owner: Line | None = None


class StartAction(Versioned):
    """That work has begun."""

    note: Words | None = None


class NoteIn(Body):
    """What has happened so far."""

    note: Words


class CompleteAction(Versioned):
    """What happened, how it is known, and the risk now."""

    outcome: Words
    risk_now: RiskNow


class SearchIn(Body):
    """A name, a reference, a telephone number or a postcode, as somebody would type it."""

    words: Line


class PlanIn(Body):
    """Whose action plan; null is the person's own agency."""

    agency_id: UUID | None = None


class AgendaIn(Body):
    """Which meeting's agenda."""

    conference_id: UUID
