"""Two cases of the same people side by side: whether the same are kept from both, and making it so."""

from datetime import datetime

from sqlalchemy.orm import Session

from conferences.models import Case, Exclusion, Restriction, User
from conferences.permissions import Permission, require
from conferences.sealing import unseal
from conferences.wall import walls

Meant = tuple[object, ...]


def same(session: Session, one: Case, other: Case) -> bool:
    """Returns whether exactly the same people, agencies and names are kept from both, and let into both."""
    return all(
        {_meant(session, row) for row in mine} == {_meant(session, row) for row in theirs}
        for mine, theirs in ((one.exclusions, other.exclusions), (one.restrictions, other.restrictions))
    )


def _meant(session: Session, row: Exclusion | Restriction) -> Meant:
    named = unseal(session, row, "named") if isinstance(row, Exclusion) else None
    return (row.user_id, row.agency_id, " ".join((named or "").casefold().split()))


def missing(session: Session, case: Case, earlier: Case) -> list[Exclusion | Restriction]:
    """Returns what keeps an earlier case from somebody and not yet this one.

    Where this case is kept to a few already, the earlier case's few are not among it: that would let more in.
    """
    held = {_meant(session, row) for row in case.exclusions}
    found: list[Exclusion | Restriction] = [
        row for row in earlier.exclusions if _meant(session, row) not in held
    ]
    return found if case.restrictions else [*found, *earlier.restrictions]


def carry_over(session: Session, actor: User, case: Case, earlier: Case, *, now: datetime) -> None:
    """Keeps a case from everyone an earlier case of the same people is kept from, for the same reasons.

    Refused where nobody would be left who can decide; twice changes nothing.
    """
    require(actor, Permission.LIFT_WALL, earlier)
    require(actor, Permission.EXCLUDE, case)
    few: list[Restriction] = []
    for row in missing(session, case, earlier):
        if isinstance(row, Restriction):
            few.append(row)
        else:
            _exclude(session, actor, case, row, now)
    # Who decides comes first: a case cannot be kept to those who decide nothing.
    for one in sorted(few, key=lambda row: row.user_id != actor.id):
        reason = unseal(session, one, "reason") or ""
        walls.restrict(
            session, actor, case, user_id=one.user_id, agency_id=one.agency_id, reason=reason, now=now
        )


def _exclude(session: Session, actor: User, case: Case, row: Exclusion, now: datetime) -> None:
    named, reason = unseal(session, row, "named"), unseal(session, row, "reason") or ""
    walls.exclude(
        session,
        actor,
        case,
        user_id=row.user_id,
        agency_id=row.agency_id,
        named=named,
        reason=reason,
        now=now,
    )
