"""Search inside one area, among what the asker may know of: by reference, name, telephone, postcode.

What was typed is kept nowhere: the trail holds a keyed hash of it, so that the same search can be recognised.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.errors import NotFound, Refused
from conferences.finding import register, search_words
from conferences.finding.search_words import LIKE, Asked
from conferences.matching import Facts
from conferences.models import Agency, Case, Involvement, Part, Referral, ReferralStatus, User
from conferences.permissions import Permission, may, require
from conferences.sealing import blind_index
from conferences.visibility import EVERY_CASE, visible_to

NOTHING = Asked((), Facts(), ())
SHOWN = 20
OPENED = 60


@dataclass(frozen=True)
class Hit:
    """One person in one case: what a result shows, and by what it was found."""

    case_id: UUID
    reference: str
    name: str
    part: Part
    agency: str
    status: ReferralStatus | None
    found_by: str


@dataclass(frozen=True)
class Found:
    """What came of a search: at most twenty people, whether there were more, and what was looked for.

    `tried` holds reference, name, phone, postcode, born: how the words were understood.
    """

    hits: tuple[Hit, ...]
    more: bool
    tried: tuple[str, ...]


@dataclass(frozen=True)
class _Search:
    """A search as the trail knows it: by a keyed hash of what was typed."""

    id: UUID
    area_id: UUID
    __tablename__: ClassVar[str] = "search"


def find(session: Session, actor: User, typed: str, *, now: datetime) -> Found:
    """Returns who answers what was typed, best first, among the cases the actor may know of."""
    require(actor, Permission.SEARCH)
    asked = search_words.read(typed, actor.area.reference_prefix)
    if asked.nothing:
        raise Refused("Type a name, a reference, a telephone number or a postcode.", field="words")
    audit.record(session, actor, "search.made", _trace(session, actor, typed), at=now)
    known = register.may_know(actor)
    ids = register.nearest(session, actor, search_words.keys(asked), known=known, most=OPENED)
    people = register.held(session, ids)
    likes = named = _likes(asked, people)
    if actor.role not in EVERY_CASE and (asked.facts.phones or asked.facts.postcodes):
        named = _likes(asked, {id: _unreached(one) for id, one in people.items()})
    # What was typed alone decides which statements run, so that nobody sees from the time what there is.
    meant = _at_risk(session, actor, asked.references, known) if asked.references else []
    rows = _rows(session, actor, [*likes, *meant], known)
    names = people | (
        register.held(session, [id for id in meant if id not in people]) if asked.references else {}
    )
    ranked = [_ranked(row, likes if _may_open_ways(actor, row) else named, asked, names) for row in rows]
    hits = sorted((one for one in ranked if one[0][0] < 0), key=lambda one: one[0])
    return Found(tuple(hit for _, hit in hits[:SHOWN]), len(hits) > SHOWN, asked.tried)


def _likes(asked: Asked, people: dict[UUID, Facts]) -> dict[UUID, tuple[float, str]]:
    alike = {id: search_words.likeness(asked, facts) for id, facts in people.items()}
    return {id: way for id, way in alike.items() if way[0] >= LIKE}


def _unreached(facts: Facts) -> Facts:
    return replace(facts, phones=(), postcodes=())


def _may_open_ways(actor: User, row: "_Row") -> bool:
    """Whoever may not open where somebody is, or how they are reached, finds nobody by guessing it."""
    return actor.role in EVERY_CASE or row.opened_by == actor.id


def _trace(session: Session, actor: User, typed: str) -> _Search:
    words = " ".join(typed.lower().split())
    return _Search(
        UUID(bytes=blind_index(session, f"searches of {actor.area_id.hex}", words)[:16]), actor.area_id
    )


def _at_risk(
    session: Session, actor: User, references: tuple[str, ...], known: ColumnElement[bool]
) -> list[UUID]:
    """Who is at risk in the cases with these references."""
    wanted = (
        select(Involvement.person_id)
        .join(Case, Case.id == Involvement.case_id)
        .where(
            Case.area_id == actor.area_id,
            Case.reference.in_(references),
            Involvement.part == Part.VICTIM,
            Involvement.removed_at.is_(None),
            known,
        )
    )
    return list(session.scalars(wanted))


def _rows(session: Session, actor: User, persons: list[UUID], known: ColumnElement[bool]) -> list["_Row"]:
    """These people in every case they are in that the actor may know of."""
    wanted = (
        select(Involvement.person_id, Involvement.part, Case.id, Case.reference, Case.opened_by_id)
        .join(Case, Case.id == Involvement.case_id)
        .where(
            Involvement.person_id.in_(persons),
            Involvement.removed_at.is_(None),
            known,
        )
        .order_by(Case.opened_at.desc(), Involvement.position)
        .limit(4 * OPENED)
    )
    found = session.execute(wanted).all()
    newest = _newest(session, actor, [row.id for row in found])
    return [_Row(*row, *newest.get(row.id, ("", None))) for row in found]


@dataclass(frozen=True)
class _Row:
    """One person in one case, before what was typed is compared with them."""

    person_id: UUID
    part: Part
    case_id: UUID
    reference: str
    opened_by: UUID
    agency: str
    status: ReferralStatus | None


def _newest(session: Session, actor: User, cases: list[UUID]) -> dict[UUID, tuple[str, ReferralStatus]]:
    """The agency and the state of each case's newest referral that the actor may know of."""
    wanted = (
        visible_to(actor, Referral)
        .join(Agency, Agency.id == Referral.agency_id)
        .where(Referral.case_id.in_(cases))
        .order_by(Referral.started_at)
        .with_only_columns(Referral.case_id, Agency.name, Referral.status)
    )
    return {row.case_id: (row.name, row.status) for row in session.execute(wanted)}


