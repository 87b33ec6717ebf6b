"""What a referral still needs before it can be sent: the form's definitions, and the area's policy."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from conferences import fields, policies
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.fields import FormField, Level, Sheet, When
from conferences.models import Involvement, Part, Policy, Referral
from conferences.person import people
from conferences.referral import told
from conferences.sealing import unseal_json

# A part that is filled in for each person is reached through the list of those people.
PLACES = {"perpetrator": "perpetrators", "child": "children", "adult": "adults"}


class Done(StrEnum):
    """How far one part of a draft has got."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_YET = "cannot_start_yet"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Known:
    """What conditions may ask about: what was told so far, and which concepts the checklist raises."""

    told: Mapping[str, Any]
    concepts: frozenset[str]

    def meets(self, when: When | None) -> bool:
        """Returns whether a condition holds; no condition always does."""
        if when is None:
            return True
        if when.concept is not None:
            return when.concept in self.concepts
        return self.told.get(when.field or "") in when.among

    def beside(self, row: Mapping[str, Any]) -> "Known":
        """Returns this with what was told about one person on top."""
        return Known({**self.told, **row}, self.concepts)


def known(session: Session, referral: Referral) -> Known:
    """Gathers what the form's conditions ask about."""
    victim = people.victim_of(referral.case)
    found = told.read(session, referral) | (told.read(session, victim) if victim else {})
    sharing = unseal_json(session, referral, "sharing") or {}
    beside = {"consent": sharing.get("consent"), "urgency": referral.urgency.value}
    return Known(found | beside, _concepts(session, referral))


def _concepts(session: Session, referral: Referral) -> frozenset[str]:
    given = assessments.values(assessments.answers_of(session, referral.assessment))
    slug = referral.assessment.instrument
    return frozenset(
        concept
        for concept, items in fields.form().concepts.items()
        if any(given.get(item) in ("yes", "present") for item in items.get(slug, ()))
    )


def sheets(session: Session, referral: Referral) -> list[Sheet]:
    """Returns the parts of the form that arise in this referral, in order."""
    facts = known(session, referral)
    return [one for one in fields.form().sheets.values() if facts.meets(one.when)]


def level_of(one: FormField, policy: Policy) -> Level:
    """Returns how much an area asks of a field; what safety depends on no area can leave out."""
    if one.key in policy.fields_required:
        return Level.REQUIRED
    if one.key in policy.fields_left_out and one.level is Level.REQUIRED and not one.safety:
        return Level.ASKED
    return one.level


def policy_of(session: Session, referral: Referral) -> Policy:
    """Returns the policy that says what this referral needs: the one in force when it was begun."""
    return policies.in_force(session, referral.area_id, local_day(referral.started_at))


def missing(session: Session, referral: Referral) -> list[tuple[str, str]]:
    """Lists what must still be there before sending, as (place, sentence), in the form's order."""
    return [(place, one.absent) for place, one in _absent(session, referral, Level.REQUIRED)]


def reminders(session: Session, referral: Referral) -> list[tuple[str, str]]:
    """Lists what is worth asking and not answered yet, as (place, label); it never stops a referral."""
    return [(place, one.label) for place, one in _absent(session, referral, Level.ASKED)]


def _absent(session: Session, referral: Referral, level: Level) -> Iterator[tuple[str, FormField]]:
    facts, policy = known(session, referral), policy_of(session, referral)
    for part in (one for one in fields.form().sheets.values() if facts.meets(one.when)):
        wanted = [one for one in part.fields if level_of(one, policy) is level]
        if wanted:
            place = PLACES.get(part.key, part.key)
            yield from ((place, one) for one in _unanswered(session, referral, part, wanted, facts))


def _unanswered(
    session: Session, referral: Referral, part: Sheet, wanted: list[FormField], facts: Known
) -> list[FormField]:
    at_home = [one for one in wanted if one.home and not HOMES[one.key](session, referral)]
    rows = told.rows_for(referral, part)
    if part.page:
        return at_home
    if not rows and not part.each:
        return [one for one in wanted if facts.meets(one.when)]
    found = []
    for row in rows:
        here = told.read(session, row)
        open_ = [one for one in wanted if one.key not in here and facts.beside(here).meets(one.when)]
        found += [one for one in open_ if one not in found]
    return [one for one in wanted if one in found]


def done(session: Session, referral: Referral, part: Sheet) -> Done:
    """Says how far a part that is kept with the form has got."""
    row = told.row_for(referral, part)
    if row is None:
        return Done.NOT_YET
    here, facts = told.read(session, row), known(session, referral)
    policy = policy_of(session, referral)
    wanted = [one for one in part.fields if level_of(one, policy) is not Level.OPTIONAL]
    wanted = [one for one in wanted if facts.meets(one.when)]
    if not any(one.key in here for one in part.fields):
        return Done.NOT_STARTED if wanted or part.when else Done.OPTIONAL
    return Done.DONE if all(one.key in here for one in wanted) else Done.IN_PROGRESS


def begun(session: Session, referral: Referral, key: str) -> Done:
    """Says whether a part with a page of its own has anything in it yet."""
    asked = fields.form().sheets[key].fields
    return Done.DONE if any(HOMES[one.key](session, referral) for one in asked) else Done.NOT_STARTED


def _victim_has(column: str) -> Callable[[Session, Referral], object]:
    def has(session: Session, referral: Referral) -> object:
        row: Involvement | None = people.victim_of(referral.case)
        return row and getattr(people.details_of(session, row), column)

    return has


def _can_be_reached(session: Session, referral: Referral) -> object:
    row = people.victim_of(referral.case)
    return row and row.person.safe_contact


def _has_address(session: Session, referral: Referral) -> bool:
    row = people.victim_of(referral.case)
    return row is not None and people.has_address(session, row.person)


def _sharing_is_said(session: Session, referral: Referral) -> object:
    """Agreement alone is no basis: a form that was read in may say the one and not the other."""
    said = unseal_json(session, referral, "sharing") or {}
    return said.get("basis") and (said.get("consent") == "given" or said.get("why"))


# Whether what is stored beside the form is there: one line for each such field.
HOMES: dict[str, Callable[[Session, Referral], object]] = {
    "first_judgement": lambda session, referral: referral.assessment.first_judgement_sealed,
    "answers": lambda session, referral: assessments.answers_of(session, referral.assessment),
    "last_judgement": lambda session, referral: referral.assessment.final_judgement_sealed,
    "victim_name": lambda session, referral: people.victim_of(referral.case),
    "victim_known_as": _victim_has("known_as"),
    "victim_former_names": _victim_has("former_names"),
    "victim_born": _victim_has("born"),
    "victim_gender": _victim_has("gender"),
    "victim_language": _victim_has("language"),
    "victim_detail": _victim_has("detail"),
    "safe_contact": _can_be_reached,
    "safe_address": _has_address,
    "perpetrator_named": lambda session, referral: people.in_part(referral.case, Part.PERPETRATOR),
    "reason": lambda session, referral: referral.reason_sealed,
    "wishes": lambda session, referral: referral.wishes_sealed,
    "dates": lambda session, referral: told.read(session, referral).get("dates"),
    "consent": lambda session, referral: _sharing_is_said(session, referral),
}
