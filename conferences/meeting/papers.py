"""Fills the plans that documents are drawn from: only what the reader may know, and never an address."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conferences import births, policies
from conferences.calendars import LONDON, local_day
from conferences.checklist import assessments
from conferences.meeting import actions, agenda, documents, meetings
from conferences.models import (
    Action,
    ActionStatus,
    Agency,
    AgencyKind,
    Area,
    Conference,
    ConferenceKind,
    ContributionKind,
    Document,
    Listing,
    Part,
    Role,
    User,
)
from conferences.person import contacts, hiding, people
from conferences.plans import (
    ActionPlan,
    AgendaCase,
    AgendaPlan,
    Bounds,
    OutstandingAction,
    PersonLine,
    PlannedAction,
    Reason,
    RunningItem,
    SharedItem,
    UnknownTopic,
)
from conferences.referral import referrals
from conferences.sealing import unseal
from conferences.visibility import visible_to
from conferences.wall.walls import is_shut_out

GROUNDS = {
    "visible_high_risk": "Visible high risk",
    "professional_judgement": "Professional judgement",
    "potential_escalation": "Getting worse",
    "repeat": "Repeat",
}
MAY_KNOW = {
    "police": "police",
    "idva": "independent adviser",
    "childrens_services": "children’s services",
    "adult_social_care": "adult social care",
    "housing": "housing",
    "health": "health",
    "mental_health": "mental health",
    "substance": "drug and alcohol service",
    "probation": "probation",
    "education": "school or college",
    "perpetrator_service": "perpetrator service",
    "specialist": "specialist service",
}
OPENING_MINUTES = 14
STATUS_WORDS = {
    ActionStatus.PROPOSED: "Proposed: please accept or say why not",
    ActionStatus.ACCEPTED: "Agreed in the meeting",
    ActionStatus.IN_PROGRESS: "In progress",
    ActionStatus.DONE: "Done",
    ActionStatus.NOT_POSSIBLE: "Not possible",
    ActionStatus.NOT_DONE: "Not done",
    ActionStatus.REASSIGNED: "Given to another agency",
    ActionStatus.SUPERSEDED: "Replaced by another action",
    ActionStatus.RELEASED: "Released by the chair",
}


def agenda_plan(session: Session, document: Document) -> AgendaPlan:
    """Fills the chair's agenda for the person the copy is for; numbering is theirs alone, without gaps."""
    conference, reader = document.conference, document.recipient
    if conference is None:
        raise ValueError("an agenda belongs to a meeting")
    area = session.get_one(Area, conference.area_id)
    rows = agenda.listings_for(session, reader, conference)
    start = conference.starts_at.astimezone(LONDON)
    cases, clock = [], start + timedelta(minutes=OPENING_MINUTES)
    hidden = hiding.of_cases(session, [row.case_id for row in rows])
    for position, row in enumerate(rows, start=1):
        cases.append(hidden[row.case_id].without(_agenda_case(session, row, position, clock)))
        clock += timedelta(minutes=row.minutes)
    return AgendaPlan(
        service_name=area.service_name,
        meeting_on=start.date(),
        starts_at=start.time(),
        ends_at=clock.time(),
        venue=conference.venue,
        chair_name=unseal(session, conference.chair, "name") or "",
        chair_agency=conference.chair.agency.name if conference.chair.agency else "",
        coordinator_name=_coordinator(session, area),
        outstanding=_outstanding(session, reader, conference),
        running_order=_running_order(rows, cases, start),
        cases=tuple(cases),
        copy=documents.copy_of(session, document),
    )


def cases_in(session: Session, document: Document) -> set[UUID]:
    """Returns the cases that a copy speaks of, as its reader may know of them now."""
    reader = document.recipient
    if document.agency is not None:
        return {row.case_id for row in _actions_on_plan(session, reader, document.agency)}
    if document.conference is None:
        return set()
    turns = agenda.listings_for(session, reader, document.conference)
    rows = _outstanding_actions(session, reader, document.conference)
    return {row.case_id for row in turns} | {row.case_id for row in rows}


def _coordinator(session: Session, area: Area) -> str:
    users = session.scalars(select(User).where(User.area_id == area.id, User.is_active)).all()
    names = [unseal(session, user, "name") or "" for user in users if user.role is Role.COORDINATOR]
    return ", ".join(sorted(names))


