"""What stored checklists would have come to under another profile: counted, and nothing stored is changed."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

import risk
from conferences.calendars import local_day
from conferences.checklist.assessments import facts_of, values
from conferences.errors import CannotOpen, Refused
from conferences.models import Assessment, DataKey, Referral, Scoring
from conferences.sealing import unseal_json
from risk.plan import Plan
from risk.rescoring import outcome

Rows = Select[*tuple[Any, ...]]
SLICES = 256
READ_AT_ONCE = 1000


class Tally(NamedTuple):
    """How many checklists were read, could not be, and referred then and under the other profile."""

    read: int = 0
    unreadable: int = 0
    referred: int = 0
    would_refer: int = 0
    newly: int = 0
    no_longer: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


@dataclass(slots=True)
class _Row:
    """A row's sealed columns with the key that opens them, without the object graph around it."""

    __tablename__: str
    id: UUID
    data_key: Any
    answers_sealed: bytes | None = None
    final_judgement_sealed: bytes | None = None
    history_sealed: bytes | None = None


@dataclass(slots=True)
class _Key:
    id: UUID
    wrapped: bytes | None
    wrapped_by: str = field(repr=False)


def chosen(slug: str) -> tuple[risk.Edition, risk.Profile]:
    """The profile asked for and the edition it reads; Refused when there is none of that name."""
    try:
        profile = risk.profile(slug)
    except risk.UnknownInstrument as unknown:
        raise Refused(f"No profile is called {slug}. See marac instruments.") from unknown
    name, _, version = profile.base.partition("@")
    return risk.edition(name, version), profile


def how_many(session: Session, edition: risk.Edition) -> int:
    """The number of checklists that were sent on this edition and scored."""
    return session.scalar(select(func.count()).select_from(_sent(edition).subquery())) or 0


def tally(session: Session, edition: risk.Edition, profile: risk.Profile, place: int) -> Tally:
    """One of `SLICES` parts of the stored checklists, scored anew as on the day each was sent."""
    found, plan = Tally(), risk.plan_for(edition, profile)
    for row in session.execute(_sent(edition, place).execution_options(yield_per=READ_AT_ONCE)):
        key = _Key(row.key_id, row.wrapped, row.wrapped_by)
        try:
            would = _would_refer(session, plan, row, key)
        except (CannotOpen, risk.RiskError):
            found = found.plus(Tally(unreadable=1))
            continue
        was = bool(row.qualifies)
        found = found.plus(
            Tally(
                read=1, referred=was, would_refer=would, newly=would and not was, no_longer=was and not would
            )
        )
    return found


def _would_refer(session: Session, plan: Plan, row: Any, key: _Key) -> bool:
    form = _Row("assessment", row.id, key, row.answers_sealed, row.final_judgement_sealed)
    asked = _Row("referral", row.referral_id, key, history_sealed=row.history_sealed)
    answers: dict[str, object] = dict(values(unseal_json(session, form, "answers") or {}))
    judged = unseal_json(session, form, "final_judgement") or {}
    if judged.get("level"):
        answers["level"] = judged["level"]
    history = unseal_json(session, asked, "history") or {}
    context = facts_of(judged, history, local_day(row.completed_at))
    return outcome(plan, answers, context).refer


def _sent(edition: risk.Edition, place: int | None = None) -> Rows:
    """The rows, or those of one part: identifiers are random, so equal ranges hold about equally many."""
    asked: Rows = (
        select(
            Assessment.id,
            Assessment.answers_sealed,
            Assessment.final_judgement_sealed,
            Assessment.completed_at,
            Referral.id.label("referral_id"),
            Referral.history_sealed,
            Referral.qualifies,
            DataKey.id.label("key_id"),
            DataKey.wrapped,
            DataKey.wrapped_by,
        )
        .join(Referral, Referral.id == Assessment.referral_id)
        .join(DataKey, DataKey.id == Assessment.data_key_id)
        .where(
            Assessment.completed_at.is_not(None),
            Assessment.beside_id.is_(None),
            Referral.scoring == Scoring.SCORED,
            Assessment.definition_hash == edition.definition_hash,
        )
    )
    if place is None:
        return asked
    first, last = UUID(int=place << 120), UUID(int=(place << 120) | ((1 << 120) - 1))
    return asked.where(Assessment.id.between(first, last))
