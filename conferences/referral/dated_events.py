"""Dates that change the risk: a release, a separation, a birth, a hearing; told at once or later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from conferences import audit, births, fields, locking
from conferences.births import Born
from conferences.calendars import local_day
from conferences.errors import NotFound, Refused, WrongState
from conferences.models import Case, Involvement, Part, Referral, ReferralStatus, User, new_id
from conferences.permissions import Permission, require
from conferences.person import people
from conferences.referral import told, told_views
from conferences.referral.reassessing import LIVE
from conferences.sealing import seal_json, unseal_json

KINDS = ("release", "separation", "birth", "hearing")
MOST = 20
# What the form asks about a person and holds such a date.
ASKED = (
    (Part.PERPETRATOR, "release_on", "release"),
    (Part.VICTIM, "pregnant_due", "birth"),
    (Part.CHILD, "child_due", "birth"),
)
COLUMN, KEY = "told_criminal", "dates"


@dataclass(frozen=True)
class DatedEvent:
    """What happens or happened on a day, as far as the day is known, and when somebody told it.

    `id` is empty for a date that stands in another part of the form.
    """

    id: str
    kind: str
    on: Born
    estimated: bool
    told_at: datetime | None

    def reopens_from(self, signed_at: datetime) -> date | None:
        """Returns the day from which a checklist signed then is to be looked at again, or None.

        What was told later counts from the day of signing at the earliest. What its signer knew counts only
        when it lay ahead; of a day known as a month or a year, the last day is still ahead.
        """
        signed = local_day(signed_at)
        if self.told_at is not None and self.told_at > signed_at:
            return max(self.on.earliest(), signed)
        return next((day for day in (self.on.earliest(), self.on.latest()) if day > signed), None)


def allow(actor: User, referral: Referral) -> None:
    """Raises NotAllowed or WrongState unless a person may tell a date: in a draft, or while it is open."""
    if referral.status is ReferralStatus.DRAFT:
        return require(actor, Permission.EDIT_REFERRAL, referral)
    require(actor, Permission.ASSESS_AGAIN, referral)
    if referral.status not in LIVE:
        raise WrongState("This referral is closed. Start a new one.")
    return None


def add(
    session: Session, actor: User, referral: Referral, *, kind: str, on: str, estimated: bool, now: datetime
) -> DatedEvent:
    """Records a date as far as it is known; `estimated` says that it is a guess."""
    allow(actor, referral)
    if kind not in KINDS:
        raise Refused("Choose what happens on that day.", field="kind")
    _check_day(on)
    row = locking.locked(session, referral)
    kept = _kept(session, row)
    if len(kept) >= MOST:
        raise Refused("There are 20 dates already. Take out one that is over.", field="on")
    entry = {"id": new_id().hex, "kind": kind, "on": on, "estimated": estimated, "at": now.isoformat()}
    _keep(session, row, [*kept, entry | {"by": actor.id.hex}])
    audit.record(session, actor, "referral.date_told", row, at=now)
    session.flush()
    return _read(entry)


def _check_day(on: str) -> None:
    try:
        day = births.parse(on)
    except ValueError:
        day = None
    if day is None:
        raise Refused("Enter a real date, like 27 3 2026.", field="on")
    if not 1990 <= day.year <= 2100:
        raise Refused("Check the year.", field="on")


def take_out(session: Session, actor: User, referral: Referral, event: str, *, now: datetime) -> None:
    """Takes out a date that is wrong or over; NotFound when there is none, so that twice is told apart."""
    allow(actor, referral)
    row = locking.locked(session, referral)
    kept = _kept(session, row)
    left = [one for one in kept if one["id"] != event]
    if len(left) == len(kept):
        raise NotFound
    _keep(session, row, left)
    audit.record(session, actor, "referral.date_taken_out", row, at=now)
    session.flush()


def of_referral(session: Session, referral: Referral) -> list[DatedEvent]:
    """Reads the dates told on their own page, soonest first; the caller has asked whether the reader may."""
    return _sorted(_read(one) for one in _kept(session, referral))


def of_case(session: Session, actor: User, case: Case, rows: Sequence[Referral]) -> list[DatedEvent]:
    """Reads every date of a case from referrals this person may read, those of the form among them."""
    found = [event for row in rows for event in of_referral(session, row)]
    return _sorted([*found, *(_of_form(session, actor, case, rows[0]) if rows else ())])


def _of_form(session: Session, actor: User, case: Case, row: Referral) -> Iterator[DatedEvent]:
    for part, key, kind in ASKED:
        if told_views.may_read(actor, row, fields.form().fields[key]):
            for person in people.in_part(case, part):
                on = births.parse(_said(session, person, key))
                if on is not None:
                    yield DatedEvent("", kind, on, on.day is None, None)


def _said(session: Session, person: Involvement, key: str) -> str | None:
    found: str | None = told.read(session, person).get(key)
    return found


def _sorted(events: Any) -> list[DatedEvent]:
    return sorted(events, key=lambda one: (one.on.earliest(), one.kind, one.id))


def _kept(session: Session, referral: Referral) -> list[dict[str, Any]]:
    return list((unseal_json(session, referral, COLUMN) or {}).get(KEY, ()))


def _keep(session: Session, referral: Referral, entries: list[dict[str, Any]]) -> None:
    others: dict[str, Any] = unseal_json(session, referral, COLUMN) or {}
    others.pop(KEY, None)
    seal_json(session, referral, COLUMN, others | ({KEY: entries} if entries else {}) or None)


def _read(entry: dict[str, Any]) -> DatedEvent:
    on = births.parse(entry["on"])
    assert on is not None  # noqa: S101 - it was checked before it was kept
    told_at = datetime.fromisoformat(entry["at"])
    return DatedEvent(entry["id"], entry["kind"], on, entry["estimated"], told_at)
