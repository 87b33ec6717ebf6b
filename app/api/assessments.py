"""Further checklists of a referral, the ways its gates show, and the dates that change the risk."""

from dataclasses import dataclass
from uuid import UUID

from app.api import typed
from app.api.answers import ProgressOut
from app.api.assessment_views import DateOut, FurtherOut, WayOut
from app.api.creating import Create, api_router, scope
from app.auth.who import CurrentUser, Db, Now
from conferences.checklist import assessments
from conferences.checklist.answers import Answer
from conferences.errors import NotFound
from conferences.models import Assessment, Referral, User
from conferences.permissions import Permission, require
from conferences.referral import dated_events, reassessing, referrals, ways
from conferences.referral.dated_events import DatedEvent
from conferences.visibility import find

router = api_router("assessments")
READ, WRITE = scope("referrals:read"), scope("referrals:write")


@router.get("/referrals/{ref}/ways", dependencies=READ)
def list_ways(ref: str, session: Db, user: CurrentUser, now: Now) -> list[WayOut]:
    """Where else the checklist says somebody belongs, by what is known so far or as it was signed."""
    row = referrals.look(session, user, find(session, user, Referral, ref), now=now)
    return [WayOut(**vars(one) | {"also": list(one.also)}) for one in ways.of(session, user, row, now)]


@router.get("/referrals/{ref}/assessments", dependencies=READ)
def list_assessments(ref: str, session: Db, user: CurrentUser, now: Now) -> list[FurtherOut]:
    """The further checklists of a referral, newest first."""
    row = referrals.look(session, user, find(session, user, Referral, ref), now=now)
    return [_shown(session, user, one) for one in reassessing.beside(session, user, row)]


@router.post("/referrals/{ref}/assessments", dependencies=WRITE, status_code=201)
def begin_assessment(ref: str, body: typed.FurtherIn, c: Create) -> FurtherOut:
    """Opens a further checklist; one of that kind that this person has open is gone on with."""
    referral = find(c.session, c.user, Referral, ref)
    row = c.once(
        "/assessments",
        lambda: reassessing.begin(c.session, c.user, referral, body.instrument, now=c.now),
        lambda id: find(c.session, c.user, Assessment, id),
    )
    return _shown(c.session, c.user, row)


@router.get("/assessments/{ref}", dependencies=READ)
def get_assessment(ref: str, session: Db, user: CurrentUser, now: Now) -> FurtherOut:
    """Opens a further checklist; that is recorded as opening its referral."""
    row = find(session, user, Assessment, ref)
    referrals.look(session, user, row.referral, now=now)
    return _shown(session, user, row)


@router.put("/assessments/{ref}/answers", dependencies=WRITE)
def save_assessment_answers(
    ref: str, body: typed.Answers, session: Db, user: CurrentUser, now: Now
) -> ProgressOut:
    """Saves answers of a further checklist as they are given; items not named keep theirs."""
    row = find(session, user, Assessment, ref)
    given = [Answer(**one.model_dump()) for one in body.answers]
    return ProgressOut.model_validate(reassessing.answer(session, user, row, given, now=now))


@router.post("/assessments/{ref}/finish", dependencies=WRITE)
def finish_assessment(
    ref: str, body: typed.LastJudgement, session: Db, user: CurrentUser, now: Now
) -> FurtherOut:
    """Signs a further checklist; what it finds can raise the referral and never lower it."""
    row = find(session, user, Assessment, ref)
    reassessing.finish(session, user, row, **body.model_dump(), now=now)
    return _shown(session, user, row)


def _shown(session: Db, user: User, row: Assessment) -> FurtherOut:
    assert row.opened_at is not None  # noqa: S101 - one beside the referral's own is dated
    return FurtherOut(
        id=row.id.hex,
        referral_id=row.referral_id.hex,
        instrument=f"{row.instrument}@{row.instrument_version}",
        opened_at=row.opened_at,
        completed_at=row.completed_at,
        answers=assessments.answers_of(session, row) if row.opened_by_id == user.id else None,
        result=assessments.result_of(session, row),
    )


@router.get("/referrals/{ref}/dates", dependencies=READ)
def list_dates(ref: str, session: Db, user: CurrentUser, now: Now) -> list[DateOut]:
    """The dates that change the risk, soonest first."""
    row = referrals.look(session, user, find(session, user, Referral, ref), now=now)
    return [_date(one) for one in dated_events.of_referral(session, row)]


@router.post("/referrals/{ref}/dates", dependencies=WRITE, status_code=201)
def add_date(ref: str, body: typed.DateIn, c: Create) -> DateOut:
    """Records a date that changes the risk."""
    row = find(c.session, c.user, Referral, ref)
    made = c.once(
        "/dates",
        lambda: _dated(dated_events.add(c.session, c.user, row, **body.model_dump(), now=c.now)),
        lambda id: _dated(_told(c, row, id)),
        inside=f"/referrals/{row.id.hex}/dates",
    )
    return _date(made.event)


@dataclass
class _Dated:
    """A date as something that was made: a date has no row of its own."""

    id: UUID
    event: DatedEvent


def _dated(event: DatedEvent) -> _Dated:
    return _Dated(UUID(event.id), event)


def _told(c: Create, row: Referral, id: UUID) -> DatedEvent:
    require(c.user, Permission.VIEW_REFERRAL, row)
    found = next((one for one in dated_events.of_referral(c.session, row) if one.id == id.hex), None)
    if found is None:
        raise NotFound
    return found


@router.delete("/referrals/{ref}/dates/{event}", dependencies=WRITE, status_code=204)
def take_out_date(ref: str, event: str, session: Db, user: CurrentUser, now: Now) -> None:
    """Takes out a date that is wrong or over."""
    dated_events.take_out(session, user, find(session, user, Referral, ref), event, now=now)


def _date(one: DatedEvent) -> DateOut:
    return DateOut(id=one.id, kind=one.kind, on=str(one.on), estimated=one.estimated)
