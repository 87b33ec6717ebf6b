"""Reads the answers of one section of a checklist, whatever edition it comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.forms import Filled, FormError, Typed, tidy
from app.pages.words.referral import ANSWERS_USUAL, SOURCES
from app.templating import t
from conferences.checklist.answers import Answer, code_of_parts, is_composite, settle, takes_number
from conferences.checklist.assessments import clashing
from conferences.errors import Refused
from risk import Edition, Item

LONGEST_NOTE = 4000
PART_ANSWERS = ANSWERS_USUAL
Stored = Mapping[str, Any]


@dataclass(frozen=True)
class ReadAnswers:
    """The answers that were given, and the form to show when something is to be put right."""

    given: list[Answer]
    form: Filled[Any]


def shown_answers(edition: Edition, known: Mapping[str, Stored]) -> Filled[Any]:
    """Makes a form that shows the stored answers; one that only follows from its parts is not chosen."""
    values: dict[str, object] = {}
    for item in edition.items:
        answer = known.get(item.id)
        if answer is None:
            continue
        parts: Mapping[str, str] = answer.get("parts") or {}
        values |= {
            f"answer-{item.id}": None if _follows(edition, item, answer) else answer["value"],
            f"source-{item.id}": answer["source"],
            f"note-{item.id}": answer["note"],
            f"number-{item.id}": None if answer.get("number") is None else str(answer["number"]),
            f"parts-{item.id}": [part for part, code in parts.items() if code == "yes"],
        }
        values |= {f"part-{item.id}-{part}": code for part, code in parts.items()}
    return Filled.showing(**values)


def read_answers(
    edition: Edition, items: Sequence[Item], typed: Typed, known: Mapping[str, Stored]
) -> ReadAnswers:
    """Reads what was typed for these items; a radio that came without a choice keeps the stored answer."""
    given: list[Answer] = []
    shown: dict[str, tuple[str, ...]] = {}
    errors: list[FormError] = []
    for item in items:
        read = _read(item, typed)
        shown |= {name: tuple(values) for name, values in read.items() if any(values)}
        found = _errors(item, read)
        answer = None if found else _settled(edition, item, read, known.get(item.id, {}), found)
        if answer is not None:
            given.append(answer)
        errors += found
    errors += _clashes(items, given, known)
    return ReadAnswers(given, Filled(errors=tuple(errors), typed=shown))


def one_of(item: Item, typed: Typed) -> Typed:
    """Gives one answer saved on its own the names it has on the page."""
    names = {name: f"{name}-{item.id}" for name in ("answer", "source", "note", "number", "parts")}
    names |= {f"part-{part.id}": f"part-{item.id}-{part.id}" for part in item.parts}
    return {there: typed[here] for here, there in names.items() if here in typed}


def _read(item: Item, typed: Typed) -> dict[str, list[str]]:
    names = [f"{name}-{item.id}" for name in ("answer", "source", "note", "number", "parts")]
    names += [f"part-{item.id}-{part.id}" for part in item.parts]
    lines = f"note-{item.id}"
    return {name: [tidy(one, lines=name == lines) for one in typed[name]] for name in names if name in typed}


def _settled(
    edition: Edition, item: Item, read: dict[str, list[str]], stored: Stored, wrong: list[FormError]
) -> Answer | None:
    """The answer as it will be kept; None where nothing changed, or after saying what is wrong."""
    try:
        answer = settle(edition, _answer(edition, item, read, stored))
    except Refused as refusal:
        name = f"{refusal.field or 'answer'}-{item.id}"
        sentence = t("Question %(number)s: %(why)s", number=item.id, why=t(str(refusal)))
        wrong.append(FormError(name, sentence, name))
        return None
    blank = {"value": None, "source": None, "note": None}
    return None if answer.kept() == blank | dict(stored) else answer


def _answer(edition: Edition, item: Item, read: dict[str, list[str]], stored: Stored) -> Answer:
    def line(name: str) -> str | None:
        given = read.get(f"{name}-{item.id}")
        return stored.get(name) if given is None else given[0] or None

    parts, number = _parts(item, read, stored), _number(item, read, stored)
    value = next(iter(read.get(f"answer-{item.id}", [])), "") or None
    remade = parts != (stored.get("parts") or {}) or number != stored.get("number")
    if number is not None and value not in ("yes", "no"):
        value = None  # a number that is known settles what was not known before
    elif value is None and not (remade and item.compose) and not _follows(edition, item, stored):
        value = stored.get("value")
    return Answer(item.id, value, line("source"), line("note"), parts, number)


def _parts(item: Item, read: dict[str, list[str]], stored: Stored) -> dict[str, str]:
    kept: dict[str, str] = dict(stored.get("parts") or {})
    if is_composite(item):
        for part in item.parts:
            chosen = next(iter(read.get(f"part-{item.id}-{part.id}", [])), "")
            kept |= {part.id: chosen} if chosen else {}
    elif f"parts-{item.id}" in read:
        kept = {part: "yes" for part in read[f"parts-{item.id}"] if part}
    return kept


def _number(item: Item, read: dict[str, list[str]], stored: Stored) -> int | None:
    typed = read.get(f"number-{item.id}")
    if typed is None or not takes_number(item):
        number: int | None = stored.get("number")
        return number
    return int(typed[0]) if typed[0] else None


def _follows(edition: Edition, item: Item, stored: Stored) -> bool:
    """Says whether the stored code is only what the number or the marked parts come to."""
    if stored.get("number") is not None:
        return True
    parts = stored.get("parts")
    if not parts or not is_composite(item):
        return False
    return code_of_parts(edition, item, parts) == stored.get("value")


def _errors(item: Item, read: dict[str, list[str]]) -> list[FormError]:
    def wrong(name: str, sentence: str, **words: object) -> FormError:
        return FormError(f"{name}-{item.id}", t(sentence, number=item.id, **words), f"{name}-{item.id}")

    found = []
    if not _one(read.get(f"answer-{item.id}"), item.answers):
        found.append(wrong("answer", _select(item)))
    if not _one(read.get(f"source-{item.id}"), tuple(SOURCES)):
        found.append(wrong("source", "Select who said this from the list for question %(number)s"))
    notes = read.get(f"note-{item.id}", [])
    if len(notes) > 1 or any(len(note) > LONGEST_NOTE for note in notes):
        sentence = "The note for question %(number)s must be %(most)s characters or fewer"
        found.append(wrong("note", sentence, most=LONGEST_NOTE))
    numbers = read.get(f"number-{item.id}", [])
    if len(numbers) > 1 or not all(_whole(number) for number in numbers):
        found.append(wrong("number", "Enter a whole number for question %(number)s"))
    for part in item.parts:
        if not _one(read.get(f"part-{item.id}-{part.id}"), PART_ANSWERS):
            found.append(wrong("parts", "Select one of the answers shown under question %(number)s"))
            break
    return found


def _one(values: list[str] | None, choices: Sequence[str]) -> bool:
    return not values or (len(values) == 1 and values[0] in ("", *choices))


def _whole(number: str) -> bool:
    return not number or (number.isascii() and number.isdecimal() and len(number) < 5)


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
