"""The count on its own, for those instruments that have one."""

from collections.abc import Mapping

from risk.errors import NoTotal
from risk.instrument import Edition
from risk.plan import plan_for
from risk.scoring import score


def total(edition: Edition, answers: Mapping[str, object]) -> int:
    """The points known so far; NoTotal for an instrument that must not be summed."""
    found = score(plan_for(edition), answers, None, None).score
    if found is None:
        raise NoTotal(f"{edition.slug}: a person chooses the level; its factors are never added up")
    return found
