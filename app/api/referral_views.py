"""A referral as a program sees it."""

from app.api.answers import Missing, PersonOut, ReferralOut
from app.auth.who import Db
from conferences.checklist import assessments
from conferences.models import Involvement, Referral, ReferralStatus
from conferences.person import people
from conferences.referral import referrals


def person(session: Db, row: Involvement) -> PersonOut:
    """Reads one person of a case."""
    known = people.details_of(session, row)
    return PersonOut(
        id=row.id.hex,
        part=row.part,
        name=known.name,
        known_as=known.known_as,
        former_names=known.former_names,
        born=known.born,
        gender=known.gender,
        language=known.language,
        relationship=known.relationship,
    )


def referral(session: Db, row: Referral) -> ReferralOut:
    """Reads a referral; the caller has already asked whether the reader may."""
    is_draft = row.status is ReferralStatus.DRAFT
    absent = referrals.missing(session, row) if is_draft else []
    return ReferralOut(
        id=row.id.hex,
        case_id=row.case_id.hex,
        case_reference=row.case.reference,
        status=row.status,
        urgency=row.urgency,
        scoring=row.scoring,
        qualifies=row.qualifies,
        instrument=f"{row.assessment.instrument}@{row.assessment.instrument_version}",
        version=row.version,
        started_at=row.started_at,
        kept_until=row.expires_on,
        submitted_at=row.submitted_at,
        answers=assessments.answers_of(session, row.assessment),
        people=[person(session, one) for one in row.case.involvements],
        reason=referrals.reason_of(session, row),
        result=assessments.result_of(session, row.assessment),
        missing=[Missing(task=task, sentence=sentence) for task, sentence in absent],
    )
