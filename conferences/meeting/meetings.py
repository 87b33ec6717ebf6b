"""The meeting itself: what agencies shared, the risks, and how each case's turn was concluded."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import audit, states
from conferences.errors import Incomplete, Refused, WrongState
from conferences.meeting import agenda
from conferences.models import (
    About,
    Action,
    Agency,
    Conference,
    ConferenceStatus,
    Contribution,
    ContributionKind,
    Listing,
    ListingStatus,
    Nature,
    Outcome,
    Risk,
    User,
    new_id,
)
from conferences.permissions import Permission, require
from conferences.person import hiding, people
from conferences.sealing import seal, unseal

LINES = ("victims_voice", "child_line", "perpetrator_line")


@dataclass(frozen=True)
class Conclusion:
    """What the chair says at the end of a turn: each line has its words, or the reason there are none."""

    outcome: Outcome | None = None
    outcome_reason: str | None = None
    victims_voice: str | None = None
    victims_voice_missing: str | None = None
    child_line: str | None = None
    child_line_missing: str | None = None
    perpetrator_line: str | None = None
    perpetrator_line_missing: str | None = None


def open_meeting(session: Session, actor: User, conference: Conference, *, now: datetime) -> None:
    """Opens the meeting; the agenda is closed from then on."""
    require(actor, Permission.RUN_CONFERENCE, conference)
    locked = session.get_one(Conference, conference.id, with_for_update=True, populate_existing=True)
    states.move(locked, ConferenceStatus.IN_SESSION)
    audit.record(session, actor, "conference.opened", conference, at=now)
    session.flush()


def conclude_meeting(session: Session, actor: User, conference: Conference, *, now: datetime) -> None:
    """Concludes the meeting once every turn this chair may know of is heard or put off."""
    require(actor, Permission.RUN_CONFERENCE, conference)
    locked = session.get_one(Conference, conference.id, with_for_update=True, populate_existing=True)
    left = agenda.open_turns(agenda.listings_for(session, actor, conference))
    if left:
        raise Refused("Conclude or put off every case first.")
    _put_off_unheard(session, locked, now=now)
    states.move(locked, ConferenceStatus.CONCLUDED)
    audit.record(session, actor, "conference.concluded", conference, at=now)
    session.flush()


def _put_off_unheard(session: Session, conference: Conference, *, now: datetime) -> None:
    """Turns that this chair may not know of wait for another meeting: no case is lost behind the wall."""
    unheard = select(Listing).where(
        Listing.conference_id == conference.id, Listing.status == ListingStatus.LISTED
    )
    for row in session.scalars(unheard):
        states.move(row, ListingStatus.DEFERRED)
        seal(session, row, "outcome_reason", "Not heard: whoever closed the meeting may not know of it.")
        audit.record(session, None, "listing.deferred", row, at=now)


def look(session: Session, actor: User, listing: Listing, *, now: datetime) -> None:
    """Opens a case's turn and records who looked."""
    require(actor, Permission.VIEW_LISTING, listing)
    audit.record(session, actor, "listing.viewed", listing, at=now)


def _open_for_notes(session: Session, actor: User, listing: Listing, permission: Permission) -> Listing:
    require(actor, permission, listing)
    locked = session.get_one(Listing, listing.id, with_for_update=True, populate_existing=True)
    if locked.status is not ListingStatus.LISTED:
        raise WrongState(states.SENTENCES["listing"])
    if locked.conference.status is not ConferenceStatus.IN_SESSION:
        raise WrongState("Open the meeting first.")
    return locked


def contribute(
    session: Session,
    actor: User,
    listing: Listing,
    agency: Agency,
    *,
    kind: ContributionKind,
    statement: str | None,
    nature: Nature | None,
    happened_on: date | None = None,
    now: datetime,
) -> Contribution:
    """Records what an agency shared in the room, as fact or opinion, or that it knows nothing."""
    locked = _open_for_notes(session, actor, listing, Permission.RECORD_LISTING)
    if agency.area_id != locked.case.area_id or people.is_shut_out(locked.case, agency):
        raise Refused("Choose an agency of this area.", field="agency")
    shared = kind is ContributionKind.SHARED
    if shared and not statement:
        raise Refused("Write what was said.", field="statement")
    if shared and nature is None:
        raise Refused("Say whether it is a fact or an opinion.", field="nature")
    row = Contribution(
        id=new_id(), listing_id=locked.id, agency=agency, kind=kind, data_key=locked.data_key, at=now
    )
    row.nature, row.happened_on, row.by_id = (nature if shared else None), happened_on, actor.id
    seal(session, row, "statement", statement if shared else None)
    session.add(row)
    audit.record(session, actor, "listing.contributed", locked, at=now)
    session.flush()
    session.expire(locked, ["contributions"])
    return row


