"""From a bare score to the whole explanation: grounds first, then the count, the unknown, the limits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from risk.counterfactual import what_would_change_it
from risk.explanation import Explanation
from risk.grounds import considered, grounds_held
from risk.instrument import Edition, Profile
from risk.levels import final_level
from risk.norms import norm_shown, norms_of
from risk.plan import plan_for
from risk.pointers import alerts, flags, followups, prompts, routes, unknowns
from risk.scoring import Score, score
from risk.story import level_title, limits, not_why, why


def assess(
    edition: Edition,
    answers: Mapping[str, object],
    context: Mapping[str, object] | None = None,
    *,
    profile: Profile | str | None = None,
    today: date | None = None,
) -> Explanation:
    """One checklist scored and explained; BadAnswer, BadContext or UnknownInstrument when it cannot be.

    The day of assessment is context's assessed_on, else today; it is needed only where events are counted.
    """
    return explain(score(plan_for(edition, profile), answers, context, today))


def explain(found: Score) -> Explanation:
    """The explanation of a score."""
    rules = found.plan.rules
    held = grounds_held(found)
    looked_at = considered(found)
    levelled = final_level(found, tuple(held))
    return Explanation(
        **_names(found),
        **_figures(found),
        computed_level=levelled.computed,
        level=levelled.level,
        level_title=level_title(found, levelled),
        level_set_by=levelled.set_by,
        dissent=levelled.dissent,
        refer=bool(held),
        grounds=tuple(held.values()),
        considered=looked_at,
        flags=flags(found),
        alerts=alerts(found),
        unknown=unknowns(found),
        routes=routes(found),
        prompts=prompts(found),
        followups=followups(found),
        counterfactual=what_would_change_it(found, levelled, held),
        norm=norm_shown(found, norms_of(found)),
        review_after_hours=rules.review.by_level.get(levelled.level or ""),
        why=why(found, held, levelled),
        not_why=not_why(found, held, looked_at),
        limits=limits(found),
    )


def _names(found: Score) -> dict[str, Any]:
    edition, profile, norms = found.plan.edition, found.plan.profile, norms_of(found)
    return {
        "instrument": edition.name,
        "title": edition.title,
        "status": "draft" if found.plan.draft else edition.status,
        "profile": profile.name if profile else None,
        "sources": found.plan.sources,
        "definition_hash": edition.definition_hash,
        "profile_hash": profile.definition_hash if profile else None,
        "norms_hash": norms.definition_hash if norms else None,
    }


def _figures(found: Score) -> dict[str, Any]:
    line = None if found.judgement_only else found.plan.rules.threshold
    return {
        "state": found.state,
        "score": found.score,
        "score_min": found.score_min,
        "score_max": found.score_max,
        "threshold": line.at if line else None,
        "threshold_state": found.threshold_state,
        "needed": found.needed,
        "level_min": found.level_min,
        "level_max": found.level_max,
    }
