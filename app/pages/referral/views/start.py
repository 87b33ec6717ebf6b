"""Starting a referral: the safety check, and which checklist to use where an area has more than one."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

import risk
from app.forms import Filled
from app.pages.common.forms import Safety
from app.pages.words.referral import SAFE_TO_TALK, options
from conferences.calendars import local_day
from conferences.checklist import assessments, instruments
from conferences.models import Referral, User
from conferences.referral import referrals


def start_page(session: Session, user: User, now: datetime) -> dict[str, Any]:
    """Gives the choices of the page; nobody is asked which checklist while there is only one."""
    offered = instruments.enabled(session, user.area_id, local_day(now))
    picker = [(one.slug, one.title, _about(one)) for one in offered] if len(offered) > 1 else []
    return {"choices": options(SAFE_TO_TALK), "picker": picker}


def _about(edition: risk.Edition) -> str:
    """What a checklist is, and whom it is for: what its gates say of everybody else."""
    return " ".join([edition.summary, *(gate.because for gate in risk.plan_for(edition).rules.gates)])


def blank(page: dict[str, Any]) -> Filled[Safety]:
    """Gives the empty form, with the area's own checklist chosen where there are several."""
    picker = page["picker"]
    return Filled.showing(instrument=picker[0][0]) if picker else Filled()


def start(session: Session, user: User, form: Safety, now: datetime) -> Referral:
    """Opens a draft on the checklist that was chosen, or on the area's own."""
    referral = referrals.start(session, user, safe_to_talk=form.safe_to_talk, now=now)
    if form.instrument and form.instrument != referral.assessment.instrument:
        assessments.choose(session, user, referral, form.instrument, now=now)
    return referral
