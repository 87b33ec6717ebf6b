"""Referrals made and decided through the pages, without a browser: what each worker of a case types."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from conferences.models import Referral, User
from tests.browse import Browse
from tests.make import World
from tests.sign_in import as_user

Typed = dict[str, Any]
AGREED = {"consent": "given", "basis": "public_task"}
WITHOUT = {
    "share_purpose": "So that she is alive next week.",
    "share_said": "She said no, because of what happened to her cousin.",
    "share_what": "What she fears and from whom, to the agencies that can act on it.",
    "share_proportionate": "Nothing less keeps her in the country.",
    "share_risk_telling": "Somebody at home may read it on her face.",
    "share_risk_silence": "She may be put on the aeroplane.",
    "share_decided_by": "Amara Blythe",
    "share_manager": "The lead for safeguarding",
    "share_tell": "later",
    "share_review-day": "7",
    "share_review-month": "12",
    "share_review-year": "2026",
}


@dataclass(frozen=True)
class Someone:
    """A person as a referral names them: the birth as `1992-05-04` or only a year, and parts of the form."""

    name: str
    born: str = ""
    relationship: str = ""
    form: Typed = field(default_factory=dict)

    def typed(self) -> Typed:
        """What is typed on the person's own page."""
        boxes = dict(zip(("born-year", "born-month", "born-day"), self.born.split("-"), strict=False))
        return {"name": self.name, "relationship": self.relationship, **{k: v for k, v in boxes.items() if v}}


@dataclass(frozen=True)
class Told:
    """One referral: who is at risk, from whom, which questions are yes, and what else the form is told."""

    victim: Someone
    harming: tuple[Someone, ...]
    yes: frozenset[int]
    reason: str
    children: tuple[Someone, ...] = ()
    judged: bool = True
    history: Typed = field(default_factory=dict)
    urgency: str = "standard"
    sharing: Typed = field(default_factory=lambda: dict(AGREED))
    contact: Typed = field(default_factory=lambda: {"rule": "Through the school office only."})
    address: str = ""
    form: dict[str, Typed] = field(default_factory=dict)


@dataclass
class Desk:
    """Somebody at work on a day."""

    client: Browse
    world: World
    user: User
    at: datetime

    def sit(self) -> Browse:
        """Signs them in at their own moment."""
        self.client.moment = self.at
        return as_user(self.client, self.world, self.user)

    def send(self, path: str, typed: Typed) -> Any:
        """Sends a form."""
        return self.client.submit(path, {"form_key": uuid4().hex, **typed})

    def saved(self, path: str, typed: Typed) -> str:
        """Sends a form that is taken; returns where it leads."""
        answer = self.send(path, typed)
        assert answer.status_code == 303, (path, text_of(answer))
        return str(answer.headers["location"])

    def reads(self, path: str) -> str:
        """The words of a page."""
        answer = self.sit().get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return text_of(answer)


def text_of(answer: Any) -> str:
    """The words of an answer, without tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).strip()


def draft(desk: Desk, told: Told) -> str:
    """Fills in every part of a referral; returns its address."""
    desk.sit()
    here = desk.saved("/referrals/new", {"safe_to_talk": "alone"}).removesuffix("/judgement")
    view = "serious" if told.judged else "worried"
    desk.saved(f"{here}/judgement", {"view": view, "why": told.reason})
    for at in range(5):
        items = range(5 * at + 1, min(5 * at + 5, 24) + 1)
        answers = {f"answer-{item}": "yes" if item in told.yes else "no" for item in items}
        desk.saved(f"{here}/checklist/{at + 1}", answers)
    last = {"refer": "yes", "why": told.reason} if told.judged else {"refer": "no"}
    desk.saved(f"{here}/final", last)
    desk.saved(f"{here}/victim", told.victim.typed())
    for part, people in (("perpetrators", told.harming), ("children", told.children)):
        for person in people:
            desk.saved(f"{here}/{part}/new", person.typed())
            _more(desk, here, part, person)
    desk.saved(f"{here}/contact", told.contact)
    if told.address:
        desk.saved(f"{here}/address", {"words": told.address})
    desk.saved(f"{here}/reason", {"reason": told.reason, "urgency": told.urgency, **told.history})
    desk.saved(f"{here}/sharing", told.sharing)
    for part, typed in told.form.items():
        desk.saved(f"{here}/form/{part}", typed)
    return here


def _more(desk: Desk, here: str, part: str, person: Someone) -> None:
    """What the form asks about one person beyond their own page."""
    if person.form:
        sheet = {"perpetrators": "perpetrator", "children": "child"}[part]
        row = max(find(desk.world, here).case.involvements, key=lambda one: one.position)
        desk.saved(f"{here}/form/{sheet}/{row.id.hex}", person.form)


def refer(desk: Desk, told: Told) -> Referral:
    """Fills in a referral and sends it."""
    here = draft(desk, told)
    assert desk.saved(f"{here}/submit", {}) == here
    return find(desk.world, here)


def find(world: World, here: str) -> Referral:
    """The referral at an address, as it is stored now."""
    world.session.expire_all()
    return world.session.get_one(Referral, _id(here))


def _id(here: str) -> Any:
    from uuid import UUID

    return UUID(here.removeprefix("/referrals/"))


def on(day: str, *, at: str = "incidents-0-on") -> Typed:
    """A day, `2026-11-20`, as three boxes."""
    year, month, number = day.split("-")
    return {f"{at}-year": year, f"{at}-month": month, f"{at}-day": number}
