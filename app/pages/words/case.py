"""The words and shapes of tags that cases carry wherever they are shown."""

from app.templating import t
from conferences.models import (
    ActionStatus,
    ConferenceStatus,
    DecisionKind,
    Listing,
    ListingStatus,
    Outcome,
    Part,
    ReferralStatus,
)

Tag = tuple[str, str, str]

_GROUNDS: dict[str, Tag] = {
    "under_16": ("bad", "Under 16, or may be", "child"),
    "outside_area": ("soon", "Lives in another area", "right"),
    "harmer_under_16": ("soon", "Whoever causes harm is under 16, or may be", "child"),
    "childrens_services": ("soon", "For children’s services as well", "child"),
    "other_checklist": ("soon", "Another checklist fits them", "page"),
    "emergency": ("bad", "Emergency asked for", "warning"),
    "decline_asked": ("closed", "Decline to confirm", "eye"),
    "withdraw_asked": ("closed", "Taking back to confirm", "eye"),
    "appealed": ("closed", "Appeal to decide", "eye"),
    "waiting_for_referrer": ("", "Waiting for the referrer", "pause"),
    "unscored": ("soon", "Not scored", "warning"),
    "visible_high_risk": ("ink", "On answers", "tick"),
    "professional_judgement": ("info", "On judgement", "eye"),
    "potential_escalation": ("info", "Getting worse", "up"),
    "repeat": ("info", "Repeat", "repeat"),
    "said_repeat": ("info", "Said to be a repeat", "repeat"),
    "possible_high": ("line", "Possible high", "half"),
    "below_the_line": ("", "Below the line", "dash"),
}
_REFERRALS: dict[ReferralStatus, Tag] = {
    ReferralStatus.DRAFT: ("", "Draft", "page"),
    ReferralStatus.AWAITING_SIGNOFF: ("info", "Waiting to be signed off", "pause"),
    ReferralStatus.SUBMITTED: ("info", "To decide", "clock"),
    ReferralStatus.RETURNED: ("soon", "Waiting for the referrer", "pause"),
    ReferralStatus.DECLINE_ASKED: ("closed", "Decline to confirm", "eye"),
    ReferralStatus.WITHDRAW_ASKED: ("closed", "Taking back to confirm", "eye"),
    ReferralStatus.APPEALED: ("closed", "Appeal to decide", "eye"),
    ReferralStatus.ACCEPTED: ("good", "Accepted", "tick"),
    ReferralStatus.ALERT_ONLY: ("info", "Alerts only", "ring"),
    ReferralStatus.MERGED: ("good", "Added to a listed case", "tick"),
    ReferralStatus.REDIRECTED: ("", "Sent on to another route", "right"),
    ReferralStatus.DECLINED: ("", "Declined", "dash"),
    ReferralStatus.WITHDRAWN: ("", "Taken back", "dash"),
    ReferralStatus.DISCARDED: ("", "Put aside", "dash"),
}
_LISTINGS: dict[ListingStatus, Tag] = {
    ListingStatus.LISTED: ("info", "To be heard", "clock"),
    ListingStatus.HEARD: ("good", "Heard", "tick"),
    ListingStatus.DEFERRED: ("soon", "Put off", "pause"),
    ListingStatus.TAKEN_OFF: ("", "Taken off", "dash"),
}
_MEETINGS: dict[ConferenceStatus, Tag] = {
    ConferenceStatus.PLANNED: ("", "Planned", "ring"),
    ConferenceStatus.AGENDA_ISSUED: ("info", "Agenda issued", "page"),
    ConferenceStatus.IN_SESSION: ("ink", "In session", "dot"),
    ConferenceStatus.CONCLUDED: ("good", "Concluded", "tick"),
    ConferenceStatus.CANCELLED: ("", "Cancelled", "cross"),
}
_ACTIONS: dict[ActionStatus, Tag] = {
    ActionStatus.PROPOSED: ("info", "Proposed", "ring"),
    ActionStatus.ACCEPTED: ("good", "Accepted", "tick"),
    ActionStatus.IN_PROGRESS: ("info", "In progress", "half"),
    ActionStatus.DONE: ("good", "Done", "tick"),
    ActionStatus.NOT_POSSIBLE: ("soon", "Not possible", "cross"),
    ActionStatus.NOT_DONE: ("bad", "Not done", "warning"),
    ActionStatus.REASSIGNED: ("", "Given to another agency", "right"),
    ActionStatus.SUPERSEDED: ("", "Replaced", "dash"),
    ActionStatus.RELEASED: ("", "Released by the chair", "dash"),
}
_PARTS: dict[Part, Tag] = {
    Part.VICTIM: ("", "At risk", "people"),
    Part.PERPETRATOR: ("", "Causes harm", "warning"),
    Part.CHILD: ("", "Child", "child"),
    Part.OTHER_ADULT: ("", "Other adult", "people"),
}
_OUTCOMES = {Outcome.ACTIONS_AGREED: "Actions agreed", Outcome.NO_FURTHER_ACTION: "No further action"}
_DECISIONS = {
    DecisionKind.ACCEPTED: "Accepted onto a meeting",
    DecisionKind.RETURNED: "Asked the referrer",
    DecisionKind.REPLIED: "The referrer answered",
    DecisionKind.DECLINE_ASKED: "Asked the chair to confirm declining",
    DecisionKind.DECLINE_REFUSED: "The chair did not agree to declining",
    DecisionKind.DECLINED: "Declined",
    DecisionKind.REDIRECTED: "Sent on to another route",
    DecisionKind.ALERT_ONLY: "Listed for alerts only",
    DecisionKind.MERGED: "Added to a listed case",
    DecisionKind.WITHDRAW_ASKED: "The referrer asked to take it back",
    DecisionKind.WITHDRAW_REFUSED: "Did not agree to taking it back",
    DecisionKind.WITHDRAWN: "Taken back",
    DecisionKind.APPEALED: "The referrer appealed",
    DecisionKind.APPEAL_AGREED: "The chair agreed with the referrer",
    DecisionKind.SIGNED_OFF: "The manager signed it off",
    DecisionKind.GIVEN_BACK: "The manager gave it back",
    DecisionKind.TAKEN_IN: "Taken in without a sign-off",
    DecisionKind.TAKEN_OVER: "Taken over from a writer who has left",
    DecisionKind.UNDONE: "Undid the last decision",
}


