"""What was read of a Word form, and what a person still has to type."""

from typing import Any

from pydantic import BaseModel

from app.templating import t, tn
from conferences.imports.fields import BY_KEY
from conferences.imports.forms import FIELDS, FormRead
from conferences.models import Referral


class Nothing(BaseModel):
    """A form that only has its file."""


def read_page(referral: Referral, read: FormRead) -> dict[str, Any]:
    """Lists the fields that were read by name, how many answers, and the labels that were not understood."""
    found = [t(BY_KEY[key].label) for key in FIELDS if key in read.values]
    if read.answers:
        found.append(tn("%(count)s checklist answer", "%(count)s checklist answers", len(read.answers)))
    return {"href": f"/referrals/{referral.id.hex}", "found": found, "unread": read.unread[:100]}