def record_risk(
    session: Session, actor: User, listing: Listing, *, about: About, statement: str, now: datetime
) -> Risk:
    """Adds one line to the risk summary; actions answer these lines."""
    locked = _open_for_notes(session, actor, listing, Permission.RECORD_LISTING)
    if not statement:
        raise Refused("Write the risk in one line.", field="statement")
    hiding.refuse(session, locked.case, {"statement": statement})
    row = Risk(id=new_id(), listing_id=locked.id, about=about, data_key=locked.data_key, at=now)
    row.by_id = actor.id
    seal(session, row, "statement", statement)
    session.add(row)
    audit.record(session, actor, "listing.risk_recorded", locked, at=now)
    session.flush()
    session.expire(locked, ["risks"])
    return row


def summarise(
    session: Session, actor: User, listing: Listing, *, summary: str, version: int | None, now: datetime
) -> None:
    """Writes the chair's summary; a newer one by somebody else is never overwritten."""
    locked = _open_for_notes(session, actor, listing, Permission.RECORD_LISTING)
    states.expect(locked, version)
    seal(session, locked, "summary", summary)
    audit.record(session, actor, "listing.summarised", locked, at=now, fields="summary")
    session.flush()


def what_is_missing(session: Session, listing: Listing, conclusion: Conclusion) -> list[tuple[str, str]]:
    """Lists what a turn still needs before it can be concluded, as (field, sentence)."""
    absent: list[tuple[str, str]] = []
    if conclusion.outcome is None:
        absent.append(("outcome", "Choose the outcome."))
    if conclusion.outcome is Outcome.NO_FURTHER_ACTION and not conclusion.outcome_reason:
        absent.append(("outcome_reason", "Say why no action is needed."))
    if conclusion.outcome is Outcome.ACTIONS_AGREED and not _has_actions(session, listing):
        absent.append(("outcome", "Agree at least one action, or say why none is needed."))
    if conclusion.outcome is Outcome.ACTIONS_AGREED and not listing.risks:
        absent.append(("outcome", "Record at least one risk."))
    sentences = {
        "victims_voice": "Write what the person at risk wants, or why their voice is missing.",
        "child_line": "Write what was decided for the children, or why there is nothing to say.",
        "perpetrator_line": "Write what was decided about the person causing harm, or why there is nothing.",
    }
    for line in LINES:
        if not getattr(conclusion, line) and not getattr(conclusion, f"{line}_missing"):
            absent.append((line, sentences[line]))
    return absent


def _has_actions(session: Session, listing: Listing) -> bool:
    return session.scalar(select(Action.id).where(Action.listing_id == listing.id).limit(1)) is not None


def conclude(
    session: Session,
    actor: User,
    listing: Listing,
    conclusion: Conclusion,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Concludes a case's turn; refused until every line has its words or a stated reason."""
    locked = _open_for_notes(session, actor, listing, Permission.CONCLUDE_LISTING)
    states.expect(locked, version)
    absent = what_is_missing(session, locked, conclusion)
    if absent:
        raise Incomplete(absent)
    states.move(locked, ListingStatus.HEARD)
    locked.outcome = conclusion.outcome
    locked.concluded_at, locked.concluded_by_id = now, actor.id
    seal(session, locked, "outcome_reason", conclusion.outcome_reason)
    for line in LINES:
        seal(session, locked, line, getattr(conclusion, line))
        seal(session, locked, f"{line}_missing", getattr(conclusion, f"{line}_missing"))
    audit.record(session, actor, "listing.concluded", locked, at=now)
    session.flush()


def defer(session: Session, actor: User, listing: Listing, *, reason: str, now: datetime) -> None:
    """Puts a case's turn off, with the reason and what keeps people safe meanwhile."""
    locked = _open_for_notes(session, actor, listing, Permission.CONCLUDE_LISTING)
    if not reason:
        raise Refused("Say why, and what keeps them safe until then.", field="reason")
    states.move(locked, ListingStatus.DEFERRED)
    seal(session, locked, "outcome_reason", reason)
    audit.record(session, actor, "listing.deferred", locked, at=now)
    session.flush()


def conclusion_of(session: Session, listing: Listing) -> Conclusion:
    """Reads how a turn was concluded."""
    words = {name: unseal(session, listing, name) for line in LINES for name in (line, f"{line}_missing")}
    return Conclusion(
        outcome=listing.outcome, outcome_reason=unseal(session, listing, "outcome_reason"), **words
    )


def summary_of(session: Session, listing: Listing) -> str | None:
    """Reads the chair's summary."""
    return unseal(session, listing, "summary")
