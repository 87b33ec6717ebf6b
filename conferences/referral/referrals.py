"""A referral from the first question to the moment it is sent."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conferences import audit, births, locking, policies, references, states
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.errors import Incomplete, NotAllowed, Refused, refuse_any
from conferences.models import (
    Area,
    Case,
    Involvement,
    Part,
    Referral,
    ReferralStatus,
    Urgency,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.person import contacts, people
from conferences.person.people import PersonDetails
from conferences.reaching import NOT_SAID, Care, Contact
from conferences.referral import completeness, gates, sending, signing
from conferences.sealing import new_data_key, seal, seal_json, unseal, unseal_json

CONSENT = ("given", "refused", "not_safe_to_ask")
WHY_WITHOUT = "Say why sharing is necessary and proportionate without consent."
FUTURE_INCIDENT = "An incident cannot be in the future."
FUTURE_REFERRAL = "The last referral cannot be in the future."
BASES = ("public_task", "legal_obligation", "vital_interests", "legitimate_interests")


def start(session: Session, actor: User, *, safe_to_talk: str, now: datetime) -> Referral:
    """Opens a draft once the worker has said it is safe to talk (`alone`), or keys it in `from_notes`."""
    require(actor, Permission.START_REFERRAL)
    if actor.agency_id is None:
        raise NotAllowed(Permission.START_REFERRAL.value)
    if safe_to_talk not in ("alone", "from_notes"):
        raise Refused("Stop here and come back when you can talk alone.", field="safe_to_talk")
    area, key = session.get_one(Area, actor.area_id), new_data_key(session)
    case = Case(id=new_id(), area_id=area.id, reference=references.case_reference(area.reference_prefix))
    case.data_key, case.opened_at, case.opened_by_id = key, now, actor.id
    policy = policies.in_force(session, area.id, local_day(now))
    referral = Referral(id=new_id(), area_id=area.id, case=case, agency_id=actor.agency_id, data_key=key)
    referral.referrer_id, referral.started_at = actor.id, now
    referral.expires_on = local_day(now) + timedelta(days=policy.draft_days)
    seal_json(session, referral, "safety_check", {"safe_to_talk": safe_to_talk, "at": now.isoformat()})
    session.add_all([case, referral])
    session.flush()
    assessments.begin(session, referral, now=now)
    audit.record(session, actor, "referral.started", referral, at=now)
    session.flush()
    session.refresh(referral)
    return referral


def save_person(
    session: Session,
    actor: User,
    referral: Referral,
    part: Part,
    details: PersonDetails,
    *,
    involvement: Involvement | None = None,
    now: datetime,
) -> Involvement:
    """Adds a person to the draft, or changes one; a case has one victim and any number of others."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    _check_birth(details, local_day(now))
    case = referral.case
    gates.check_person(session, case, part, details, involvement)
    if part is Part.VICTIM:
        involvement = people.victim_of(case)
    if involvement is None:
        last = session.scalar(select(func.max(Involvement.position)).where(Involvement.case_id == case.id))
        position = 0 if last is None else last + 1
        involvement = people.involve(session, case, part, details, position=position, now=now)
    else:
        people.describe(session, involvement, details)
    audit.record(session, actor, "referral.saved", referral, at=now, fields=part.value)
    session.flush()
    session.refresh(case, ["involvements"])
    return involvement


def _check_birth(details: PersonDetails, today: date) -> None:
    try:
        born = births.parse(details.born)
    except ValueError as problem:
        raise Refused("Enter a real date of birth, like 27 3 1991.", field="born") from problem
    if born is not None and born.earliest().year < 1890:
        raise Refused("Enter a year of birth after 1890.", field="born")
    if born is not None and born.earliest() > today:
        raise Refused("The date of birth must be in the past.", field="born")


def remove_person(
    session: Session, actor: User, referral: Referral, involvement: Involvement, *, now: datetime
) -> None:
    """Takes somebody named by mistake out of the draft; the row stays, marked as removed."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    involvement.removed_at = now
    audit.record(session, actor, "referral.saved", referral, at=now, fields="removed")
    session.flush()
    session.refresh(referral.case, ["involvements"])


def save_contact(
    session: Session,
    actor: User,
    referral: Referral,
    contact: Contact,
    *,
    about: Involvement | None = None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Records how the victim, or somebody else in the draft, may be reached, as a whole."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    person = _victim(referral) if about is None else about.person
    contacts.give(session, actor, referral.case, person, contact, now=now, version=version)


def save_address(
    session: Session,
    actor: User,
    referral: Referral,
    words: str,
    *,
    care: Care = NOT_SAID,
    now: datetime,
) -> None:
    """Records where the victim is now, and how safe it is to write or go there."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    people.set_address(session, actor, referral.case, _victim(referral), words, care=care, now=now)


