"""What says that somebody belongs elsewhere: gates of a referral and of its checklist, each with its way."""

from dataclasses import dataclass
from typing import Any

from app.pages.words.triage import ELSEWHERE
from app.templating import t
from conferences.models import Gate, Referral
from conferences.referral import gates

# What the page says first, and what is recorded when the button under it is pressed.
GATES = {
    Gate.UNDER_16: (
        "Under 16, or may be",
        "This meeting is for people of 16 and over. Pass it to children’s services today and send it on "
        "below. The referrer was told to ring them as well.",
        "The person at risk is under 16, or may be. This meeting is for people of 16 and over.",
    ),
    Gate.OUTSIDE_AREA: (
        "They live in another area",
        "Ring that area’s coordinator today and send it on below. Agencies here may still have work to do.",
        "The person at risk lives in another area.",
    ),
    Gate.HARMER_UNDER_16: (
        "Whoever causes harm is under 16, or may be",
        "This meeting is about harm by people of 16 and over. Pass it to children’s services today and send "
        "it on below. The person at risk still needs somebody to keep them safe.",
        "Everyone who causes harm is under 16, or may be. Children’s services work with them.",
    ),
}


@dataclass(frozen=True)
class Way:
    """One press that sends a referral on: where to, and the words that are recorded with it."""

    to: str
    to_words: str
    reason: str


def gate_notes(referral: Referral) -> list[tuple[str, str]]:
    """Says first what belongs on another route today."""
    if referral.gate is None:
        return []
    title, words, _ = GATES[referral.gate]
    return [(t(title), t(words))]


def way_of(referral: Referral) -> Way | None:
    """Gives the one press for the gate of a referral, or None when it has none."""
    if referral.gate is None:
        return None
    to = gates.ROUTES[referral.gate]
    return Way(to.value, t(ELSEWHERE[to]), t(GATES[referral.gate][2]))


def checklist_routes(result: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    """Gives what the checklist says of where else somebody belongs: (title, because, where it is shown)."""
    found = []
    for route in (result or {}).get("routes", ()):
        to = gates.another_checklist(route)
        title = t("The checklist says: read it with care")
        if gates.CHILDREN in (route["to"], *route["also"]):
            title = t("The checklist says: tell children’s services")
        elif to:
            title = t("The checklist says: another one fits them")
        found.append((title, route["because"], f"/instruments/{to}" if to else ""))
    return found
