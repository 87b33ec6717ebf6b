"""One page of the checklist: its questions, where it stands among the others, what has been answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.pages.views import referral_words as words
from app.pages.views.instruments_words import rules_of_item
from app.pages.views.referral_draft import home
from app.templating import t
from conferences import assessments
from conferences.errors import NotFound
from conferences.models import Referral
from risk import Item


@dataclass(frozen=True)
class Asked:
    """One item as it is asked: its answers in words, and what its edition says of when it arises."""

    item: Item
    answers: list[tuple[str, str]]
    rules: list[str]


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
    section = section_of(referral, number)
    before = "judgement" if number == 1 else f"checklist/{number - 1}"
    return {
        "section": section,
        "asked": [_asked(referral, item) for item in section.items],
        "progress": assessments.progress(session, referral),
        "alerts": {code: (t(title), t(text)) for code, (title, text) in words.ALERTS.items()},
        "sources": words.options(words.SOURCES),
        "before": f"{home(referral)}/{before}",
    }


def _asked(referral: Referral, item: Item) -> Asked:
    edition = assessments.edition_of(referral.assessment)
    answers = [(code, words.said(words.ANSWERS, code)) for code in item.answers]
    return Asked(item, answers, rules_of_item(edition, item))
