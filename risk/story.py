"""The lines of an explanation, in order: grounds, count, unknowns; what did not hold; limits."""

from collections.abc import Mapping

from risk.context import Judgement
from risk.explanation import GroundConsidered, GroundHeld
from risk.levels import Levelled
from risk.scoring import Score
from risk.sentences import count_sentence, unknown_sentence

COUNT_LIMIT = "A count of indicators, not a probability."
DRAFT_ALONE = "This edition is a draft: its count alone cannot refer. Your judgement can."
DRAFT = "Draft: parts of this edition have not been checked against the original form."
SUPERSEDED = "Superseded: kept to read older checklists, not for new ones."


def why(found: Score, held: Mapping[str, GroundHeld], levelled: Levelled) -> tuple[str, ...]:
    """What holds, grounds first; then the count and what is not known."""
    lines = [f"{ground.title}: {ground.because}" for ground in held.values()]
    if levelled.raised or levelled.set_by in {"chosen", "victim_view"}:
        lines.append(_level_line(found, levelled))
    lines += [line for line in (count_sentence(found), unknown_sentence(found)) if line]
    if found.score_max == 0 and found.state == "complete":
        lines.append("No indicators recorded")
    if found.plan.edition.level_rule == "chosen" and found.choice.level is None:
        lines.append("A person must choose the level and say why")
    return tuple(lines)


def not_why(
    found: Score, held: Mapping[str, GroundHeld], looked_at: tuple[GroundConsidered, ...]
) -> tuple[str, ...]:
    """What does not hold, or not for certain."""
    lines = []
    for ground in looked_at:
        if ground.id not in held:
            possible = " (possible)" if ground.state == "possible" else ""
            lines.append(f"{ground.title}{possible}: {ground.because}")
    if found.plan.draft and not held and any(found.grounds.values()):
        lines.append(DRAFT_ALONE)
    return tuple(lines)


def limits(found: Score) -> tuple[str, ...]:
    """What the result cannot say."""
    lines = [] if found.score is None else [COUNT_LIMIT]
    if found.plan.draft:
        lines.append(DRAFT)
    if found.plan.edition.status == "superseded":
        lines.append(SUPERSEDED)
    return (*lines, *found.plan.rules.limits)


def level_title(found: Score, levelled: Levelled) -> str | None:
    """The level in words; one that the answers did not give is named with what did, without their count."""
    level = levelled.level
    if level is None:
        return None
    title = found.plan.titles.get(level, level.replace("_", " "))
    if levelled.set_by in {"computed", "chosen"}:
        return title
    said = {"victim_view": "the victim's own view"}
    said |= {ground.id: ground.title for ground in found.plan.rules.grounds}
    by = "raised on judgement" if levelled.raised else said[levelled.set_by or ""]
    return f"{title.partition(':')[0]}: {by[0].lower()}{by[1:]}"


def _level_line(found: Score, levelled: Levelled) -> str:
    who = {"chosen": "chosen by the assessor", "victim_view": "raised to the victim's own view"}
    judgement: Judgement | None = found.facts.get("judgement")
    raised = f"raised on judgement: {judgement.reason}" if judgement else ""
    return f"Level {(levelled.level or '').replace('_', ' ')}: {who.get(levelled.set_by or '', raised)}"
