"""Deciding a referral: onto a meeting, back with a question, or declined with a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from conferences import states
from conferences.errors import WrongState
from conferences.meeting import agenda
from conferences.models import (
    Conference,
    ConferenceKind,
    DecisionKind,
    DeclineCode,
    Listing,
    Referral,
    ReferralStatus,
    User,
)
from conferences.permissions import Permission, require
from conferences.referral import deciding
from conferences.referral.deciding import needs
from conferences.triage import asking, holding
from conferences.triage.asking import Given
from conferences.visibility import visible_to

K, R = DecisionKind, ReferralStatus


def accept(
    session: Session,
    actor: User,
    referral: Referral,
    conference: Conference,
    *,
    now: datetime,
    version: int | None = None,
) -> Listing:
    """Puts the case on a meeting's agenda, children first; one listed for alerts only may follow later."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    require(actor, Permission.VIEW_CONFERENCE, conference)
    locked = deciding.lock(session, referral, version)
    before = deciding.as_it_is(locked) | {"held": holding.held_by(session, locked)}
    states.move(locked, R.ACCEPTED)
    listing = holding.firm(session, actor, locked, conference, now=now)
    placed = before | {"listing": listing.id.hex, "agenda_version": listing.conference.agenda_version}
    deciding.record(session, actor, locked, K.ACCEPTED, before=placed, now=now)
    return listing


def return_with_question(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    question: str | None = None,
    ask: Sequence[str] = (),
    meanwhile: Conference | None = None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Asks the referrer for exactly what is missing; the clock stops, the safety work does not.

    `ask` names what `asking.askable` offers; `meanwhile` is a meeting at which a place is held.
    """
    require(actor, Permission.DECIDE_REFERRAL, referral)
    if not ask:
        needs(question, "Tick what is missing, or write the question.", "question")
    locked = deciding.lock(session, referral, version)
    asked = asking.chosen(session, locked, ask)
    before = deciding.as_it_is(locked) | {"held": holding.held_by(session, locked)}
    states.move(locked, R.RETURNED)
    if meanwhile is not None:
        require(actor, Permission.VIEW_CONFERENCE, meanwhile)
        held = holding.hold(session, actor, locked, meanwhile, now=now)
        before |= {"listing": held.id.hex, "agenda_version": held.conference.agenda_version}
    topics = [one.topic for one in asked]
    words = question if question and question.strip() else "\n".join(topics)
    row = deciding.record(session, actor, locked, K.RETURNED, before=before, reason=words, now=now)
    asking.keep(session, locked, row, asked)


def reply(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    words: str | None = None,
    answers: Mapping[str, Given] | None = None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Answers exactly what was asked and puts the referral back in the queue, scored again."""
    require(actor, Permission.REPLY_TO_QUESTION, referral)
    locked = deciding.lock(session, referral, version)
    if locked.status is not R.RETURNED:
        raise WrongState("Nobody is waiting for an answer to this referral.")
    before = deciding.as_it_is(locked)
    if not asking.take(session, actor, locked, answers or {}, now=now):
        needs(words, "Write your answer.", "reply")
    states.move(locked, R.SUBMITTED)
    said = words if words and words.strip() else "Every question is answered."
    deciding.record(session, actor, locked, K.REPLIED, before=before, reason=said, now=now)


def needs_the_chair(referral: Referral) -> bool:
    """Returns whether declining needs the chair: it qualifies, is a repeat, or could not be scored."""
    return referral.qualifies is not False or referral.known_repeat


def decline(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    code: DeclineCode,
    reason: str,
    signpost: str,
    advice: str | None = None,
    now: datetime,
    version: int | None = None,
) -> None:
    """Declines with a reason, and says where to turn instead; where it must, it waits for the chair."""
    require(actor, Permission.DECIDE_REFERRAL, referral)
    needs(reason, "Give the reason in words.", "reason")
    needs(signpost, "Say where the person was pointed to instead.", "signpost")
    locked = deciding.lock(session, referral, version)
    before = deciding.as_it_is(locked)
    asks = needs_the_chair(locked)
    if not asks:
        before["held"] = holding.let_go(session, locked)
    states.move(locked, R.DECLINE_ASKED if asks else R.DECLINED)
    deciding.record(
        session,
        actor,
        locked,
        K.DECLINE_ASKED if asks else K.DECLINED,
        before=before,
        reason=reason,
        decline_code=code,
        signpost=signpost,
        advice=advice,
        now=now,
    )


def confirm_decline(
    session: Session,
    actor: User,
    referral: Referral,
    *,
    agreed: bool,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> None:
    """The chair agrees to declining, or sends the referral back to the queue; either way with a reason."""
    require(actor, Permission.CONFIRM_DECLINE, referral)
    needs(reason, "Say why.", "reason")
    locked = deciding.lock(session, referral, version)
    before = deciding.as_it_is(locked)
    if locked.status is not R.DECLINE_ASKED:
        raise WrongState("Nobody has asked to decline this referral.")
    if not agreed:
        states.move(locked, R.SUBMITTED)
        deciding.record(session, actor, locked, K.DECLINE_REFUSED, before=before, reason=reason, now=now)
        return
    asked = deciding.newest(locked, K.DECLINE_ASKED)
    locked.chair_confirmed_by_id = actor.id
    before["held"] = holding.let_go(session, locked)
    states.move(locked, R.DECLINED)
    code = asked.decline_code if asked else None
    deciding.record(
        session,
        actor,
        locked,
        K.DECLINED,
        before=before,
        reason=reason,
        decline_code=code or DeclineCode.OTHER,
        now=now,
    )


def open_conferences(session: Session, actor: User, *, now: datetime) -> list[Conference]:
    """Returns the meetings a case can still be accepted onto, soonest first."""
    found = visible_to(actor, Conference).where(
        Conference.starts_at > now,
        Conference.status.in_(agenda.TAKES_CASES),
        Conference.kind == ConferenceKind.ORDINARY,
    )
    return list(session.scalars(found.order_by(Conference.starts_at)))
