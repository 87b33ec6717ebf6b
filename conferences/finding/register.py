"""Who on the register may be the same person: first what the asker may know of, then keys, then judging.

Nobody reads the register as a whole. One statement finds those who share keys with the person asked about,
among the people of the cases that the asker may know of; only the few nearest are opened and judged.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Float,
    LargeBinary,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from conferences import matching, records
from conferences.calendars import local_day
from conferences.finding import indexing
from conferences.finding.indexing import facts_of
from conferences.matching import Candidate, Facts
from conferences.matching.choosing import AN_AREA
from conferences.models import Case, DataKey, Involvement, PersonFacts, PersonKey, Referral, User
from conferences.sealing import unseal_json
from conferences.visibility import EVERY_CASE, visible_to

__all__ = ["candidates", "facts_of", "held", "nearest", "sharing"]
OPENED = 60
# What sharing a key is worth when the nearest are looked for: the rarer what it is made of, the more.
_WORTH = {"t": 12.0, "m": 12.0, "d": 11.0, "a": 10.0, "p": 9.0, "n": 14.0, "y": 6.0}
_SLIPPED = 7.0  # a name of which only the beginning or the end is alike
Weighed = dict[str, float]


@dataclass(frozen=True)
class _Piece:
    """A sealed copy as a list of columns, without the object mapper."""

    id: UUID
    facts_sealed: bytes
    data_key: DataKey
    __tablename__ = PersonFacts.__tablename__


@dataclass(frozen=True)
class _Wrapped:
    """A data key as a list of columns."""

    id: UUID
    wrapped: bytes
    wrapped_by: str


def candidates(
    session: Session, actor: User, facts: Facts, *, leaving_out: Collection[UUID] = (), now: datetime
) -> list[Candidate[str]]:
    """Returns who the person may be, best first, among the people of cases that the actor may know of.

    A candidate's `id` is the person's, as 32 hexadecimal digits; `leaving_out` names persons by identifier.
    """
    asked = _dated(facts, now)
    ids = nearest(session, actor, weigh(matching.keys(asked, asking=True)), leaving_out=leaving_out)
    return _chosen(session, asked, ids)


def among(session: Session, facts: Facts, ids: Sequence[UUID], *, now: datetime) -> list[Candidate[str]]:
    """Returns who of a few people the person may be, best first; ask before who of them may be known of.

    Of few a name says enough that says nothing of a whole area.
    """
    return _chosen(session, _dated(facts, now), ids, crowd=len(ids))


def sharing(session: Session, area_id: UUID, keys: Iterable[str], *, most: int = OPENED) -> list[UUID]:
    """Returns the people who share most with some keys, in all cases that were sent in an area, whoever asks.

    For suggestions the service makes by itself; before one is shown, ask again what the reader may know of.
    """
    sent = select(Case.id).where(
        Case.id == Involvement.case_id, Case.area_id == area_id, Case.shared_at.is_not(None)
    )
    return _first(session, area_id, weigh(keys), (), sent.exists(), most)


def _dated(facts: Facts, now: datetime) -> Facts:
    """An age is an age on a day: today, unless the facts say another."""
    return facts if facts.asked_on is not None else replace(facts, asked_on=local_day(now))


def _chosen(
    session: Session, asked: Facts, ids: Sequence[UUID], *, crowd: int = AN_AREA
) -> list[Candidate[str]]:
    groups: dict[UUID, frozenset[UUID]] = {}

    def person(id_: str) -> frozenset[UUID]:
        if not groups:
            groups.update(records.records_of(session, ids))
        return groups[UUID(hex=id_)]

    return matching.choose(
        asked,
        [(id.hex, known) for id, known in held(session, ids).items()],
        among=crowd,
        person=person,
    )


def weigh(keys: Iterable[str]) -> Weighed:
    """Returns the matcher's keys with what sharing each is worth when the nearest are looked for."""
    return {key: _SLIPPED if key[0] == "n" and "-" in key else _WORTH.get(key[0], 1.0) for key in keys}


def nearest(
    session: Session,
    actor: User,
    keys: Weighed,
    *,
    leaving_out: Collection[UUID] = (),
    known: ColumnElement[bool] | None = None,
    most: int = OPENED,
) -> list[UUID]:
    """Returns the people who share most with the keys, among those of cases the actor may know of.

    `known` is what `may_know` returned, for whoever asks it more than once.
    """
    if actor.role in EVERY_CASE:
        condition = may_know(actor) if known is None else known
        return _first(session, actor.area_id, keys, leaving_out, condition, most)
    return _among(session, actor, keys, leaving_out, most)


