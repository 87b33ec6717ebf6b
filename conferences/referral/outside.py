"""A referral from somebody without an account: the link, what arrives, and the person who takes it on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.errors import Refused, WrongState
from conferences.models import (
    Agency,
    OutsideReferral,
    Part,
    Referral,
    ReferralLink,
    Urgency,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.person.people import PersonDetails
from conferences.reaching import Contact, Point, Safe
from conferences.referral import referrals, told
from conferences.sealing import new_data_key, seal, seal_json, unseal_json
from conferences.visibility import visible_to
from conferences.wall import conflicts

LONGEST_DAYS = 14


@dataclass(frozen=True)
class Body:
    """What somebody without an account wrote: who they are, and the parts of a referral they know."""

    referrer: dict[str, str]
    victim: dict[str, Any]
    contact: dict[str, Any]
    perpetrators: list[dict[str, Any]]
    reason: str
    view: str
    consent: str
    basis: str
    urgency: str = Urgency.STANDARD.value
    children: list[dict[str, Any]] = field(default_factory=list)
    wishes: str | None = None
    why_share: str | None = None
    view_why: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)


def give_link(
    session: Session, actor: User, agency: Agency, *, token_hash: bytes, days: int, now: datetime
) -> ReferralLink:
    """Makes a link for one agency that works once, for so many days."""
    require(actor, Permission.GIVE_LINK, agency)
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(f"Choose from 1 to {LONGEST_DAYS} days.", field="days")
    row = ReferralLink(
        id=new_id(), area_id=agency.area_id, agency_id=agency.id, token_hash=token_hash, made_by_id=actor.id
    )
    row.made_at, row.expires_at = now, now + timedelta(days=days)
    session.add(row)
    session.flush()
    audit.record(session, actor, "link.given", row, at=now)
    return row


def withdraw_link(session: Session, actor: User, row: ReferralLink, *, now: datetime) -> None:
    """Ends a link that was not used as far as the actor may know; ending it twice changes nothing."""
    require(actor, Permission.GIVE_LINK, row)
    if used(session, actor, [row]):
        raise WrongState("This link has been used already.")
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by_id = now, actor.id
        audit.record(session, actor, "link.withdrawn", row, at=now)


def links(session: Session, actor: User) -> list[ReferralLink]:
    """Returns the links given in the area, newest first."""
    require(actor, Permission.GIVE_LINK)
    wanted = visible_to(actor, ReferralLink).order_by(ReferralLink.made_at.desc()).limit(100)
    return list(session.scalars(wanted))


def used(session: Session, actor: User, some: Iterable[ReferralLink]) -> set[UUID]:
    """Returns those of the links that were used, as far as the actor may know of what arrived.

    Where they may not, the link goes on waiting for them: one that was given and then vanished would tell.
    """
    ids = [row.id for row in some]
    known = visible_to(actor, OutsideReferral).where(OutsideReferral.link_id.in_(ids))
    return set(session.scalars(known.with_only_columns(OutsideReferral.link_id)))


def agencies(session: Session, actor: User) -> list[Agency]:
    """Returns the agencies of the area that may be given a link, by name."""
    wanted = select(Agency).where(Agency.area_id == actor.area_id).order_by(Agency.name)
    return list(session.scalars(wanted))


def open_link(
    session: Session, token_hash: bytes, *, now: datetime, to_use: bool = False
) -> ReferralLink | None:
    """Returns the link that still works, or None; why it does not work is nobody's business."""
    wanted = select(ReferralLink).where(ReferralLink.token_hash == token_hash)
    row = session.scalar(wanted.with_for_update(of=ReferralLink) if to_use else wanted)
    if row is None or row.used_at or row.withdrawn_at or now >= row.expires_at:
        return None
    return row


def arrive(session: Session, link: ReferralLink, body: Body, *, now: datetime) -> OutsideReferral:
    """Keeps what arrived, sealed, and uses the link up."""
    row = OutsideReferral(id=new_id(), area_id=link.area_id, agency_id=link.agency_id, link_id=link.id)
    row.data_key, row.arrived_at = new_data_key(session), now
    seal_json(session, row, "body", body.__dict__)
    link.used_at = now
    session.add(row)
    session.flush()
    audit.record(session, None, "outside.arrived", row, at=now)
    conflicts.look_at_arrival(session, row, now=now)
    return row


