"""What the queue reads: the few columns it shows, in the same few queries however long it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, select, true
from sqlalchemy.orm import Session, aliased

from conferences.checklist.raising import highest
from conferences.models import (
    Agency,
    Assessment,
    Case,
    DataKey,
    Decision,
    DecisionKind,
    Gate,
    Involvement,
    Part,
    Person,
    Referral,
    ReferralStatus,
    RepeatDecision,
    Role,
    Urgency,
    User,
)
from conferences.person import hiding
from conferences.sealing import unseal, unseal_json
from conferences.visibility import not_shut_out, visible_to
from conferences.wall import walls

Keys = dict[UUID, Any]


@dataclass(frozen=True)
class Found:
    """One referral as the queue reads it; `decisions` are those that stand, oldest first."""

    referral_id: UUID
    case_reference: str
    agency_id: UUID
    agency: str
    status: ReferralStatus
    urgency: Urgency
    gate: Gate | None
    qualifies: bool | None
    known_repeat: bool
    somebody_alike: bool
    submitted_at: datetime | None
    version: int
    victim: str
    reason: str
    consent: str | None
    result: dict[str, Any] | None
    parts: tuple[Part, ...]
    decisions: tuple[Any, ...]


def waiting(session: Session, actor: User, states: Collection[ReferralStatus]) -> list[Found]:
    """Returns the referrals in these states that a person may know of, in no order."""
    rows = session.execute(
        visible_to(actor, Referral)
        .join(Case, Case.id == Referral.case_id)
        .join(Agency, Agency.id == Referral.agency_id)
        .join(Assessment, and_(Assessment.referral_id == Referral.id, Assessment.beside_id.is_(None)))
        .where(Referral.status.in_(states))
        .with_only_columns(
            Referral.id, Referral.case_id, Referral.status, Referral.urgency, Referral.gate,
            Referral.qualifies, _known_repeat(actor), _alike(actor), Referral.submitted_at, Referral.version,
            Referral.data_key_id,
            Referral.reason_sealed, Referral.sharing_sealed, Case.reference, Agency.id.label("agency_id"),
            Agency.name, Assessment.id.label("assessment_id"), Assessment.result_sealed,
            Assessment.data_key_id.label("assessment_key_id"),
        )
    ).all()  # fmt: skip
    people = _people(session, [row.case_id for row in rows])
    further = _further(session, [row.id for row in rows])
    decisions = _decisions(session, [row.id for row in rows])
    wanted = {row.data_key_id for row in rows} | {row.assessment_key_id for row in rows}
    wanted |= {one.data_key_id for found in further.values() for one in found}
    keys = _keys(session, wanted | {one.data_key_id for rows in people.values() for one in rows})
    found = [_found(session, row, people[row.case_id], decisions[row.id], keys) for row in rows]
    hidden = hiding.of_cases(session, [row.case_id for row in rows])
    found = [
        replace(one, reason=hidden[row.case_id].without(one.reason))
        for one, row in zip(found, rows, strict=True)
    ]
    return [_raised(session, one, further[one.referral_id], keys) for one in found]


def _known_repeat(actor: User) -> Any:
    """A repeat that rests on a case hidden from the reader is not told them by its tag either."""
    earlier = aliased(Referral)
    hidden: ColumnElement[bool] = (
        select(RepeatDecision.id)
        .join(earlier, earlier.id == RepeatDecision.earlier_referral_id)
        .where(RepeatDecision.referral_id == Referral.id, RepeatDecision.undone_at.is_(None))
        .where(~not_shut_out(actor, earlier.case_id))
        .exists()
    )
    return and_(Referral.known_repeat, ~hidden).label("known_repeat")


def _alike(actor: User) -> Any:
    """Somebody waits to be looked at who is like a person in the case: only for whoever may look."""
    looks = true() if actor.role is Role.COORDINATOR else false()
    return and_(looks, walls.suggested(Referral.case_id)).label("somebody_alike")


def _people(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    wanted = (
        select(Involvement.case_id, Involvement.part, Person.id, Person.data_key_id, Person.name_sealed)
        .join(Person, Person.id == Involvement.person_id)
        .where(Involvement.case_id.in_(case_ids), Involvement.removed_at.is_(None))
    )
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.execute(wanted):
        found[row.case_id].append(row)
    return found


def _further(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """The finished checklists beside those of the referrals; whoever sees a referral sees them."""
    columns = (Assessment.referral_id, Assessment.id, Assessment.data_key_id, Assessment.result_sealed)
    wanted = select(*columns).where(
        Assessment.referral_id.in_(ids),
        Assessment.beside_id.is_not(None),
        Assessment.completed_at.is_not(None),
    )
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.execute(wanted):
        found[row.referral_id].append(row)
    return found


def _raised(session: Session, one: Found, rows: list[Any], keys: Keys) -> Found:
    """A line with what the checklists beside its own raise it to."""
    results = []
    for row in rows:
        paper = _sealed("assessment", row.id, keys[row.data_key_id], result_sealed=row.result_sealed)
        results.append(unseal_json(session, paper, "result"))
    return replace(one, result=highest(one.result, results))


def _decisions(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    columns = (Decision.id, Decision.referral_id, Decision.kind, Decision.at, Decision.undoes_id)
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = session.execute(select(*columns).where(Decision.referral_id.in_(ids)).order_by(Decision.seq)).all()
    undone = {row.undoes_id for row in rows}
    for row in rows:
        if row.kind is not DecisionKind.UNDONE and row.id not in undone:
            found[row.referral_id].append(row)
    return found


def _keys(session: Session, ids: Iterable[UUID]) -> Keys:
    wanted = select(DataKey.id, DataKey.wrapped, DataKey.wrapped_by).where(DataKey.id.in_(set(ids)))
    return {row.id: row for row in session.execute(wanted)}


def _found(
    session: Session, row: Any, people: list[Any], decisions: list[Any], keys: dict[UUID, Any]
) -> Found:
    referral = _sealed("referral", row.id, keys[row.data_key_id], reason_sealed=row.reason_sealed)
    referral.sharing_sealed = row.sharing_sealed
    paper = _sealed("assessment", row.assessment_id, keys[row.assessment_key_id])
    paper.result_sealed = row.result_sealed
    return Found(
        referral_id=row.id,
        case_reference=row.reference,
        agency_id=row.agency_id,
        agency=row.name,
        status=row.status,
        urgency=row.urgency,
        gate=row.gate,
        qualifies=row.qualifies,
        known_repeat=row.known_repeat,
        somebody_alike=row.somebody_alike,
        submitted_at=row.submitted_at,
        version=row.version,
        victim=_victim(session, people, keys),
        reason=unseal(session, referral, "reason") or "",
        consent=(unseal_json(session, referral, "sharing") or {}).get("consent"),
        result=unseal_json(session, paper, "result"),
        parts=tuple(one.part for one in people),
        decisions=tuple(decisions),
    )


def _victim(session: Session, people: list[Any], keys: Keys) -> str:
    for one in people:
        if one.part is Part.VICTIM:
            person = _sealed("person", one.id, keys[one.data_key_id], name_sealed=one.name_sealed)
            return unseal(session, person, "name") or "Name not given yet"
    return "Name not given yet"


def _sealed(table: str, id: UUID, key: Any, **columns: Any) -> SimpleNamespace:
    """A row's sealed columns without the row: what opening them is bound to, and nothing else."""
    return SimpleNamespace(__tablename__=table, id=id, data_key=key, **columns)
