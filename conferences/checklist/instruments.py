"""The checklists an area works with: the one its policy points to, and those enabled beside it."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

import risk
from conferences import policies
from conferences.errors import Refused


def own(session: Session, area_id: UUID, on: date) -> tuple[risk.Edition, risk.Profile]:
    """Returns the edition and the profile that the area's policy points to on a day."""
    profile = risk.profile(policies.in_force(session, area_id, on).profile)
    return risk.edition(*profile.base.split("@")), profile


def enabled(session: Session, area_id: UUID, on: date) -> list[risk.Edition]:
    """Returns the editions to begin on, the area's own first; those beside it are active and have items."""
    first, _ = own(session, area_id, on)
    slugs = policies.in_force(session, area_id, on).checklists
    beside = (risk.edition(slug, on=on) for slug in slugs)
    return [first, *(one for one in beside if one.slug != first.slug and _offered(one, on))]


def _offered(edition: risk.Edition, on: date) -> bool:
    return edition.status == "active" and bool(edition.items) and risk.in_force(edition, on)


def chosen(
    session: Session, area_id: UUID, slug: str | None, on: date
) -> tuple[risk.Edition, risk.Profile | None]:
    """Returns the enabled edition of that name with its reading, for no name the area's own, or Refused."""
    first, profile = own(session, area_id, on)
    if slug is None or slug == first.slug:
        return first, profile
    for edition in enabled(session, area_id, on):
        if edition.slug == slug:
            return edition, risk.profile(edition.default_profile) if edition.default_profile else None
    raise Refused("Choose one of the checklists shown.", field="instrument")