def waiting(session: Session, actor: User) -> list[OutsideReferral]:
    """Returns what arrived and nobody has decided about, what cannot wait first and then the oldest."""
    require(actor, Permission.TAKE_ON)
    wanted = visible_to(actor, OutsideReferral).where(OutsideReferral.decided_by_id.is_(None))
    rows = session.scalars(wanted.order_by(OutsideReferral.arrived_at)).all()
    return sorted(rows, key=lambda row: not cannot_wait(session, row))


def cannot_wait(session: Session, row: OutsideReferral) -> bool:
    """Returns whether its writer says that somebody could be hurt before the next meeting."""
    body = _body(session, row)
    return body is not None and body.urgency == Urgency.EMERGENCY


def look(session: Session, actor: User, row: OutsideReferral, *, now: datetime) -> Body | None:
    """Opens what arrived and records who looked; None once it was decided about."""
    require(actor, Permission.TAKE_ON, row)
    audit.record(session, actor, "outside.viewed", row, at=now)
    return _body(session, row)


def _body(session: Session, row: OutsideReferral) -> Body | None:
    known = unseal_json(session, row, "body")
    return Body(**known) if known else None


def _undecided(session: Session, actor: User, row: OutsideReferral) -> tuple[OutsideReferral, Body]:
    require(actor, Permission.TAKE_ON, row)
    locked = session.get_one(OutsideReferral, row.id, with_for_update=True, populate_existing=True)
    body = _body(session, locked)
    if body is None:
        raise WrongState("Somebody has already decided about this.")
    return locked, body


def take_on(session: Session, actor: User, row: OutsideReferral, *, now: datetime) -> Referral:
    """Makes a draft of what arrived, in the sending agency's name; the coordinator completes and sends it."""
    locked, body = _undecided(session, actor, row)
    draft = referrals.start(session, actor, safe_to_talk="from_notes", now=now)
    draft.agency_id = locked.agency_id
    session.flush()
    session.refresh(draft, ["agency"])
    _write(session, actor, draft, body, now)
    locked.referral_id, locked.taken_at, locked.decided_by_id = draft.id, now, actor.id
    locked.body_sealed = None
    audit.record(session, actor, "outside.taken_on", locked, at=now)
    session.flush()
    return draft


def _write(session: Session, actor: User, draft: Referral, body: Body, now: datetime) -> None:
    given = [_answer(item, known) for item, known in body.answers.items()]
    assessments.judge_first(session, actor, draft, view=body.view, why=body.view_why, now=now)
    if given:
        assessments.answer(session, actor, draft, given, now=now)
    referrals.save_person(session, actor, draft, Part.VICTIM, PersonDetails(**body.victim), now=now)
    for part, rows in ((Part.PERPETRATOR, body.perpetrators), (Part.CHILD, body.children)):
        for known in rows:
            referrals.save_person(session, actor, draft, part, PersonDetails(**known), now=now)
    contact = _contact(body.contact)
    if contact.points or contact.rule:
        referrals.save_contact(session, actor, draft, contact, now=now)
    sender = ", ".join(word for word in body.referrer.values() if word)
    work = {"referrer_job": body.referrer.get("job"), "referrer_phone": body.referrer.get("phone")}
    told.save(session, actor, draft, told.sheet("about"), work, now=now)
    referrals.save_reason(
        session,
        actor,
        draft,
        reason=f"{body.reason}\n\nSent without an account by {sender}.",
        wishes=body.wishes,
        urgency=Urgency(body.urgency),
        history={},
        now=now,
    )
    consent, basis, why = body.consent, body.basis, body.why_share
    referrals.save_sharing(session, actor, draft, consent=consent, basis=basis, why=why, now=now)


def _answer(item: str, known: Any) -> Answer:
    """An answer as it was kept; what arrived earlier holds only its code."""
    return Answer(item, **known) if isinstance(known, dict) else Answer(item, known)


def _contact(said: dict[str, Any]) -> Contact:
    """Reads how they may be reached: one telephone, whether ringing it is safe, and the rule."""
    safety = {"yes": Safe.SAFE, "no": Safe.UNSAFE}.get(said.get("may_ring") or "", Safe.UNKNOWN)
    point = Point(value=said.get("phone"), safety=safety)
    return Contact(said.get("rule"), (point,) if point.value or safety is Safe.UNSAFE else ())


def refuse(session: Session, actor: User, row: OutsideReferral, *, reason: str, now: datetime) -> None:
    """Says why what arrived is not taken on; what was written is then gone."""
    locked, _ = _undecided(session, actor, row)
    seal(session, locked, "reason", reason)
    locked.refused_at, locked.decided_by_id, locked.body_sealed = now, actor.id, None
    audit.record(session, actor, "outside.refused", locked, at=now)
    session.flush()
