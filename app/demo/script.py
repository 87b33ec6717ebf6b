"""What the story's files may say; anything else in them is an error."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from app.demo.days import Shift, moved
from conferences.models import About, AgencyKind, Nation, Nature, Outcome, RiskNow, Role, Urgency
from conferences.reaching import Safe, Way

Item = dict[str, str]


class Told(BaseModel):
    """Something a file tells."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AgencyTold(Told):
    """A signatory."""

    code: str
    name: str
    kind: AgencyKind


class UserTold(Told):
    """Somebody who can sign in."""

    name: str
    agency: str
    role: Role
    email: str


class AreaTold(Told):
    """An area."""

    name: str
    prefix: str
    nation: Nation
    phone: str
    agencies: list[AgencyTold]
    people: list[UserTold]


class PlaceTold(Told):
    """All areas."""

    opened_on: date
    policy_from: date
    areas: list[AreaTold]


class PointTold(Told):
    """One way to reach somebody."""

    value: str | None = None
    safety: Safe = Safe.UNKNOWN
    message: Safe = Safe.UNKNOWN
    times: str | None = None
    days: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    code_word: str | None = None
    who_else: str | None = None
    way: Way = Way.PHONE


class ContactTold(Told):
    """How somebody may be reached."""

    rule: str | None = None
    points: list[PointTold] = []


class PersonTold(Told):
    """Somebody in a case."""

    name: str | None = None
    known_as: str | None = None
    former_names: str | None = None
    born: str | None = None
    gender: str | None = None
    language: str | None = None
    relationship: str | None = None
    lives_with: str | None = None
    detail: str | None = None
    form: dict[str, Any] = {}
    contact: ContactTold | None = None


class FirstTold(Told):
    """The worker's view before the first question."""

    view: str
    why: str | None = None


class LastTold(Told):
    """The worker's view after the last question."""

    refer: bool
    why: str | None = None


class HistoryTold(Told):
    """The dated history."""

    incidents: list[date] = []
    incident_kind: str | None = None
    escalating: str | None = None
    repeat: str | None = None
    last_referral_on: date | None = None


class SharingTold(Told):
    """On what basis the case is shared."""

    consent: str
    basis: str
    why: str | None = None


class ShutOutTold(Told):
    """Who must not learn of the case."""

    who: str
    reason: str


class DecisionTold(Told):
    """What the coordinator decided, short of accepting."""

    move: Literal["return", "decline"]
    by: str
    at: datetime
    words: str
    signpost: str = ""


class CaseTold(Told):
    """A referral from its first question on; an item in no list is answered no."""

    reference: str
    by: str
    started_at: datetime
    sent_at: datetime | None = None
    rung_at: datetime | None = None
    safe_to_talk: str = "alone"
    yes: list[int]
    dont_know: list[int] = []
    refused: list[int] = []
    unanswered: list[int] = []
    sources: Item = {}
    notes: Item = {}
    first: FirstTold
    last: LastTold | None = None
    reason: str | None = None
    wishes: str | None = None
    urgency: Urgency = Urgency.STANDARD
    history: HistoryTold = HistoryTold()
    sharing: SharingTold | None = None
    address: str | None = None
    shut_out: list[ShutOutTold] = []
    decisions: list[DecisionTold] = []
    victim: PersonTold
    perpetrators: list[PersonTold] = []
    children: list[PersonTold] = []
    adults: list[PersonTold] = []
    contact: ContactTold | None = None
    form: dict[str, dict[str, Any]] = {}


class StepTold(Told):
    """What became of an action next."""

    move: Literal["start", "note", "complete", "not_possible", "not_done", "confirm", "release", "reassign"]
    by: str
    at: datetime
    words: str = ""
    risk_now: RiskNow | None = None
    to: str | None = None
    owner: str | None = None
    due: date | None = None


class ActionTold(Told):
    """A promise."""

    agency: str
    what: str
    owner: str
    due: date
    evidence: str
    needs_address: bool = False
    offered: bool = True
    then: list[StepTold] = []


class RiskTold(Told):
    """A line of the risk summary and the actions that answer it."""

    about: About
    words: str
    actions: list[ActionTold] = []


class SaidTold(Told):
    """What an agency said; without words it knew nothing."""

    agency: str
    words: str | None = None
    nature: Nature | None = None


class ConclusionTold(Told):
    """How a turn was concluded."""

    outcome: Outcome
    victims_voice: str | None = None
    child_line: str | None = None
    child_line_missing: str | None = None
    perpetrator_line: str | None = None


class TurnTold(Told):
    """A case's turn."""

    reference: str
    at: datetime
    summary: str
    said: list[SaidTold]
    risks: list[RiskTold]
    conclusion: ConclusionTold


class AcceptedTold(Told):
    """A case put on the agenda."""

    reference: str
    accepted_at: datetime


class MeetingTold(Told):
    """A meeting."""

    name: str
    by: str
    chair: str
    starts_at: datetime
    room_until: datetime
    venue: str
    planned_at: datetime
    cases: list[AcceptedTold] = []
    issued_at: list[datetime] = []
    opened_at: datetime | None = None
    concluded_at: datetime | None = None
    turns: list[TurnTold] = []


def place(shift: Shift) -> PlaceTold:
    """Returns the areas, agencies and users."""
    return PlaceTold.model_validate(moved(_read("place.toml"), shift))


def cases(shift: Shift) -> list[CaseTold]:
    """Returns the referrals."""
    return [CaseTold.model_validate(moved(told, shift)) for told in _all("cases")]


def meetings(shift: Shift) -> list[MeetingTold]:
    """Returns the meetings."""
    return [MeetingTold.model_validate(moved(told, shift)) for told in _all("meetings")]


def _all(folder: str) -> Iterator[dict[str, Any]]:
    names = sorted(found.name for found in files("app.demo").joinpath(folder).iterdir())
    return (_read(f"{folder}/{name}") for name in names if name.endswith(".toml"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("app.demo").joinpath(name).read_text("utf-8"))
