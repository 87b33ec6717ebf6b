"""What somebody without an account may type, and what a coordinator types about links."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from app.forms import Lines
from app.pages.common.forms import WITHOUT_AGREEMENT, Birth, Long, Maybe, Names, Said, Short
from app.pages.common.told import born_words
from app.pages.words.referral import BASES, CONSENT, MAYBE, VIEWS, said
from conferences import births
from conferences.models import Urgency
from conferences.referral.outside import Body


def _born(given: Birth | None) -> str | None:
    return str(births.Born(given.year, given.month, given.day)) if given else None


MOST_CHILDREN = 40


class Outside(BaseModel):
    """One referral on one page."""

    messages: ClassVar[Said] = {
        ("your_name", "missing"): "Enter your name",
        ("your_phone", "missing"): "Enter a telephone number the coordinator can ring you on",
        ("name", "missing"): "Enter the name of the person at risk, or what people call them",
        ("harming", "missing"): "Enter who causes harm, or what you know of them",
        ("may_ring", "*"): "Select whether it is safe to ring the person at risk",
        ("reason", "missing"): "Say why you are referring now",
        ("urgency", "*"): "Select whether this can wait for the next meeting",
        ("view", "*"): "Select what you think",
        ("consent", "*"): "Select whether the person agreed",
        ("basis", "*"): "Select the lawful basis for sharing",
    }
    your_name: Short
    your_job: Annotated[Short | None, Field(title="your job")] = None
    your_phone: Annotated[Short, Field(title="your telephone number")]
    name: Short
    known_as: Annotated[Names | None, Field(title="other names")] = None
    born: Annotated[Birth | None, Field(title="date of birth")] = None
    phone: Annotated[str | None, Field(max_length=60, title="telephone number")] = None
    may_ring: Maybe
    rule: Annotated[Long | None, Field(title="how to reach them")] = None
    harming: Annotated[Short, Field(title="who causes harm")]
    harming_born: Annotated[Birth | None, Field(title="date of birth")] = None
    relationship: Annotated[Short | None, Field(title="how they are related")] = None
    children: Annotated[Lines | None, Field(max_length=4000, title="the children")] = None
    reason: Annotated[Long, Field(title="why now")]
    wishes: Annotated[Long | None, Field(title="what they want")] = None
    urgency: Urgency
    view: Literal["serious", "worried", "less_worried", "cannot_tell"]
    view_why: Annotated[Long | None, Field(title="what makes you think so")] = None
    consent: Literal["given", "refused", "not_safe_to_ask"]
    basis: Literal["public_task", "legal_obligation", "vital_interests", "legitimate_interests"]
    why_share: Annotated[Long | None, Field(title="why sharing is necessary")] = None

    @classmethod
    def slips(cls, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Says when there is no reason to share without agreement, and when there are too many children."""
        if known.get("consent") in ("refused", "not_safe_to_ask") and "why_share" not in known:
            yield "why_share", WITHOUT_AGREEMENT
        if len(_lines(known.get("children"))) > MOST_CHILDREN:
            yield "children", f"Name up to {MOST_CHILDREN} children"

    def children_named(self) -> list[str]:
        """Returns the children, one to a line."""
        return _lines(self.children)

    def body(self, answers: dict[str, dict[str, Any]]) -> Body:
        """Returns what was typed as the parts of a referral."""
        return Body(
            referrer={"name": self.your_name, "job": self.your_job or "", "phone": self.your_phone},
            victim={"name": self.name, "known_as": self.known_as, "born": _born(self.born)},
            contact={"phone": self.phone, "may_ring": self.may_ring, "rule": self.rule},
            perpetrators=[
                {"name": self.harming, "born": _born(self.harming_born), "relationship": self.relationship}
            ],
            children=[{"name": child} for child in self.children_named()],
            answers=answers,
            **self.model_dump(
                mode="json",
                include={
                    "reason", "wishes", "urgency", "view", "view_why", "consent", "basis", "why_share",
                },
            ),
        )  # fmt: skip


def _lines(words: str | None) -> list[str]:
    return [line.strip()[:200] for line in (words or "").splitlines() if line.strip()]


class GivingLink(BaseModel):
    """Which agency is given a link, and for how many days."""

    messages: ClassVar[Said] = {("agency", "missing"): "Choose an agency"}
    agency: Annotated[str, Field(max_length=64, title="an agency")]
    days: Annotated[int, Field(ge=1, le=14, title="how many days")]


class NotTaken(BaseModel):
    """Why what arrived is not taken on."""

    messages: ClassVar[Said] = {("reason", "missing"): "Say why, and what you told the person who sent it"}
    reason: Annotated[Long, Field(title="the reason")]


def pairs(body: Body) -> list[tuple[str, Any]]:
    """Returns what arrived as label and words, down the page."""
    rows = [
        ("Sent by", ", ".join(word for word in body.referrer.values() if word)),
        ("Person at risk", _person(body.victim)),
        ("Safe to ring", MAYBE.get(body.contact.get("may_ring") or "")),
        ("How to reach them", body.contact.get("rule")),
        *(("Causes harm", _person(one)) for one in body.perpetrators),
        ("Children", "\n".join(_person(one) for one in body.children)),
        ("What they think", said(VIEWS, body.view)),
        ("What makes them think so", body.view_why),
        ("Why now", body.reason),
        ("What the person wants", body.wishes),
        ("Can it wait", "No" if body.urgency == Urgency.EMERGENCY.value else "Yes"),
        ("Did the person agree", said(CONSENT, body.consent)),
        ("Lawful basis for sharing", said(BASES, body.basis)),
        ("Why sharing is necessary and proportionate", body.why_share),
        ("Questions answered", str(len(body.answers))),
    ]
    return [(label, words) for label, words in rows if words]


def _person(known: dict[str, Any]) -> str:
    said = {**known, "born": born_words(births.parse(known.get("born")))}
    return ", ".join(str(said[key]) for key in ("name", "known_as", "born", "relationship") if said.get(key))
