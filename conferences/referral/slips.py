"""Words that slipped in where they should not be: an address in free text that many people read."""

import re
from collections.abc import Iterator

from sqlalchemy.orm import Session

from conferences import fields
from conferences.checklist import assessments
from conferences.models import Referral
from conferences.person import people
from conferences.referral import told
from conferences.sealing import unseal, unseal_json

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w’'-]+\s+){1,3}"
    r"(?:Road|Rd|Street|St|Lane|Avenue|Ave|Close|Drive|Way|Court|Terrace|Place|Gardens|Grove|Row|Crescent)\b"
)


def has_address(words: str | None) -> bool:
    """Returns whether words seem to hold a postcode, or a house number with a street."""
    return bool(words) and bool(_POSTCODE.search(words or "") or _STREET.search(words or ""))


def likely_addresses(session: Session, referral: Referral) -> list[str]:
    """Returns the labels of what was written in a draft that seems to hold an address."""
    return list(dict.fromkeys(label for label, words in _written(session, referral) if has_address(words)))


def _written(session: Session, referral: Referral) -> Iterator[tuple[str, str | None]]:
    form = fields.form()
    for key in ("reason", "wishes"):
        yield form.fields[key].label, unseal(session, referral, key)
    for column in ("first_judgement", "final_judgement"):
        yield "What made you think so", (unseal_json(session, referral.assessment, column) or {}).get("why")
    for given in assessments.answers_of(session, referral.assessment).values():
        yield "Notes on the questions", given.get("note")
    yield "Why sharing is necessary", (unseal_json(session, referral, "sharing") or {}).get("why")
    for person in referral.case.involvements:
        yield "More about them", people.details_of(session, person).detail
    for sheet in form.sheets.values():
        for row in told.rows_for(referral, sheet):
            here = told.read(session, row)
            yield from (
                (one.label, here.get(one.key)) for one in sheet.fields if one.kind in ("line", "text")
            )