def may_know(actor: User) -> ColumnElement[bool]:
    """Holds for an involvement in a case, or in a referral's case, that the actor may know of."""
    case = visible_to(actor, Case).where(Case.id == Involvement.case_id).with_only_columns(Case.id)
    sent = visible_to(actor, Referral).where(Referral.case_id == Involvement.case_id)
    return or_(
        case.correlate(Involvement).exists(),
        sent.with_only_columns(Referral.id).correlate(Involvement).exists(),
    )


def _shared(session: Session, area_id: UUID, keys: Weighed, leaving_out: Collection[UUID]) -> Any:
    """People of an area with the summed worth of the keys they share."""
    blind = indexing.blind_keys(session, area_id, keys)
    asked = (
        func.unnest(
            bindparam(None, blind, ARRAY(LargeBinary)), bindparam(None, list(keys.values()), ARRAY(Float))
        )
        .table_valued("key", "worth")
        .render_derived()
    )
    return (
        select(PersonKey.person_id, func.sum(asked.c.worth).label("worth"))
        .join(asked, asked.c.key == PersonKey.key)
        .where(PersonKey.area_id == area_id, PersonKey.person_id.not_in(list(leaving_out)))
        .group_by(PersonKey.person_id)
    )


def _first(
    session: Session,
    area_id: UUID,
    keys: Weighed,
    leaving_out: Collection[UUID],
    known: ColumnElement[bool],
    most: int = OPENED,
) -> list[UUID]:
    """For those who may know of nearly every case: goes down the list until enough of them are allowed."""
    # Sorted inside, so that the policy is asked of one after another and no further than is needed.
    sharing = _shared(session, area_id, keys, leaving_out)
    sharing = sharing.order_by(literal_column("worth").desc(), PersonKey.person_id)
    shared = sharing.cte("shared").prefix_with("MATERIALIZED")
    part = (
        select(Involvement.id)
        .where(Involvement.person_id == shared.c.person_id, Involvement.removed_at.is_(None), known)
        .limit(1)
        .lateral("part")
    )
    ordered = select(shared.c.person_id).join(part, part.c.id.is_not(None))
    ordered = ordered.order_by(shared.c.worth.desc(), shared.c.person_id).limit(most)
    return list(session.scalars(ordered))


def _among(
    session: Session, actor: User, keys: Weighed, leaving_out: Collection[UUID], most: int
) -> list[UUID]:
    """For those who may know of few cases: their own people first, then which of these share keys."""
    cases = visible_to(actor, Case).with_only_columns(Case.id)
    sent = visible_to(actor, Referral).with_only_columns(Referral.case_id)
    # As an array: joined as a set, the planner may read every involvement there is to find a few hundred.
    theirs = func.array(select(union(cases, sent).subquery()).scalar_subquery())
    people = select(Involvement.person_id).where(
        Involvement.removed_at.is_(None), Involvement.case_id == any_(theirs)
    )
    own = people.distinct().cte("own").prefix_with("MATERIALIZED")
    shared = _shared(session, actor.area_id, keys, leaving_out)
    shared = shared.where(PersonKey.person_id.in_(select(own.c.person_id))).subquery()
    ordered = select(shared.c.person_id).order_by(shared.c.worth.desc(), shared.c.person_id).limit(most)
    return list(session.scalars(ordered))


def held(session: Session, ids: Sequence[UUID]) -> dict[UUID, Facts]:
    """Opens what a few people are compared by, in the order given; who was destroyed is left out."""
    wanted = (
        select(
            PersonFacts.id,
            PersonFacts.facts_sealed,
            DataKey.id.label("key_id"),
            DataKey.wrapped,
            DataKey.wrapped_by,
        )
        .join(DataKey, DataKey.id == PersonFacts.data_key_id)
        .where(PersonFacts.id.in_(ids), DataKey.wrapped.is_not(None))
    )
    found: dict[UUID, Facts] = {}
    for row in session.execute(wanted):
        key: Any = _Wrapped(row.key_id, row.wrapped, row.wrapped_by)
        piece = _Piece(row.id, row.facts_sealed, key)
        found[row.id] = indexing.unpacked(unseal_json(session, piece, "facts"))
    return {id: found[id] for id in ids if id in found}
