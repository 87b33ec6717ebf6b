"""Asking a referrer for exactly what is missing, and taking in exactly that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import risk
from conferences import audit
from conferences.checklist import assessments
from conferences.errors import Incomplete, Refused
from conferences.models import AskedKind, Decision, DecisionKind, Question, Referral, Scoring, User, new_id
from conferences.referral import deciding
from conferences.sealing import seal_json, unseal_json

PARTS = {
    "victim": "Who is at risk",
    "perpetrators": "Who causes harm",
    "children": "Children",
    "contact": "Safe contact",
    "reason": "Why now",
    "sharing": "Sharing",
}
OPEN = (None, "dont_know", "refused")


@dataclass(frozen=True)
class Askable:
    """One thing that can be asked about; `decides` when its answer could settle the referral."""

    kind: AskedKind
    about: str
    topic: str
    decides: bool = False

    @property
    def key(self) -> str:
        """Names it in a form, such as `item_13` or `part_contact`."""
        return f"{self.kind.value}_{self.about}"


@dataclass(frozen=True)
class Given:
    """What the referrer answered: a code of the item, words, or both."""

    value: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Asked:
    """One question with its answer so far, and the codes an item can be answered with."""

    row: Question
    what: Askable
    answers: tuple[str, ...]
    given: Given | None


def askable(session: Session, referral: Referral) -> list[Askable]:
    """Lists what is open: items without a clear answer, those that could decide first, then the parts."""
    result = assessments.result_of(session, referral.assessment) or {}
    decides = {row["item"] for row in result.get("unknown", []) if row.get("could_decide")}
    known = assessments.values(assessments.answers_of(session, referral.assessment))
    items = [
        Askable(AskedKind.ITEM, item.id, item.topic, item.id in decides)
        for item in _items(referral).values()
        if known.get(item.id) in OPEN
    ]
    parts = [Askable(AskedKind.PART, part, words) for part, words in PARTS.items()]
    return sorted(items, key=lambda one: not one.decides) + parts


def _items(referral: Referral) -> dict[str, risk.Item]:
    try:
        return {item.id: item for item in assessments.edition_of(referral.assessment).items}
    except Refused:
        return {}


def chosen(session: Session, referral: Referral, keys: Sequence[str]) -> list[Askable]:
    """Returns what was ticked; raises Refused for anything that is not open."""
    open_now = {one.key: one for one in askable(session, referral)}
    if any(key not in open_now for key in keys):
        raise Refused("Tick only what is still open.", field="ask")
    return [one for key, one in open_now.items() if key in keys]


def keep(session: Session, referral: Referral, decision: Decision, asked: Sequence[Askable]) -> None:
    """Keeps the questions of one decision, with what was answered to each before."""
    known = assessments.answers_of(session, referral.assessment)
    for position, one in enumerate(asked):
        row = Question(id=new_id(), decision_id=decision.id, referral_id=referral.id, position=position)
        row.kind, row.about, row.data_key = one.kind, one.about, referral.data_key
        seal_json(session, row, "before", known.get(one.about) if one.kind is AskedKind.ITEM else None)
        session.add(row)
    session.flush()


def questions(session: Session, referral: Referral) -> list[Asked]:
    """Returns the questions of the newest asking that stands, in order."""
    asked = deciding.newest(referral, DecisionKind.RETURNED)
    if asked is None:
        return []
    wanted = select(Question).where(Question.decision_id == asked.id).order_by(Question.position)
    items = _items(referral)
    return [_asked(session, row, items) for row in session.scalars(wanted)]


def _asked(session: Session, row: Question, items: Mapping[str, risk.Item]) -> Asked:
    item = items.get(row.about) if row.kind is AskedKind.ITEM else None
    topic = item.topic if item else PARTS.get(row.about, row.about)
    answer = unseal_json(session, row, "answer")
    given = Given(**answer) if answer else None
    return Asked(row, Askable(row.kind, row.about, topic), tuple(item.answers) if item else (), given)


def take(
    session: Session, actor: User, referral: Referral, answers: Mapping[str, Given], *, now: datetime
) -> int:
    """Takes the answers to every open question, and scores again; raises Incomplete naming each left out.

    A clear answer to an item takes the place of an unclear one; the first is kept with the question.
    """
    asked = questions(session, referral)
    given = {one.what.key: answers.get(one.what.key, Given()) for one in asked}
    absent = [(one.what.key, _missing(one)) for one in asked if not _is_answered(one, given[one.what.key])]
    if absent:
        raise Incomplete(absent)
    for one in asked:
        said = given[one.what.key]
        seal_json(session, one.row, "answer", {"value": said.value, "words": said.words})
        one.row.answered_at, one.row.answered_by_id = now, actor.id
    clear = {one.row.about: given[one.what.key] for one in asked if given[one.what.key].value not in OPEN}
    if clear:
        _score_again(session, actor, referral, clear, now)
    return len(asked)


def _is_answered(one: Asked, said: Given) -> bool:
    return said.value in one.answers if one.answers else bool(said.words and said.words.strip())


def _missing(one: Asked) -> str:
    return f"Answer: {one.what.topic}"


def _score_again(
    session: Session, actor: User, referral: Referral, clear: Mapping[str, Given], now: datetime
) -> None:
    known = assessments.answers_of(session, referral.assessment)
    for item, said in clear.items():
        known[item] = {"value": said.value, "source": None, "note": said.words}
    seal_json(session, referral.assessment, "answers", known)
    result = assessments.score(session, actor, referral, now=now)
    if result is not None:
        seal_json(session, referral.assessment, "result", result)
        referral.scoring = Scoring.SCORED
        # What made it qualify before is not undone by an answer.
        referral.qualifies = bool(result["refer"]) or referral.qualifies is True
    audit.record(session, actor, "assessment.answered_again", referral, at=now, fields=",".join(clear))
