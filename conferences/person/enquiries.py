"""“Known elsewhere?”: asked by a person about a case, answered by a person in the other area.

The area that asks learns known, not known, or ring me, from whoever answers. It never learns what is written
there, and nothing that it is shown before the answer depends on what the other area holds.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, visibility
from conferences.errors import NotFound, WrongState, refuse_any
from conferences.finding import indexing, register, search
from conferences.finding.search import Hit
from conferences.matching import Facts
from conferences.models import Area, Case, Enquiry, EnquiryAnswer, Part, Person, User, new_id
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.sealing import seal, seal_json, unseal, unseal_json
from conferences.visibility import visible_to
from conferences.wall import conflicts, staff

ABOUT = {
    "victim": (Part.VICTIM,),
    "perpetrators": (Part.PERPETRATOR,),
    "both": (Part.VICTIM, Part.PERPETRATOR),
}
# A British telephone number, or a postcode: what is written here is kept in the other area.
REACHED = "Leave telephone numbers and addresses out. Say them when they ring you."
REACHES = re.compile(
    r"(?<!\d)(?:\+44|0)[\s().-]*(?:\d[\s().-]*){9,10}(?!\d)|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.I
)


@dataclass(frozen=True)
class Sent:
    """What the asking area sees of its question: to whom, when, and the answer once somebody gave it."""

    area: str
    asked_at: datetime
    answer: EnquiryAnswer | None
    answered_at: datetime | None


@dataclass(frozen=True)
class AskedAbout:
    """One person asked about, and whom of the own area they may be."""

    facts: Facts
    part: Part
    may_be: tuple[Hit, ...]


@dataclass(frozen=True)
class Received:
    """What the area that is asked sees: who asks, why, about whom."""

    enquiry: Enquiry
    from_area: str
    phone: str
    who: str
    agency: str
    reason: str
    about: tuple[AskedAbout, ...]
    answer: EnquiryAnswer | None


def other_areas(session: Session, actor: User) -> list[Area]:
    """Returns the areas that can be asked, by name."""
    return list(session.scalars(select(Area).where(Area.id != actor.area_id).order_by(Area.name)))


def ask(
    session: Session, actor: User, case: Case, *, area_id: UUID, about: str, reason: str, now: datetime
) -> Enquiry:
    """Asks another area's coordinator; asking again before the answer is the same question."""
    require(actor, Permission.ASK_ELSEWHERE, case)
    area = session.get(Area, area_id)
    persons = [row for part in ABOUT.get(about, ()) for row in people.in_part(case, part)]
    absent = [
        ("area", "Choose another area.", area is None or area.id == actor.area_id),
        ("about", "Choose whom to ask about.", not persons),
        ("reason", "Say why they need to know.", not reason.strip()),
        ("reason", REACHED, bool(REACHES.search(reason))),
    ]
    refuse_any((field, sentence) for field, sentence, wrong in absent if wrong)
    assert area is not None  # noqa: S101 - refused above otherwise
    waiting = select(Enquiry).where(
        Enquiry.case_id == case.id, Enquiry.area_id == area.id, Enquiry.answered_at.is_(None)
    )
    row = session.scalars(waiting).one_or_none()
    if row is not None:
        return row
    row = Enquiry(id=new_id(), area_id=area.id, from_area_id=actor.area_id, case_id=case.id)
    row.data_key, row.asked_at, row.asked_by_id = case.data_key, now, actor.id
    seal_json(session, row, "about", [_told(session, one.part, one.person) for one in persons])
    seal(session, row, "reason", reason)
    session.add(row)
    audit.record(session, actor, "enquiry.asked", row, at=now)
    session.flush()
    return row


def _told(session: Session, part: Part, person: Person) -> dict[str, object]:
    """Names and birth: what another area needs to look for somebody, and no way to reach them."""
    known = indexing.packed(register.facts_of(session, person))
    kept = ("name", "aliases", "former_names", "born", "sex")
    return {"part": part.value, **{name: known[name] for name in kept if name in known}}


