"""The page on which a paper checklist is keyed in: one row a question, one key an answer."""

import dataclasses
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.forms import Filled, Typed
from app.pages.checklist.views.answers import PART_ANSWERS, ReadAnswers, read_answers, shown_answers
from app.pages.checklist.views.section import as_asked
from app.pages.checklist.views.ways import ways_shown
from app.pages.words import referral as words
from conferences.checklist import assessments
from conferences.models import Referral, User

KEYS = {
    "yes": "y",
    "no": "n",
    "dont_know": "d",
    "refused": "r",
    "present": "y",
    "possible": "p",
    "absent": "n",
}


def paper_page(session: Session, user: User, referral: Referral, now: datetime) -> dict[str, Any]:
    """Gives every section with its rows: the item as it is asked, and answers as (code, words, key)."""
    edition = assessments.edition_of(referral.assessment)
    sections = [
        (part.title, [(as_asked(edition, item), _answers(item.answers)) for item in part.items])
        for part in edition.sections
    ]
    ways = ways_shown(session, user, referral, now)
    parts = [(code, words.said(words.ANSWERS, code)) for code in PART_ANSWERS]
    return {"sections": sections, "title": edition.title, "part_answers": parts, "ways": ways}


def _answers(codes: tuple[str, ...]) -> list[tuple[str, str, str]]:
    return [
        (code, words.said(words.ANSWERS, code), KEYS.get(code, str(at))) for at, code in enumerate(codes, 1)
    ]


def shown_paper(session: Session, referral: Referral) -> Filled[Any]:
    """Makes a form that shows what was keyed in so far."""
    paper = assessments.paper_of(session, referral.assessment)
    on = {"filled_on": date.fromisoformat(paper["on"]), "filled_by": paper["by"]} if paper else {}
    about: Filled[Any] = Filled.showing(**on)
    edition = assessments.edition_of(referral.assessment)
    known = shown_answers(edition, assessments.answers_of(session, referral.assessment))
    return merged(about, known)


def read_paper(session: Session, referral: Referral, typed: Typed) -> ReadAnswers:
    """Reads every answer of the page at once."""
    edition = assessments.edition_of(referral.assessment)
    known = assessments.answers_of(session, referral.assessment)
    return read_answers(edition, edition.items, typed, known)


def merged(about: Filled[Any], answers: Filled[Any]) -> Filled[Any]:
    """Puts what was typed about the paper and the answers into one form with all that is wrong."""
    errors = (*about.errors, *answers.errors)
    typed = {**answers.typed, **about.typed}
    return dataclasses.replace(about, model=None if errors else about.model, errors=errors, typed=typed)
