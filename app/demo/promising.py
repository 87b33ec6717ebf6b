"""The story's actions, and what became of each."""

from datetime import datetime
from functools import partial

from app.demo.script import ActionTold, StepTold, TurnTold
from app.demo.stage import Event, Stage
from conferences.meeting import actions, meetings
from conferences.meeting.actions import Promise
from conferences.models import Action, Listing, User


def agree_all(stage: Stage, chair: User, row: Listing, turn: TurnTold, now: datetime) -> None:
    """Records a turn's risks and agrees the actions that answer them."""
    for risk in turn.risks:
        line = meetings.record_risk(
            stage.session, chair, row, about=risk.about, statement=risk.words, now=now
        )
        for told in risk.actions:
            promise = Promise(
                what=told.what,
                owner=told.owner,
                due_on=told.due,
                evidence=told.evidence,
                needs_address=told.needs_address,
            )
            agency = stage.agency(told.agency, chair)
            made = actions.agree(
                stage.session, chair, row, agency, line, promise, offered=told.offered, now=now
            )
            stage.actions[turn.reference, told.what] = made


def later(stage: Stage, turn: TurnTold) -> list[Event]:
    """Returns what becomes of a turn's actions afterwards, and when."""
    promised = [told for risk in turn.risks for told in risk.actions]
    return [
        Event(step.at, partial(_step, stage, turn, told, step)) for told in promised for step in told.then
    ]


def _step(stage: Stage, turn: TurnTold, told: ActionTold, step: StepTold, now: datetime) -> None:
    session, who, row = stage.session, stage.users[step.by], stage.actions[turn.reference, told.what]
    match step.move:
        case "start":
            actions.start(session, who, row, note=step.words or None, now=now)
        case "note":
            actions.note(session, who, row, words=step.words, now=now)
        case "complete":
            actions.complete(session, who, row, outcome=step.words, risk_now=step.risk_now, now=now)
        case "not_possible":
            actions.not_possible(session, who, row, reason=step.words, now=now)
        case "not_done":
            actions.not_done(session, who, row, reason=step.words, now=now)
        case "confirm":
            actions.confirm_not_possible(session, who, row, now=now)
        case "release":
            actions.release(session, who, row, reason=step.words, now=now)
        case "reassign":
            _reassign(stage, who, row, step, now)


def _reassign(stage: Stage, who: User, row: Action, step: StepTold, now: datetime) -> None:
    agency = stage.agency(step.to or "", who)
    actions.reassign(
        stage.session,
        who,
        row,
        agency,
        owner=step.owner or "",
        due_on=step.due or row.due_on,
        reason=step.words,
        now=now,
    )
