"""What must be seen at the door of a referral: who is too young, who lives elsewhere, who is who."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import risk
from conferences import births
from conferences.errors import Refused
from conferences.models import Case, Elsewhere, Gate, Involvement, Part, Referral
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.referral import told

SIXTEEN, CHILDREN = 16, "childrens_services"
# Where each belongs first (process specification, sections 2.2 and 2.3); a person presses the button.
ROUTES = {
    Gate.UNDER_16: Elsewhere.CHILD_PROTECTION,
    Gate.OUTSIDE_AREA: Elsewhere.OTHER_AREA,
    Gate.HARMER_UNDER_16: Elsewhere.CHILD_PROTECTION,
}


def gate_of(session: Session, referral: Referral, on: date) -> Gate | None:
    """Returns why a referral belongs on another route first, or None; it is never refused for that.

    Somebody who may be under 16 on that day is taken to be.
    """
    victim, harming = people.victim_of(referral.case), people.in_part(referral.case, Part.PERPETRATOR)
    if victim and _may_be_under_16(session, victim, on):
        return Gate.UNDER_16
    if told.read(session, referral).get("lives_in_area") == "no":
        return Gate.OUTSIDE_AREA
    if harming and all(_may_be_under_16(session, one, on) for one in harming):
        return Gate.HARMER_UNDER_16
    return None


def _may_be_under_16(session: Session, row: Involvement, on: date) -> bool:
    born = births.parse(people.details_of(session, row).born)
    return born is not None and births.ages(born, on)[0] < SIXTEEN


def of_the_checklist(result: Mapping[str, Any] | None) -> list[str]:
    """Returns what the checklist's own rules say of where else somebody belongs, as reasons of the queue."""
    routes = (result or {}).get("routes", ())
    told_as_well = any(CHILDREN in (one["to"], *one["also"]) for one in routes)
    fits_another = any(another_checklist(one) for one in routes)
    return [CHILDREN] * told_as_well + ["other_checklist"] * fits_another


def another_checklist(route: Mapping[str, Any]) -> str:
    """Returns the checklist that a route of a result leads to, or an empty text when it leads elsewhere."""
    to: str = route["to"] or ""
    return to if to in {one.slug for one in risk.editions()} else ""


def check_person(
    session: Session, case: Case, part: Part, details: PersonDetails, row: Involvement | None
) -> None:
    """Raises Refused for somebody of whom nothing is known, and for one person on both sides of the harm."""
    if part is not Part.VICTIM and not (details.name or details.relationship or details.detail):
        raise Refused("Enter a name, or what you know of them.", field="name")
    if part not in (Part.VICTIM, Part.PERPETRATOR):
        return
    across = Part.PERPETRATOR if part is Part.VICTIM else Part.VICTIM
    for other in people.in_part(case, across):
        if other is not row and _same(details, people.details_of(session, other)):
            raise Refused(
                "The person at risk and the person who causes harm have the same name. If they are two "
                "people, give both dates of birth.",
                field="name",
            )


def _same(one: PersonDetails, other: PersonDetails) -> bool:
    if not one.name or not other.name or _plain(one.name) != _plain(other.name):
        return False
    return not one.born or not other.born or one.born == other.born


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
