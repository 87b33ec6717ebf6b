"""Whether a referral is a repeat: the dated rule over confirmed identities, confirmed by a person."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.errors import Refused, WrongState
from conferences.models import (
    NOT_SENT,
    Case,
    Conference,
    Involvement,
    Listing,
    ListingStatus,
    Part,
    Referral,
    ReferralStatus,
    RepeatDecision,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.person import identity
from conferences.referral import sending
from conferences.sealing import seal, seal_json, unseal, unseal_json
from conferences.visibility import visible_to
from risk.context import NewIncident
from risk.dyads import Decision, Dyad, Earlier, Relation, relation
from risk.dyads import decide as decide_by_rule
from risk.repeats import anniversary
from risk.schema import RepeatRule

NOT_AN_EARLIER_CASE = (
    *NOT_SENT,
    ReferralStatus.DECLINED,
    ReferralStatus.REDIRECTED,
    ReferralStatus.WITHDRAWN,
)


@dataclass(frozen=True)
class Evidence:
    """One earlier case: how it is related, both anchors, and until when each would make a repeat."""

    case_id: UUID
    reference: str
    referral_id: UUID
    relation: Relation
    referred_on: date
    referral_window: date
    heard_on: date | None
    hearing_window: date | None
    listing_open: bool


@dataclass(frozen=True)
class Judged:
    """What the rule makes of a referral, the evidence, and the rule it was read by."""

    decision: Decision
    evidence: tuple[Evidence, ...]
    rule: RepeatRule
    incident_on: date | None


def judge(session: Session, actor: User, referral: Referral, *, now: datetime) -> Judged:
    """Applies the area's dated rule to the earlier cases of these people that the actor may know of."""
    rule = assessments.rules_of(referral.assessment).repeat
    groups = identity.records_of(session, [row.person_id for row in referral.case.involvements])
    earlier = _earlier(session, actor, referral, groups)
    incident = _incident(session, referral, now)
    read = [one.earlier for one in earlier]
    decision = decide_by_rule(rule, _dyad(referral.case.involvements, groups), incident, read)
    evidence = tuple(_evidence(earlier[at], kind, rule) for kind, at in decision.links)
    return Judged(decision, evidence, rule, incident.on if incident else None)


def _incident(session: Session, referral: Referral, now: datetime) -> NewIncident:
    """The newest incident told; with none, the day the referral was sent (process specification, 2.5)."""
    history = sending.history_of(session, referral)
    sent = local_day(referral.submitted_at or now)
    newest = max(history.get("incidents", []), default=sent.isoformat())
    kind = history.get("incident_kind") or None
    return NewIncident(on=date.fromisoformat(newest), kind=kind, same_pair=True)


@dataclass(frozen=True)
class _Found:
    case: Any
    referral_id: UUID
    earlier: Earlier


def _dyad(rows: Any, groups: dict[UUID, frozenset[UUID]]) -> Dyad:
    """One name for every record of a person: the least of their identifiers."""
    named = {row.person_id: min(groups.get(row.person_id, {row.person_id})).hex for row in rows}
    victims = [named[row.person_id] for row in rows if row.part is Part.VICTIM]
    harming = {named[row.person_id] for row in rows if row.part is Part.PERPETRATOR}
    return Dyad(victims[0] if victims else "", frozenset(harming))


def _earlier(
    session: Session, actor: User, referral: Referral, groups: dict[UUID, frozenset[UUID]]
) -> list[_Found]:
    everyone = {person for group in groups.values() for person in group}
    seen = visible_to(actor, Case).with_only_columns(Case.id)
    theirs = select(Involvement.case_id).where(
        Involvement.person_id.in_(everyone), Involvement.removed_at.is_(None), Involvement.case_id.in_(seen)
    )
    rows = session.execute(
        visible_to(actor, Referral)
        .join(Case, Case.id == Referral.case_id)
        .where(Referral.case_id.in_(theirs), Referral.id != referral.id)
        .where(Referral.status.not_in(NOT_AN_EARLIER_CASE))
        .where(Referral.submitted_at < (referral.submitted_at or referral.started_at))
        .order_by(Referral.submitted_at.desc())
        .with_only_columns(Referral.id, Referral.case_id, Referral.submitted_at, Case.reference)
    ).all()
    case_ids = {row.case_id for row in rows}
    people, turns = _people_of(session, case_ids), _turns_of(session, case_ids)
    widened = identity.records_of(session, {row.person_id for rows in people.values() for row in rows})
    return [_found(row, people[row.case_id], turns[row.case_id], groups | widened) for row in rows]


def _people_of(session: Session, case_ids: set[UUID]) -> dict[UUID, list[Any]]:
    wanted = select(Involvement.case_id, Involvement.person_id, Involvement.part).where(
        Involvement.case_id.in_(case_ids), Involvement.removed_at.is_(None)
    )
    return _by_case(session.execute(wanted).all())


def _turns_of(session: Session, case_ids: set[UUID]) -> dict[UUID, list[Any]]:
    wanted = (
        select(Listing.case_id, Listing.referral_id, Listing.status, Conference.starts_at)
        .join(Conference, Conference.id == Listing.conference_id)
        .where(Listing.case_id.in_(case_ids))
    )
    return _by_case(session.execute(wanted).all())


