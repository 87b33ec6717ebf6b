"""Which column says what: guessed from the headings, put right by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from conferences.imports.cells import same
from conferences.imports.fields import BY_KEY, FIELDS, LEFT_OUT

# A heading may lie below a title, a logo's empty rows or a note.
LOOKED_THROUGH: Final = 15
AFTER_ACTIONS: Final = ("status", "outcome")
_KNOWN: Final = {same(heading): field.key for field in reversed(FIELDS) for heading in field.headings}


@dataclass(frozen=True)
class MappingProblem:
    """What must be put right before a list can be read, as a code the page has a sentence for."""

    code: str
    key: str = ""


def meaning_of(heading: str) -> str:
    """Returns the field a heading usually names, or `left_out`."""
    words = same(heading)
    return _KNOWN.get(words) or _KNOWN.get(words.removesuffix("s")) or LEFT_OUT


def guess(headings: Sequence[str]) -> list[str]:
    """Returns the field each heading names; one that two columns name goes to the first."""
    chosen: list[str] = []
    for heading in headings:
        found = meaning_of(heading)
        # Beside an action, these say where the action stands and not what became of the referral.
        if found == "decision" and same(heading) in AFTER_ACTIONS and "action" in chosen:
            found = "action_status"
        chosen.append(LEFT_OUT if found in chosen else found)
    return chosen


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Returns which of the first rows holds the headings: the one that names most fields."""
    named = [sum(one != LEFT_OUT for one in guess(row)) for row in rows[:LOOKED_THROUGH]]
    best = max(range(len(named)), key=lambda at: (named[at], -at), default=0)
    if named and named[best]:
        return best
    return next((at for at, row in enumerate(rows[:LOOKED_THROUGH]) if any(row)), 0)


def wrong_with(columns: Sequence[str]) -> list[MappingProblem]:
    """Returns what keeps these columns from being read."""
    used = [key for key in columns if key != LEFT_OUT]
    found = [MappingProblem("twice", key) for key in dict.fromkeys(used) if used.count(key) > 1]
    found += [MappingProblem("unknown", key) for key in used if key not in BY_KEY]
    if not {"victim_name", "victim_last", "reference"} & set(used):
        found.append(MappingProblem("nobody_named"))
    if not {"heard_on", "referred_on", "action"} & set(used):
        found.append(MappingProblem("no_day"))
    return found