def of_case(session: Session, actor: User, case: Case) -> list[Sent]:
    """Returns what was asked about a case, newest first, for those who may ask."""
    require(actor, Permission.ASK_ELSEWHERE, case)
    wanted = select(Enquiry).where(Enquiry.case_id == case.id).order_by(Enquiry.asked_at.desc())
    return [
        Sent(row.area.name, row.asked_at, answer_of(session, row), row.answered_at)
        for row in session.scalars(wanted)
    ]


def waiting(session: Session, actor: User) -> list[Enquiry]:
    """Returns the questions of other areas that nobody here has answered yet, oldest first.

    Not one about somebody whom the person is like: a question names who has come to be somewhere else.
    """
    wanted = visible_to(actor, Enquiry).where(Enquiry.answered_at.is_(None))
    rows = list(session.scalars(wanted.order_by(Enquiry.asked_at)))
    mine = _mine(session, actor)
    return [row for row in rows if not _is_alike(session, mine, row)]


def find(session: Session, actor: User, reference: str) -> Enquiry:
    """Returns a question of another area, or raises NotFound as if there were no such thing."""
    row = visibility.find(session, actor, Enquiry, reference)
    if _is_alike(session, _mine(session, actor), row):
        raise NotFound(Enquiry.__tablename__, row.id)
    return row


def _mine(session: Session, actor: User) -> Facts:
    ((_, facts),) = staff.facts_of_users(session, [actor])
    return facts


def _is_alike(session: Session, mine: Facts, row: Enquiry) -> bool:
    about = unseal_json(session, row, "about")
    return any(conflicts.likeness(mine, _facts(one)[1]) is not None for one in about)


def _facts(told: dict[str, object]) -> tuple[Part, Facts]:
    said = dict(told)
    return Part(str(said.pop("part"))), indexing.unpacked(said)


def look(session: Session, actor: User, enquiry: Enquiry, *, now: datetime) -> Received:
    """Opens a question of another area, with whom of the own area it may be about; recorded."""
    require(actor, Permission.ANSWER_ENQUIRY, enquiry)
    audit.record(session, actor, "enquiry.viewed", enquiry, at=now)
    asker = enquiry.asked_by
    about = unseal_json(session, enquiry, "about")
    return Received(
        enquiry=enquiry,
        from_area=enquiry.from_area.name,
        phone=enquiry.from_area.help_phone,
        who=unseal(session, asker, "name") or "",
        agency=asker.agency.name if asker.agency else "",
        reason=unseal(session, enquiry, "reason") or "",
        about=tuple(_asked_about(session, actor, one, now) for one in about),
        answer=answer_of(session, enquiry),
    )


def _asked_about(session: Session, actor: User, told: dict[str, object], now: datetime) -> AskedAbout:
    part, facts = _facts(told)
    found = [UUID(one.id) for one in register.candidates(session, actor, facts, now=now)]
    return AskedAbout(facts, part, tuple(search.cases_of(session, actor, found)))


def answer(session: Session, actor: User, enquiry: Enquiry, given: EnquiryAnswer, *, now: datetime) -> None:
    """Answers known, not known, or ring me; once, and no more than that."""
    require(actor, Permission.ANSWER_ENQUIRY, enquiry)
    locked = session.get_one(Enquiry, enquiry.id, with_for_update=True, populate_existing=True)
    if locked.answered_at is not None:
        raise WrongState("This was answered already. Ring the other area to correct it.")
    seal(session, locked, "answer", given.value)
    locked.answered_at, locked.answered_by_id = now, actor.id
    audit.record(session, actor, "enquiry.answered", locked, at=now)
    session.flush()


def answer_of(session: Session, enquiry: Enquiry) -> EnquiryAnswer | None:
    """Reads the answer, once there is one."""
    given = unseal(session, enquiry, "answer")
    return EnquiryAnswer(given) if given else None
