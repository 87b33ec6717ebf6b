"""What a meeting looks like to one person: its running order, its times, what changed since it was issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences.checklist import assessments
from conferences.errors import WrongState
from conferences.meeting import agenda
from conferences.meeting.papers import OPENING_MINUTES
from conferences.models import (
    Action,
    AuditEntry,
    Conference,
    ConferenceStatus,
    ContributionKind,
    Listing,
    Membership,
    Role,
    User,
)
from conferences.permissions import Permission, may, require
from conferences.person import people
from conferences.sealing import unseal
from conferences.visibility import visible_to


@dataclass(frozen=True)
class Turn:
    """One turn in the order this person knows: when it starts and ends, and what marks the case."""

    listing: Listing
    place: int
    starts_at: datetime
    ends_at: datetime
    initials: str
    children: int
    grounds: tuple[str, ...]
    added: bool


@dataclass(frozen=True)
class Programme:
    """A meeting's running order with its finish and what changed since the last issued version."""

    turns: tuple[Turn, ...]
    opening_minutes: int
    finishes_at: datetime
    minutes_over: int
    added: tuple[str, ...]
    reordered: bool

    @property
    def changed(self) -> bool:
        """Something differs from the version that was issued."""
        return bool(self.added) or self.reordered


@dataclass(frozen=True)
class Said:
    """What one agency said in a turn, in the order it was said."""

    agency: str
    agency_id: UUID
    kind: ContributionKind
    opinion: bool
    words: str
    happened_on: date | None


@dataclass(frozen=True)
class RiskShown:
    """One line of the risk summary and how many actions answer it."""

    id: UUID
    about: str
    words: str
    actions: int


def meetings(session: Session, actor: User, *, now: datetime) -> tuple[list[Conference], list[Conference]]:
    """Returns the meetings a person may know of: coming, soonest first; past, newest first."""
    require(actor, Permission.VIEW_CONFERENCES)
    rows = session.scalars(visible_to(actor, Conference).order_by(Conference.starts_at)).all()
    over = (ConferenceStatus.CONCLUDED, ConferenceStatus.CANCELLED)
    past = [row for row in rows if row.status in over]
    return [row for row in rows if row.status not in over], past[::-1]


def chairs_of(session: Session, actor: User) -> list[User]:
    """Returns the people who can chair a meeting of the area, by name."""
    wanted = (
        select(User)
        .join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
        .where(User.area_id == actor.area_id, User.is_active, Membership.role == Role.CHAIR)
    )
    return sorted(session.scalars(wanted), key=lambda user: unseal(session, user, "name") or "")


def programme(session: Session, actor: User, conference: Conference) -> Programme:
    """Returns the running order this person may know of, numbered and timed without gaps."""
    require(actor, Permission.VIEW_CONFERENCE, conference)
    rows = agenda.listings_for(session, actor, conference)
    issued, reordered = _since_issue(session, conference)
    turns, clock = [], conference.starts_at + timedelta(minutes=OPENING_MINUTES)
    for place, row in enumerate(rows, start=1):
        turns.append(_turn(session, row, place, clock, issued))
        clock = turns[-1].ends_at
    over = clock - conference.room_until if conference.room_until else timedelta(0)
    return Programme(
        turns=tuple(turns),
        opening_minutes=OPENING_MINUTES,
        finishes_at=clock,
        minutes_over=max(int(over.total_seconds()) // 60, 0),
        added=tuple(turn.listing.case.reference for turn in turns if turn.added),
        reordered=reordered,
    )


def _turn(session: Session, row: Listing, place: int, clock: datetime, issued: datetime | None) -> Turn:
    result = assessments.result_of(session, row.referral.assessment) or {}
    return Turn(
        listing=row,
        place=place,
        starts_at=clock,
        ends_at=clock + timedelta(minutes=row.minutes),
        initials=people.initials(people.name_of(session, people.victim_of(row.case))),
        children=sum(involved.part.value == "child" for involved in row.case.involvements),
        grounds=tuple(ground["id"] for ground in result.get("grounds", [])),
        added=issued is not None and row.listed_at > issued,
    )


def _since_issue(session: Session, conference: Conference) -> tuple[datetime | None, bool]:
    """When the newest version was issued, and whether the order was changed after it."""
    wanted = select(AuditEntry).where(
        AuditEntry.subject_id == conference.id, AuditEntry.kind.in_(("agenda.issued", "agenda.reordered"))
    )
    entries = session.scalars(wanted.order_by(AuditEntry.seq)).all()
    issued = [entry for entry in entries if entry.kind == "agenda.issued"]
    if not issued:
        return None, False
    return issued[-1].at, any(entry.seq > issued[-1].seq for entry in entries)


def issue_version(
    session: Session, actor: User, conference: Conference, version: int, *, now: datetime
) -> int:
    """Issues the agenda as the version its reader was offered; raises WrongState when that one is out."""
    if conference.agenda_version + 1 != version:
        raise WrongState("Another version was issued meanwhile. Look at the agenda again.")
    return agenda.issue(session, actor, conference, now=now)


def beside(session: Session, actor: User, listing: Listing) -> tuple[Listing | None, Listing | None]:
    """Returns the turns before and after one, in this person's own order."""
    rows = agenda.listings_for(session, actor, listing.conference)
    at = next(index for index, row in enumerate(rows) if row.id == listing.id)
    return (rows[at - 1] if at else None), (rows[at + 1] if at + 1 < len(rows) else None)


def said(session: Session, listing: Listing) -> list[Said]:
    """Returns what the agencies shared in a turn."""
    return [
        Said(
            agency=row.agency.name,
            agency_id=row.agency_id,
            kind=row.kind,
            opinion=bool(row.nature and row.nature.value == "opinion"),
            words=unseal(session, row, "statement") or "",
            happened_on=row.happened_on,
        )
        for row in listing.contributions
    ]


def risks(session: Session, listing: Listing, agreed: Sequence[Action]) -> list[RiskShown]:
    """Returns the risk summary of a turn, with how many of the agreed actions answer each line."""
    return [
        RiskShown(
            id=row.id,
            about=row.about.value,
            words=unseal(session, row, "statement") or "",
            actions=sum(action.risk_id == row.id for action in agreed),
        )
        for row in listing.risks
    ]


def may_open_papers(actor: User, conference: Conference) -> bool:
    """Returns whether a person sees a meeting's cases, and not only when and where it is."""
    return may(actor, Permission.VIEW_CONFERENCE, conference)
