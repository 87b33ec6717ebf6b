"""The one structure in which a result is explained, the same for screen, paper and interface."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

OPEN_STATES = Literal["dont_know", "refused", "not_asked"]


class Said(BaseModel):
    """A part of an explanation; it cannot be changed once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GroundHeld(Said):
    """One ground that holds, and so refers."""

    id: str
    title: str
    because: str
    sets: str | None = None
    by: str | None = None
    at: str | None = None


class GroundConsidered(Said):
    """One ground that was looked at, whether or not it holds."""

    id: str
    title: str
    state: Literal["met", "possible", "not_shown"]
    because: str


class Flag(Said):
    """An item to which everyone's attention is drawn; it changes no number."""

    id: str
    item: str
    topic: str


class Unknown(Said):
    """An item that is open, and the kinds of agency that may know the answer."""

    item: str
    topic: str
    state: OPEN_STATES
    could_help: tuple[str, ...]
    could_decide: bool


class Route(Said):
    """Where else this person belongs; nobody is dropped."""

    gate: str
    result: Literal["reroute", "also", "warn", "judgement_only"]
    to: str | None
    also: tuple[str, ...]
    because: str


class Pointed(Said):
    """A prompt or a follow-up instrument that the answers call for."""

    id: str
    text: str


class Dissent(Said):
    """A judgement not to refer, or to lower the level: kept, shown to the chair, and changing nothing."""

    level: str | None
    reason: str
    role: str | None
    by: str | None
    at: str | None


class Change(Said):
    """The smallest change that would move the level: items, or facts, and the sentence that says so."""

    to: str | None
    items: tuple[str, ...]
    choose: int
    facts: tuple[str, ...]
    sentence: str


class Counterfactual(Said):
    """What would move the level up, and what would move it down."""

    up: Change | None
    down: Change | None


class NormShown(Said):
    """A norm table's own row, named with its people and its outcome; never this person's probability."""

    set: str
    population: str
    outcome: str
    scores: str
    values: dict[str, int]
    sentence: str


class Explanation(Said):
    """Everything the engine says about one checklist."""

    instrument: str
    title: str
    status: str
    profile: str | None
    state: Literal[
        "not_started", "in_progress", "complete", "complete_with_unknowns", "not_scoreable", "superseded"
    ]
    score: int | None
    score_min: int | None
    score_max: int | None
    threshold: int | None
    threshold_state: Literal["met", "not_met", "open"] | None
    needed: int | None
    computed_level: str | None
    level_min: str | None
    level_max: str | None
    level: str | None
    level_title: str | None
    level_set_by: str | None
    refer: bool
    grounds: tuple[GroundHeld, ...]
    considered: tuple[GroundConsidered, ...]
    flags: tuple[Flag, ...]
    alerts: tuple[Flag, ...]
    unknown: tuple[Unknown, ...]
    routes: tuple[Route, ...]
    prompts: tuple[Pointed, ...]
    followups: tuple[Pointed, ...]
    dissent: Dissent | None
    counterfactual: Counterfactual
    norm: NormShown | None
    review_after_hours: int | None
    why: tuple[str, ...]
    not_why: tuple[str, ...]
    limits: tuple[str, ...]
    sources: tuple[str, ...]
    definition_hash: str
    profile_hash: str | None
    norms_hash: str | None

    def minimal(self) -> dict[str, Any]:
        """What a notification may hold: level, grounds, flags; no answers and no reasons."""
        return {
            "level": self.level,
            "refer": self.refer,
            "grounds": [ground.id for ground in self.grounds],
            "flags": [flag.id for flag in self.flags],
        }
