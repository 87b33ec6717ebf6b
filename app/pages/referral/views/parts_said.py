"""Says what stands under an answer: the number given, and what was marked of its parts."""

from collections.abc import Mapping
from typing import Any

from app.pages.words.referral import ANSWERS, said
from app.templating import t
from risk import Item


def details_said(item: Item, given: Mapping[str, Any]) -> list[str]:
    """Gives a line for the number and one for each answer among the parts, in the form's own order."""
    lines = [] if given.get("number") is None else [t("Number: %(number)s", number=given["number"])]
    marked: Mapping[str, str] = given.get("parts") or {}
    for code in ANSWERS:
        topics = [part.topic for part in item.parts if marked.get(part.id) == code]
        if topics:
            lines.append(t("%(answer)s: %(topics)s", answer=said(ANSWERS, code), topics="; ".join(topics)))
    return lines
