"""Where else somebody belongs, by the gates of a checklist; a gate shows a way and never drops anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

import risk
from conferences.calendars import local_day
from conferences.checklist import assessments, instruments
from conferences.models import Assessment, Referral, ReferralStatus, User
from conferences.permissions import Permission, may
from conferences.referral import reassessing

Door = Literal["", "choose", "beside", "read"]


@dataclass(frozen=True)
class Way:
    """One gate that shows elsewhere: why, whom to tell as well, and the checklist or agency it names.

    `door`: `choose` puts that checklist in place of this one, which nobody has answered yet; `beside` opens
    it on the same case; `read` shows what it is; empty where no checklist is named.
    """

    gate: str
    result: str
    because: str
    also: tuple[str, ...]
    to: str
    title: str
    door: Door


def of(
    session: Session, actor: User, referral: Referral, now: datetime, beside: Assessment | None = None
) -> list[Way]:
    """Returns the ways a checklist shows: as it was signed, or by what is known so far."""
    checklist = beside or referral.assessment
    if checklist.completed_at is not None:
        result = assessments.result_of(session, checklist) or {}
        found: Iterable[dict[str, Any]] = result.get("routes", ())
    else:
        on = local_day(now)
        found = (one.model_dump() for one in assessments.routes_so_far(session, referral, checklist, on))
    doors = _doors(session, actor, referral, now)
    return [
        Way(
            one["gate"], one["result"], one["because"], tuple(one["also"]), one["to"] or "",
            *_named(one["to"] or "", doors),
        )
        for one in found
    ]  # fmt: skip


def _named(to: str, doors: dict[str, Door]) -> tuple[str, Door]:
    titles = {edition.slug: edition.title for edition in risk.editions()}
    return (titles[to], doors.get(to, "read")) if to in titles else ("", "")


def _doors(session: Session, actor: User, referral: Referral, now: datetime) -> dict[str, Door]:
    """The checklists this person could go on with at once, and how."""
    if referral.status is not ReferralStatus.DRAFT:
        offered = reassessing.offered(session, actor, referral, now)
        return {one.slug: "beside" for one in offered}
    unanswered = not assessments.answers_of(session, referral.assessment)
    if not unanswered or not may(actor, Permission.EDIT_REFERRAL, referral):
        return {}
    enabled = instruments.enabled(session, referral.area_id, local_day(now))
    return {one.slug: "choose" for one in enabled}