def _said(tag: Tag) -> Tag:
    return (tag[0], t(tag[1]), tag[2])


def ground_tag(kind: str) -> Tag:
    """Returns the tag of a ground, or of a reason why a referral waits."""
    return _said(_GROUNDS.get(kind, ("info", kind.replace("_", " "), "dot")))


def referral_tag(status: ReferralStatus) -> Tag:
    """Returns the tag for where a referral stands."""
    return _said(_REFERRALS[status])


def listing_tag(status: ListingStatus) -> Tag:
    """Returns the tag for where a case's turn stands."""
    return _said(_LISTINGS[status])


def held_tag(listing: Listing) -> list[Tag]:
    """Returns the tag of a place held while the referrer is asked, or none."""
    return [("soon", t("Provisional"), "pause")] if listing.provisional else []


def meeting_tag(status: ConferenceStatus) -> Tag:
    """Returns the tag for where a meeting stands."""
    return _said(_MEETINGS[status])


def action_tag(status: ActionStatus) -> Tag:
    """Returns the tag for where an action stands; not possible and not done never look the same."""
    return _said(_ACTIONS[status])


def part_tag(part: Part) -> Tag:
    """Returns the tag for who a person is in a case."""
    return _said(_PARTS[part])


def outcome_words(outcome: Outcome | None) -> str:
    """Returns the words for how a turn ended."""
    return t(_OUTCOMES[outcome]) if outcome else ""


def decision_words(kind: DecisionKind) -> str:
    """Returns the words for what somebody decided about a referral."""
    return t(_DECISIONS[kind])
