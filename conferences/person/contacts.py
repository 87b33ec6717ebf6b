"""How a person may be reached: given, changed, looked at, and the one way anything may use it.

Whatever writes to a person or rings them asks `safe_to_use`, which opens nothing that is not safe. No module
that makes a document, a mail or an export opens a way by itself; a test reads the code for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from conferences import audit
from conferences.errors import Refused, Stale
from conferences.finding import indexing
from conferences.models import (
    AuditEntry,
    Case,
    ContactPoint,
    Involvement,
    Part,
    Person,
    SafeAddress,
    SafeContact,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.person import apart, people
from conferences.reaching import (
    MOST_POINTS,
    Address,
    Care,
    Contact,
    Point,
    Safe,
    Way,
    check,
    packed,
    unpacked,
)
from conferences.sealing import seal, seal_json, unseal, unseal_json
from conferences.wall import conflicts

# What the trail calls the ways of each: nobody who reads it can take one person’s for another’s.
OF_PART = {Part.VICTIM: "contact", Part.PERPETRATOR: "harm_contact"}
MOST_CHANGES = 20
NAMES = {
    Way.PHONE: "telephone number",
    Way.MAIL: "mail address",
    Way.ADDRESS: "postal address",
}


class NotSafe(Refused):
    """A way must not be used, or not now; the sentence says why and never what or where it is."""


@dataclass(frozen=True)
class Usable:
    """A way that may be used now, and the words that must be read first."""

    value: str
    rule: str | None
    times: str | None


@dataclass(frozen=True)
class Changed:
    """One change to how a person may be reached: when, by whom, and what was done."""

    at: datetime
    who: str
    what: str


def rows_of(session: Session, person: Person) -> Sequence[ContactPoint]:
    """Returns a person’s ways in their order, unopened, for `safe_to_use`."""
    wanted = select(ContactPoint).where(ContactPoint.person_id == person.id, ContactPoint.ended_at.is_(None))
    return session.scalars(wanted.order_by(ContactPoint.position)).all()


def rule_of(session: Session, person: Person | None) -> str | None:
    """Returns the rule that every agency reads first; it may stand on paper, the ways may not."""
    held = person.safe_contact if person else None
    return unseal(session, held, "rule") if held else None


def contact_of(session: Session, person: Person) -> Contact:
    """Opens how a person may be reached; the caller has asked whether the reader may, and recorded it."""
    points = tuple(_point(session, row) for row in rows_of(session, person))
    return Contact(rule_of(session, person), points)


def version_of(person: Person) -> int:
    """Returns which state of a person’s ways this is; 0 before anything was said."""
    return person.safe_contact.version if person.safe_contact else 0


def _point(session: Session, row: ContactPoint) -> Point:
    return unpacked(Point, unseal_json(session, row, "said"))


def give(
    session: Session,
    actor: User,
    case: Case,
    person: Person,
    contact: Contact,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Records how a person may be reached, as a whole: a way that is not named any more is ended.

    The caller has asked whether the actor may. Raises Stale for a version that is not the newest, and Refused
    for a way that is said to be safe and reaches somebody who may cause harm.
    """
    _expect(contact)
    apart.check_ways(session, case, person, contact)
    held = _locked(session, person)
    if version is not None and version != version_of(person):
        raise Stale
    before = contact_of(session, person)
    if held is not None and before == contact:
        return
    if held is None:
        held = SafeContact(id=new_id(), person_id=person.id, data_key=person.data_key)
        session.add(held)
        person.safe_contact = held
    seal(session, held, "rule", contact.rule)
    flag_modified(held, "rule_sealed")  # the version counts a changed way as well
    _replace(session, actor, person, contact.points, now)
    indexing.index(session, person)
    kind = f"{noun(case, person)}.{'given' if before == Contact() else 'changed'}"
    said = {"rule": before.rule != contact.rule, "points": before.points != contact.points}
    parts = [name for name in said if said[name]] + [_mark(one) for one in _rows_of(case, person)]
    audit.record(session, actor, kind, case, at=now, fields=",".join(parts))


def _locked(session: Session, person: Person) -> SafeContact | None:
    held = person.safe_contact
    return session.get(SafeContact, held.id, with_for_update=True) if held else None


def _expect(contact: Contact) -> None:
    if not contact.rule and not contact.points:
        raise Refused("Give a way to reach them, or the rule for agencies.", field="points")
    if len(contact.points) > MOST_POINTS:
        raise Refused(f"Give up to {MOST_POINTS} ways to reach them.", field="points")
    for one in contact.points:
        check(one)


def _replace(session: Session, actor: User, person: Person, points: tuple[Point, ...], now: datetime) -> None:
    left = list(points)
    for row in rows_of(session, person):
        point = _point(session, row)
        if point in left:
            row.position = points.index(point)
            left.remove(point)
        else:
            row.ended_at, row.ended_by_id = now, actor.id
    for point in left:
        row = ContactPoint(id=new_id(), person_id=person.id, data_key=person.data_key, given_at=now)
        row.given_by_id, row.position = actor.id, points.index(point)
        seal_json(session, row, "said", packed(point))
        session.add(row)
    session.flush()


