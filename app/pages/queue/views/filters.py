"""What of the queue is shown: filters in the address, and never a name among them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.datastructures import QueryParams

from app.pages.words.case import ground_tag
from app.templating import t, tn
from conferences.models import Urgency
from conferences.triage import queue_views
from conferences.triage.queue_views import Filters, QueueRow

GROUNDS = (
    "under_16",
    "outside_area",
    "harmer_under_16",
    "childrens_services",
    "other_checklist",
    "visible_high_risk",
    "professional_judgement",
    "potential_escalation",
    "repeat",
    "possible_high",
    "below_the_line",
    "unscored",
    "waiting_for_referrer",
    "decline_asked",
    "withdraw_asked",
    "appealed",
)
DAYS = (1, 2, 5)


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the address, its label, what can be chosen and what is."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def read(given: QueryParams) -> Filters:
    """Reads the filters from an address; what is not known filters nothing."""
    try:
        agency = UUID(given.get("agency", ""))
    except ValueError:
        agency = None
    waited = given.get("waited", "")
    return Filters(
        agency=agency,
        ground=_known(given.get("ground", ""), GROUNDS),
        children=_known(given.get("children", ""), ("yes", "no")),
        urgency=_known(given.get("urgency", ""), [kind.value for kind in Urgency]),
        waited=int(waited) if waited in map(str, DAYS) else 0,
    )


def _known(word: str, words: Any) -> str:
    return word if word in words else ""


def choices(rows: list[QueueRow], filters: Filters) -> list[Choice]:
    """Returns the filters as they are drawn, each with the present choice."""
    agencies = [(id.hex, name) for id, name in queue_views.agencies(rows)]
    here = [kind for kind in GROUNDS if any(kind in row.why_here for row in rows)]
    waited = [
        (str(n), tn("%(count)s working day or more", "%(count)s working days or more", n)) for n in DAYS
    ]
    return [
        Choice("agency", t("Agency"), agencies, filters.agency.hex if filters.agency else ""),
        Choice("ground", t("Why it is here"), [(kind, ground_tag(kind)[1]) for kind in here], filters.ground),
        Choice(
            "children", t("Children"), [("yes", t("With children")), ("no", t("Without"))], filters.children
        ),
        Choice(
            "urgency",
            t("Urgency"),
            [("emergency", t("Emergency")), ("standard", t("Standard"))],
            filters.urgency,
        ),
        Choice("waited", t("Waiting for"), waited, str(filters.waited) if filters.waited else ""),
    ]


def address(filters: Filters) -> str:
    """Returns the part of an address that keeps the filters; it never holds a name."""
    kept = {
        "agency": filters.agency.hex if filters.agency else "",
        "ground": filters.ground,
        "children": filters.children,
        "urgency": filters.urgency,
        "waited": str(filters.waited) if filters.waited else "",
    }
    said = urlencode({name: value for name, value in kept.items() if value})
    return f"?{said}" if said else ""