def _by_case(rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _found(row: Any, people: list[Any], turns: list[Any], groups: dict[UUID, frozenset[UUID]]) -> _Found:
    mine = [turn for turn in turns if turn.referral_id == row.id]
    heard = [local_day(turn.starts_at) for turn in mine if turn.status is ListingStatus.HEARD]
    return _Found(
        case=row,
        referral_id=row.id,
        earlier=Earlier(
            dyad=_dyad(people, groups),
            referred_on=local_day(row.submitted_at),
            heard_on=max(heard, default=None),
            listing_open=any(turn.status is ListingStatus.LISTED for turn in mine),
        ),
    )


def _evidence(found: _Found, relation: Relation, rule: RepeatRule) -> Evidence:
    one = found.earlier
    return Evidence(
        case_id=found.case.case_id,
        reference=found.case.reference,
        referral_id=found.referral_id,
        relation=relation,
        referred_on=one.referred_on,
        referral_window=anniversary(one.referred_on, rule.months),
        heard_on=one.heard_on,
        hearing_window=anniversary(one.heard_on, rule.months) if one.heard_on else None,
        listing_open=one.listing_open,
    )


def related_cases(session: Session, actor: User, case: Case) -> list[tuple[Relation, UUID, str]]:
    """Returns the other cases of these people that the actor may know of: (relation, case, reference)."""
    groups = identity.records_of(session, [row.person_id for row in case.involvements])
    everyone = {person for group in groups.values() for person in group}
    found = session.execute(
        visible_to(actor, Case)
        .join(Involvement, Involvement.case_id == Case.id)
        .where(Involvement.person_id.in_(everyone), Involvement.removed_at.is_(None), Case.id != case.id)
        .where(Case.shared_at.is_not(None))
        .order_by(Case.opened_at.desc())
        .with_only_columns(Case.id, Case.reference, Case.opened_at)
        .distinct()
    ).all()
    people = _people_of(session, {row.id for row in found})
    widened = groups | identity.records_of(
        session, {row.person_id for rows in people.values() for row in rows}
    )
    mine = _dyad(case.involvements, groups)
    pairs = [(relation(mine, _dyad(people[row.id], widened)), row.id, row.reference) for row in found]
    return [pair for pair in pairs if pair[0] != "unrelated"]


def confirmed(session: Session, referral: Referral) -> RepeatDecision | None:
    """Returns what a person last confirmed about a referral being a repeat."""
    wanted = select(RepeatDecision).where(
        RepeatDecision.referral_id == referral.id, RepeatDecision.undone_at.is_(None)
    )
    return session.scalars(wanted).one_or_none()


def confirmed_shown(session: Session, actor: User, referral: Referral) -> RepeatDecision | None:
    """Returns what was confirmed, unless it rests on an earlier case that the actor may not know of."""
    row = confirmed(session, referral)
    if row is None or row.earlier_referral_id is None:
        return row
    seen = visible_to(actor, Referral).where(Referral.id == row.earlier_referral_id)
    return row if session.scalar(seen.with_only_columns(Referral.id)) is not None else None


def confirm(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    is_repeat: bool,
    reason: str | None,
    now: datetime,
) -> RepeatDecision:
    """Keeps a person's decision with the evidence they saw; to differ from the rule needs a reason.

    A confirmed repeat is heard whatever the checklist says (process specification, 2.3): declining it needs
    the chair, and so does declining what the rule or the referrer calls one, whoever decides otherwise here.
    Refused once the referral has left for good, because that was decided without this.
    """
    require(actor, Permission.DECIDE_REPEAT, referral)
    locked = session.get_one(Referral, referral.id, with_for_update=True, populate_existing=True)
    if locked.status in NOT_AN_EARLIER_CASE:
        raise WrongState("This referral is no longer in the queue. Undo that, or wait for an appeal.")
    judged = judge(session, actor, locked, now=now)
    if is_repeat != (judged.decision.kind == "repeat") and not reason:
        raise Refused("Say why you decide otherwise than the rule.", field="reason")
    same = [one for one in judged.evidence if one.relation == "same_pair"]
    if is_repeat and not same:
        raise Refused("Find the earlier case of the same two people first.", field="is_repeat")
    before = confirmed(session, locked)
    if before is not None:
        before.undone_at, before.undone_by_id = now, actor.id
        session.flush()
    row = RepeatDecision(id=new_id(), referral_id=locked.id, is_repeat=is_repeat, data_key=locked.data_key)
    row.earlier_referral_id = same[0].referral_id if is_repeat else None
    row.at, row.by_id = now, actor.id
    seal_json(session, row, "evidence", _kept(judged))
    seal(session, row, "reason", reason)
    session.add(row)
    locked.known_repeat = is_repeat or _called_repeat(session, locked, judged)
    session.flush()
    kind = "repeat.confirmed" if is_repeat else "repeat.not_confirmed"
    audit.record(session, actor, kind, locked, at=now)
    return row


def _called_repeat(session: Session, referral: Referral, judged: Judged) -> bool:
    result = assessments.result_of(session, referral.assessment)
    return judged.decision.kind == "repeat" or sending.called_repeat(session, referral, result)


def _kept(judged: Judged) -> dict[str, Any]:
    return {
        "rule": judged.rule.model_dump(mode="json"),
        "found": judged.decision.kind,
        "because": judged.decision.because,
        "incident_on": judged.incident_on.isoformat() if judged.incident_on else None,
        "earlier": [
            {
                "case": one.case_id.hex,
                "relation": one.relation,
                "referred_on": one.referred_on.isoformat(),
                "heard_on": one.heard_on.isoformat() if one.heard_on else None,
            }
            for one in judged.evidence
        ],
    }


def evidence_of(session: Session, row: RepeatDecision) -> dict[str, Any]:
    """Reads the evidence a decision was made on."""
    known: dict[str, Any] = unseal_json(session, row, "evidence")
    return known


def reason_of(session: Session, row: RepeatDecision) -> str | None:
    """Reads why somebody decided so."""
    return unseal(session, row, "reason")
