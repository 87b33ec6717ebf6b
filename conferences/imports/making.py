"""What one row of a list becomes: a case with its people, a referral, a hearing, an action, all marked.

Everything is made withheld: visible to nobody before the whole list is taken. What a list does not say is
left empty, or said to be unknown in words where the record cannot be empty.
"""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from conferences import audit, policies, references
from conferences.calendars import LONDON, local_day
from conferences.checklist import assessments
from conferences.imports.reading import Promised, Record
from conferences.models import (
    About,
    Action,
    ActionStatus,
    Agency,
    Area,
    Case,
    Conference,
    ConferenceStatus,
    ImportBatch,
    Listing,
    ListingStatus,
    Part,
    Referral,
    ReferralStatus,
    Risk,
    Scoring,
    User,
    new_id,
)
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.sealing import new_data_key, seal, seal_json, unseal

NO_REASON = "The earlier list gives no reason."
NO_RISK = "The earlier list does not say which risk its actions answer."
NO_OWNER = "Not named in the earlier list"
NO_EVIDENCE = "Not said in the earlier list"


def midday(day: date) -> datetime:
    """Returns midday in the United Kingdom: a list knows the day and not the hour."""
    return datetime.combine(day, time(12), tzinfo=LONDON)


def case(session: Session, actor: User, batch: ImportBatch, record: Record, *, now: datetime) -> Case:
    """Makes a case with the people the row names."""
    area = session.get_one(Area, batch.area_id)
    row = Case(id=new_id(), area_id=area.id, reference=_free_reference(session, area))
    row.data_key, row.import_id, row.withheld = new_data_key(session), batch.id, True
    when = midday(_first_day(record))
    row.opened_at, row.opened_by_id, row.shared_at = when, actor.id, when
    session.add(row)
    session.flush()
    for position, (part, details) in enumerate(_people(record)):
        people.involve(session, row, part, details, position=position, now=now)
    audit.record(session, actor, "case.imported", row, at=now)
    session.flush()
    session.refresh(row, ["involvements", "exclusions"])
    return row


def _free_reference(session: Session, area: Area) -> str:
    while True:
        offered = references.case_reference(area.reference_prefix)
        held = select(Case.id).where(Case.area_id == area.id, Case.reference == offered)
        if session.scalar(held) is None:
            return offered


def _first_day(record: Record) -> date:
    days = [day for day in (record.referred_on, record.heard_on) if day is not None]
    return min(days)


def _people(record: Record) -> list[tuple[Part, PersonDetails]]:
    found = [
        (
            Part.VICTIM,
            PersonDetails(
                name=record.victim_name,
                known_as=record.victim_alias,
                born=record.victim_born,
                gender=record.victim_gender,
            ),
        )
    ]
    if record.perpetrator_name:
        harming = PersonDetails(
            name=record.perpetrator_name,
            known_as=record.perpetrator_alias,
            born=record.perpetrator_born,
            relationship=record.relationship,
        )
        found.append((Part.PERPETRATOR, harming))
    found += [(Part.PERPETRATOR, PersonDetails(name=other)) for other in record.others]
    return found + [(Part.CHILD, PersonDetails(name=child)) for child in record.children]


def referral(
    session: Session, actor: User, batch: ImportBatch, case: Case, record: Record, *, now: datetime
) -> Referral:
    """Makes the referral the row tells of, or returns the one an earlier row made."""
    when, agency = midday(_first_day(record)), UUID(record.agency)
    same = select(Referral).where(
        Referral.case_id == case.id,
        Referral.import_id.is_not(None),
        (Referral.import_id == batch.id) | ~Referral.withheld,
        Referral.agency_id == agency,
        Referral.submitted_at == when,
    )
    made = session.scalars(same).first()
    if made is not None:
        return made
    declined = record.decision == "declined"
    row = Referral(id=new_id(), area_id=case.area_id, case=case, agency_id=agency, data_key=case.data_key)
    row.import_id, row.withheld, row.referrer_id = batch.id, True, actor.id
    row.status = ReferralStatus.DECLINED if declined else ReferralStatus.ACCEPTED
    row.scoring, row.qualifies = Scoring.UNSCORED, None
    row.started_at, row.submitted_at, row.expires_on = when, when, local_day(when)
    seal(session, row, "reason", _reason(record))
    for column in ("safety_check", "sharing"):
        seal_json(session, row, column, {"imported": True})
    session.add(row)
    session.flush()
    assessments.begin(session, row, now=now)
    session.flush()
    return row


def _reason(record: Record) -> str:
    said = [record.reason or NO_REASON]
    if record.score:
        said.append(f"Checklist score in the earlier list: {record.score}.")
    if record.repeat:
        said.append(f"Repeat, in the words of the earlier list: {record.repeat}.")
    if record.referred_on is None:
        said.append("The earlier list does not say when it was referred; the day it was heard stands here.")
    return "\n".join(said)


