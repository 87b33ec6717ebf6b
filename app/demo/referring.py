"""How the story's referrals are made, sent and decided, short of being accepted."""

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import select

from app.demo.script import CaseTold, ContactTold, DecisionTold, HistoryTold, PersonTold
from app.demo.stage import Event, Stage
from conferences.checklist import assessments
from conferences.checklist.assessments import Answer
from conferences.models import AdvocateReferral, DeclineCode, FirstContact, Involvement, Part, Referral, User
from conferences.person import people
from conferences.person.people import PersonDetails
from conferences.reaching import Contact, Point
from conferences.referral import advocates, referrals
from conferences.referral import told as form_told
from conferences.triage import triage

ITEMS = range(1, 25)
SHEETS = {Part.PERPETRATOR: "perpetrator", Part.CHILD: "child", Part.OTHER_ADULT: "adult"}


def events(stage: Stage, told: CaseTold) -> list[Event]:
    """Returns what happens to one referral, and when."""
    found = [Event(told.started_at, partial(_write, stage, told))]
    if told.sent_at:
        found.append(Event(told.sent_at, partial(_send, stage, told)))
    if told.rung_at:
        found.append(Event(told.rung_at, partial(_ring, stage, told)))
    return found + [Event(step.at, partial(_decide, stage, told, step)) for step in told.decisions]


def _write(stage: Stage, told: CaseTold, now: datetime) -> None:
    session, who = stage.session, stage.users[told.by]
    row = referrals.start(session, who, safe_to_talk=told.safe_to_talk, now=now)
    row.case.reference = told.reference
    stage.referrals[told.reference] = row
    for wall in told.shut_out:
        shut = stage.users[wall.who]
        people.exclude(session, who, row.case, user_id=shut.id, reason=wall.reason, now=now)
    _fill_checklist(stage, told, who, row, now)
    _name_people(stage, told, who, row, now)
    if told.contact:
        referrals.save_contact(session, who, row, _contact(told.contact), now=now)
    if told.address:
        referrals.save_address(session, who, row, told.address, now=now)
    _say_why(stage, told, who, row, now)


def _contact(told: ContactTold) -> Contact:
    return Contact(told.rule, tuple(Point(**one.model_dump()) for one in told.points))


def _fill_checklist(stage: Stage, told: CaseTold, who: User, row: Referral, now: datetime) -> None:
    session = stage.session
    assessments.judge_first(session, who, row, view=told.first.view, why=told.first.why, now=now)
    values = {item: "no" for item in ITEMS if item not in told.unanswered}
    for code, items in (("yes", told.yes), ("dont_know", told.dont_know), ("refused", told.refused)):
        values |= dict.fromkeys(items, code)
    given = [
        Answer(str(item), value, told.sources.get(str(item), "person"), told.notes.get(str(item)))
        for item, value in sorted(values.items())
    ]
    assessments.answer(session, who, row, given, now=now)
    if told.last:
        assessments.judge_last(session, who, row, refer=told.last.refer, why=told.last.why, now=now)


def _name_people(stage: Stage, told: CaseTold, who: User, row: Referral, now: datetime) -> None:
    everyone = [
        (Part.VICTIM, told.victim),
        *((Part.PERPETRATOR, person) for person in told.perpetrators),
        *((Part.CHILD, person) for person in told.children),
        *((Part.OTHER_ADULT, person) for person in told.adults),
    ]
    for part, person in everyone:
        named = referrals.save_person(stage.session, who, row, part, _details(stage, person), now=now)
        if person.form:
            _fill(stage, who, row, SHEETS[part], person.form, named, now)
        if person.contact:
            referrals.save_contact(stage.session, who, row, _contact(person.contact), about=named, now=now)


def _details(stage: Stage, person: PersonTold) -> PersonDetails:
    known = person.model_dump(exclude={"form", "contact"}) | {"born": stage.shift.birth(person.born)}
    return PersonDetails(**known)


def _fill(
    stage: Stage,
    who: User,
    row: Referral,
    key: str,
    values: dict[str, Any],
    about: Involvement | None,
    now: datetime,
) -> None:
    """Fills in one part of the form; days in the files have been moved already."""
    given = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    form_told.save(stage.session, who, row, form_told.sheet(key), given, row=about, now=now)


def _say_why(stage: Stage, told: CaseTold, who: User, row: Referral, now: datetime) -> None:
    session = stage.session
    if told.reason:
        referrals.save_reason(
            session,
            who,
            row,
            reason=told.reason,
            wishes=told.wishes,
            urgency=told.urgency,
            history=_history(told.history),
            now=now,
        )
    if told.sharing:
        referrals.save_sharing(session, who, row, **told.sharing.model_dump(), now=now)
    for key, values in told.form.items():
        _fill(stage, who, row, key, values, None, now)


def _history(told: HistoryTold) -> dict[str, Any]:
    known: dict[str, Any] = told.model_dump(mode="json", exclude_none=True)
    return known


def _send(stage: Stage, told: CaseTold, now: datetime) -> None:
    referrals.submit(stage.session, stage.users[told.by], stage.referrals[told.reference], now=now)


def _ring(stage: Stage, told: CaseTold, now: datetime) -> None:
    """The adviser reaches the person, in the safe way."""
    case = stage.referrals[told.reference].case_id
    wanted = select(AdvocateReferral).where(AdvocateReferral.case_id == case)
    row, noor = stage.session.scalars(wanted).one(), stage.users["noor"]
    advocates.record_contact(stage.session, noor, row, outcome=FirstContact.CONTACTED, note=None, now=now)


def _decide(stage: Stage, told: CaseTold, step: DecisionTold, now: datetime) -> None:
    who, row = stage.users[step.by], stage.referrals[told.reference]
    if step.move == "return":
        triage.return_with_question(stage.session, who, row, question=step.words, now=now)
    else:
        code, to = DeclineCode.OTHER, step.signpost
        triage.decline(stage.session, who, row, code=code, reason=step.words, signpost=to, now=now)