def change(
    session: Session,
    actor: User,
    case: Case,
    person: Person,
    contact: Contact,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Changes how a person may be reached after the referral was sent: numbers change, and so does danger.

    Whoever is like them by what is known now is shut out of all their cases until a person has looked.
    """
    require(actor, Permission.CHANGE_CONTACT, case)
    give(session, actor, case, person, contact, now=now, version=version)
    conflicts.look_at_people(session, [person.id], now=now)


def change_address(
    session: Session, actor: User, case: Case, person: Person, words: str, *, care: Care, now: datetime
) -> None:
    """Records where a person is now, after the referral was sent; what was held is not shown for it."""
    require(actor, Permission.CHANGE_CONTACT, case)
    people.set_address(session, actor, case, person, words, care=care, now=now)
    conflicts.look_at_people(session, [person.id], now=now)


def look(session: Session, actor: User, case: Case, person: Person, *, now: datetime) -> Contact:
    """Shows how a person may be reached, and records who looked.

    What has come to reach somebody who may cause harm is shown as unsafe, whatever was said before.
    """
    require(actor, seeing(case, person), case)
    audit.record(session, actor, f"{noun(case, person)}.viewed", case, at=now)
    known = contact_of(session, person)
    shown = tuple(apart.as_shown(session, person, one, one) for one in known.points)
    return Contact(known.rule, shown)


def noun(case: Case, person: Person) -> str:
    """Returns what the trail calls a person’s ways, by who they are in the case."""
    return OF_PART.get(apart.part_of(case, person) or Part.OTHER_ADULT, "other_contact")


def seeing(case: Case, person: Person) -> Permission:
    """Returns what somebody needs to look at a person’s ways."""
    harms = apart.part_of(case, person) is Part.PERPETRATOR
    return Permission.VIEW_HARM_CONTACT if harms else Permission.VIEW_CONTACT


def history(session: Session, case: Case, person: Person) -> list[Changed]:
    """Returns when and by whom a person's ways were given or changed, newest first, for those who may look.

    Of several children, adults or people who may cause harm each has their own. A line from before the trail
    said whose it was counts for the only one of their kind, and for nobody where there are more.
    """
    said = noun(case, person)
    kinds = [f"{said}.given", f"{said}.changed", *(["address.given"] if said == "contact" else [])]
    wanted = select(AuditEntry).where(AuditEntry.subject_id == case.id, AuditEntry.kind.in_(kinds))
    marks = {_mark(one) for one in _rows_of(case, person)}
    alone = len({row.person_id for row in case.involvements if noun(case, row.person) == said}) == 1
    rows = session.scalars(wanted.order_by(AuditEntry.seq.desc())).all()
    found = [row for row in rows if _is_of(row, marks, alone=alone)][:MOST_CHANGES]
    return [Changed(row.at, _name(session, row), audit.SENTENCES[row.kind]) for row in found]


def _rows_of(case: Case, person: Person) -> list[Involvement]:
    """The rows by which the trail tells several apart; there is one person at risk."""
    rows = [row for row in case.involvements if row.person_id == person.id]
    return [row for row in rows if row.part is not Part.VICTIM]


def _mark(row: Involvement) -> str:
    """What the trail calls one of several in a case: nothing that says who they are."""
    return f"of:{row.id.hex}"


def _is_of(row: AuditEntry, marks: set[str], *, alone: bool) -> bool:
    named = {part for part in (row.fields or "").split(",") if part.startswith("of:")}
    return bool(named & marks) if named else alone


def _name(session: Session, row: AuditEntry) -> str:
    user = session.get(User, row.actor_id) if row.actor_id else None
    return (unseal(session, user, "name") if user else None) or ""


def safe_to_use(
    session: Session, held: ContactPoint | SafeAddress, *, at: datetime, leaving_message: bool = False
) -> Usable:
    """Returns a way that may be used at a moment; the only door for whatever writes to people or rings them.

    Raises NotSafe for what is unsafe, unknown, no longer theirs, or outside the hours given for it; for a
    message that others may hear, unless it was said to be safe as well; and for whatever reaches somebody who
    may cause harm. Hours given in words come back as `times`, the rule for every agency as `rule`: both are
    said with the value.
    """
    person = session.get_one(Person, held.person_id)
    care, value, name = _opened(session, held)
    if apart.causes_harm(session, person) or apart.reaches_harm(session, person, _as_point(care, value)):
        raise NotSafe(f"It is not safe to use this {name}.")
    if care is None:
        raise NotSafe(f"This {name} is no longer theirs.")
    if care.safety is Safe.UNSAFE:
        raise NotSafe(f"It is not safe to use this {name}.")
    if care.safety is not Safe.SAFE:
        raise NotSafe(f"Nobody has said that it is safe to use this {name}.")
    if leaving_message and not (isinstance(care, Point) and care.message is Safe.SAFE):
        raise NotSafe(f"Nobody has said that it is safe to leave a message with this {name}.")
    if not care.allows(at):
        raise NotSafe(f"It is not safe to use this {name} at this hour.")
    if not value:
        raise NotSafe(f"No {name} is held.")
    return Usable(value, rule_of(session, person), care.times)


def _as_point(care: Care | None, value: str | None) -> Point:
    way = care.way if isinstance(care, Point) else Way.ADDRESS
    return Point(way=way, value=value)


def _opened(session: Session, held: ContactPoint | SafeAddress) -> tuple[Care | None, str | None, str]:
    """Opens one way: how safe it is, or None when it is no longer theirs; what it is; its name in words."""
    if isinstance(held, ContactPoint):
        point = _point(session, held)
        return (None if held.ended_at else point), point.value, NAMES[point.way]
    care = unpacked(Address, unseal_json(session, held, "care"))
    return (None if held.superseded_at else care), unseal(session, held, "address"), "address"
