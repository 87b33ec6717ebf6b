"""Where else somebody belongs, on the screen: why, whom to tell, and the door to go through."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.pages.common.draft import home
from app.pages.words.referral import AGENCIES, said
from app.templating import t
from conferences.models import Assessment, Referral, ReferralStatus, User
from conferences.referral import ways
from conferences.referral.ways import Way

TITLES = {
    "reroute": "This person may belong elsewhere as well",
    "also": "Tell them today as well",
    "warn": "Read the result with care",
    "judgement_only": "Here only judgement decides",
}


@dataclass(frozen=True)
class WayShown:
    """One way in words: `action` posts the checklist's name, `href` only leads somewhere."""

    title: str
    text: str
    tell: str
    action: str
    slug: str
    href: str
    link: str


def ways_shown(
    session: Session, user: User, referral: Referral, now: datetime, beside: Assessment | None = None
) -> list[WayShown]:
    """Gives the ways a checklist shows, in the order of its gates."""
    return [_shown(referral, one) for one in ways.of(session, user, referral, now, beside)]


def _shown(referral: Referral, way: Way) -> WayShown:
    who = [*way.also, *([way.to] if way.to in AGENCIES and way.to not in way.also else [])]
    tell = t("Tell: %(who)s.", who=", ".join(said(AGENCIES, one) for one in who)) if who else ""
    action, href, link = "", "", ""
    if way.door == "choose":
        action, link = f"{home(referral)}/instrument", t("Go on with: %(title)s", title=way.title)
    elif way.door == "beside":
        action, link = f"{home(referral)}/assessments", t("Fill in: %(title)s", title=way.title)
    elif way.door == "read":
        href, link = f"/instruments/{way.to}", t("Read about: %(title)s", title=way.title)
    elif who and referral.status is ReferralStatus.DRAFT:
        href, link = f"{home(referral)}/form/done", t("Write down that you told them")
    return WayShown(t(said(TITLES, way.result)), way.because, tell, action, way.to, href, link)
