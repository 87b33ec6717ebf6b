"""What beats every role: read before the table of who may do what, and by whoever names who could know."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import object_session

from conferences.models import (
    NOT_SENT,
    Action,
    AdvocateReferral,
    Case,
    Conference,
    ConferenceKind,
    Draw,
    Listing,
    OutsideReferral,
    Referral,
    Role,
    User,
)

Condition = Callable[[User, Any], bool]


def case_of(thing: Any) -> Case | None:
    """Returns the case a thing belongs to, or None when it belongs to no case."""
    if isinstance(thing, Case):
        return thing
    if isinstance(thing, Draw):
        return thing.referral.case
    return thing.case if isinstance(thing, Referral | Listing | Action | AdvocateReferral) else None


def has_left(user: User, thing: Any) -> bool:
    """The account is closed, or the person no longer speaks for any agency."""
    return not user.is_active or user.membership is None


def has_moved_on(user: User, thing: Any) -> bool:
    """Began what is not sent yet for an agency they have left; who runs the meeting writes in any's name."""
    if user.role in (Role.COORDINATOR, Role.CHAIR):
        return False
    begun = [thing] if isinstance(thing, Referral) else _begun_in(user, case_of(thing))
    return any(
        row.referrer_id == user.id and row.status in NOT_SENT and row.agency_id != user.agency_id
        for row in begun
    )


def _begun_in(user: User, case: Case | None) -> Sequence[Any]:
    session = object_session(case) if case is not None else None
    if case is None or session is None or case.shared_at is not None or case.opened_by_id != user.id:
        return ()
    told = select(Referral.referrer_id, Referral.status, Referral.agency_id)
    return session.execute(told.where(Referral.case_id == case.id)).all()


def has_gone_from(writer: User, thing: Referral) -> bool:
    """Whoever began it has left, or works for another agency now: it is no longer theirs to finish."""
    return has_left(writer, thing) or has_moved_on(writer, thing)


def from_another_area(user: User, thing: Any) -> bool:
    """The thing belongs to another partnership."""
    owner = case_of(thing) or thing
    return owner is not None and owner.area_id != user.area_id


def is_shut_out(user: User, thing: Any) -> bool:
    """The person, or their agency, is excluded from the case: the conflict wall."""
    case = case_of(thing)
    return case is not None and any(_means(wall, user) for wall in case.exclusions)


def is_alike(user: User, thing: Any) -> bool:
    """What arrived without an account has somebody in it whom the person is like; another decides."""
    return isinstance(thing, OutsideReferral) and user.id in thing.hidden_from


def is_withheld(user: User, thing: Any) -> bool:
    """The thing came with a list that is not taken whole yet, or was undone."""
    case = case_of(thing)
    return getattr(thing, "withheld", False) or (case is not None and case.withheld)


def is_not_among_the_few(user: User, thing: Any) -> bool:
    """The case is restricted to a few people or agencies, and this person is not one of them."""
    case = case_of(thing)
    few = case.restrictions if case is not None else []
    return bool(few) and not any(_means(one, user) for one in few)


def is_about_the_hidden(user: User, thing: Any) -> bool:
    """The meeting was called for a case that the person may not know of."""
    if not isinstance(thing, Conference) or thing.kind is not ConferenceKind.EMERGENCY or not thing.listings:
        return False
    return all(is_shut_out(user, row) or is_not_among_the_few(user, row) for row in thing.listings)


def _means(row: Any, user: User) -> bool:
    return row.user_id == user.id or (row.agency_id is not None and row.agency_id == user.agency_id)


NEVER: list[Condition] = [
    has_left,
    has_moved_on,
    from_another_area,
    is_shut_out,
    is_not_among_the_few,
    is_alike,
    is_withheld,
    is_about_the_hidden,
]
