"""Commitments: an agency's word, given in the room, and what became of it. Nothing is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, references, states
from conferences.calendars import local_day, working_days_between
from conferences.errors import Refused, WrongState
from conferences.locking import still_there
from conferences.models import (
    Action,
    ActionStatus,
    ActionUpdate,
    Agency,
    Area,
    ConferenceStatus,
    Listing,
    ListingStatus,
    Risk,
    RiskNow,
    User,
    new_id,
)
from conferences.permissions import OPEN_ACTIONS, Permission, require
from conferences.person import hiding, people
from conferences.sealing import seal, unseal
from conferences.visibility import visible_to

OPEN = OPEN_ACTIONS


@dataclass(frozen=True)
class Promise:
    """What is promised: the words, the named person, the day, what will show that it was done."""

    what: str
    owner: str
    due_on: date
    evidence: str
    needs_address: bool = False


def agree(
    session: Session,
    actor: User,
    listing: Listing,
    agency: Agency,
    risk: Risk,
    promise: Promise,
    *,
    offered: bool = True,
    now: datetime,
) -> Action:
    """Records an action: accepted when the agency offered it, proposed when it was not in the room."""
    require(actor, Permission.AGREE_ACTION, listing)
    in_session = listing.conference.status is ConferenceStatus.IN_SESSION
    if listing.status is not ListingStatus.LISTED or not in_session:
        raise WrongState("Actions are agreed while the case is being heard.")
    _check(listing, agency, risk, promise, local_day(now))
    said = {"what": promise.what, "owner": promise.owner, "evidence": promise.evidence}
    hiding.refuse(session, listing.case, said)
    row = _promised(session, actor, listing, agency, risk, promise, None, now)
    if offered:
        states.move(row, ActionStatus.ACCEPTED)
        session.flush()
    return row


def _promised(
    session: Session,
    actor: User,
    listing: Listing,
    agency: Agency,
    risk: Risk,
    promise: Promise,
    instead_of: Action | None,
    now: datetime,
) -> Action:
    row = Action(
        id=new_id(),
        area_id=agency.area_id,
        case_id=listing.case_id,
        listing_id=listing.id,
        risk_id=risk.id,
        agency_id=agency.id,
        instead_of_id=instead_of.id if instead_of else None,
        reference=references.action_reference(agency.code),
        data_key=listing.data_key,
        due_on=promise.due_on,
        needs_address=promise.needs_address,
        status=ActionStatus.PROPOSED,
        agreed_at=now,
        agreed_by_id=actor.id,
    )
    for column in ("what", "owner", "evidence"):
        seal(session, row, column, getattr(promise, column))
    session.add(row)
    audit.record(session, actor, "action.agreed", row, at=now)
    session.flush()
    return row


def _check(listing: Listing, agency: Agency, risk: Risk, promise: Promise, today: date) -> None:
    for field, sentence in (
        ("what", "Write what will be done."),
        ("owner", "Name the person who will do it."),
        ("evidence", "Say what will show that it was done."),
    ):
        if not getattr(promise, field):
            raise Refused(sentence, field=field)
    if promise.due_on < today:
        raise Refused("The date must be today or later.", field="due_on")
    if agency.area_id != listing.case.area_id or people.is_shut_out(listing.case, agency):
        raise Refused("Choose an agency of this area.", field="agency")
    if risk.listing_id != listing.id:
        raise Refused("Choose the risk this action lowers.", field="risk")


def _lock(
    session: Session, actor: User, action: Action, permission: Permission, version: int | None
) -> Action:
    require(actor, permission, action)
    locked = still_there(session.get_one(Action, action.id, with_for_update=True, populate_existing=True))
    states.expect(locked, version)
    return locked


def _write(session: Session, actor: User, action: Action, kind: str, note: str | None, now: datetime) -> None:
    row = ActionUpdate(id=new_id(), action_id=action.id, status=action.status, at=now, by_id=actor.id)
    row.data_key = action.data_key
    seal(session, row, "note", note)
    session.add(row)
    audit.record(session, actor, f"action.{kind}", action, at=now)
    session.flush()
    session.expire(action, ["updates"])


def accept(
    session: Session,
    actor: User,
    action: Action,
    *,
    owner: str | None = None,
    now: datetime,
    version: int | None = None,
) -> None:
    """The agency takes on an action proposed while it was absent, naming who will do it."""
    locked = _lock(session, actor, action, Permission.ANSWER_ACTION, version)
    states.move(locked, ActionStatus.ACCEPTED)
    if owner:
        seal(session, locked, "owner", owner)
    _write(session, actor, locked, "accepted", None, now)


def start(
    session: Session,
    actor: User,
    action: Action,
    *,
    note: str | None = None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Says that work on the action has begun."""
    locked = _lock(session, actor, action, Permission.ANSWER_ACTION, version)
    states.move(locked, ActionStatus.IN_PROGRESS)
    _write(session, actor, locked, "started", note, now)


def note(session: Session, actor: User, action: Action, *, words: str, now: datetime) -> None:
    """Adds a line to an action's history without changing where it stands."""
    locked = _lock(session, actor, action, Permission.ANSWER_ACTION, None)
    if not words:
        raise Refused("Write what has happened.", field="note")
    _write(session, actor, locked, "noted", words, now)


