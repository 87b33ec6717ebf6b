"""What was read of a Word form, and what a person still has to type."""

from typing import Any

from pydantic import BaseModel

from app.templating import t, tn
from conferences.imports.forms import FIELDS, FORM, FormRead, label_of
from conferences.models import Referral


class Nothing(BaseModel):
    """A form that only has its file."""


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
