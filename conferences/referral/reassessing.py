"""A further checklist on a case that is known already: a follow-up, or the same one again; it only raises."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import risk
from conferences import audit
from conferences.calendars import local_day
from conferences.checklist import assessments, instruments
from conferences.checklist.answers import Answer
from conferences.checklist.assessments import answers_of, bind
from conferences.errors import NotAllowed, Refused, WrongState
from conferences.models import Assessment, Referral, ReferralStatus, User, new_id
from conferences.permissions import Permission, may, require
from conferences.referral import gates
from conferences.sealing import seal_json
from conferences.visibility import visible_to

R = ReferralStatus
LIVE = (R.SUBMITTED, R.RETURNED, R.DECLINE_ASKED, R.WITHDRAW_ASKED, R.APPEALED,
        R.ACCEPTED, R.ALERT_ONLY, R.MERGED)  # fmt: skip


def offered(session: Session, actor: User, referral: Referral, now: datetime) -> list[risk.Edition]:
    """Returns what may be opened: what the answers and gates call for, then what the area uses."""
    if referral.status not in LIVE or not may(actor, Permission.ASSESS_AGAIN, referral):
        return []
    result = assessments.result_of(session, referral.assessment) or {}
    # A gate that leads to another checklist offers it, as a follow-up does.
    named = [one["id"] for one in result.get("followups", ())]
    named += [to for one in result.get("routes", ()) if (to := gates.another_checklist(one))]
    called = [risk.edition(slug, on=local_day(now)) for slug in named]
    usual = instruments.enabled(session, referral.area_id, local_day(now))
    found = {one.slug: one for one in (*called, *usual) if one.status == "active" and one.items}
    return list(found.values())


def begin(session: Session, actor: User, referral: Referral, slug: str, *, now: datetime) -> Assessment:
    """Opens a further checklist beside the referral's own; the one already open is gone on with."""
    require(actor, Permission.ASSESS_AGAIN, referral)
    if referral.status not in LIVE:
        raise WrongState("This referral is closed. Start a new one.")
    edition = next((one for one in offered(session, actor, referral, now) if one.slug == slug), None)
    if edition is None:
        raise Refused("Choose one of the checklists shown.", field="instrument")
    opened = session.scalars(
        select(Assessment).where(
            Assessment.referral_id == referral.id,
            Assessment.opened_by_id == actor.id,
            Assessment.definition_hash == edition.definition_hash,
            Assessment.completed_at.is_(None),
        )
    ).first()
    if opened is not None:
        return opened
    row = Assessment(id=new_id(), referral_id=referral.id, data_key=referral.data_key)
    row.beside_id, row.opened_at, row.opened_by_id = referral.assessment.id, now, actor.id
    bind(row, edition, _reading(session, referral, edition, now))
    session.add(row)
    audit.record(session, actor, "assessment.opened", referral, at=now, fields=edition.slug)
    session.flush()
    return row


def _reading(
    session: Session, referral: Referral, edition: risk.Edition, now: datetime
) -> risk.Profile | None:
    own, profile = instruments.own(session, referral.area_id, local_day(now))
    if edition.slug == own.slug:
        return profile
    return risk.profile(edition.default_profile) if edition.default_profile else None


def answer(
    session: Session, actor: User, row: Assessment, given: list[Answer], *, now: datetime
) -> assessments.Progress:
    """Saves answers of a further checklist; only whoever opened it, and until it is finished."""
    _check_open(actor, row)
    assessments.keep(session, row.id, given)
    fields = ",".join(one.item for one in given)
    audit.record(session, actor, "assessment.answered", row.referral, at=now, fields=fields)
    return assessments.progress_of(session, row)


def finish(
    session: Session,
    actor: User,
    row: Assessment,
    *,
    refer: bool,
    why: str | None,
    level: str | None = None,
    facts: Mapping[str, str | None] | None = None,
    now: datetime,
) -> dict[str, Any] | None:
    """Signs a further checklist; a result that refers makes the referral qualify, and none unmakes that."""
    _check_open(actor, row)
    if not answers_of(session, row):
        raise Refused("Answer at least one question.", field="refer")
    assessments.keep_judgement(session, row, refer=refer, why=why, level=level, facts=facts)
    result = assessments.score(session, actor, row.referral, now=now, beside=row)
    row.completed_at, row.completed_by_id = now, actor.id
    seal_json(session, row, "result", result)
    if result is not None and result["refer"] and row.referral.status in LIVE:
        row.referral.qualifies = True
    audit.record(session, actor, "assessment.completed_beside", row.referral, at=now)
    session.flush()
    return result


def _check_open(actor: User, row: Assessment) -> None:
    require(actor, Permission.ASSESS_AGAIN, row.referral)
    if row.opened_by_id != actor.id:
        raise NotAllowed(Permission.ASSESS_AGAIN.value, row.__tablename__, row.id)
    if row.completed_at is not None:
        raise WrongState("This checklist is finished. Open a new one.")


def beside(session: Session, actor: User, referral: Referral) -> list[Assessment]:
    """Returns the further checklists of a referral that a person may know of, newest first."""
    seen = visible_to(actor, Assessment).where(Assessment.referral_id == referral.id)
    return list(session.scalars(seen.order_by(Assessment.opened_at.desc(), Assessment.id)))
