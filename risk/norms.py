"""Norm tables: a table's own row, named with its people and outcome. No table, no percentage."""

from risk.explanation import NormShown
from risk.instrument import Norms
from risk.scoring import Score
from risk.shelf import norm_tables


def norms_of(found: Score) -> Norms | None:
    """The norm table the rules name, if any."""
    return norm_tables().get(found.plan.rules.norms or "")


def norm_shown(found: Score, norms: Norms | None) -> NormShown | None:
    """The one row every completion falls in; none while the bounds reach into two rows."""
    if norms is None or found.state in {"not_started", "not_scoreable"}:
        return None
    low, high = found.score_min or 0, found.score_max or 0
    for row in norms.rows:
        if row.least <= low and high <= row.most:
            scores = str(row.least) if row.least == row.most else f"{row.least} to {row.most}"
            said = "; ".join(f"{norms.columns[name]} {value} in 100" for name, value in row.values.items())
            return NormShown(
                set=f"{norms.slug}@{norms.version}",
                population=norms.population,
                outcome=norms.outcome,
                scores=scores,
                values=row.values,
                sentence=f"{norms.title}, scores {scores} ({norms.population}; {norms.outcome}): {said}.",
            )
    return None
