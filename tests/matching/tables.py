"""Prints a verdict as plain tables."""

from collections.abc import Iterator

from tests.matching.judge import Share, Verdict, gap_at_least
from tests.matching.world.stock import stock


def percent(share: Share) -> str:
    """A share in percent with its interval."""
    low, high = share.interval
    return f"{100 * share.value:.1f} % | {100 * low:.1f} to {100 * high:.1f} | {share.hits} of {share.of}"


def rows(title: str, shares: dict[str, Share]) -> Iterator[str]:
    """One table, in the order of the names."""
    yield f"\n| {title} | share | 95 % interval | counted |\n| --- | --- | --- | --- |"
    for name in sorted(shares):
        yield f"| {name} | {percent(shares[name])} |"


def named(shares: dict[str, Share]) -> dict[str, Share]:
    """The shares under the traditions' full names."""
    return {stock(group).label: share for group, share in shares.items()}


def tables(made: Verdict) -> Iterator[str]:
    """The whole verdict."""
    worst, best = made.worst_and_best()
    apart = made.groups[best].value - made.groups[worst].value
    yield f"| Recall | {percent(made.recall)} |\n| --- | --- | --- | --- |"
    yield f"| A relative or namesake was shown | {percent(made.all_breaches)} |"
    yield f"\nWrong suggestions per new person: {made.wrong_per_newcomer:.3f}"
    yield f"Candidates per question: {made.shown_each:.2f}, at most {made.most_shown}"
    for what, within in (("Seconds", made.seconds), ("Seconds of the processor", made.worked)):
        yield f"{what}: p50 {within(0.5):.4f}, p95 {within(0.95):.4f}, p99 {within(0.99):.4f}"
    least = 100 * gap_at_least(made.groups[best], made.groups[worst])
    yield (
        f"Worst name group {stock(worst).label}, best {stock(best).label}: {100 * apart:.1f} points apart "
        f"(by the interval at least {max(0.0, least):.1f})"
    )
    yield from rows("Recall by name group", named(made.groups))
    yield from rows("Recall by kind of question", made.kinds)
    yield from rows("Shown though another person", made.breaches)
    yield from rows("Shown though another person, by name group", named(made.breaches_by_group))
    yield "\n| Not on the register | asked | wrong suggestions each |\n| --- | --- | --- |"
    for kind, counted in sorted(made.wrong.items()):
        yield f"| {kind} | {len(counted)} | {sum(counted) / len(counted):.3f} |"
