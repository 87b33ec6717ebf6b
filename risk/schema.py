"""The shapes of a definition file: what an author may write, and nothing else. Unknown keys are refused."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StrictBool, StrictInt

from risk.conditions import Condition, parse

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,60}$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
ItemId = Annotated[str, Field(pattern=r"^[a-z0-9]{1,6}$")]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Whole = StrictInt


def _day(value: object) -> object:
    if type(value) is not date:
        raise ValueError("a day is written without quotes, as 2026-04-01")
    return value


Day = Annotated[date, BeforeValidator(_day)]
When = Annotated[Any, PlainValidator(parse)]
Status = Literal["draft", "active", "superseded", "withdrawn"]


class Frozen(BaseModel):
    """A part of a definition: unchangeable, and closed to keys nobody has defined."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


class Source(Frozen):
    """Where a rule or an item list was read."""

    id: Code
    title: Words
    supports: tuple[Literal["rules", "items", "limits", "norms"], ...] = ()


class Licence(Frozen):
    """Who owns the wording, and whether a site must bring its own permission to show it."""

    wording: Literal["overlay_required", "own_words", "open"]
    note: Words
    permission_ref: str | None = None


class Effective(Frozen):
    """The days between which an edition or a profile is in force; an open end has no last day."""

    first: Day = Field(alias="from")
    last: Day | None = Field(default=None, alias="to")


class Part(Frozen):
    """A detail box or a component of an item."""

    id: Code
    topic: Words


class KOfN(Frozen):
    """The item counts as yes when at least k of its parts are present."""

    k: Whole = Field(ge=1)


class NumberAtLeast(Frozen):
    """The item counts as yes when the number given is at least this."""

    value: Whole = Field(ge=1)
    most: Whole = Field(default=50, ge=1)


class Compose(Frozen):
    """How a composite item becomes yes or no; exactly one way."""

    k_of_n: KOfN | None = None
    number_gte: NumberAtLeast | None = None


class Sums(Frozen):
    """Points added over all items, or over those named."""

    items: tuple[ItemId, ...]
    code: Code = Field(default="yes", alias="is")


class KCount(Frozen):
    """One when at least k of the named items have the answer, else nought."""

    items: tuple[ItemId, ...]
    code: Code = Field(alias="is")
    k: Whole = Field(ge=1)


class EventWindow(Frozen):
    """Events of these kinds between the same people in the days up to the assessment, both ends included."""

    within_days: Whole = Field(ge=1, le=3660)
    kinds: tuple[Literal["incident", "crime", "callout"], ...]
    same_pair: StrictBool = True


class Measure(Frozen):
    """One number a rule may look at; exactly one way of getting it."""

    sum: Literal["all"] | tuple[ItemId, ...] | None = None
    count: Sums | None = None
    k_of_n: KCount | None = None
    number: Code | None = None
    events: EventWindow | None = None
    days_since: Code | None = None


class Threshold(Frozen):
    """The referral line: a measure and the least value that reaches it."""

    measure: Code
    at: Whole = Field(ge=1)
    ground: Code | None = None
    source: Code


class Level(Frozen):
    """One level; levels are listed highest first and the first that holds is the level."""

    id: Code
    title: Words
    when: When | None = None
    only_when_complete: StrictBool = False
    source: Code


class Ground(Frozen):
    """One reason that is enough for a referral."""

    id: Code
    title: Words
    when: When
    sets: Code | None = None
    source: Code
    ignores_checklist: StrictBool = False


class Gate(Frozen):
    """A check of who the instrument is for; it says where else to go and never drops anyone."""

    id: Code
    when: When | None = None
    result: Literal["reroute", "also", "warn", "judgement_only"]
    to: str | None = None
    also: tuple[Code, ...] = ()
    level: Code | None = None
    because: Words
    source: Code


class Prompt(Frozen):
    """Something to think about when the answers show a pattern; it changes no number."""

    id: Code
    when: When
    text: Words
    source: Code


class FollowUp(Frozen):
    """Another instrument to open, linked, when a condition holds."""

    when: When
    open: Slug
    because: Words


class RepeatRule(Frozen):
    """What an area means by a repeat: which acts count, from which day, and for how many months."""

    definition: Literal["any_abuse", "criminal_only"] = "any_abuse"
    anchor: Literal["last_referral", "last_heard"] = "last_referral"
    months: Whole = Field(default=12, ge=1, le=60)


class Missing(Frozen):
    """How many items may be missing before the form cannot be scored."""

    max_missing: Whole | None = None
    min_answered: Whole | None = None
    min_answered_in: tuple[tuple[ItemId, ...], Whole] | None = None
    prorate: Literal["none"] = "none"


class Review(Frozen):
    """How soon an assessment is stale, by level, in hours; and which events reopen it at once."""

    stale_after_days: Whole | None = None
    by_level: dict[Code, Whole] = {}
    reopen_on: tuple[Code, ...] = ()
    source: Code | None = None


class Rules(Frozen):
    """Everything a profile may replace; the items and their points are not here."""

    measures: dict[Code, Measure] = {}
    threshold: Threshold | None = None
    levels: tuple[Level, ...] = ()
    grounds: tuple[Ground, ...] = ()
    gates: tuple[Gate, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    flags: dict[Code, tuple[ItemId, ...]] = {}
    repeat: RepeatRule = RepeatRule()
    missing: Missing = Missing()
    review: Review = Review()
    norms: Slug | None = None
    victim_view_raises: StrictBool = False
    limits: tuple[Words, ...] = ()


CONDITION = Condition
