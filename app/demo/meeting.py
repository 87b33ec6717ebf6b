"""How the story's meetings are planned, filled, held and concluded."""

from datetime import datetime
from functools import partial

from app.demo import promising
from app.demo.script import AcceptedTold, MeetingTold, TurnTold
from app.demo.stage import Event, Stage
from conferences.meeting import agenda, meetings
from conferences.meeting.meetings import Conclusion
from conferences.models import ContributionKind
from conferences.triage import triage


def events(stage: Stage, told: MeetingTold) -> list[Event]:
    """Returns what happens to one meeting, and when."""
    found = [Event(told.planned_at, partial(_plan, stage, told))]
    found += [Event(case.accepted_at, partial(_accept, stage, told, case)) for case in told.cases]
    found += [Event(at, partial(_issue, stage, told)) for at in told.issued_at]
    if told.opened_at:
        found.append(Event(told.opened_at, partial(_open, stage, told)))
    for turn in told.turns:
        found.append(Event(turn.at, partial(_hear, stage, told, turn)))
        found += promising.later(stage, turn)
    if told.concluded_at:
        found.append(Event(told.concluded_at, partial(_conclude, stage, told)))
    return found


def _plan(stage: Stage, told: MeetingTold, now: datetime) -> None:
    stage.meetings[told.name] = agenda.plan(
        stage.session,
        stage.users[told.by],
        starts_at=told.starts_at,
        room_until=told.room_until,
        venue=told.venue,
        chair=stage.users[told.chair],
        now=now,
    )


def _accept(stage: Stage, told: MeetingTold, case: AcceptedTold, now: datetime) -> None:
    meeting, referral = stage.meetings[told.name], stage.referrals[case.reference]
    turn = triage.accept(stage.session, stage.users[told.by], referral, meeting, now=now)
    stage.turns[case.reference] = turn


def _issue(stage: Stage, told: MeetingTold, now: datetime) -> None:
    agenda.issue(stage.session, stage.users[told.by], stage.meetings[told.name], now=now)


def _open(stage: Stage, told: MeetingTold, now: datetime) -> None:
    meetings.open_meeting(stage.session, stage.users[told.chair], stage.meetings[told.name], now=now)


def _hear(stage: Stage, told: MeetingTold, turn: TurnTold, now: datetime) -> None:
    session, chair, row = stage.session, stage.users[told.chair], stage.turns[turn.reference]
    for said in turn.said:
        meetings.contribute(
            session,
            chair,
            row,
            stage.agency(said.agency, chair),
            kind=ContributionKind.SHARED if said.words else ContributionKind.NOTHING_KNOWN,
            statement=said.words,
            nature=said.nature,
            now=now,
        )
    meetings.summarise(session, chair, row, summary=turn.summary, version=None, now=now)
    promising.agree_all(stage, chair, row, turn, now)
    conclusion = Conclusion(**turn.conclusion.model_dump())
    meetings.conclude(session, chair, row, conclusion, now=now)


def _conclude(stage: Stage, told: MeetingTold, now: datetime) -> None:
    meetings.conclude_meeting(stage.session, stage.users[told.chair], stage.meetings[told.name], now=now)