def hearing(
    session: Session,
    actor: User,
    batch: ImportBatch,
    referral: Referral,
    record: Record,
    *,
    now: datetime,
) -> Listing:
    """Makes the case's turn on the day it was heard, or adds to the one an earlier row of the list made."""
    assert record.heard_on is not None  # noqa: S101 - the caller asks only when there is a day
    meeting = _day_heard(session, actor, batch, record.heard_on, now)
    standing = select(Listing).where(
        Listing.conference_id == meeting.id,
        Listing.case_id == referral.case_id,
        (Listing.import_id == batch.id) | ~Listing.withheld,
    )
    row = session.scalars(standing).first()
    if row is None:
        row = _turn(session, actor, batch, referral, meeting, now)
    if row.import_id == batch.id:
        told = [unseal(session, row, "summary"), record.summary, record.kept_as_words]
        seal(session, row, "summary", "\n".join(dict.fromkeys(part for part in told if part)))
    session.flush()
    return row


def _day_heard(session: Session, actor: User, batch: ImportBatch, day: date, now: datetime) -> Conference:
    """The meeting of that day: one that is on record and over, or the bare day itself."""
    starts, ends = (datetime.combine(day, at, tzinfo=LONDON) for at in (time.min, time.max))
    held = select(Conference).where(
        Conference.area_id == batch.area_id,
        Conference.starts_at.between(starts, ends),
        Conference.status == ConferenceStatus.CONCLUDED,
    )
    found = session.scalars(held.order_by(Conference.brought, Conference.starts_at)).first()
    if found is not None:
        return found
    session.execute(
        insert(Conference)
        .values(
            id=new_id(),
            area_id=batch.area_id,
            starts_at=midday(day),
            venue="",
            status=ConferenceStatus.CONCLUDED,
            agenda_version=0,
            created_at=now,
            created_by_id=actor.id,
            brought=True,
            version=1,
        )
        .on_conflict_do_nothing()
    )
    return session.scalars(
        select(Conference).where(Conference.area_id == batch.area_id, Conference.starts_at == midday(day))
    ).one()


def _turn(
    session: Session,
    actor: User,
    batch: ImportBatch,
    referral: Referral,
    meeting: Conference,
    now: datetime,
) -> Listing:
    last = session.scalar(select(func.max(Listing.position)).where(Listing.conference_id == meeting.id))
    row = Listing(
        id=new_id(),
        conference_id=meeting.id,
        case_id=referral.case_id,
        referral_id=referral.id,
        data_key=referral.data_key,
        position=0 if last is None else last + 1,
        minutes=policies.in_force(session, batch.area_id, local_day(now)).minutes_per_case,
        status=ListingStatus.HEARD,
        listed_at=meeting.starts_at,
        listed_by_id=actor.id,
        concluded_at=meeting.starts_at,
        import_id=batch.id,
        withheld=True,
    )
    session.add(row)
    session.flush()
    _nameless_risk(session, actor, row, now)
    return row


def action(
    session: Session,
    actor: User,
    batch: ImportBatch,
    turn: Listing,
    promised: Promised,
    *,
    now: datetime,
) -> Action:
    """Makes the action the row tells of, as it stood in the list."""
    agency = session.get_one(Agency, UUID(promised.agency))
    row = Action(
        id=new_id(),
        area_id=batch.area_id,
        case_id=turn.case_id,
        listing_id=turn.id,
        risk_id=_risk_of(session, turn),
        agency_id=agency.id,
        reference=_free_action_reference(session, agency),
        data_key=turn.data_key,
        due_on=promised.due_on,
        status=ActionStatus(promised.status),
        agreed_at=now,
        agreed_by_id=actor.id,
        completed_at=midday(promised.done_on) if promised.done_on and promised.status == "done" else None,
        import_id=batch.id,
        withheld=True,
    )
    seal(session, row, "what", promised.what)
    seal(session, row, "owner", promised.owner or NO_OWNER)
    seal(session, row, "evidence", NO_EVIDENCE)
    if row.status is ActionStatus.DONE:
        seal(session, row, "outcome", promised.outcome)
    if row.status in (ActionStatus.NOT_DONE, ActionStatus.NOT_POSSIBLE):
        seal(session, row, "reason", promised.outcome or NO_REASON)
    if row.status is ActionStatus.NOT_POSSIBLE:  # whoever takes the list agrees that it could not be done
        row.confirmed_at, row.confirmed_by_id = now, actor.id
    session.add(row)
    session.flush()
    return row


def _free_action_reference(session: Session, agency: Agency) -> str:
    while True:
        offered = references.action_reference(agency.code)
        held = select(Action.id).where(Action.area_id == agency.area_id, Action.reference == offered)
        if session.scalar(held) is None:
            return offered


def _risk_of(session: Session, turn: Listing) -> UUID:
    return session.scalars(select(Risk.id).where(Risk.listing_id == turn.id).order_by(Risk.at)).all()[0]


def _nameless_risk(session: Session, actor: User, turn: Listing, now: datetime) -> None:
    """Every action answers a risk; a list never says which, and this line says so."""
    row = Risk(
        id=new_id(),
        listing_id=turn.id,
        about=About.VICTIM,
        data_key=turn.data_key,
        at=now,
        by_id=actor.id,
    )
    seal(session, row, "statement", NO_RISK)
    session.add(row)
    session.flush()
