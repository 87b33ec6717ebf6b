"""What the referral pages read: a person's own referrals, how far a draft has got, what is asked of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import fields, policies
from conferences.checklist import assessments
from conferences.checklist.assessments import Progress
from conferences.errors import NotFound, WrongState
from conferences.models import (
    Area,
    Conference,
    DecisionKind,
    Involvement,
    Listing,
    ListingStatus,
    Part,
    Referral,
    ReferralStatus,
    Role,
    User,
)
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.referral import completeness, deciding, referrals, told
from conferences.referral.completeness import Done
from conferences.sealing import unseal_json
from conferences.visibility import find, visible_to

SENT = "This referral has been sent. It cannot be changed here any more."


@dataclass(frozen=True)
class SectionDone:
    """How many questions of one section are answered; `number` counts from 1."""

    number: int
    title: str
    answered: int
    total: int

    @property
    def done(self) -> Done:
        """How far the section has got."""
        if self.answered == self.total:
            return Done.DONE
        return Done.IN_PROGRESS if self.answered else Done.NOT_STARTED


@dataclass(frozen=True)
class ReferralRow:
    """One referral in a list: initials and a reference, never a name."""

    referral: Referral
    initials: str
    progress: Progress | None


def open_draft(session: Session, actor: User, reference: str) -> Referral:
    """Returns the author's draft; WrongState once it was sent, NotFound where it may not be known of."""
    referral = find(session, actor, Referral, reference)
    if referral.referrer_id == actor.id and referral.status is not ReferralStatus.DRAFT:
        raise WrongState(SENT)
    require(actor, Permission.EDIT_REFERRAL, referral)
    return referral


def rows(session: Session, actor: User) -> list[ReferralRow]:
    """Returns the referrals a person made, and for a representative their agency's, newest first."""
    # What was taken from an earlier list is nobody's referral to follow; it stands on the case.
    seen = visible_to(actor, Referral).where(Referral.import_id.is_(None))
    if actor.role is Role.REPRESENTATIVE:
        seen = seen.where((Referral.referrer_id == actor.id) | (Referral.agency_id == actor.agency_id))
    else:
        seen = seen.where(Referral.referrer_id == actor.id)
    found = session.scalars(seen.order_by(Referral.started_at.desc(), Referral.id))
    return [_row(session, referral) for referral in found]


def _row(session: Session, referral: Referral) -> ReferralRow:
    victim = people.victim_of(referral.case)
    name = people.name_of(session, victim) if victim else ""
    draft = referral.status is ReferralStatus.DRAFT
    return ReferralRow(
        referral, people.initials(name), assessments.progress(session, referral) if draft else None
    )


def sections_done(session: Session, referral: Referral) -> list[SectionDone]:
    """Counts the answers section by section."""
    given = assessments.values(assessments.answers_of(session, referral.assessment))
    asked = {item.id for item in assessments.asked_of(session, referral.assessment)}
    found = []
    for at, section in enumerate(assessments.edition_of(referral.assessment).sections, 1):
        items = [item for item in section.items if item.id in asked]
        found.append(SectionDone(at, section.title, sum(item.id in given for item in items), len(items)))
    return found


def parts_done(session: Session, referral: Referral) -> dict[str, Done]:
    """Says of every part of a draft besides the questions how far it has got."""
    absent = {part for part, _ in referrals.missing(session, referral)}
    tasks = ("judgement", "final", "victim", "perpetrators", "contact", "reason", "sharing")
    found = {task: completeness.begun(session, referral, task) for task in tasks}
    victim = people.victim_of(referral.case)
    found["children"] = Done.DONE if people.in_part(referral.case, Part.CHILD) else Done.OPTIONAL
    found["adults"] = Done.DONE if people.in_part(referral.case, Part.OTHER_ADULT) else Done.OPTIONAL
    found["address"] = Done.OPTIONAL
    found["dates"] = Done.DONE if told.read(session, referral).get("dates") else Done.OPTIONAL
    walled = referral.case.exclusions or referral.case.restrictions
    found["exclusions"] = Done.DONE if walled else Done.OPTIONAL
    if victim is None:
        found["contact"] = found["address"] = Done.NOT_YET
    elif people.has_address(session, victim.person):
        found["address"] = Done.DONE
    for part in fields.form().sheets.values():
        if not part.page and not part.each:
            found[part.key] = completeness.done(session, referral, part)
    if found["sharing"] is Done.NOT_STARTED and referral.sharing_sealed:
        found["sharing"] = Done.IN_PROGRESS  # a form that was read in said whether they agreed, and no basis
    found["check"] = Done.NOT_YET if absent else Done.NOT_STARTED
    return {name: _partly(state, name in absent) for name, state in found.items()}


def _partly(state: Done, lacks: bool) -> Done:
    """A part that has something and still lacks what is required is in progress."""
    return Done.IN_PROGRESS if lacks and state in (Done.DONE, Done.OPTIONAL) else state


def person_in(referral: Referral, part: Part, reference: str) -> Involvement:
    """Returns one person of a draft by reference, or raises NotFound."""
    for row in people.in_part(referral.case, part):
        if row.id.hex == reference:
            return row
    raise NotFound


def question_of(session: Session, referral: Referral) -> str | None:
    """Reads the coordinator's newest question."""
    asked = deciding.newest(referral, DecisionKind.RETURNED)
    return deciding.reason_of(session, asked) if asked else None


def first_view(session: Session, referral: Referral) -> str | None:
    """Reads what the referrer thought before the first question, one of `assessments.VIEWS`."""
    given = unseal_json(session, referral.assessment, "first_judgement") or {}
    view: str | None = given.get("view")
    return view


def decide_by(session: Session, referral: Referral) -> datetime:
    """Returns when the coordinator has to have decided."""
    sent = referral.submitted_at or referral.started_at
    area = session.get_one(Area, referral.area_id)
    return policies.decide_by(sent, policies.in_force(session, area.id, sent.date()), area.nation)


def meeting_at(session: Session, actor: User, referral: Referral) -> datetime | None:
    """Returns when the meeting is that a referral goes to, for whoever may know the referral."""
    seen = visible_to(actor, Referral).where(Referral.id == referral.id).subquery()
    return session.scalar(
        select(Conference.starts_at)
        .join(Listing, Listing.conference_id == Conference.id)
        .join(seen, (seen.c.id == Listing.referral_id) | (seen.c.merged_into_id == Listing.id))
        .where(Listing.status != ListingStatus.TAKEN_OFF)
        .order_by(Conference.starts_at.desc())
        .limit(1)
    )