def _running_order(
    rows: Sequence[Listing], cases: Sequence[AgendaCase], start: datetime
) -> tuple[RunningItem, ...]:
    opening = RunningItem(
        position=0,
        what="Opening and outstanding actions",
        note="Apologies, statement, conflicts",
        starts_at=start.time(),
        minutes=OPENING_MINUTES,
    )
    turns = [
        RunningItem(
            position=case.position,
            what=f"{case.reference} {case.initials}",
            note=", ".join(case.tags),
            starts_at=case.starts_at,
            minutes=row.minutes,
        )
        for row, case in zip(rows, cases, strict=True)
    ]
    return (opening, *turns)


def _outstanding_actions(session: Session, reader: User, conference: Conference) -> list[Action]:
    today = local_day(conference.starts_at)
    unkept = (ActionStatus.NOT_DONE, ActionStatus.NOT_POSSIBLE)
    wanted = visible_to(reader, Action).where(Action.due_on < today).order_by(Action.due_on)
    return [row for row in session.scalars(wanted) if actions.is_open(row) or row.status in unkept]


def _outstanding(session: Session, reader: User, conference: Conference) -> tuple[OutstandingAction, ...]:
    rows = _outstanding_actions(session, reader, conference)
    hidden = hiding.of_cases(session, [row.case_id for row in rows])
    return tuple(hidden[row.case_id].without(_unkept(session, row)) for row in rows)


def _unkept(session: Session, row: Action) -> OutstandingAction:
    return OutstandingAction(
        case_reference=row.case.reference,
        agency=row.agency.name,
        what=unseal(session, row, "what") or "",
        due_on=row.due_on,
        what_happened=_what_happened(session, row),
    )


def _what_happened(session: Session, action: Action) -> str:
    words = STATUS_WORDS[action.status] if not actions.is_open(action) else "No answer yet"
    reason = unseal(session, action, "reason")
    return f"{words}. {reason}" if reason else f"{words}."


def _agenda_case(session: Session, row: Listing, position: int, starts: datetime) -> AgendaCase:
    case, referral = row.case, row.referral
    on = local_day(referral.submitted_at or row.listed_at)
    victim = people.victim_of(case)
    name = people.name_of(session, victim)
    children = _persons(session, row, Part.CHILD)
    result = assessments.result_of(session, referral.assessment)
    tags = [GROUNDS["repeat"]] if result and "repeat" in _ground_ids(result) else []
    if children:
        tags.append(f"Children: {len(children)}")
    lines = meetings.conclusion_of(session, row)
    return AgendaCase(
        position=position,
        reference=case.reference,
        initials=people.initials(name),
        victim=_persons(session, row, Part.VICTIM)[0] if victim else PersonLine(name),
        perpetrators=_persons(session, row, Part.PERPETRATOR),
        children=children,
        referred_by=referral.agency.name,
        referred_on=on,
        tags=tuple(tags),
        why_here=_why_here(session, row, result),
        in_her_words=lines.victims_voice or unseal(session, referral, "wishes") or "",
        bounds=_bounds(row, result),
        unknown=_unknown(result),
        shared=_shared(session, row),
        nothing_known=tuple(
            item.agency.name for item in row.contributions if item.kind is ContributionKind.NOTHING_KNOWN
        ),
        no_return=_silent(session, row),
        starts_at=starts.time(),
        ends_at=(starts + timedelta(minutes=row.minutes)).time(),
    )


def _silent(session: Session, row: Listing) -> tuple[str, ...]:
    """Names the agencies that said nothing, once any has spoken; silence is not "nothing known".

    Not one that is shut out of the case: whoever reads it would go and ask there.
    """
    heard = {item.agency_id for item in row.contributions}
    if not heard:
        return ()
    agencies = session.scalars(select(Agency).where(Agency.area_id == row.case.area_id).order_by(Agency.name))
    asked = [one for one in agencies if one.kind is not AgencyKind.HOST and not is_shut_out(row.case, one)]
    return tuple(one.name for one in asked if one.id not in heard)


def _persons(session: Session, row: Listing, part: Part) -> tuple[PersonLine, ...]:
    on = local_day(row.referral.submitted_at or row.listed_at)
    found = []
    for involvement in people.in_part(row.case, part):
        known = people.details_of(session, involvement)
        about = known.relationship or ""
        age = births.age_words(known.born, on) if births.parse(known.born) else None
        found.append(PersonLine(name=known.name or "Name not given yet", age=age, about=about))
    return tuple(found)


def _ground_ids(result: dict[str, object]) -> list[str]:
    grounds = result["grounds"]
    return [ground["id"] for ground in grounds] if isinstance(grounds, list) else []


