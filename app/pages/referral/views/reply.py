"""The page on which a referrer answers exactly what the coordinator asks."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model
from sqlalchemy.orm import Session

from app.forms import Lines
from app.pages.words.referral import ANSWERS, said
from app.templating import t
from conferences.models import AskedKind, Referral
from conferences.referral import referral_views
from conferences.triage import asking
from conferences.triage.asking import Asked, Given

Short = Annotated[str | None, Field(max_length=40, title="an answer")]
Words = Annotated[Annotated[Lines, Field(max_length=4000)] | None, Field(title="your answer")]


@dataclass(frozen=True)
class QuestionShown:
    """One question: its control, its label, and the answers of an item."""

    name: str
    label: str
    options: list[tuple[str, str]]
    words: str


def reply_page(session: Session, referral: Referral) -> dict[str, Any]:
    """Gives what the page shows: the coordinator’s words, and each question with its control."""
    asked = asking.questions(session, referral)
    topics = "\n".join(one.what.topic for one in asked)
    question = referral_views.question_of(session, referral)
    return {
        "referral": referral,
        "question": None if question == topics else question,
        "asked": [_shown(one) for one in asked],
    }


def _shown(one: Asked) -> QuestionShown:
    if one.what.kind is AskedKind.ITEM:
        options = [(code, said(ANSWERS, code)) for code in one.answers]
        return QuestionShown(
            one.what.key, f"{one.what.about}. {one.what.topic}", options, f"{one.what.key}_words"
        )
    return QuestionShown(one.what.key, t(one.what.topic), [], one.what.key)


def reply_form(session: Session, referral: Referral) -> type[BaseModel]:
    """Makes the form of these very questions."""
    fields: dict[str, Any] = {"reply": (Words, None)}
    for one in asking.questions(session, referral):
        if one.what.kind is AskedKind.ITEM:
            fields[one.what.key] = (Short, None)
            fields[f"{one.what.key}_words"] = (Words, None)
        else:
            fields[one.what.key] = (Words, None)
    made: type[BaseModel] = create_model("Replying", **fields)
    return made


def given(session: Session, referral: Referral, form: BaseModel) -> dict[str, Any]:
    """Gives what was answered as `triage.reply` takes it."""
    typed, answers = form.model_dump(), {}
    for one in asking.questions(session, referral):
        key = one.what.key
        if one.what.kind is AskedKind.ITEM:
            answers[key] = Given(typed.get(key), typed.get(f"{key}_words"))
        else:
            answers[key] = Given(words=typed.get(key))
    return {"words": typed.get("reply"), "answers": answers}
