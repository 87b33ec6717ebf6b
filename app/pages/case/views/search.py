"""Search on the screen: what may be typed, and the people found, each with where the case stands."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field

from app.pages.words.case import part_tag, referral_tag
from app.templating import t, tn
from conferences.finding.search import Found, Hit

_WAYS = {
    "reference": "by reference",
    "name": "by name",
    "alias": "by another name",
    "phone": "by telephone",
    "postcode": "by postcode",
    "born": "by date of birth",
}
_TRIED = {
    "reference": "a reference",
    "name": "a name, also misspelt, or part of one",
    "phone": "a telephone number",
    "postcode": "a postcode",
    "born": "a date of birth",
}


class Searching(BaseModel):
    """What is looked for."""

    messages: ClassVar = {
        ("words", "missing"): "Type a name, a reference, a telephone number or a postcode",
        ("words", "string_too_long"): "Type at most 200 characters",
    }
    words: Annotated[str, Field(max_length=200, title="what to look for")]


def shown(found: Found) -> dict[str, Any]:
    """Returns what the page says about what was found, or what was looked for in vain."""
    count = len(found.hits)
    return {
        "rows": [row_shown(hit) for hit in found.hits],
        "count": tn("%(count)s found", "%(count)s found", count),
        "more": found.more,
        "tried": [t(_TRIED[way]) for way in found.tried],
    }


def row_shown(hit: Hit) -> dict[str, Any]:
    """Returns one person found, in one case."""
    return {
        "href": f"/search/{hit.case_id.hex}",
        "name": hit.name or t("Name not given yet"),
        "reference": hit.reference,
        "part": part_tag(hit.part),
        "agency": hit.agency,
        "state": referral_tag(hit.status) if hit.status else None,
        "way": t(_WAYS[hit.found_by]),
    }
