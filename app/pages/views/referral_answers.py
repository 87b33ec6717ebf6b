"""Reads the answers of one section of a checklist, whatever edition it comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.forms import Filled, FormError, Typed, tidy
from app.pages.views.referral_words import ANSWERS_USUAL, SOURCES
from app.templating import t
from conferences.assessments import Answer, clashing
from risk import Item

LONGEST_NOTE = 4000


@dataclass(frozen=True)
class ReadAnswers:
    """The answers that were given, and the form to show when something is to be put right."""

    given: list[Answer]
    form: Filled[Any]


def shown_answers(known: Mapping[str, Mapping[str, Any]]) -> Filled[Any]:
    """Makes a form that shows the answers stored so far."""
    values: dict[str, object] = {}
    for item, answer in known.items():
        values |= {
            f"answer-{item}": answer["value"],
            f"source-{item}": answer["source"],
            f"note-{item}": answer["note"],
        }
    return Filled.showing(**values)


def read_answers(items: Sequence[Item], typed: Typed, known: Mapping[str, Mapping[str, Any]]) -> ReadAnswers:
    """Reads what was typed for these items; a radio that came without a choice keeps the stored answer."""
    given: list[Answer] = []
    shown: dict[str, tuple[str, ...]] = {}
    errors: list[FormError] = []
    for item in items:
        read = {
            part: [tidy(value, lines=part == "note") for value in typed.get(f"{part}-{item.id}", [])]
            for part in ("answer", "source", "note")
        }
        shown |= {f"{part}-{item.id}": tuple(values) for part, values in read.items() if any(values)}
        found = _errors(item, read)
        errors += found
        stored = known.get(item.id, {})
        answer = _answer(item, read, stored, typed)
        changed = (answer.value, answer.source, answer.note) != tuple(
            stored.get(name) for name in ("value", "source", "note")
        )
        if changed and not found:
            given.append(answer)
    errors += _clashes(items, given, known)
    return ReadAnswers(given, Filled(errors=tuple(errors), typed=shown))


def _answer(item: Item, read: dict[str, list[str]], stored: Mapping[str, Any], typed: Typed) -> Answer:
    def kept(part: str, name: str) -> str | None:
        if part != "answer" and f"{part}-{item.id}" in typed:
            return read[part][0] or None
        return (read[part][0] if read[part] else "") or stored.get(name)

    return Answer(item.id, kept("answer", "value"), kept("source", "source"), kept("note", "note"))


def _errors(item: Item, read: dict[str, list[str]]) -> list[FormError]:
    wrong = []
    if read["answer"] and (len(read["answer"]) > 1 or read["answer"][0] not in ("", *item.answers)):
        sentence = t(_select(item), number=item.id)
        wrong.append(FormError(f"answer-{item.id}", sentence, f"answer-{item.id}"))
    if read["source"] and (len(read["source"]) > 1 or read["source"][0] not in ("", *SOURCES)):
        sentence = t("Select who said this from the list for question %(number)s", number=item.id)
        wrong.append(FormError(f"source-{item.id}", sentence, f"source-{item.id}"))
    if len(read["note"]) > 1 or any(len(note) > LONGEST_NOTE for note in read["note"]):
        sentence = t(
            "The note for question %(number)s must be %(most)s characters or fewer",
            number=item.id,
            most=LONGEST_NOTE,
        )
        wrong.append(FormError(f"note-{item.id}", sentence, f"note-{item.id}"))
    return wrong


def _select(item: Item) -> str:
    if set(item.answers) == set(ANSWERS_USUAL):
        return "Select yes, no, don’t know or declined for question %(number)s"
    return "Select one of the answers shown for question %(number)s"


def _clashes(items: Iterable[Item], given: list[Answer], known: Mapping[str, Any]) -> list[FormError]:
    """A yes that rules out another yes, stored or given beside it, is said at the later question."""
    values = {number: answer["value"] for number, answer in known.items()}
    values |= {answer.item: answer.value for answer in given}
    found, changed = [], {answer.item for answer in given}
    for item in items:
        for other in clashing(item, values) if item.id in changed else []:
            sentence = t("Questions %(one)s and %(other)s cannot both be yes", one=other, other=item.id)
            found.append(FormError(f"answer-{item.id}", sentence, f"answer-{item.id}"))
    return found[-1:]


def one_of(item: Item, typed: Typed) -> Typed:
    """Gives one answer saved on its own the names it has on the page."""
    return {f"{part}-{item.id}": typed[part] for part in ("answer", "source", "note") if part in typed}
