"""The trail: every change and every sensitive read leaves a line in the same transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from conferences import sealing
from conferences.models import AuditEntry, AuditOutcome, User
from conferences.models.base import HasSealed

SENTENCES: dict[str, str] = {
    "session.signed_in": "Signed in",
    "session.signed_out": "Signed out",
    "session.refused": "Could not sign in",
    "account.welcomed": "Chose a password and a one-time code",
    "account.invited": "Was given an account",
    "household.given": "Said where they live, so that no case about their household reaches them",
    "colleagues.named": "Listed those of an agency who have no account",
    "colleague.added": "Put somebody without an account on an agency’s list",
    "colleague.changed": "Wrote anew what is known of somebody without an account",
    "colleague.ended": "Took somebody off the list of those without an account",
    "token.issued": "Was given a token for a program",
    "area.created": "Set up the area",
    "policy.set": "Set what the area asks for",
    "referral.started": "Started a referral",
    "referral.saved": "Saved part of a referral",
    "referral.submitted": "Sent a referral",
    "referral.kept_longer": "Kept a draft longer",
    "referral.left_lying": "A draft that must be heard was left for a person to look at",
    "referral.writer_gone": "A draft was found whose writer has left",
    "referral.discarded": "A draft past its date was put aside",
    "referral.destroyed": "Destroyed what a draft put aside four weeks ago had said",
    "referral.sign_off_asked": "Asked their manager to sign a referral off",
    "referral.sign_off_skipped": "Sent a referral on without a sign-off",
    "referral.signed_off": "Signed a referral off",
    "referral.given_back": "Gave a referral back to its writer with a reason",
    "referral.taken_in": "Took a referral in without a sign-off",
    "referral.taken_over": "Took over a draft whose writer has left",
    "referral.viewed": "Opened a referral",
    "referral.accepted": "Accepted a referral onto a meeting",
    "referral.returned": "Asked the referrer a question",
    "referral.replied": "Answered the coordinator’s question",
    "referral.decline_asked": "Asked the chair to confirm declining a referral",
    "referral.decline_refused": "Did not agree to declining a referral",
    "referral.declined": "Declined a referral",
    "referral.redirected": "Sent a referral on to another route",
    "referral.alert_only": "Listed a referral for alerts only",
    "referral.merged": "Added a referral to a case that is already listed",
    "referral.withdraw_asked": "Asked to take a referral back",
    "referral.withdraw_refused": "Did not agree to taking a referral back",
    "referral.withdrawn": "Confirmed that a referral was taken back",
    "referral.appealed": "Appealed against declining a referral",
    "referral.appeal_agreed": "Agreed to an appeal against declining a referral",
    "referral.undone": "Undid a decision about a referral",
    "advocate.told": "Told the advocates of a person to ring",
    "advocate.acknowledged": "Took on ringing a person",
    "advocate.rang": "Recorded what came of ringing a person",
    "sample.reviewed": "Read a drawn decision again",
    "referral.date_told": "Recorded a date that changes the risk",
    "referral.date_taken_out": "Took out a date that was recorded",
    "assessment.answered": "Answered part of a checklist",
    "assessment.answered_again": "Answered what was still open on a checklist",
    "assessment.opened": "Opened a further checklist on a case",
    "assessment.completed_beside": "Completed a further checklist on a case",
    "assessment.completed": "Completed a checklist",
    "assessment.rescored": "Counted what stored checklists would have come to under another profile",
    "assessment.unscored": "A checklist could not be scored; the referral was queued all the same",
    "link.given": "Gave an agency a link for one referral",
    "link.withdrawn": "Ended a link before it was used",
    "outside.arrived": "A referral arrived through a link",
    "outside.viewed": "Opened a referral that arrived through a link",
    "outside.taken_on": "Took on a referral that arrived through a link",
    "outside.refused": "Said why a referral that arrived through a link is not taken on",
    "identity.looked_up": "Asked whether the people of a referral are known already",
    "identity.compared": "Looked at two records side by side",
    "identity.same": "Found two records to be the same person",
    "identity.different": "Found two records to be different people",
    "identity.not_sure": "Could not say whether two records are the same person",
    "identity.undone": "Took back a decision about two records",
    "repeat.confirmed": "Confirmed that a referral is a repeat",
    "repeat.not_confirmed": "Found that a referral is not a repeat",
    "case.viewed": "Opened a case",
    "enquiry.asked": "Asked another area whether somebody is known there",
    "enquiry.viewed": "Opened a question of another area",
    "enquiry.answered": "Answered a question of another area",
    "search.made": "Searched",
    "search.opened": "Went to a case from a search",
    "person.excluded": "Shut a person or agency out of a case",
    "person.left_to_decide": "Somebody is like a person in the case, and nobody else is left to decide it",
    "person.suspected": "Shut somebody out who is like a person in the case, until somebody has looked",
    "person.confirmed": "Confirmed that somebody stays shut out of a case",
    "case.restricted": "Kept a case to a few",
    "wall.lifted": "Let somebody know of a case again",
    "address.given": "Recorded where a person is",
    "address.viewed": "Looked at where a person is",
    "contact.given": "Recorded how a person may be reached",
    "contact.changed": "Changed how a person may be reached",
    "contact.viewed": "Looked at how a person may be reached",
    "other_contact.given": "Recorded how a child or another adult may be reached",
    "other_contact.changed": "Changed how a child or another adult may be reached",
    "other_contact.viewed": "Looked at how a child or another adult may be reached",
    "harm_contact.given": "Recorded how somebody who may cause harm is reached",
    "harm_contact.changed": "Changed how somebody who may cause harm is reached",
    "harm_contact.viewed": "Looked at how somebody who may cause harm is reached",
    "conference.planned": "Planned a meeting",
    "conference.called": "Called an emergency meeting",
    "conference.called_off": "Called an emergency meeting off",
    "conference.opened": "Opened a meeting",
    "conference.concluded": "Concluded a meeting",
    "agenda.reordered": "Changed the order of an agenda",
    "agenda.issued": "Issued an agenda",
    "listing.viewed": "Opened a case’s turn on an agenda",
    "listing.contributed": "Recorded what an agency shared",
    "listing.risk_recorded": "Recorded a risk",
    "listing.summarised": "Wrote the chair’s summary",
    "listing.concluded": "Concluded a case’s turn",
    "listing.deferred": "Put off a case’s turn",
    "action.agreed": "Agreed an action",
    "action.accepted": "Accepted an action",
    "action.started": "Started an action",
    "action.noted": "Added a note to an action",
    "action.completed": "Completed an action",
    "action.not_possible": "Said that an action could not be done",
    "action.not_done": "Said that an action was not done",
    "action.confirmed": "Confirmed that an action could not be done",
    "action.sent_back": "Sent an action back to the agency",
    "action.reassigned": "Gave an action to another agency",
    "action.released": "Released an agency from an action",
    "action.viewed": "Opened an action",
    "document.asked": "Asked for a copy of a document",
    "document.made": "Made a copy of a document",
    "document.fetched": "Downloaded a copy of a document",
    "import.read": "Brought a list, which was read",
    "import.checked": "Said what the columns of a list mean",
    "import.doubts_decided": "Said which doubtful rows of a list are taken",
    "import.taking": "Began to take a list",
    "import.taken": "Took a list",
    "import.undone": "Undid a list",
    "import.discarded": "Put a list aside without taking it",
    "import.looked": "Looked through a list",
    "case.imported": "Took a case from a list",
    "access.refused": "Was refused",
    "access.missed": "Tried to open it, and was told that there is no such thing",
}


def record(
    session: Session,
    actor: User | None,
    kind: str,
    subject: Any = None,
    *,
    at: datetime,
    fields: str | None = None,
    reason: str | None = None,
) -> AuditEntry:
    """Adds one line to the trail, in the caller's transaction; `fields` names columns, never values."""
    if kind not in SENTENCES:
        raise KeyError(kind)
    entry = AuditEntry(
        area_id=actor.area_id if actor else getattr(subject, "area_id", None),
        at=at,
        actor_id=actor.id if actor else None,
        kind=kind,
        subject_kind=subject.__tablename__ if subject is not None else None,
        subject_id=subject.id if subject is not None else None,
        fields=fields,
    )
    session.add(entry)
    if reason and isinstance(subject, HasSealed):
        entry.data_key = subject.data_key
        sealing.seal(session, entry, "reason", reason)
    return entry


def record_miss(
    session: Session, actor: User, subject_kind: str | None, subject_id: UUID, *, at: datetime
) -> None:
    """Adds a line saying that somebody asked for what they may not know of, or for what never was.

    Both leave the same line, so that neither takes longer than the other.
    """
    session.add(
        AuditEntry(
            area_id=actor.area_id,
            at=at,
            actor_id=actor.id,
            kind="access.missed",
            subject_kind=subject_kind,
            subject_id=subject_id,
            outcome=AuditOutcome.REFUSED,
        )
    )


def record_refusal(
    session: Session,
    actor: User | None,
    permission: str,
    *,
    at: datetime,
    subject_kind: str | None = None,
    subject_id: UUID | None = None,
) -> None:
    """Adds a line saying that somebody was refused; the caller gives it a transaction of its own."""
    session.add(
        AuditEntry(
            area_id=actor.area_id if actor else None,
            at=at,
            actor_id=actor.id if actor else None,
            kind="access.refused",
            subject_kind=subject_kind,
            subject_id=subject_id,
            outcome=AuditOutcome.REFUSED,
            fields=permission,
        )
    )
