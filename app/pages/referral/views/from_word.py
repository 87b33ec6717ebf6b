"""What was read of a Word form, and what a person still has to type."""

from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.templating import t, tn
from conferences.imports import consent, reach, unplaced
from conferences.imports.form_read import FormRead
from conferences.imports.forms import FIELDS, FORM, label_of
from conferences.models import Referral

# The parts of a draft beside which what is left of them is shown.
BESIDE = {"contact": reach.OF_VICTIM, "address": reach.OF_ADDRESS, "sharing": consent.LABELS}


class Nothing(BaseModel):
    """A form that only has its file."""


def from_word(session: Session, referral: Referral, part: str) -> list[tuple[str, str]]:
    """Gives what a Word form says for one part and nobody could place, to be read beside its questions."""
    labels = set(BESIDE.get(part, {}).values())
    pieces = unplaced.of(session, referral) if labels else []
    return [(one.label, one.words) for one in pieces if one.label in labels]


def read_page(referral: Referral, read: FormRead) -> dict[str, Any]:
    """Lists the fields that were read by name, how many answers, and the labels that were not understood."""
    found = [t(label_of(key)) for key in (*FIELDS, *FORM) if key in read.values or key in read.form]
    if read.answers:
        found.append(tn("%(count)s checklist answer", "%(count)s checklist answers", len(read.answers)))
    return {
        "href": f"/referrals/{referral.id.hex}",
        "found": found,
        "unread": [one or t("Text under no heading") for one in read.unread[:100]],
    }
