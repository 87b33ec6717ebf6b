"""Who may do what: one table anyone in governance can read.

Read MAP aloud: any line in the list, and in a line all of it. What `forbidding` holds beats every role.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import object_session

from conferences.errors import NotAllowed
from conferences.forbidding import NEVER, Condition, case_of, has_gone_from
from conferences.models import (
    NOT_SENT,
    Action,
    ActionStatus,
    Agency,
    Case,
    Document,
    ImportBatch,
    Membership,
    Referral,
    ReferralStatus,
    Role,
    User,
)

OPEN_ACTIONS = (ActionStatus.PROPOSED, ActionStatus.ACCEPTED, ActionStatus.IN_PROGRESS)


class Permission(StrEnum):
    """Everything a person can be allowed to do, as noun:verb."""

    START_REFERRAL = "referral:start"
    VIEW_REFERRAL = "referral:view"
    EDIT_REFERRAL = "referral:edit"
    SIGN_OFF = "referral:sign_off"
    TAKE_IN = "referral:take_in"
    TAKE_OVER = "referral:take_over"
    REPLY_TO_QUESTION = "referral:reply"
    ASSESS_AGAIN = "referral:assess_again"
    VIEW_QUEUE = "queue:view"
    DECIDE_REFERRAL = "referral:decide"
    ACCEPT_MANY = "queue:accept_many"
    READ_SAMPLE = "sample:view"
    REVIEW_DECISION = "sample:review"
    RING_PERSON = "advocate:ring"
    CALL_EMERGENCY = "referral:call_emergency"
    CONFIRM_DECLINE = "referral:confirm_decline"
    GIVE_LINK = "link:give"
    TAKE_ON = "outside:take_on"
    DECIDE_IDENTITY = "identity:decide"
    VIEW_HEADLINES = "headline:view"
    DECIDE_REPEAT = "repeat:decide"
    WITHDRAW_REFERRAL = "referral:withdraw"
    APPEAL = "referral:appeal"
    DECIDE_APPEAL = "referral:decide_appeal"
    SEARCH = "case:search"
    ASK_ELSEWHERE = "enquiry:ask"
    ANSWER_ENQUIRY = "enquiry:answer"
    VIEW_CASE = "case:view"
    EXCLUDE = "case:exclude"
    LIFT_WALL = "case:lift_wall"
    VIEW_CONTACT = "contact:view"
    VIEW_HARM_CONTACT = "contact:view_harm"
    CHANGE_CONTACT = "contact:change"
    VIEW_ADDRESS = "address:view"
    VIEW_CONFERENCES = "conference:list"
    VIEW_CONFERENCE = "conference:view"
    PLAN_CONFERENCE = "conference:plan"
    ORDER_AGENDA = "agenda:order"
    ISSUE_AGENDA = "agenda:issue"
    RUN_CONFERENCE = "conference:run"
    VIEW_LISTING = "listing:view"
    RECORD_LISTING = "listing:record"
    CONCLUDE_LISTING = "listing:conclude"
    AGREE_ACTION = "action:agree"
    VIEW_ACTIONS = "action:list"
    VIEW_ACTION = "action:view"
    ANSWER_ACTION = "action:answer"
    CONFIRM_ACTION = "action:confirm"
    REASSIGN_ACTION = "action:reassign"
    RELEASE_ACTION = "action:release"
    MAKE_AGENDA = "agenda:copy"
    MAKE_PLAN = "plan:copy"
    FETCH_DOCUMENT = "document:fetch"
    MANAGE_ACCOUNTS = "account:manage"
    KEEP_HOUSEHOLD = "household:keep"
    NAME_COLLEAGUES = "colleague:name"
    BRING_LIST = "list:bring"
    VIEW_LIST = "list:view"


def coordinates(user: User, thing: Any) -> bool:
    """Coordinates this area's meetings."""
    return user.role is Role.COORDINATOR


def chairs(user: User, thing: Any) -> bool:
    """Chairs this area's meetings."""
    return user.role is Role.CHAIR


def advocates(user: User, thing: Any) -> bool:
    """Is an independent advocate."""
    return user.role is Role.IDVA


def represents(user: User, thing: Any) -> bool:
    """Speaks for an agency at the meeting."""
    return user.role is Role.REPRESENTATIVE


def works_with_people(user: User, thing: Any) -> bool:
    """Works for an agency with people at risk; everyone but an administrator."""
    return user.role is not None and user.role is not Role.ADMINISTRATOR


def administers(user: User, thing: Any) -> bool:
    """Runs accounts and settings, and sees no case."""
    return user.role is Role.ADMINISTRATOR


def wrote_it(user: User, thing: Any) -> bool:
    """Started this referral."""
    return isinstance(thing, Referral) and thing.referrer_id == user.id


