"""A referral form in Word, read into a draft: only what is plain is taken, the rest is listed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from conferences import assessments, referrals
from conferences.assessments import Answer
from conferences.errors import Refused
from conferences.imports import documents
from conferences.imports.cells import NotADay, parse_birth, same, says_nothing
from conferences.imports.documents import Document, Pair
from conferences.imports.fields import BY_KEY, LEFT_OUT
from conferences.imports.mapping import meaning_of
from conferences.imports.reading import names_in
from conferences.models import Part, Referral, Urgency, User
from conferences.people import PersonDetails

_VICTIM: Final = ("victim", "client", "survivor", "person at risk", "adult at risk", "service user")
_HARM: Final = ("perpetrator", "abuser", "suspect", "person causing harm", "alleged perpetrator", "offender")
_TICKS: Final = {"x", "✓", "✔", "☒", "☑", "✗", "✘", "yes", "y", "🗹", "\uf0fe", "\uf052"}
_NO_TICKS: Final = {"", "☐", "□", "-", "\uf0a8", "\uf06f"}
_COLUMNS: Final = {
    **dict.fromkeys(("yes", "y"), "yes"),
    **dict.fromkeys(("no", "n"), "no"),
    **dict.fromkeys(("dont know", "don t know", "not known", "unknown", "dk"), "dont_know"),
}
FIELDS: Final = (
    *("victim_name", "victim_first", "victim_last", "victim_alias", "victim_born", "victim_gender"),
    *("perpetrator_name", "perpetrator_first", "perpetrator_last", "perpetrator_born", "relationship"),
    *("children", "reason"),
)


@dataclass
class FormRead:
    """What was understood of a form: fields, checklist answers, and the labels nobody could place."""

    values: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def understand(document: Document, items: Sequence[str]) -> FormRead:
    """Places a form's labels and ticks; `items` are the questions of the checklist in use, by number.

    A label that two values stand beside, or a person nobody says whose part, is left to a person.
    """
    read, twice = FormRead(), set[str]()
    for pair in document.pairs:
        key = _field(pair)
        if key not in FIELDS:
            read.unread.append(pair.label)
        elif key in read.values and read.values[key] != pair.value:
            twice.add(key)
        elif not says_nothing(pair.value):
            read.values[key] = pair.value
    for key in twice:
        del read.values[key]
        read.unread.append(BY_KEY[key].label)
    for key in ("victim_born", "perpetrator_born"):
        _birth(read, key)
    _checklist(read, document, items)
    read.unread = list(dict.fromkeys(read.unread))
    return read


def _field(pair: Pair) -> str:
    for who, words in (("victim", _VICTIM), ("perpetrator", _HARM)):
        if any(word in pair.under.split(" ") or f"{word} " in f"{pair.under} " for word in words):
            found = meaning_of(f"{who} {pair.label}")
            if found != LEFT_OUT:
                return found
            break
    bare = same(pair.label)
    if meaning_of(bare).startswith(("victim", "perpetrator")) and not _says_whose(bare):
        return LEFT_OUT
    return meaning_of(bare)


def _says_whose(label: str) -> bool:
    return any(word in label for word in (*_VICTIM, *_HARM))


def _birth(read: FormRead, key: str) -> None:
    if key in read.values:
        try:
            read.values[key] = parse_birth(read.values[key])
        except NotADay:
            del read.values[key]
            read.unread.append(BY_KEY[key].label)


def _checklist(read: FormRead, document: Document, items: Sequence[str]) -> None:
    """Ticks count only in a table that asks every question of the checklist once, under named columns."""
    for table in document.tables:
        columns = _answer_columns(table)
        rows = {row[0].strip(" ."): row for row in table if row and row[0].strip(" .").isdecimal()}
        if not columns or not rows:
            continue
        numbered = [row[0] for row in table if row and row[0].strip(" .").isdecimal()]
        if list(rows) != list(items) or len(numbered) != len(items):
            read.unread.append("Checklist")
            continue
        for item, row in rows.items():
            _tick(read, item, row, columns)


def _answer_columns(table: Sequence[Sequence[str]]) -> dict[int, str]:
    for row in table[:3]:
        # The first column is the question's number, and "No" above it means just that.
        found = {at: _COLUMNS[same(cell)] for at, cell in enumerate(row) if at and same(cell) in _COLUMNS}
        if {"yes", "no"} <= set(found.values()) and len(set(found.values())) == len(found):
            return found
    return {}


def _tick(read: FormRead, item: str, row: Sequence[str], columns: dict[int, str]) -> None:
    cells = {answer: row[at].strip().lower() for at, answer in columns.items() if at < len(row)}
    ticked = [answer for answer, cell in cells.items() if cell in _TICKS]
    plain = all(cell in _TICKS or cell in _NO_TICKS for cell in cells.values())
    if len(ticked) == 1 and plain:
        read.answers[item] = ticked[0]
    elif ticked or not plain:
        read.unread.append(f"Checklist {item}")


def draft_from(session: Session, actor: User, body: bytes, *, now: datetime) -> tuple[Referral, FormRead]:
    """Opens a draft of the actor's own with what the form plainly says; it is never sent by itself."""
    document = documents.read(body)
    referral = referrals.start(session, actor, safe_to_talk="from_notes", now=now)
    edition = assessments.edition_of(referral.assessment)
    known = {item.id: item.answers for item in edition.items}
    read = understand(document, list(known))
    if not read.values and not read.answers:
        raise Refused("Nothing in this form could be read. Start a referral and type it.", field="file")
    _people(session, actor, referral, read, now)
    if "reason" in read.values:
        referrals.save_reason(
            session, actor, referral, reason=read.values["reason"][:4000], wishes=None,
            urgency=Urgency.STANDARD, history={}, now=now,
        )  # fmt: skip
    given = [Answer(item, value) for item, value in read.answers.items() if value in known[item]]
    if given:
        try:
            with session.begin_nested():
                assessments.answer(session, actor, referral, given, now=now)
        except Refused:
            read.unread.append("Checklist")
            read.answers.clear()
    return referral, read


def _people(session: Session, actor: User, referral: Referral, read: FormRead, now: datetime) -> None:
    for who, part in (("victim", Part.VICTIM), ("perpetrator", Part.PERPETRATOR)):
        parts = [read.values.get(f"{who}_{name}") for name in ("first", "last")]
        name = read.values.get(f"{who}_name") or " ".join(one for one in parts if one)
        if not name:
            continue
        details = PersonDetails(
            name=" ".join(name.split())[:200],
            born=read.values.get(f"{who}_born"),
            known_as=read.values.get("victim_alias") if part is Part.VICTIM else None,
            gender=read.values.get("victim_gender") if part is Part.VICTIM else None,
            relationship=read.values.get("relationship") if part is Part.PERPETRATOR else None,
        )
        _save(session, actor, referral, part, details, read, now)
    for child in names_in(read.values.get("children")):
        referrals.save_person(session, actor, referral, Part.CHILD, PersonDetails(name=child[:200]), now=now)


def _save(
    session: Session,
    actor: User,
    referral: Referral,
    part: Part,
    details: PersonDetails,
    read: FormRead,
    now: datetime,
) -> None:
    try:
        with session.begin_nested():
            referrals.save_person(session, actor, referral, part, details, now=now)
    except Refused:
        read.unread.append(BY_KEY[f"{part.value}_born"].label)
        nameless = PersonDetails(name=details.name, relationship=details.relationship)
        referrals.save_person(session, actor, referral, part, nameless, now=now)
