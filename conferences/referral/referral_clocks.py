"""The clocks of a referral: the coordinator's, the referrer's, the chair's; read from its decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from conferences.clocks import Clock, Event, State, Tick, read
from conferences.models import DecisionKind, Nation, Policy

K = DecisionKind
STOPS = (K.ACCEPTED, K.DECLINED, K.REDIRECTED, K.ALERT_ONLY, K.MERGED, K.WITHDRAWN)


class Decided(Protocol):
    """A decision, as far as clocks ask."""

    @property
    def kind(self) -> DecisionKind: ...

    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class Chase:
    """The referrer's clock: asked since, to be chased and then told to the chair."""

    clock: Clock
    chase: bool
    escalate: bool


def triage(
    sent_at: datetime, decisions: Sequence[Decided], policy: Policy, nation: Nation, now: datetime
) -> Clock:
    """Reads the coordinator's clock; `decisions` are those that stand, oldest first."""
    events = [Event(Tick.START, sent_at)]
    for row in decisions:
        events += _ticks(row)
    found = read(events, allowed=policy.triage_days, nation=nation, now=max(now, sent_at))
    assert found is not None  # noqa: S101 - the first event starts it
    return found


def _ticks(row: Decided) -> list[Event]:
    if row.kind is K.RETURNED:
        return [Event(Tick.PAUSE, row.at, "referrer_asked")]
    if row.kind is K.REPLIED:
        return [Event(Tick.RESUME, row.at)]
    if row.kind is K.APPEALED:  # declining had stopped the clock; the chair has as long as anybody
        return [Event(Tick.START, row.at)]
    return [Event(Tick.STOP, row.at)] if row.kind in STOPS else []


def sign_off(asked_at: datetime, policy: Policy, nation: Nation, now: datetime) -> Clock:
    """Reads the manager's clock; once it is overdue the coordinator is told."""
    found = read(
        [Event(Tick.START, asked_at)], allowed=policy.sign_off_days, nation=nation, now=max(now, asked_at)
    )
    assert found is not None  # noqa: S101 - the first event starts it
    return found


def referrer(decisions: Sequence[Decided], policy: Policy, nation: Nation, now: datetime) -> Chase | None:
    """Reads the referrer's clock while a question waits for an answer: due, then chased, then escalated."""
    asked = [row for row in decisions if row.kind in (K.RETURNED, K.REPLIED)]
    if not asked or asked[-1].kind is not K.RETURNED:
        return None
    start, now = [Event(Tick.START, asked[-1].at)], max(now, asked[-1].at)
    first = read(start, allowed=policy.chase_days, nation=nation, now=now)
    second = read(start, allowed=policy.escalate_days, nation=nation, now=now)
    assert first is not None and second is not None  # noqa: S101, PT018 - the first event starts both
    return Chase(first, first.state is State.OVERDUE, second.state is State.OVERDUE)