def is_draft(user: User, thing: Any) -> bool:
    """Nothing has been sent yet."""
    return isinstance(thing, Referral) and thing.status is ReferralStatus.DRAFT


def did_not_write_it(user: User, thing: Any) -> bool:
    """Somebody else started this referral: nobody signs off their own."""
    return not wrote_it(user, thing)


def was_handed_in(user: User, thing: Any) -> bool:
    """The referral is no draft any more: it waits for its sign-off, or was sent."""
    return isinstance(thing, Referral) and thing.status is not ReferralStatus.DRAFT


def waits_before_sending(user: User, thing: Any) -> bool:
    """The referral waits for its sign-off, was given back, or is a draft past its date that must be heard."""
    if not isinstance(thing, Referral):
        return False
    told = thing.given_back_at or thing.left_lying_at
    return thing.status is ReferralStatus.AWAITING_SIGNOFF or told is not None


def writer_has_gone(user: User, thing: Any) -> bool:
    """The draft was found without its writer, who still has no account or no place at its agency."""
    return is_draft(user, thing) and thing.writer_gone_at is not None and has_gone_from(thing.referrer, thing)


def was_sent(user: User, thing: Any) -> bool:
    """The referral, or a referral of the case, has been sent."""
    if isinstance(thing, Referral):
        return thing.status not in NOT_SENT
    case = case_of(thing)
    return case is not None and case.shared_at is not None


def is_not_yet_sent(user: User, thing: Any) -> bool:
    """No referral of the case has been sent: only its author knows of it."""
    return isinstance(thing, Case) and thing.shared_at is None


def stands_in(user: User, thing: Any) -> bool:
    """No coordinator of the area may know of the case, so that somebody else must decide."""
    return _nobody_may_know(case_of(thing), Membership.role == Role.COORDINATOR)


def nobody_there_may_know(user: User, thing: Any) -> bool:
    """Nobody who speaks for the referral's own agency may know of it."""
    there = Membership.agency_id == getattr(thing, "agency_id", None)
    return _nobody_may_know(case_of(thing), Membership.role == Role.REPRESENTATIVE, there)


def _nobody_may_know(case: Case | None, *asked: ColumnElement[bool]) -> bool:
    session = object_session(case) if case is not None else None
    if case is None or session is None:
        return False
    wanted = select(User).join(Membership, (Membership.user_id == User.id) & Membership.ended_at.is_(None))
    wanted = wanted.where(User.area_id == case.area_id, *asked)
    return all(any(forbids(one, case) for forbids in NEVER) for one in session.scalars(wanted))


def opened_it(user: User, thing: Any) -> bool:
    """Started the first referral of this case."""
    return isinstance(thing, Case) and thing.opened_by_id == user.id


def from_own_agency(user: User, thing: Any) -> bool:
    """The referral came from the person's own agency."""
    return isinstance(thing, Referral) and thing.agency_id == user.agency_id


def owns_action(user: User, thing: Any) -> bool:
    """The action was promised by the person's own agency."""
    return isinstance(thing, Action) and thing.agency_id == user.agency_id and works_with_people(user, thing)


def needs_the_address(user: User, thing: Any) -> bool:
    """The action is still to be done and cannot be done without knowing where the person is."""
    return isinstance(thing, Action) and thing.needs_address and thing.status in OPEN_ACTIONS


def is_recipient(user: User, thing: Any) -> bool:
    """The copy was made for this person."""
    return isinstance(thing, Document) and thing.recipient_id == user.id


def is_own_agency(user: User, thing: Any) -> bool:
    """Works for this very agency."""
    return isinstance(thing, Agency) and thing.id == user.agency_id and works_with_people(user, thing)


def is_themself(user: User, thing: Any) -> bool:
    """It is about their own account."""
    return isinstance(thing, User) and thing.id == user.id


def brought_it(user: User, thing: Any) -> bool:
    """Brought this list."""
    return isinstance(thing, ImportBatch) and thing.by_id == user.id


