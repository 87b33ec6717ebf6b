"""A case's turn as a program sees it."""

from dataclasses import asdict

from app.api.answers import ContributionOut, ListingOut, RiskOut
from app.auth.who import Db
from conferences.meeting import meetings
from conferences.models import Contribution, Listing, Risk
from conferences.sealing import unseal


def contribution(session: Db, row: Contribution) -> ContributionOut:
    """Reads what an agency shared."""
    return ContributionOut(
        id=row.id.hex,
        agency=row.agency.name,
        kind=row.kind,
        nature=row.nature,
        statement=unseal(session, row, "statement"),
        happened_on=row.happened_on,
        at=row.at,
    )


def risk_line(session: Db, row: Risk) -> RiskOut:
    """Reads one line of the risk summary."""
    return RiskOut(id=row.id.hex, about=row.about, statement=unseal(session, row, "statement") or "")


def listing(session: Db, row: Listing) -> ListingOut:
    """Reads a case's turn; the caller has already asked whether the reader may."""
    return ListingOut(
        id=row.id.hex,
        conference_id=row.conference_id.hex,
        referral_id=row.referral_id.hex,
        case_reference=row.case.reference,
        status=row.status,
        version=row.version,
        contributions=[contribution(session, one) for one in row.contributions],
        risks=[risk_line(session, one) for one in row.risks],
        summary=meetings.summary_of(session, row),
        **asdict(meetings.conclusion_of(session, row)),
    )
