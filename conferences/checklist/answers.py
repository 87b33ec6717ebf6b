"""One answer to one item: a code, the parts an item is made of, or a number; checked before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import risk
from conferences.errors import Refused
from risk.answers import PART_CODES, read_answers

NOT_APPLICABLE, NOT_ASKED = "not_applicable", "not_asked"


@dataclass(frozen=True)
class Answer:
    """One item's answer: a code its edition has, its parts or its number, who said it, and a note.

    `parts` are codes by part. For an item made of several signs they decide the code, and the code speaks
    for each sign left unmarked; for other items they are details that add nothing.
    """

    item: str
    value: str | None
    source: str | None = None
    note: str | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None

    def kept(self) -> dict[str, Any]:
        """The answer as it is stored; parts and number only where there are any."""
        kept: dict[str, Any] = {"value": self.value, "source": self.source, "note": self.note}
        if self.parts:
            kept["parts"] = dict(self.parts)
        if self.number is not None:
            kept["number"] = self.number
        return kept


def settle(edition: risk.Edition, given: Answer) -> Answer:
    """Gives the answer with the code that its parts or its number come to, or raises Refused."""
    item = next((one for one in edition.items if one.id == given.item), None)
    if item is None:
        raise Refused("That question is not on this checklist.", field="item")
    if given.value == NOT_ASKED:
        given = replace(given, value=None)
    _check_code(item, given)
    _check_parts(item, given)
    if given.number is not None:
        return _counted(edition, item, given)
    if given.parts and is_composite(item):
        return _made(edition, item, given)
    return given


def is_composite(item: risk.Item) -> bool:
    """Says whether an item's own signs make it a yes or a no."""
    return item.compose is not None and item.compose.k_of_n is not None


def takes_number(item: risk.Item) -> bool:
    """Says whether an item may be answered by a number."""
    return item.compose is not None and item.compose.number_gte is not None


def code_of_parts(edition: risk.Edition, item: risk.Item, parts: Mapping[str, str]) -> str | None:
    """Returns what the marked signs come to by themselves; None while they leave it open."""
    code = read_answers(risk.plan_for(edition), {item.id: {"parts": dict(parts)}})[item.id].code
    return None if code == NOT_ASKED else code


def _check_code(item: risk.Item, given: Answer) -> None:
    if given.value not in (None, NOT_APPLICABLE, *item.answers):
        raise Refused("Choose one of the answers shown.", field="answer")
    if given.value == NOT_APPLICABLE and not given.note:
        raise Refused("Say in the note why it does not apply.", field="note")


def _check_parts(item: risk.Item, given: Answer) -> None:
    known = {part.id for part in item.parts}
    if not set(given.parts) <= known or not set(given.parts.values()) <= set(PART_CODES):
        raise Refused("Mark only what is listed with this question.", field="parts")
    if given.parts and given.value == NOT_APPLICABLE:
        raise Refused("A question that does not apply has nothing to mark.", field="parts")


def _counted(edition: risk.Edition, item: risk.Item, given: Answer) -> Answer:
    rule = item.compose.number_gte if item.compose else None
    if rule is None:
        raise Refused("This question takes no number.", field="number")
    if not 0 <= (given.number or 0) <= rule.most:
        raise Refused("Enter a whole number that can be.", field="number")
    code = read_answers(risk.plan_for(edition), {item.id: given.number})[item.id].code
    if given.value not in (None, code):
        raise Refused("The number and the answer do not agree. Change one of them.", field="number")
    return replace(given, value=code)


def _made(edition: risk.Edition, item: risk.Item, given: Answer) -> Answer:
    """What was said of the whole speaks for each sign left unmarked; the two may not disagree."""
    parts = dict(given.parts)
    if given.value is not None:
        parts = {part.id: parts.get(part.id, given.value) for part in item.parts}
    code = code_of_parts(edition, item, parts)
    if given.value in ("yes", "no") and code != given.value:
        raise Refused("What is marked and the answer do not agree. Change one of them.", field="parts")
    return replace(given, value=code, parts=given.parts if given.value == "yes" else parts)