P = Permission
MAP: dict[Permission, list[list[Condition]]] = {
    P.START_REFERRAL: [[works_with_people]],
    P.VIEW_REFERRAL: [
        [wrote_it],
        [coordinates, was_sent],
        [chairs, was_sent],
        [advocates, was_sent],
        [represents, from_own_agency, was_handed_in],
    ],
    P.SIGN_OFF: [[represents, from_own_agency, did_not_write_it, was_handed_in]],
    P.TAKE_IN: [[coordinates, waits_before_sending], [chairs, waits_before_sending, stands_in]],
    P.TAKE_OVER: [
        [represents, from_own_agency, writer_has_gone],
        [coordinates, waits_before_sending, writer_has_gone, nobody_there_may_know],
        [chairs, waits_before_sending, writer_has_gone, nobody_there_may_know, stands_in],
    ],
    P.EDIT_REFERRAL: [[wrote_it, is_draft]],
    P.REPLY_TO_QUESTION: [[wrote_it]],
    P.ASSESS_AGAIN: [[wrote_it, was_sent], [coordinates, was_sent], [advocates, was_sent]],
    P.VIEW_QUEUE: [[coordinates], [chairs]],
    P.ACCEPT_MANY: [[coordinates]],
    P.DECIDE_REFERRAL: [[coordinates, was_sent], [chairs, was_sent, stands_in]],
    P.READ_SAMPLE: [[chairs]],
    P.REVIEW_DECISION: [[chairs, was_sent]],
    P.RING_PERSON: [[advocates, was_sent], [coordinates, was_sent]],
    P.CALL_EMERGENCY: [[coordinates, was_sent], [chairs, was_sent]],
    P.CONFIRM_DECLINE: [[chairs, was_sent]],
    P.GIVE_LINK: [[coordinates]],
    P.TAKE_ON: [[coordinates]],
    P.DECIDE_IDENTITY: [[coordinates]],
    P.VIEW_HEADLINES: [[coordinates], [chairs]],
    P.DECIDE_REPEAT: [[coordinates, was_sent]],
    P.WITHDRAW_REFERRAL: [[wrote_it, was_sent]],
    P.APPEAL: [[wrote_it, was_sent]],
    P.DECIDE_APPEAL: [[chairs, was_sent]],
    P.SEARCH: [[works_with_people]],
    P.ASK_ELSEWHERE: [[coordinates, was_sent], [chairs, was_sent]],
    P.ANSWER_ENQUIRY: [[coordinates]],
    P.VIEW_CASE: [[coordinates, was_sent], [chairs, was_sent], [advocates, was_sent]],
    P.EXCLUDE: [[coordinates, was_sent], [chairs, was_sent, stands_in], [opened_it]],
    P.LIFT_WALL: [[coordinates, was_sent], [chairs, was_sent, stands_in], [opened_it, is_not_yet_sent]],
    P.VIEW_CONTACT: [[coordinates, was_sent], [chairs, was_sent], [advocates, was_sent], [opened_it]],
    P.VIEW_HARM_CONTACT: [[coordinates, was_sent], [chairs, was_sent], [advocates, was_sent]],
    P.CHANGE_CONTACT: [[coordinates, was_sent], [advocates, was_sent]],
    P.VIEW_ADDRESS: [
        [coordinates, was_sent],
        [chairs, was_sent],
        [advocates, was_sent],
        [opened_it],
        [owns_action, needs_the_address],
    ],
    P.VIEW_CONFERENCES: [[coordinates], [chairs], [represents], [advocates]],
    P.VIEW_CONFERENCE: [[coordinates], [chairs]],
    P.PLAN_CONFERENCE: [[coordinates]],
    P.ORDER_AGENDA: [[coordinates], [chairs]],
    P.ISSUE_AGENDA: [[coordinates], [chairs]],
    P.RUN_CONFERENCE: [[chairs]],
    P.VIEW_LISTING: [[coordinates], [chairs]],
    P.RECORD_LISTING: [[coordinates], [chairs]],
    P.CONCLUDE_LISTING: [[chairs]],
    P.AGREE_ACTION: [[coordinates], [chairs]],
    P.VIEW_ACTIONS: [[works_with_people]],
    P.VIEW_ACTION: [[owns_action], [coordinates], [chairs]],
    P.ANSWER_ACTION: [[owns_action], [coordinates]],
    P.CONFIRM_ACTION: [[coordinates]],
    P.REASSIGN_ACTION: [[coordinates], [chairs]],
    P.RELEASE_ACTION: [[chairs]],
    P.MAKE_AGENDA: [[coordinates], [chairs]],
    P.MAKE_PLAN: [[coordinates], [chairs], [is_own_agency]],
    P.FETCH_DOCUMENT: [[is_recipient]],
    P.MANAGE_ACCOUNTS: [[administers]],
    P.KEEP_HOUSEHOLD: [[is_themself]],
    P.NAME_COLLEAGUES: [
        [is_own_agency, represents],
        [is_own_agency, advocates],
        [is_own_agency, coordinates],
        [is_own_agency, chairs],
        [administers],
    ],
    P.BRING_LIST: [[coordinates]],
    P.VIEW_LIST: [[coordinates, brought_it]],
}


def may(user: User, permission: Permission, thing: Any = None) -> bool:
    """Returns whether the person may do this to the thing; what NEVER forbids no role allows."""
    if any(forbids(user, thing) for forbids in NEVER):
        return False
    return any(all(holds(user, thing) for holds in clause) for clause in MAP[permission])


def require(user: User, permission: Permission, thing: Any = None) -> None:
    """Raises NotAllowed unless the person may do this to the thing."""
    if not may(user, permission, thing):
        kind = thing.__tablename__ if thing is not None else None
        raise NotAllowed(permission.value, kind, getattr(thing, "id", None))