def complete(
    session: Session,
    actor: User,
    action: Action,
    *,
    outcome: str,
    risk_now: RiskNow | None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Records that the agency kept its word: what happened, how it is known, and the risk now."""
    locked = _lock(session, actor, action, Permission.ANSWER_ACTION, version)
    if not outcome:
        raise Refused("Say what happened, and how you know.", field="outcome")
    if risk_now is None:
        raise Refused("Say whether the risk is lower now.", field="risk_now")
    states.move(locked, ActionStatus.DONE)
    seal(session, locked, "outcome", outcome)
    locked.risk_now, locked.completed_at, locked.completed_by_id = risk_now, now, actor.id
    _write(session, actor, locked, "completed", outcome, now)


def _unkept(
    session: Session,
    actor: User,
    action: Action,
    status: ActionStatus,
    reason: str,
    now: datetime,
    version: int | None,
) -> None:
    locked = _lock(session, actor, action, Permission.ANSWER_ACTION, version)
    if not reason:
        raise Refused("Say what happened.", field="reason")
    states.move(locked, status)
    seal(session, locked, "reason", reason)
    _write(session, actor, locked, status.value, reason, now)


def not_possible(
    session: Session, actor: User, action: Action, *, reason: str, now: datetime, version: int | None = None
) -> None:
    """Says that things changed outside the agency; the coordinator confirms it."""
    _unkept(session, actor, action, ActionStatus.NOT_POSSIBLE, reason, now, version)


def not_done(
    session: Session, actor: User, action: Action, *, reason: str, now: datetime, version: int | None = None
) -> None:
    """Says that the agency did not do what it promised; kept apart from what was not possible."""
    _unkept(session, actor, action, ActionStatus.NOT_DONE, reason, now, version)


def confirm_not_possible(
    session: Session, actor: User, action: Action, *, now: datetime, version: int | None = None
) -> None:
    """The coordinator agrees that the action could not be done."""
    locked = _lock(session, actor, action, Permission.CONFIRM_ACTION, version)
    if locked.status is not ActionStatus.NOT_POSSIBLE or locked.confirmed_at is not None:
        raise WrongState("There is nothing to confirm on this action.")
    locked.confirmed_at, locked.confirmed_by_id = now, actor.id
    _write(session, actor, locked, "confirmed", None, now)


def send_back(
    session: Session, actor: User, action: Action, *, reason: str, now: datetime, version: int | None = None
) -> None:
    """The coordinator does not agree, and the agency carries on."""
    locked = _lock(session, actor, action, Permission.CONFIRM_ACTION, version)
    if locked.confirmed_at is not None:
        raise WrongState("This was already confirmed.")
    if not reason:
        raise Refused("Say why it can still be done.", field="reason")
    states.move(locked, ActionStatus.IN_PROGRESS)
    _write(session, actor, locked, "sent_back", reason, now)


def release(
    session: Session, actor: User, action: Action, *, reason: str, now: datetime, version: int | None = None
) -> None:
    """The chair lets an agency go from its promise, with a reason."""
    locked = _lock(session, actor, action, Permission.RELEASE_ACTION, version)
    if not reason:
        raise Refused("Say why the promise no longer stands.", field="reason")
    states.move(locked, ActionStatus.RELEASED)
    locked.confirmed_at = locked.confirmed_by_id = None
    seal(session, locked, "reason", reason)
    _write(session, actor, locked, "released", reason, now)


def reassign(
    session: Session,
    actor: User,
    action: Action,
    agency: Agency,
    *,
    owner: str,
    due_on: date,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> Action:
    """Gives a promise to another agency as a new proposal; the first stays in the record as reassigned."""
    locked = _lock(session, actor, action, Permission.REASSIGN_ACTION, version)
    if agency.id == locked.agency_id:
        raise Refused("Choose another agency.", field="agency")
    if not reason:
        raise Refused("Say why another agency takes it.", field="reason")
    promise = replace(promise_of(session, locked), owner=owner, due_on=due_on)
    _check(locked.listing, agency, locked.risk, promise, local_day(now))
    states.move(locked, ActionStatus.REASSIGNED)
    locked.confirmed_at = locked.confirmed_by_id = None
    seal(session, locked, "reason", reason)
    _write(session, actor, locked, "reassigned", reason, now)
    return _promised(session, actor, locked.listing, agency, locked.risk, promise, locked, now)


def list_for(session: Session, actor: User, agency: Agency | None = None) -> Sequence[Action]:
    """Returns the actions a person may know of, of one agency or of all, in order of date due."""
    require(actor, Permission.VIEW_ACTIONS)
    wanted = visible_to(actor, Action)
    if agency is not None:
        wanted = wanted.where(Action.agency_id == agency.id)
    return session.scalars(wanted.order_by(Action.due_on, Action.reference)).all()


def is_open(action: Action) -> bool:
    """Returns whether the agency still owes an answer."""
    return action.status in OPEN


def overdue_by(session: Session, action: Action, today: date) -> int:
    """Returns how many working days an open action is past its date, 0 when it is not; never stored."""
    if not is_open(action) or action.due_on >= today:
        return 0
    nation = session.get_one(Area, action.area_id).nation
    return max(working_days_between(action.due_on, today, nation), 1)


def was_late(action: Action) -> bool:
    """Returns whether a completed action was completed after its date."""
    return action.completed_at is not None and local_day(action.completed_at) > action.due_on


def promise_of(session: Session, action: Action) -> Promise:
    """Reads what was promised."""
    return Promise(
        what=unseal(session, action, "what") or "",
        owner=unseal(session, action, "owner") or "",
        due_on=action.due_on,
        evidence=unseal(session, action, "evidence") or "",
        needs_address=action.needs_address,
    )


def of_listing(session: Session, actor: User, listing: Listing) -> Sequence[Action]:
    """Returns the actions agreed in one turn that the person may know of."""
    wanted = visible_to(actor, Action).where(Action.listing_id == listing.id)
    return session.scalars(wanted.order_by(Action.agreed_at)).all()


def agencies_of(session: Session, actor: User) -> Sequence[Agency]:
    """Returns the agencies of the person's area, by name."""
    return session.scalars(select(Agency).where(Agency.area_id == actor.area_id).order_by(Agency.name)).all()
