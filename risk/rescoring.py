"""What stored checklists would have been under another reading of the rules; nothing stored is changed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from risk.grounds import certain
from risk.instrument import Edition, Profile
from risk.levels import final_level
from risk.plan import Plan, plan_for
from risk.scoring import score


class Outcome(NamedTuple):
    """The few figures a what-if compares: level, whether it refers, and the bounds."""

    level: str | None
    refer: bool
    score_min: int | None
    score_max: int | None


def what_if(
    edition: Edition,
    profile: Profile | str | None,
    stored: Iterable[tuple[Mapping[str, object], Mapping[str, object] | None]],
) -> Iterator[Outcome]:
    """One outcome for each pair of stored answers and context, in order."""
    plan = plan_for(edition, profile)
    for answers, context in stored:
        yield outcome(plan, answers, context)


def outcome(plan: Plan, answers: Mapping[str, object], context: Mapping[str, object] | None) -> Outcome:
    """What one checklist comes to, without a word of explanation."""
    found = score(plan, answers, context, None)
    held = tuple([ground.id for ground in certain(found)])
    return Outcome(final_level(found, held).level, bool(held), found.score_min, found.score_max)