def _why_here(session: Session, row: Listing, result: dict[str, object] | None) -> tuple[Reason, ...]:
    reasons = []
    if result is None:
        reasons.append(Reason("Not scored", "The checklist could not be scored; a person decided."))
    else:
        grounds = result["grounds"] if isinstance(result["grounds"], list) else []
        reasons += [
            Reason(GROUNDS.get(ground["id"], "Ground"), _sentence(ground.get("because") or ""))
            for ground in grounds
        ]
        routes = result.get("routes")
        reasons += [Reason("Belongs elsewhere as well", _sentence(one["because"])) for one in _list(routes)]
    reasons.append(Reason("Why now", referrals.reason_of(session, row.referral) or ""))
    return tuple(reasons)


def _sentence(words: str) -> str:
    whole = words[:1].upper() + words[1:]
    return whole if not whole or whole.endswith((".", "?", "!", "”")) else f"{whole}."


def _list(found: object) -> list[dict[str, str]]:
    return found if isinstance(found, list) else []


def _bounds(row: Listing, result: dict[str, object] | None) -> Bounds | None:
    if not result or not isinstance(result.get("score_min"), int):
        return None
    low, high, line = result["score_min"], result["score_max"], result["threshold"]
    if not (isinstance(low, int) and isinstance(high, int) and isinstance(line, int)):
        return None
    total = len(assessments.edition_of(row.referral.assessment).items)
    return Bounds(lowest=low, highest=high, threshold=line, of=total)


def _unknown(result: dict[str, object] | None) -> tuple[UnknownTopic, ...]:
    rows = result.get("unknown") if result else None
    if not isinstance(rows, list):
        return ()
    return tuple(
        UnknownTopic(
            str(row["topic"]), ", ".join(MAY_KNOW.get(kind, kind) for kind in row.get("could_help") or ())
        )
        for row in rows
    )


def _shared(session: Session, row: Listing) -> tuple[SharedItem, ...]:
    return tuple(
        SharedItem(
            agency=item.agency.name,
            kind=item.nature.value.capitalize() if item.nature else "",
            text=unseal(session, item, "statement") or "",
        )
        for item in row.contributions
        if item.kind is ContributionKind.SHARED
    )


def action_plan(session: Session, document: Document, *, now: datetime) -> ActionPlan:
    """Fills an agency's own action plan: its open actions and the least context they need."""
    agency = document.agency
    if agency is None:
        raise ValueError("a plan belongs to an agency")
    area, today = session.get_one(Area, document.area_id), local_day(now)
    rows = _actions_on_plan(session, document.recipient, agency)
    meeting = max((row.listing.conference for row in rows), key=lambda row: row.starts_at, default=None)
    upcoming = _next_meeting(session, area, now)
    hidden = hiding.of_cases(session, [row.case_id for row in rows])
    return ActionPlan(
        agency_name=agency.name,
        service_name=area.service_name,
        meeting_on=local_day(meeting.starts_at) if meeting else today,
        reply_by=documents.reply_by(session, area, upcoming, today),
        coordinator_phone=area.help_phone,
        actions=tuple(hidden[row.case_id].without(_planned(session, row, area, today)) for row in rows),
        copy=documents.copy_of(session, document),
    )


def _actions_on_plan(session: Session, reader: User, agency: Agency) -> list[Action]:
    rows = actions.list_for(session, reader, agency)
    unkept = ActionStatus.NOT_DONE
    # What an earlier list says was not done is history; it is not asked for again on every plan.
    return [row for row in rows if actions.is_open(row) or (row.status is unkept and not row.import_id)]


def _next_meeting(session: Session, area: Area, now: datetime) -> Conference | None:
    wanted = select(Conference).where(
        Conference.area_id == area.id,
        Conference.starts_at > now,
        Conference.kind == ConferenceKind.ORDINARY,
    )
    return session.scalars(wanted.order_by(Conference.starts_at).limit(1)).first()


def _planned(session: Session, row: Action, area: Area, today: date) -> PlannedAction:
    promise, victim = actions.promise_of(session, row), people.victim_of(row.case)
    policy = policies.in_force(session, area.id, local_day(row.agreed_at))
    name = people.name_of(session, victim)
    rule = contacts.rule_of(session, victim.person if victim else None)
    shown = name if policy.names_on_action_sheets else people.initials(name)
    return PlannedAction(
        reference=row.reference,
        what=promise.what,
        due_on=row.due_on,
        about=f"{row.case.reference}, {shown}",
        why=unseal(session, row.risk, "statement") or "",
        owner=promise.owner,
        status_words=STATUS_WORDS[row.status],
        evidence_required=promise.evidence,
        contact_rule=rule or "Do not contact anyone in the family before asking the coordinator.",
        late_by_working_days=actions.overdue_by(session, row, today),
    )
