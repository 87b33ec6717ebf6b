"""What may be typed into each page of a referral."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, model_validator

from app.forms import Lines
from conferences import births
from conferences.models import Urgency
from conferences.person import pair_facts

WITHOUT_AGREEMENT = "Say why sharing is necessary and proportionate without consent"
Said = dict[tuple[str, str], str]
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[Lines, Field(max_length=4000)]
Names = Annotated[Lines, Field(max_length=600)]
Maybe = Literal["yes", "no", "dont_know"]
Pair = Literal["intimate", "family", "other", "dont_know"]
IncidentKind = Literal[
    "assault",
    "threat",
    "stalking_pattern",
    "harassment_pattern",
    "rape_or_sexual_abuse",
    "single_unwanted_contact",
    "unwanted_contact_via_family",
    "breach_of_order",
    "dispute",
    "other",
]


class Safety(BaseModel):
    """Whether it is safe to talk, asked before anything else."""

    messages: ClassVar[Said] = {("safe_to_talk", "*"): "Select whether it is safe to talk"}
    safe_to_talk: Literal["alone", "from_notes", "no"]
    instrument: Annotated[Short | None, Field(title="the checklist")] = None


class Judgement(BaseModel):
    """The worker's own view before the first question."""

    messages: ClassVar[Said] = {("view", "*"): "Select what you think"}
    view: Literal["serious", "worried", "less_worried", "cannot_tell"]
    why: Annotated[Long | None, Field(title="what makes you think so")] = None


class Final(BaseModel):
    """The worker's own view after the last question, and the facts some checklists look at besides."""

    messages: ClassVar[Said] = {("refer", "*"): "Select yes if you think this should go to the meeting"}
    refer: bool
    level: Annotated[Short | None, Field(title="the level")] = None
    why: Annotated[Long | None, Field(title="what makes you think so")] = None
    relationship: Annotated[Pair | None, Field(title="what the two are to each other")] = None
    cohabited: Annotated[Maybe | None, Field(title="an answer")] = None
    physical_assault_or_threat_at_index: Annotated[Maybe | None, Field(title="an answer")] = None
    victim_extremely_frightened: Annotated[Maybe | None, Field(title="an answer")] = None
    suspected_honour_based_abuse: Annotated[Maybe | None, Field(title="an answer")] = None

    def judged(self) -> dict[str, Any]:
        """Gives what was typed as the domain takes it."""
        known = self.model_dump(exclude_none=True)
        facts = {name: known[name] for name in pair_facts.CHOICES if name in known}
        return {"refer": self.refer, "why": self.why, "level": self.level, "facts": facts}


class Birth(BaseModel):
    """A date of birth as people know it: whole, a month and year, or only a year."""

    year: int
    month: int | None = None
    day: int | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "Birth":
        try:
            if self.day is not None and self.month is None:
                raise ValueError
            births.parse(str(births.Born(self.year, self.month, self.day)))
        except ValueError:
            raise ValueError("Enter a real date of birth, a month and year, or only a year") from None
        return self


def birth(text: str | None) -> Birth | None:
    """Turns a stored date of birth into what three boxes show."""
    known = births.parse(text)
    return Birth(year=known.year, month=known.month, day=known.day) if known else None


class AnyPerson(BaseModel):
    """What is typed about somebody in the case."""

    born: Annotated[Birth | None, Field(title="date of birth")] = None

    def details(self) -> dict[str, Any]:
        """Gives the fields as the domain keeps them."""
        found = self.model_dump(exclude={"born"})
        born = self.born
        return found | {"born": str(births.Born(born.year, born.month, born.day)) if born else None}


class Victim(AnyPerson):
    """Who is at risk."""

    messages: ClassVar[Said] = {("name", "missing"): "Enter their name, or what people call them"}
    name: Short
    known_as: Annotated[Names | None, Field(title="other names")] = None
    former_names: Annotated[Names | None, Field(title="former names")] = None
    gender: Short | None = None
    language: Short | None = None
    detail: Annotated[Long | None, Field(title="what helps them take part")] = None


class Other(AnyPerson):
    """Somebody else in the case; something must be known of them."""

    name: Short | None = None
    relationship: Short | None = None
    lives_with: Annotated[Literal["yes", "no", "sometimes", "dont_know"] | None, Field(title="an answer")] = (
        None
    )
    detail: Annotated[Long | None, Field(title="what else you know")] = None

    @classmethod
    def slips(cls, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Says when nothing is known of them."""
        if not {"name", "relationship", "detail"} & set(known):
            yield "name", "Enter a name, or what you know of them"


class Perpetrator(Other):
    """Who causes harm."""

    known_as: Annotated[Names | None, Field(title="other names")] = None
    former_names: Annotated[Names | None, Field(title="former names")] = None
    gender: Short | None = None


class Child(Other):
    """A child in the case."""


class Adult(Perpetrator):
    """Another adult who may be in danger, or who may help."""


class Incident(BaseModel):
    """One dated incident."""

    on: Annotated[date, Field(title="date of the incident")]


class Reason(BaseModel):
    """Why now, and the dated history the grounds ask for."""

    messages: ClassVar[Said] = {
        ("reason", "missing"): "Say why you are referring now",
        ("urgency", "*"): "Select whether this can wait for the next meeting",
        ("incidents", "too_long"): "Give the 20 most recent dates",
    }
    reason: Annotated[Long, Field(title="why now")]
    wishes: Annotated[Long | None, Field(title="what they want")] = None
    urgency: Urgency
    incidents: Annotated[list[Incident], Field(max_length=20)] = []
    incident_kind: Annotated[IncidentKind | None, Field(title="what happened")] = None
    escalating: Annotated[Maybe | None, Field(title="whether it is getting worse")] = None
    repeat: Annotated[Maybe | None, Field(title="whether they were referred before")] = None
    last_referral_on: Annotated[date | None, Field(title="date of the last referral")] = None

    @classmethod
    def slips(cls, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Says when a repeat has no date to be counted from."""
        if known.get("repeat") == "yes" and "last_referral_on" not in known:
            yield "last_referral_on", "Enter the date of the last referral, as near as you know"


class Sharing(BaseModel):
    """On what lawful basis the case is shared."""

    messages: ClassVar[Said] = {
        ("consent", "*"): "Select whether the person agreed",
        ("basis", "*"): "Select the lawful basis for sharing",
    }
    consent: Literal["given", "refused", "not_safe_to_ask"]
    basis: Literal["public_task", "legal_obligation", "vital_interests", "legitimate_interests"]
    why: Annotated[Long | None, Field(title="why sharing is necessary")] = None

    @classmethod
    def slips(cls, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Says when there is neither agreement nor a reason to share without it."""
        if known.get("consent") in ("refused", "not_safe_to_ask") and "why" not in known:
            yield "why", WITHOUT_AGREEMENT


class Reply(BaseModel):
    """The answer to the coordinator's question."""

    messages: ClassVar[Said] = {("reply", "missing"): "Write your answer"}
    reply: Annotated[Long, Field(title="your answer")]


class Nothing(BaseModel):
    """A form with only a button."""
