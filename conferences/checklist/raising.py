"""The highest that several checklists of one referral come to: a later one raises, and never lowers."""

from collections.abc import Iterable, Mapping
from typing import Any

import risk

Result = Mapping[str, Any]
SAME = ("instrument", "definition_hash", "profile", "profile_hash")


def highest(own: dict[str, Any] | None, others: Iterable[Result | None]) -> dict[str, Any] | None:
    """Returns the result a line of the queue shows, or None while the referral's own could not be scored.

    Counts and levels are compared only like with like; the grounds and routes of every checklist are kept.
    """
    if own is None:
        return None
    beside = [one for one in others if one is not None]
    like = [one for one in beside if all(one.get(key) == own.get(key) for key in SAME)]
    top = max((own, *like), key=_height)
    if not beside:
        return own
    grounds = {one["id"]: one for result in (own, *beside) for one in result["grounds"]}
    routes = {one["gate"]: one for result in (own, *beside) for one in result.get("routes", ())}
    merged = {"refer": bool(grounds), "grounds": list(grounds.values()), "routes": list(routes.values())}
    return {**top, **merged}


def _height(result: Result) -> tuple[int, int, int]:
    def known(key: str) -> int:
        return -1 if result[key] is None else int(result[key])

    return _rank(result), known("score_min"), known("score_max")


def _rank(result: Result) -> int:
    """The place of a level among its profile's; one that is not certain stands below all."""
    try:
        edition = risk.edition(*result["instrument"].split("@"))
        profile = (result["profile"] or "").partition("@")[0] or None
        return risk.plan_for(edition, profile).ranks.get(result["level"] or "", -1)
    except risk.RiskError:
        return -1
