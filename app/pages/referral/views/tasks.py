"""The parts of a referral that are one form each: what is stored, and the verb that saves it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.pages.common import forms
from app.pages.person.views import contact_forms
from conferences.calendars import local_day
from conferences.checklist import assessments
from conferences.errors import refuse_any
from conferences.models import Involvement, Part, Referral, User
from conferences.person import contacts, people
from conferences.person.people import PersonDetails
from conferences.referral import referrals, sending
from conferences.referral.referrals import FUTURE_INCIDENT, FUTURE_REFERRAL
from conferences.sealing import unseal, unseal_json

Stored = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One page of a draft; `then` is the page after it, empty for the list of parts."""

    name: str
    template: str
    form: type[BaseModel]
    stored: Callable[[Session, Referral], Stored]
    save: Callable[[Session, User, Referral, Any, datetime], object]
    then: str = ""


def _judgement(session: Session, referral: Referral) -> Stored:
    return unseal_json(session, referral.assessment, "first_judgement") or {}


def _judge_first(s: Session, user: User, row: Referral, form: forms.Judgement, now: datetime) -> None:
    assessments.judge_first(s, user, row, view=form.view, why=form.why, now=now)


def _final(session: Session, referral: Referral) -> Stored:
    judged: Stored = unseal_json(session, referral.assessment, "final_judgement") or {}
    facts: Stored = judged.pop("facts", {})
    return judged | facts


def _judge_last(s: Session, user: User, row: Referral, form: forms.Final, now: datetime) -> None:
    assessments.judge_last(s, user, row, **form.judged(), now=now)


def person_stored(session: Session, row: Any) -> Stored:
    """Reads what is stored of a person, as the form shows it."""
    details = asdict(people.details_of(session, row)) if row else {}
    return details | {"born": forms.birth(details.get("born"))}


def _victim(session: Session, referral: Referral) -> Stored:
    return person_stored(session, people.victim_of(referral.case))


def _save_victim(s: Session, user: User, row: Referral, form: forms.Victim, now: datetime) -> None:
    referrals.save_person(s, user, row, Part.VICTIM, PersonDetails(**form.details()), now=now)


def ways_stored(session: Session, row: Involvement) -> Stored:
    """Reads how somebody in a draft may be reached, as the form shows it."""
    return contact_forms.stored(contacts.contact_of(session, row.person))


def _contact(session: Session, referral: Referral) -> Stored:
    victim = people.victim_of(referral.case)
    return ways_stored(session, victim) if victim else {}


def _save_contact(s: Session, user: User, row: Referral, form: contact_forms.Contact, now: datetime) -> None:
    referrals.save_contact(s, user, row, form.contact(), now=now)


def _address(session: Session, referral: Referral) -> Stored:
    """An address is never shown again on this page: it can only be replaced."""
    return {}


def _save_address(s: Session, user: User, row: Referral, form: contact_forms.Address, now: datetime) -> None:
    referrals.save_address(s, user, row, form.words, care=form.care(), now=now)


def _reason(session: Session, referral: Referral) -> Stored:
    reason = referrals.reason_of(session, referral)
    if reason is None:
        return {}
    history = sending.history_of(session, referral)
    days = [date.fromisoformat(day) for day in history.get("incidents", [])]
    last = history.get("last_referral_on")
    return {
        "reason": reason,
        "wishes": unseal(session, referral, "wishes"),
        "urgency": referral.urgency.value,
        "escalating": history.get("escalating"),
        "repeat": history.get("repeat"),
        "incident_kind": history.get("incident_kind"),
        "incidents": [forms.Incident(on=day) for day in days],
        "last_referral_on": date.fromisoformat(last) if last else None,
    }


def _save_reason(s: Session, user: User, row: Referral, form: forms.Reason, now: datetime) -> None:
    last, today = form.last_referral_on, local_day(now)
    slips = [(f"incidents-{n}-on", FUTURE_INCIDENT) for n, one in enumerate(form.incidents) if one.on > today]
    refuse_any([*slips, *([("last_referral_on", FUTURE_REFERRAL)] if last and last > today else [])])
    history = {
        "incidents": sorted({incident.on.isoformat() for incident in form.incidents}),
        "incident_kind": form.incident_kind,
        "escalating": form.escalating,
        "repeat": form.repeat,
        "last_referral_on": last.isoformat() if last else None,
    }
    referrals.save_reason(
        s, user, row, reason=form.reason, wishes=form.wishes, urgency=form.urgency, history=history, now=now
    )


def _sharing(session: Session, referral: Referral) -> Stored:
    return referrals.sharing_of(session, referral)


def _save_sharing(s: Session, user: User, row: Referral, form: forms.Sharing, now: datetime) -> None:
    referrals.save_sharing(s, user, row, consent=form.consent, basis=form.basis, why=form.why, now=now)


TASKS = {
    task.name: task
    for task in (
        Task(
            "judgement",
            "referrals/judgement.html",
            forms.Judgement,
            _judgement,
            _judge_first,
            then="checklist/1",
        ),
        Task("final", "referrals/final.html", forms.Final, _final, _judge_last),
        Task("victim", "referrals/victim.html", forms.Victim, _victim, _save_victim),
        Task("contact", "referrals/contact.html", contact_forms.Contact, _contact, _save_contact),
        Task("address", "referrals/address.html", contact_forms.Address, _address, _save_address),
        Task("reason", "referrals/reason.html", forms.Reason, _reason, _save_reason),
        Task("sharing", "referrals/sharing.html", forms.Sharing, _sharing, _save_sharing),
    )
}
