"""Decisions drawn by lot, as the chair reads them."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.forms import Lines
from app.pages.words.case import decision_words
from app.pages.words.triage import declined_words, elsewhere_words
from app.templating import clock, short_day, t
from conferences.models import Draw
from conferences.person import people
from conferences.referral import deciding, sampling
from conferences.sealing import unseal


class Read(BaseModel):
    """Whether the chair agrees, and what the chair noted."""

    messages: ClassVar = {("agrees", "*"): "Select whether you agree"}
    agrees: Literal["yes", "no"]
    note: Annotated[Annotated[Lines, Field(max_length=4000)] | None, Field(title="the note")] = None


def rows(session: Session, found: Sequence[Draw]) -> list[dict[str, str]]:
    """Gives each drawn decision in a line, by reference and initials."""
    return [
        {
            "href": f"/sample/{row.id.hex}",
            "text": f"{row.referral.case.reference}, {_initials(session, row)}",
            "sub": f"{decision_words(row.decision.kind)} · {short_day(row.decision.at)}",
            "verb": t("Read"),
            "verb_href": f"/sample/{row.id.hex}",
        }
        for row in found
    ]


def _initials(session: Session, row: Draw) -> str:
    return people.initials(people.name_of(session, people.victim_of(row.referral.case)))


def one(session: Session, row: Draw) -> dict[str, Any]:
    """Gives one drawn decision with its words, and what was noted once it was read."""
    decision = row.decision
    words = (
        declined_words(decision.decline_code),
        elsewhere_words(row.referral.redirected_to),
        deciding.reason_of(session, decision),
        unseal(session, decision, "signpost"),
        unseal(session, decision, "advice"),
    )
    return {
        "row": row,
        "reference": f"{row.referral.case.reference}, {_initials(session, row)}",
        "what": decision_words(decision.kind),
        "when": f"{short_day(decision.at)}, {clock(decision.at)}",
        "words": [said for said in words if said],
        "note_said": sampling.note_of(session, row) or "",
        "agreed": {True: t("You agreed."), False: t("You did not agree."), None: ""}[row.agrees],
    }
