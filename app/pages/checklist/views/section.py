"""One page of the checklist: its questions, where it stands among the others, what has been answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.pages.checklist.views.answers import PART_ANSWERS
from app.pages.common.draft import home
from app.pages.words import referral as words
from app.pages.words.instruments import rules_of_item
from app.templating import t
from conferences.checklist import assessments
from conferences.checklist.answers import is_composite, takes_number
from conferences.errors import NotFound
from conferences.models import Referral
from risk import Edition, Item
from risk.conditions import ItemIs


@dataclass(frozen=True)
class Asked:
    """One item as it is asked: its answers in words, and what its edition says of when it arises.

    `signs` are the parts that make it a yes, `details` those that add nothing; `after` is the item and the
    codes that it follows on from.
    """

    item: Item
    answers: list[tuple[str, str]]
    rules: list[str]
    number: bool
    signs: list[tuple[str, str]]
    details: list[tuple[str, str]]
    after: tuple[str, str]


@dataclass(frozen=True)
class SectionPage:
    """A section of the checklist; `then` is the page after it."""

    number: int
    of: int
    title: str
    items: tuple[Item, ...]
    then: str


def section_of(referral: Referral, number: int) -> SectionPage:
    """Returns the section with this number, counted from 1, or raises NotFound."""
    sections = assessments.edition_of(referral.assessment).sections
    if not 1 <= number <= len(sections):
        raise NotFound
    section = sections[number - 1]
    then = f"checklist/{number + 1}" if number < len(sections) else "final"
    return SectionPage(number, len(sections), section.title, section.items, then)


def section_page(session: Session, referral: Referral, number: int) -> dict[str, Any]:
    """Gives what a section's page shows besides its answers."""
    section, edition = section_of(referral, number), assessments.edition_of(referral.assessment)
    arising = {item.id for item in assessments.asked_of(session, referral.assessment)}
    before = "judgement" if number == 1 else f"checklist/{number - 1}"
    return {
        "section": section,
        "asked": [as_asked(edition, item) for item in section.items if item.id in arising],
        "part_answers": [(code, words.said(words.ANSWERS, code)) for code in PART_ANSWERS],
        "progress": assessments.progress(session, referral),
        "alerts": {code: (t(title), t(text)) for code, (title, text) in words.ALERTS.items()},
        "sources": words.options(words.SOURCES),
        "before": f"{home(referral)}/{before}",
    }


def as_asked(edition: Edition, item: Item) -> Asked:
    """Gives an item of an edition as its page asks it."""
    parts = [(part.id, part.topic) for part in item.parts]
    condition = item.ask_if
    simple = (condition.item, " ".join(condition.codes)) if isinstance(condition, ItemIs) else ("", "")
    return Asked(
        item=item,
        answers=[(code, words.said(words.ANSWERS, code)) for code in item.answers],
        rules=rules_of_item(edition, item, ticks=True),
        number=takes_number(item),
        signs=parts if is_composite(item) else [],
        details=[] if is_composite(item) else parts,
        after=simple,
    )