def _victim(referral: Referral) -> Any:
    row = people.victim_of(referral.case)
    if row is None:
        raise Refused("Say first who is at risk.", field="name")
    return row.person


def save_reason(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    reason: str,
    wishes: str | None,
    urgency: Urgency,
    history: dict[str, Any],
    now: datetime,
) -> None:
    """Records why now, what the victim wants, and the dated history the grounds ask for."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    refuse_any(_slips_of(history, local_day(now).isoformat()))
    seal(session, referral, "reason", reason)
    seal(session, referral, "wishes", wishes)
    seal_json(session, referral, "history", history)
    referral.urgency = urgency
    audit.record(session, actor, "referral.saved", referral, at=now, fields="reason,wishes,history,urgency")


def _slips_of(history: dict[str, Any], today: str) -> Iterator[tuple[str, str]]:
    if any(day > today for day in history.get("incidents", [])):
        yield "incidents", FUTURE_INCIDENT
    if history.get("repeat") == "yes" and not history.get("last_referral_on"):
        yield "last_referral_on", "Enter the date of the last referral, as near as you know."
    if (history.get("last_referral_on") or "") > today:
        yield "last_referral_on", FUTURE_REFERRAL


def save_sharing(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    consent: str,
    basis: str,
    why: str | None,
    now: datetime,
) -> None:
    """Records on what lawful basis the case is shared, and why without consent where there is none."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    absent = [
        ("consent", "Say whether the person agreed.", consent not in CONSENT),
        ("basis", "Choose the lawful basis for sharing.", basis not in BASES),
        ("why", WHY_WITHOUT, consent in CONSENT[1:] and not why),
    ]
    refuse_any((field, sentence) for field, sentence, wrong in absent if wrong)
    seal_json(session, referral, "sharing", {"consent": consent, "basis": basis, "why": why})
    audit.record(session, actor, "referral.saved", referral, at=now, fields="sharing")


def note_sharing(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    consent: str,
    basis: str | None = None,
    why: str | None = None,
    now: datetime,
) -> None:
    """Notes in a draft whether the person agreed, before the basis or the reason is known."""
    require(actor, Permission.EDIT_REFERRAL, referral)
    if consent not in CONSENT:
        raise Refused("Say whether the person agreed.", field="consent")
    seal_json(session, referral, "sharing", {"consent": consent, "basis": basis, "why": why})
    audit.record(session, actor, "referral.saved", referral, at=now, fields="sharing")


def missing(session: Session, referral: Referral) -> list[tuple[str, str]]:
    """Lists what must still be there before sending, as (task, sentence); unanswered items may stay so."""
    return completeness.missing(session, referral)


def submit(
    session: Session, actor: User, referral: Referral, *, now: datetime, version: int | None = None
) -> None:
    """Sends the referral, or hands it in to be signed off where the area asks for that first.

    It is stored and queued whatever scoring does. Sending twice changes nothing.
    """
    locked = locking.locked(session, referral, whole=True)
    if locked.status is not ReferralStatus.DRAFT and locked.referrer_id == actor.id:
        return
    require(actor, Permission.EDIT_REFERRAL, locked)
    states.expect(locked, version)
    absent = missing(session, locked)
    if absent:
        raise Incomplete(absent)
    if not signing.asked_first(session, actor, locked, now=now):
        sending.send(session, actor, locked, now=now)


def look(session: Session, actor: User, referral: Referral, *, now: datetime) -> Referral:
    """Opens a sent referral and records who looked; an author's own draft leaves no line."""
    require(actor, Permission.VIEW_REFERRAL, referral)
    if referral.status is not ReferralStatus.DRAFT:
        audit.record(session, actor, "referral.viewed", referral, at=now)
    return referral


def reason_of(session: Session, referral: Referral) -> str | None:
    """Reads why the referral was made."""
    return unseal(session, referral, "reason")


def sharing_of(session: Session, referral: Referral) -> dict[str, Any]:
    """Reads consent, lawful basis and why."""
    known: dict[str, Any] | None = unseal_json(session, referral, "sharing")
    return known or {}
