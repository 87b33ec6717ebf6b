"""What must be seen at the door of a referral: who is too young, who lives elsewhere, who is who."""

from datetime import date

from sqlalchemy.orm import Session

from conferences import births, people, told
from conferences.errors import Refused
from conferences.models import Case, Gate, Involvement, Part, Referral
from conferences.people import PersonDetails

SIXTEEN = 16


def gate_of(session: Session, referral: Referral, on: date) -> Gate | None:
    """Returns why a referral belongs on another route first, or None; it is never refused for that.

    Somebody who may be under 16 on that day is taken to be.
    """
    victim = people.victim_of(referral.case)
    born = births.parse(people.details_of(session, victim).born) if victim else None
    if born is not None and births.ages(born, on)[0] < SIXTEEN:
        return Gate.UNDER_16
    if told.read(session, referral).get("lives_in_area") == "no":
        return Gate.OUTSIDE_AREA
    return None


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