def _ranked(
    row: _Row, likes: dict[UUID, tuple[float, str]], asked: Asked, names: dict[UUID, Facts]
) -> tuple[tuple[float, str, str], Hit]:
    by_reference = row.reference in asked.references and row.part is Part.VICTIM
    score, way = (2.0, "reference") if by_reference else likes.get(row.person_id, (0.0, "name"))
    known = names.get(row.person_id)
    hit = Hit(
        case_id=row.case_id,
        reference=row.reference,
        name=(known.name if known else "") or "",
        part=row.part,
        agency=row.agency,
        status=row.status,
        found_by=way,
    )
    return (-round(score, 2), row.reference, hit.name), hit


def cases_of(session: Session, actor: User, persons: list[UUID]) -> list[Hit]:
    """Returns some people in every case they are in that the actor may know of, in the order given."""
    names, place = register.held(session, persons), {id: n for n, id in enumerate(persons)}
    rows = sorted(
        _rows(session, actor, persons, register.may_know(actor)), key=lambda row: place[row.person_id]
    )
    return [_ranked(row, {}, NOTHING, names)[1] for row in rows]


def open_hit(session: Session, actor: User, case_id: UUID, *, now: datetime) -> Case | Referral:
    """Returns what the actor may open of a case that was found: the case, else its newest referral.

    Notes that it was reached by a search; opening it is a line of its own. Raises NotFound.
    """
    require(actor, Permission.SEARCH)
    case = session.scalars(visible_to(actor, Case).where(Case.id == case_id)).one_or_none()
    sent = visible_to(actor, Referral).where(Referral.case_id == case_id)
    referral = session.scalars(sent.order_by(Referral.started_at.desc()).limit(1)).one_or_none()
    reached: Case | Referral | None = (
        case if case is not None and may(actor, Permission.VIEW_CASE, case) else referral
    )
    if reached is None:
        raise NotFound(Case.__tablename__, case_id)
    audit.record(session, actor, "search.opened", reached, at=now)
    return reached
